//! How an organisation says that its mails can be stopped (RFC 2369, RFC 8058).

use serde::{Deserialize, Serialize};

/// What a mail's own headers offer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unsubscribe {
    /// A page of theirs; over https when one is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// A `mailto:` of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailto: Option<String>,
    /// Whether one click may be trusted, and why not.
    pub one_click: OneClick,
}

/// Whether a POST to the link unsubscribes by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum OneClick {
    /// Both headers stand under a signature that the mailbox's own provider found valid.
    Yes {
        /// Whose signature.
        signed_by: String,
    },
    /// The mail does not offer it.
    NotOffered,
    /// Its address is not https.
    NotHttps,
    /// A header stands twice: which one is meant?
    Repeated,
    /// No signature covers both headers: anybody on the way may have written them.
    NotSigned,
    /// A signature covers them, and no server that the mailbox trusts says that it holds.
    NotVerified,
}

/// The way to ask.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// One click, by RFC 8058.
    OneClick,
    /// A mail to the address that it gives.
    Mailto,
    /// Its own page, opened by the person.
    Link,
}

impl Way {
    /// The word in the database and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Way::OneClick => "one_click",
            Way::Mailto => "mailto",
            Way::Link => "link",
        }
    }

    /// The way with this code.
    pub fn from_code(code: &str) -> Option<Way> {
        [Way::OneClick, Way::Mailto, Way::Link].into_iter().find(|w| w.code() == code)
    }
}

impl Unsubscribe {
    /// The best way that it offers.
    pub fn way(&self) -> Way {
        match (&self.one_click, &self.mailto) {
            (OneClick::Yes { .. }, _) => Way::OneClick,
            (_, Some(_)) => Way::Mailto,
            (_, None) => Way::Link,
        }
    }
}

impl OneClick {
    /// The word in names of sentences.
    pub fn code(&self) -> &'static str {
        match self {
            OneClick::Yes { .. } => "yes",
            OneClick::NotOffered => "not-offered",
            OneClick::NotHttps => "not-https",
            OneClick::Repeated => "repeated",
            OneClick::NotSigned => "not-signed",
            OneClick::NotVerified => "not-verified",
        }
    }
}
