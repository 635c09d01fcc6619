//! A purchase: one order with everything that several mails say of it.

use crate::mail::Writer;
use mesinfos_domain::{
    Amount, Currency, Date, Line, MessageId, Money, OrderStatus, Parcel, Proof, Role, StatusClass,
    Timestamp,
};
use serde::{Deserialize, Serialize};

/// One order, with its history. Built by [`crate::join`] from the mails, never edited in place.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Purchase {
    /// Who sold: the shop or marketplace when one wrote, else the carrier or whoever did.
    pub merchant: Writer,
    /// In a purchase that only a carrier tells of: the shop that the carrier names.
    pub sold_by: Option<String>,
    /// The merchant's own number.
    pub number: Option<String>,
    /// The day of the order: printed in a mail, else the day of the first mail.
    pub placed: Date,
    /// Bought, booked, billed, or a parcel of which only the carrier wrote.
    pub nature: Nature,
    /// The person bought or sold.
    pub role: Role,
    /// Where it stands now.
    pub status: OrderStatus,
    /// What is known of its payment.
    pub payment: Payment,
    /// The currency of all its sums.
    pub currency: Option<Currency>,
    /// What was paid or is due, all included.
    pub total: Option<Amount>,
    /// The lines' sum before shipping and discount.
    pub subtotal: Option<Amount>,
    /// Delivery.
    pub shipping: Option<Amount>,
    /// Tax.
    pub tax: Option<Amount>,
    /// What was taken off; positive.
    pub discount: Option<Amount>,
    /// Other charges.
    pub fees: Option<Amount>,
    /// What was bought.
    pub lines: Vec<BoughtLine>,
    /// Its parcels, one for each tracking number.
    pub parcels: Vec<Shipment>,
    /// What was given back, or announced and not seen.
    pub refunds: Vec<Refund>,
    /// When the goods were received; `None` while nothing lets us say.
    pub received: Option<Received>,
    /// What happened, oldest first.
    pub history: Vec<Step>,
    /// Whether the sums add up.
    pub proof: Proof,
    /// How sure, from 0 to 100.
    pub confidence: u8,
    /// Every mail that speaks of it, oldest first.
    pub mails: Vec<MessageId>,
}

/// What sort of commitment it is; each has its own line in what was spent (docs/contracts.md, "Spent").
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// Goods or services bought from a merchant.
    Order,
    /// A seat, a room, a table.
    Booking,
    /// A bill: telephone, energy, insurance, tax.
    Bill,
    /// A payment through a bank, between accounts or persons.
    Transfer,
    /// A parcel known from its carrier only: nothing was seen to be bought.
    Parcel,
}

impl Nature {
    /// All of them.
    pub const ALL: [Nature; 5] =
        [Nature::Order, Nature::Booking, Nature::Bill, Nature::Transfer, Nature::Parcel];

    /// The word used in JSON and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Nature::Order => "order",
            Nature::Booking => "booking",
            Nature::Bill => "bill",
            Nature::Transfer => "transfer",
            Nature::Parcel => "parcel",
        }
    }

    /// The nature with this code.
    pub fn from_code(code: &str) -> Option<Nature> {
        Nature::ALL.into_iter().find(|n| n.code() == code)
    }
}

/// What the mails say of the payment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// A payment is awaited and no later mail shows that it came.
    Unpaid,
    /// Nobody says that it was paid, and the order went on as if it were.
    Supposed,
    /// A mail says so, or the goods left.
    Paid,
}

/// One line, with the mail that it was read in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BoughtLine {
    /// What was bought, completed from every mail that shows it.
    pub line: Line,
    /// The mail that the line was taken from.
    pub read_in: MessageId,
    /// Its place among that mail's lines, from 0.
    pub source_line: usize,
    /// The mail whose picture is shown, when the line has one.
    pub pictured_in: Option<MessageId>,
    /// The person corrected it.
    pub corrected: bool,
    /// What became of it.
    pub state: ThingState,
}

/// What became of a thing bought.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThingState {
    /// Ordered, and nothing more.
    Ordered,
    /// The payment is awaited.
    Unpaid,
    /// Left the seller.
    OnItsWay,
    /// Waits at a relay point or in a locker.
    ToCollect,
    /// Received, by a mail that says so.
    Delivered,
    /// Received, as far as the days that have passed let one think; see [`ThingState::on`].
    SupposedDelivered,
    /// A return was asked or accepted.
    Returning,
    /// Sent back; the money was not seen.
    Returned,
    /// Sent back or cancelled, and the money given back.
    Refunded,
    /// The order was cancelled.
    Cancelled,
}

