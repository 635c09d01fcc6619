//! An actor: an organisation that the person deals with.

use serde::{Deserialize, Serialize};

/// What sort of organisation an actor is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ActorKind {
    Merchant,
    Leisure,
    Administration,
    Bank,
    Insurance,
    Telecom,
    Transport,
    Travel,
    Social,
    Employment,
    Health,
    Other,
}

impl ActorKind {
    /// All, in the order in which screens show them.
    pub const ALL: [ActorKind; 12] = [
        ActorKind::Merchant,
        ActorKind::Leisure,
        ActorKind::Administration,
        ActorKind::Bank,
        ActorKind::Insurance,
        ActorKind::Telecom,
        ActorKind::Transport,
        ActorKind::Travel,
        ActorKind::Social,
        ActorKind::Employment,
        ActorKind::Health,
        ActorKind::Other,
    ];

    /// The word used in JSON, in the database and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            ActorKind::Merchant => "merchant",
            ActorKind::Leisure => "leisure",
            ActorKind::Administration => "administration",
            ActorKind::Bank => "bank",
            ActorKind::Insurance => "insurance",
            ActorKind::Telecom => "telecom",
            ActorKind::Transport => "transport",
            ActorKind::Travel => "travel",
            ActorKind::Social => "social",
            ActorKind::Employment => "employment",
            ActorKind::Health => "health",
            ActorKind::Other => "other",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<ActorKind> {
        ActorKind::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// How carefully a row is shared: sensitive facts stay out of grants, offers, statistics and
/// notifications unless the person says otherwise for that one thing (GDPR, article 9).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Ordinary.
    #[default]
    Plain,
    /// Health: a pharmacy, an appointment, a mutual insurer.
    Health,
    /// Beliefs, opinions, union.
    Belief,
    /// Intimate life.
    Intimate,
    /// Concerns a child.
    Minor,
}

impl Sensitivity {
    /// The word used in JSON and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Sensitivity::Plain => "plain",
            Sensitivity::Health => "health",
            Sensitivity::Belief => "belief",
            Sensitivity::Intimate => "intimate",
            Sensitivity::Minor => "minor",
        }
    }

    /// The sensitivity with this code; an unknown one is treated as the most guarded, `Intimate`.
    pub fn from_code(code: &str) -> Sensitivity {
        use Sensitivity::*;
        [Plain, Health, Belief, Minor].into_iter().find(|s| s.code() == code).unwrap_or(Intimate)
    }
}

/// The organisation behind one mail, as read in that mail alone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Actor {
    /// The name that the mail shows: `Librairie Mirabelle`.
    pub name: String,
    /// Its main registrable domain in lower case; none for a craftsman writing from a free provider.
    pub domain: Option<String>,
    /// What sort of organisation.
    pub kind: ActorKind,
    /// Other domains of the same organisation that this mail shows or that are known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domain_aliases: Vec<String>,
    /// The platform that wrote on the actor's behalf (registrable domain).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Why we think so, strongest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// How sure, from 0 to 100.
    pub confidence: u8,
    /// Derived from the kind and the words of the mail.
    #[serde(default)]
    pub sensitivity: Sensitivity,
}

/// One reason to believe that a mail belongs to an actor.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it was found.
    pub kind: EvidenceKind,
    /// What stood there: a domain, an address, a name.
    pub value: String,
}

/// Where evidence about an actor comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// `d=` of a DKIM signature.
    Dkim,
    /// An Authentication-Results header of the person's own provider.
    Authenticated,
    /// List-Id (RFC 2919).
    ListId,
    /// The From address.
    From,
    /// The name displayed in From.
    DisplayName,
    /// Reply-To.
    ReplyTo,
    /// A link or an address in the body.
    Link,
    /// A name, company number or address at the foot.
    Footer,
    /// schema.org markup.
    Markup,
    /// The mail inside a forwarded one.
    Forwarded,
    /// What the program knows about organisations (domains that belong together).
    Known,
    /// The person said so.
    Person,
}
