//! What a message is for, inside the relation with its actor.

use serde::{Deserialize, Serialize};

/// The six drawers of a mailbox.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Sign-up, password, security, documents of the account.
    Account,
    /// Whatever moves an order, a booking, a payment, a bill, a delivery.
    Transaction,
    /// Returns, claims, support, warranty, reviews, vouchers given for an order.
    AfterSales,
    /// Reminders, alerts, back in stock, social, a document waiting.
    Notification,
    /// News and promotion, left baskets included.
    Newsletter,
    /// Written by a person to a person.
    Personal,
}

impl Category {
    /// All, in the order in which screens show them.
    pub const ALL: [Category; 6] = [
        Category::Account,
        Category::Transaction,
        Category::AfterSales,
        Category::Notification,
        Category::Newsletter,
        Category::Personal,
    ];

    /// The word used in JSON, in the database and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Category::Account => "account",
            Category::Transaction => "transaction",
            Category::AfterSales => "after_sales",
            Category::Notification => "notification",
            Category::Newsletter => "newsletter",
            Category::Personal => "personal",
        }
    }

    /// The category with this code.
    pub fn from_code(code: &str) -> Option<Category> {
        Category::ALL.into_iter().find(|c| c.code() == code)
    }
}
