//! What one mail says of a purchase, and who wrote it: the input of everything here.

use mesinfos_domain::{ActorId, ActorKind, Date, MessageId, Order, Timestamp};
use serde::{Deserialize, Serialize};

/// One mail's word on one order. A purchase is a pure function of the set of these.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OrderMail {
    /// The mail.
    pub message: MessageId,
    /// When it was written (its Date header, else its arrival).
    pub at: Timestamp,
    /// The same as a day where the person lives: rights count in days.
    pub day: Date,
    /// Who wrote, or on whose behalf.
    pub writer: Writer,
    /// What was read.
    pub order: Order,
}

/// The organisation behind a mail, as the vault knows it after merges and corrections.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Writer {
    /// Its id in the vault.
    pub actor: ActorId,
    /// Its name.
    pub name: String,
    /// Its main registrable domain.
    pub domain: Option<String>,
    /// What sort of organisation.
    pub kind: ActorKind,
    /// The platform that wrote on its behalf (payment service, shop builder), by its domain.
    pub via: Option<String>,
}