impl ThingState {
    /// All of them, in the order of a thing's life.
    pub const ALL: [ThingState; 10] = {
        use ThingState::*;
        [
            Ordered,
            Unpaid,
            OnItsWay,
            ToCollect,
            Delivered,
            SupposedDelivered,
            Returning,
            Returned,
            Refunded,
            Cancelled,
        ]
    };

    /// The word used in JSON, in the database and in addresses.
    pub fn code(self) -> &'static str {
        use ThingState::*;
        match self {
            Ordered => "ordered",
            Unpaid => "unpaid",
            OnItsWay => "on_its_way",
            ToCollect => "to_collect",
            Delivered => "delivered",
            SupposedDelivered => "supposed_delivered",
            Returning => "returning",
            Returned => "returned",
            Refunded => "refunded",
            Cancelled => "cancelled",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<ThingState> {
        ThingState::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The state as it is thought to be on `today`: what was ordered or sent long enough ago is
    /// supposed to have come, since most shops write nothing on delivery.
    pub fn on(self, received: Option<Received>, today: Date) -> ThingState {
        match (self, received) {
            (ThingState::Ordered | ThingState::OnItsWay, Some(r)) if r.day <= today => {
                ThingState::SupposedDelivered
            }
            _ => self,
        }
    }

    /// Whether the person has it or will: what "objects" counts.
    pub fn is_kept(self) -> bool {
        use ThingState::*;
        !matches!(self, Unpaid | Returned | Refunded | Cancelled)
    }
}

/// A parcel and what its mails say.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shipment {
    /// The parcel, completed from every mail that shows it.
    pub parcel: Parcel,
    /// The day it left, when a mail says so.
    pub shipped: Option<Date>,
    /// The day that it began to wait at a relay point.
    pub waiting_since: Option<Date>,
    /// The day it was delivered or collected.
    pub delivered: Option<Date>,
    /// The mails that speak of it, oldest first.
    pub mails: Vec<MessageId>,
}

/// Money given back, or promised.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Refund {
    /// How much; `None` when no mail says it and it cannot be derived.
    pub amount: Option<Amount>,
    /// The mail that announced it (return received, order cancelled after payment).
    pub announced: Option<MessageId>,
    /// The mail that says it was made; `None`: not seen in the person's mails.
    pub confirmed: Option<MessageId>,
    /// The day of the confirmation, else of the announcement.
    pub day: Date,
}

/// When goods were received.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Received {
    /// The day; of the last parcel when there are several (L221-18, second paragraph).
    pub day: Date,
    /// How we know.
    pub known: Known,
}

/// How a day is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// A mail says it.
    Seen,
    /// The day that a mail promised.
    Expected,
    /// A few days after it left.
    AfterShipping,
    /// A few days after the order: no mail says that it left.
    AfterOrder,
}

impl Known {
    /// The word used in the database.
    pub fn code(self) -> &'static str {
        match self {
            Known::Seen => "seen",
            Known::Expected => "expected",
            Known::AfterShipping => "after_shipping",
            Known::AfterOrder => "after_order",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Known> {
        [Known::Seen, Known::Expected, Known::AfterShipping, Known::AfterOrder]
            .into_iter()
            .find(|k| k.code() == code)
    }

    /// A mail says it.
    pub fn is_seen(self) -> bool {
        self == Known::Seen
    }
}

/// One event of a purchase, and the mail that says it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Step {
    /// When the mail was written.
    pub at: Timestamp,
    /// The same as a day where the person lives.
    pub day: Date,
    /// What it announces.
    pub status: OrderStatus,
    /// The mail.
    pub message: MessageId,
    /// Who wrote it: the shop, the carrier, the payment service.
    pub writer: String,
    /// The parcel concerned, by its tracking number.
    pub parcel: Option<String>,
    /// The sum that this mail states: paid, refunded.
    pub amount: Option<Amount>,
}

impl BoughtLine {
    /// How many things it is: two for a quantity of two, one for a kilo and a half.
    pub fn units(&self) -> i64 {
        match self.line.quantity {
            Some(q) if q > 0 && q % 1000 == 0 => q / 1000,
            _ => 1,
        }
    }
}

impl Purchase {
    /// The total with its currency.
    pub fn price(&self) -> Option<Money> {
        Some(Money { amount: self.total?, currency: self.currency? })
    }

    /// Whether a step of this class was seen.
    pub fn saw(&self, class: StatusClass) -> bool {
        self.history.iter().any(|s| s.status.class() == class)
    }

    /// What confirmed refunds gave back, never more than the total.
    pub fn refunded(&self) -> Amount {
        let sum: Amount =
            self.refunds.iter().filter(|r| r.confirmed.is_some()).filter_map(|r| r.amount).sum();
        self.total.map_or(sum, |t| sum.min(t))
    }
}
