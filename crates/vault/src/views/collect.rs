//! Parcels that wait: where, with which code, until when.

use super::ActorRef;
use mesinfos_domain::{Date, MessageId, OrderId};

/// One parcel that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToCollect {
    /// Its order.
    pub order: OrderId,
    /// The relay point or locker.
    pub place: Option<String>,
    /// The code to show there.
    pub code: Option<String>,
    /// The last day; `None` when no mail says it.
    pub until: Option<Date>,
    /// Since when it waits.
    pub since: Option<Date>,
    /// The last day is past: it may have gone back.
    pub overdue: bool,
    /// The carrier's name.
    pub carrier: Option<String>,
    /// The tracking number.
    pub number: Option<String>,
    /// Whom it was bought from.
    pub merchant: Option<ActorRef>,
    /// What is inside, as far as the order tells: names of the lines.
    pub things: Vec<String>,
    /// The mail that says it waits.
    pub message: Option<MessageId>,
}
