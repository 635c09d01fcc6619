//! The card of one thing: who sold it, what it cost, how it came, what the law gives.

use super::{ActorRef, MailRef, OrderRow, StepRow, ThingRow};
use mesinfos_domain::{Line, Parcel};
use mesinfos_purchases::{AfterSales, Right};

/// Everything about one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProductCard {
    /// As in the list.
    pub row: ThingRow,
    /// The line as it was read: references, description, links.
    pub line: Line,
    /// The person corrected it.
    pub corrected: bool,
    /// The order that it belongs to.
    pub order: OrderRow,
    /// Its parcels.
    pub parcels: Vec<Parcel>,
    /// Who carried it, when the carrier wrote.
    pub carrier: Option<ActorRef>,
    /// What the law gives, today.
    pub rights: Vec<Right>,
    /// The mail that proves the purchase.
    pub proof_of_purchase: Option<MailRef>,
    /// The mail that proves the delivery.
    pub proof_of_delivery: Option<MailRef>,
    /// Its life, oldest first.
    pub history: Vec<StepRow>,
    /// What a letter to the seller needs; the words are in both languages.
    pub after_sales: AfterSales,
    /// Other things of the same order: line and name.
    pub siblings: Vec<(i64, String)>,
}
