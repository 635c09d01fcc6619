//! Documents that wait at an actor's own site.

use super::ActorRef;
use mesinfos_domain::{AwaitedDocument, Date, MessageId};

/// One document that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AwaitedRow {
    /// What it is, for which period, until when, on which official site.
    pub document: AwaitedDocument,
    /// Who holds it.
    pub actor: Option<ActorRef>,
    /// The mail that announces it.
    pub message: MessageId,
    /// The day of the mail.
    pub day: Date,
    /// Its last day is past.
    pub over: bool,
}
