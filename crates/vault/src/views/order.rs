//! One order: its history, its lines, its sum, its parcels, its mails.

use super::{ActorRef, FactRow, MailRef, OrderRow, ThingRow};
use mesinfos_domain::OrderId;
use mesinfos_purchases::{Addition, Purchase, Right, Step};

/// The page of one order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderCard {
    /// As in the list.
    pub row: OrderRow,
    /// All that was understood: sums, lines, parcels, refunds.
    pub purchase: Purchase,
    /// Its lines as things, in the order of `purchase.lines`.
    pub things: Vec<ThingRow>,
    /// The sum done again from the lines, beside what the mail says.
    pub addition: Addition,
    /// What happened, oldest first.
    pub history: Vec<StepRow>,
    /// What the law gives on the whole of it, today.
    pub rights: Vec<Right>,
    /// Its mails, oldest first, with what each said.
    pub mails: Vec<OrderMailRow>,
    /// The orders just before and after at any merchant, to walk through those to check.
    pub neighbours: (Option<OrderId>, Option<OrderId>),
}

/// One event and the mail that says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepRow {
    /// The event.
    pub step: Step,
    /// Who wrote.
    pub writer: Option<ActorRef>,
    /// The mail's authenticated domain (DKIM or the provider's word), when there is one.
    pub signed_by: Option<String>,
}

/// A mail of the order and the facts that were read in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderMailRow {
    /// The mail.
    pub mail: MailRef,
    /// Where each fact about the order was read.
    pub facts: Vec<FactRow>,
}
