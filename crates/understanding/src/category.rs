//! Which of the six drawers a letter belongs in.

use crate::Letter;
use mesinfos_domain::{Category, Fact, Language, Order};

/// The category and why.
pub struct Verdict {
    /// The drawer.
    pub category: Category,
    /// From 0 to 100.
    pub confidence: u8,
    /// The words that decided.
    pub facts: Vec<Fact>,
}

/// Sorts one letter. `order` is what was read as an order, if anything was.
pub fn classify(_letter: &Letter<'_>, _language: Language, _order: Option<&Order>) -> Verdict {
    Verdict { category: Category::Personal, confidence: 0, facts: Vec::new() }
}

/// Whether a letter of this category may carry this order: prices in a newsletter are no purchase.
pub fn allows_order(category: Category, _order: &Order) -> bool {
    !matches!(category, Category::Newsletter | Category::Personal)
}
