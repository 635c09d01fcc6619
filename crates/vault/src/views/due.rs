//! What expires or is awaited, with its day and its article.

use super::ActorRef;
use mesinfos_domain::{Date, MessageId, Money, OrderId};
use mesinfos_purchases::{Article, Known};

/// One thing to do before a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueRow {
    /// The last day on which it can be done (or, for a refund, by which it is owed).
    pub day: Date,
    /// What.
    pub what: DueWhat,
    /// What it is about: the product's name, the place, the code, the document's kind.
    pub about: String,
    /// With whom.
    pub actor: Option<ActorRef>,
    /// How much is at stake.
    pub money: Option<Money>,
    /// The order to open.
    pub order: Option<OrderId>,
    /// The line of the order that it concerns.
    pub line: Option<i64>,
    /// The mail to open.
    pub message: Option<MessageId>,
    /// The text that gives the right.
    pub article: Option<Article>,
    /// How the day that starts the right is known.
    pub known: Known,
}

/// What is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DueWhat {
    /// Last day to collect a parcel.
    Pickup,
    /// Last day to send a thing back (L221-18).
    Withdrawal,
    /// End of the legal guarantee (L217-3).
    Guarantee,
    /// A refund is owed by this day (L221-24), or was.
    Refund,
    /// Delivery was owed by this day (L216-1) and no mail says that it came.
    LateDelivery,
    /// A document waits until this day.
    Document,
    /// An offer ends.
    Offer,
}
