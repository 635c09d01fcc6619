//! The sentence that opens home, and what each of its numbers counts.
//!
//! "Depuis 2019 : 18 432,10 € chez 61 marchands, 1 247 objets, 38 encore garantis. Deux
//! remboursements n'apparaissent pas : 84,90 €."

use mesinfos_domain::{Date, Money};
use mesinfos_purchases::Nature;

/// Every number of the sentence. Each leads to a list with the same filter, whose total is it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentence {
    /// The day of the first order that counts; `None` when there is none yet.
    pub since: Option<Date>,
    /// What was spent, a figure for each currency, the commonest first (CONTRACTS, "Spent").
    pub spent: Vec<SpentIn>,
    /// Merchants of these orders.
    pub merchants: i64,
    /// Things kept, quantities included: returned, refunded and cancelled ones are out.
    pub things: i64,
    /// Things returned or refunded, which `things` leaves out.
    pub things_returned: i64,
    /// Things whose legal guarantee still runs today.
    pub guaranteed: i64,
    /// What those cost, in the commonest currency.
    pub guaranteed_value: Option<Money>,
    /// Refunds that a mail announced and none confirms: "not seen in your mails".
    pub unseen: Unseen,
    /// What has a line of its own and is not in `spent`: bookings, bills, transfers, sales.
    pub beside: Vec<OwnLine>,
}

/// What was spent in one currency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpentIn {
    /// Orders less confirmed refunds.
    pub spent: Money,
    /// How many orders that is.
    pub orders: i64,
    /// How many confirmed refunds were taken off.
    pub refunds: i64,
    /// What they gave back.
    pub refunded: Money,
    /// Orders among them whose sum adds up.
    pub proved: i64,
    /// Orders whose figures contradict each other: counted apart, "et 212,40 € à vérifier".
    pub doubtful_orders: i64,
    /// What those would add.
    pub doubtful: Money,
    /// Orders that await payment: not spent.
    pub unpaid_orders: i64,
}

/// Announced refunds that no mail confirms.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Unseen {
    /// How many.
    pub count: i64,
    /// How much, a figure for each currency.
    pub sums: Vec<Money>,
    /// Of how many the amount is unknown.
    pub without_amount: i64,
}

/// What is counted on a line of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnLine {
    /// Bookings, bills, transfers, parcels; or sales when `sold`.
    pub nature: Nature,
    /// The person was the seller.
    pub sold: bool,
    /// How many.
    pub count: i64,
    /// How much, a figure for each currency.
    pub sums: Vec<Money>,
}
