//! One actor: what it sends, what was bought there, why we think it is that one.

use super::AwaitedRow;
use super::{ActorRow, MailMonth, OfferRow, OrderRow};
use mesinfos_domain::{ActorId, Category, EvidenceKind, Timestamp};

/// The page of one actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorCard {
    /// Who, how much, since when.
    pub row: ActorRow,
    /// Mails by drawer, with the last of each.
    pub categories: Vec<CategoryCount>,
    /// Mails by month, oldest first, without gaps; at most 120 months.
    pub months: Vec<MailMonth>,
    /// Its latest orders; at most ten (`row.orders` says how many there are).
    pub orders: Vec<OrderRow>,
    /// Offers that can still be used, soonest to end first.
    pub offers: Vec<OfferRow>,
    /// Documents that wait there.
    pub awaited: Vec<AwaitedRow>,
    /// Why we think so, the most frequent first.
    pub evidence: Vec<EvidenceSeen>,
    /// The domains it writes from or links to.
    pub domains: Vec<DomainSeen>,
    /// Names it bore, the latest first: "France Travail, anciennement Pôle emploi".
    pub names: Vec<NameSeen>,
    /// Actors that the person merged into this one.
    pub merged: Vec<ActorId>,
}

/// One drawer of an actor's mails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CategoryCount {
    /// Which.
    pub category: Category,
    /// How many.
    pub count: i64,
    /// The last one.
    pub last: Timestamp,
}

/// A reason to believe that mails belong to this actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidenceSeen {
    /// Where it was found.
    pub kind: EvidenceKind,
    /// What stood there.
    pub value: String,
    /// In how many mails.
    pub mails: i64,
}

/// A domain of the actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DomainSeen {
    /// The registrable domain.
    pub domain: String,
    /// In how many mails.
    pub mails: i64,
    /// When it was first seen.
    pub first: Timestamp,
    /// When it was last seen.
    pub last: Timestamp,
}

/// A name that the actor bore.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameSeen {
    /// The name.
    pub name: String,
    /// When it was first seen.
    pub first: Timestamp,
    /// When it was last seen.
    pub last: Timestamp,
}
