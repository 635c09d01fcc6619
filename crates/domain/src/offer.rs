//! An offer: a code or an advantage that an actor promises.

use crate::Amount;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A promotion that a mail carries.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Offer {
    /// The code to type, as printed.
    pub code: Option<String>,
    /// The sentence that promises it.
    pub description: String,
    /// What it gives.
    #[serde(flatten)]
    pub benefit: Option<Benefit>,
    /// The least purchase that it asks for, in the currency that its sentence names.
    #[serde(rename = "minimumPurchase", skip_serializing_if = "Option::is_none")]
    pub minimum_purchase: Option<Amount>,
    /// The last day it is good for.
    pub valid_until: Option<Date>,
}

/// What an offer gives: `{"percent": 15}`, `{"amount": 10.0}` or `{"free_shipping": true}`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Benefit {
    /// Per cent off.
    Percent(u8),
    /// So much off.
    Amount(Amount),
    /// Delivery at no cost; `true` wherever it is given.
    FreeShipping(bool),
}
