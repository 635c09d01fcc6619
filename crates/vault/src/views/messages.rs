//! Lists of mails: of an actor, of a drawer, of a month, of those that count for nothing.

use super::{MailRef, PageAsked, Paged};
use mesinfos_domain::{ActorId, Category, OrderId, Timestamp};

/// A list of mails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Messages {
    /// This page, newest first.
    pub mails: Paged<MessageRow>,
}

/// One mail as a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageRow {
    /// The mail.
    pub mail: MailRef,
    /// It has attachments.
    pub has_attachment: bool,
    /// The order that it speaks of.
    pub order: Option<OrderId>,
    /// It is suspected of fraud, and why (a stable word).
    pub suspected_fraud: Option<String>,
}

/// What a list of mails asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MessagesAsked {
    /// Of this actor.
    pub actor: Option<ActorId>,
    /// In this drawer.
    pub category: Option<Category>,
    /// Written from this instant on.
    pub from: Option<Timestamp>,
    /// Written before this instant.
    pub before: Option<Timestamp>,
    /// Suspected frauds only.
    pub fraud: bool,
    /// Written by persons only.
    pub personal: bool,
    /// Which page.
    pub page: PageAsked,
}
