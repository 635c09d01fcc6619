//! An order as one mail tells it: number, status, lines, sums, parcels.

use crate::{Amount, Currency};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What one mail says of one purchase, booking, bill or parcel. What it does not say is `None`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Order {
    /// The merchant's own number, as printed, without `n°` or `#`.
    pub number: Option<String>,
    /// The stage that this mail announces.
    pub status: Option<OrderStatus>,
    /// The date of the order that the mail prints.
    pub date: Option<Date>,
    /// The currency of all its sums.
    pub currency: Option<Currency>,
    /// What was paid or is due, all included.
    pub total: Option<Amount>,
    /// The lines' sum before shipping and discount.
    pub subtotal: Option<Amount>,
    /// Delivery; zero where the mail calls it free.
    pub shipping: Option<Amount>,
    /// The tax that the mail prints.
    pub tax: Option<Amount>,
    /// What was taken off; positive.
    pub discount: Option<Amount>,
    /// What was given back; positive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refunded: Option<Amount>,
    /// Other charges that enter the total (gift wrapping, handling, payment fee).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fees: Option<Amount>,
    /// What was bought, in the mail's order.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// Parcels.
    #[serde(default, rename = "tracking")]
    pub parcels: Vec<Parcel>,
    /// In a carrier's mail: the shop's order that the parcel belongs to.
    #[serde(rename = "partOfOrder", skip_serializing_if = "Option::is_none")]
    pub part_of_order: Option<PartOfOrder>,
    /// `Seller` when the owner of the mailbox sold: nothing was spent.
    #[serde(default, skip_serializing_if = "Role::is_buyer")]
    pub role: Role,
    /// Whether the sums add up.
    #[serde(default)]
    pub proof: Proof,
    /// How sure, from 0 to 100.
    #[serde(default)]
    pub confidence: u8,
}

/// One line of an order.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Line {
    /// The product's name alone, without its variant.
    pub name: String,
    /// In thousandths of a unit, so that 1.5 kg is exact; `1000` is one. JSON shows `1` or `1.5`.
    #[serde(with = "thousandths")]
    pub quantity: Option<i64>,
    /// Price of one.
    pub unit_price: Option<Amount>,
    /// Price of the line.
    pub total: Option<Amount>,
    /// The merchant's reference.
    pub sku: Option<String>,
    /// EAN or other GTIN (8, 12, 13 or 14 digits).
    pub gtin: Option<String>,
    /// Address of the picture as the mail gives it (`cid:` or `https:`); never fetched unasked.
    pub image_url: Option<String>,
    /// Address of the product's page.
    pub url: Option<String>,
    /// `Taille: M, Couleur: Rouge`, or the bare values.
    pub variant: Option<String>,
    /// What the mail says about it beyond the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who sold it, behind a marketplace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<Seller>,
}

mod thousandths {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(q: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
        match q {
            None => to.serialize_none(),
            Some(q) if q % 1000 == 0 => to.serialize_i64(q / 1000),
            Some(q) => to.serialize_f64(*q as f64 / 1000.0),
        }
    }
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
        let q: Option<f64> = Option::deserialize(from)?;
        Ok(q.map(|q| (q * 1000.0).round() as i64))
    }
}

/// A seller behind a marketplace.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Seller {
    /// As the mail names it.
    pub name: String,
    /// A private seller gives no withdrawal or conformity right; `None` when not said.
    pub professional: Option<bool>,
}

/// A parcel on its way.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Parcel {
    /// The carrier's name.
    pub carrier: Option<String>,
    /// The tracking number, without spaces.
    pub number: Option<String>,
    /// The tracking page, as the mail gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The relay point or locker where it waits.
    #[serde(rename = "pickupPoint", skip_serializing_if = "Option::is_none")]
    pub pickup_point: Option<String>,
    /// The code to show there.
    #[serde(rename = "pickupCode", skip_serializing_if = "Option::is_none")]
    pub pickup_code: Option<String>,
    /// The last day to collect it.
    #[serde(rename = "pickupUntil", skip_serializing_if = "Option::is_none")]
    pub pickup_until: Option<Date>,
    /// The day it is expected.
    #[serde(rename = "expectedArrival", skip_serializing_if = "Option::is_none")]
    pub expected: Option<Date>,
    /// This parcel's own stage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OrderStatus>,
}

