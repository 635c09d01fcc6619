//! What was bought: every product as a row, every order as a row, and the search of things.

use super::{ActorRef, PageAsked, Paged, Picture};
use mesinfos_domain::{ActorId, Date, Money, OrderId, OrderStatus, Proof, Seller};
use mesinfos_purchases::{Nature, Payment, Received, ThingState};

/// Every product, and what the filter adds up to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Purchases {
    /// This page.
    pub things: Paged<ThingRow>,
    /// How many things the filter lets through, quantities included, those kept only.
    pub kept: i64,
    /// What the things kept cost, a figure for each currency.
    pub sums: Vec<Money>,
    /// Among them, how many are still guaranteed.
    pub guaranteed: i64,
    /// Merchants to filter by: id, name, number of things; the most frequent 50.
    pub merchants: Vec<(ActorRef, i64)>,
    /// Years to filter by, the latest first.
    pub years: Vec<i16>,
}

/// One thing bought: a line of an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThingRow {
    /// The order.
    pub order: OrderId,
    /// Its line, from 0: with the order it names the thing.
    pub line: i64,
    /// The product's name.
    pub name: String,
    /// Its variant.
    pub variant: Option<String>,
    /// In thousandths of a unit.
    pub quantity: i64,
    /// What the line cost.
    pub price: Option<Money>,
    /// Whom it was bought from; `None` when only a carrier wrote.
    pub merchant: Option<ActorRef>,
    /// The seller behind a marketplace.
    pub seller: Option<Seller>,
    /// What became of it.
    pub state: ThingState,
    /// Its picture.
    pub picture: Option<Picture>,
    /// The day of the order.
    pub placed: Date,
    /// When it was received.
    pub received: Option<Received>,
    /// The last day of the legal guarantee; `None`: none (private seller) or not begun.
    pub guaranteed_until: Option<Date>,
}

/// What the purchases page asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PurchasesAsked {
    /// Whose name, variant or reference holds these words, accents and case aside.
    pub words: Option<String>,
    /// From this merchant.
    pub merchant: Option<ActorId>,
    /// Ordered in this year.
    pub year: Option<i16>,
    /// In this state.
    pub state: Option<ThingState>,
    /// Kept only.
    pub kept: bool,
    /// Still guaranteed only.
    pub guaranteed: bool,
    /// Sorted by.
    pub by: PurchasesBy,
    /// Which page.
    pub page: PageAsked,
}

/// Sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PurchasesBy {
    /// The day of the order, latest first.
    #[default]
    Latest,
    /// The end of the guarantee, soonest first; those without last.
    Guarantee,
    /// The price, highest first.
    Price,
    /// The name.
    Name,
}

/// Orders, and what the filter adds up to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Orders {
    /// This page.
    pub orders: Paged<OrderRow>,
    /// What they cost less refunds, those that count as spent only, a figure for each currency.
    pub spent: Vec<Money>,
    /// What the doubtful ones would add.
    pub doubtful: Vec<Money>,
}

/// One order as a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderRow {
    /// Its id.
    pub id: OrderId,
    /// The merchant's number.
    pub number: Option<String>,
    /// Whom from.
    pub merchant: Option<ActorRef>,
    /// Order, booking, bill, transfer, parcel.
    pub nature: Nature,
    /// The person sold.
    pub sold: bool,
    /// The day of the order.
    pub placed: Date,
    /// Where it stands.
    pub status: OrderStatus,
    /// Paid or not.
    pub payment: Payment,
    /// What it cost.
    pub total: Option<Money>,
    /// What of it counts as spent: nothing when cancelled, unpaid or doubtful; less refunds.
    pub spent: Option<Money>,
    /// Whether its sums add up.
    pub proof: Proof,
    /// The first line's name.
    pub first_thing: Option<String>,
    /// How many lines.
    pub lines: i64,
    /// How many things, whole units.
    pub things: i64,
    /// How many mails speak of it.
    pub mails: i64,
    /// A refund was announced and no mail confirms it.
    pub refund_unseen: bool,
}

/// What a list of orders asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OrdersAsked {
    /// From this merchant.
    pub merchant: Option<ActorId>,
    /// Ordered from this day on.
    pub from: Option<Date>,
    /// Ordered until this day.
    pub to: Option<Date>,
    /// Of this nature.
    pub nature: Option<Nature>,
    /// Those that count in "spent" only.
    pub counted: bool,
    /// Doubtful ones only.
    pub doubtful: bool,
    /// Those with a refund announced and not seen.
    pub refund_unseen: bool,
    /// Which page.
    pub page: PageAsked,
}