/// The shop's order behind a carrier's parcel.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PartOfOrder {
    /// The shop.
    pub merchant: Option<String>,
    /// The shop's order number.
    pub number: Option<String>,
}

/// On which side of a sale the owner of the mailbox stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Bought.
    #[default]
    Buyer,
    /// Sold.
    Seller,
}

impl Role {
    /// Whether the person bought.
    pub fn is_buyer(&self) -> bool {
        *self == Role::Buyer
    }
}

/// What arithmetic says of a reading.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Proof {
    /// Too few figures to add up.
    #[default]
    None,
    /// The figures were read and contradict each other: kept, shown as doubtful.
    Doubtful,
    /// Lines + shipping + tax + fees − discount = total.
    Proved,
}

/// The stage of an order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it; the rarer ones are explained")]
pub enum OrderStatus {
    Confirmed,
    /// Payment awaited.
    Pending,
    Paid,
    Processing,
    Booked,
    Invoiced,
    PartiallyShipped,
    Shipped,
    OutForDelivery,
    Delayed,
    ReadyForPickup,
    Delivered,
    Completed,
    Cancelled,
    Refunded,
    PartiallyRefunded,
    /// A return was asked, accepted or refused.
    Return,
    Returned,
}

/// Statuses that name one stage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum StatusClass {
    Placed,
    Shipped,
    Delivered,
    Refunded,
    Return,
    Cancelled,
}

impl OrderStatus {
    /// All of them.
    pub const ALL: [OrderStatus; 18] = {
        use OrderStatus::*;
        [
            Confirmed,
            Pending,
            Paid,
            Processing,
            Booked,
            Invoiced,
            PartiallyShipped,
            Shipped,
            OutForDelivery,
            Delayed,
            ReadyForPickup,
            Delivered,
            Completed,
            Cancelled,
            Refunded,
            PartiallyRefunded,
            Return,
            Returned,
        ]
    };

    /// The stage that this status belongs to.
    pub fn class(self) -> StatusClass {
        use OrderStatus::*;
        match self {
            Confirmed | Pending | Paid | Processing | Booked | Invoiced => StatusClass::Placed,
            PartiallyShipped | Shipped | OutForDelivery | Delayed | ReadyForPickup => {
                StatusClass::Shipped
            }
            Delivered | Completed => StatusClass::Delivered,
            Refunded | PartiallyRefunded => StatusClass::Refunded,
            Return | Returned => StatusClass::Return,
            Cancelled => StatusClass::Cancelled,
        }
    }

    /// The word used in JSON and in the database.
    pub fn code(self) -> &'static str {
        use OrderStatus::*;
        match self {
            Confirmed => "confirmed",
            Pending => "pending",
            Paid => "paid",
            Processing => "processing",
            Booked => "booked",
            Invoiced => "invoiced",
            PartiallyShipped => "partially_shipped",
            Shipped => "shipped",
            OutForDelivery => "out_for_delivery",
            Delayed => "delayed",
            ReadyForPickup => "ready_for_pickup",
            Delivered => "delivered",
            Completed => "completed",
            Cancelled => "cancelled",
            Refunded => "refunded",
            PartiallyRefunded => "partially_refunded",
            Return => "return",
            Returned => "returned",
        }
    }

    /// The status with this code.
    pub fn from_code(code: &str) -> Option<OrderStatus> {
        OrderStatus::ALL.into_iter().find(|s| s.code() == code)
    }
}
