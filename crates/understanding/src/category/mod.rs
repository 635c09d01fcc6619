//! Which of the six drawers a letter belongs in, and the words that say so.
//!
//! Concepts ([`concepts`]: "a parcel left", "a password", said in five languages) and the letter's
//! shape ([`shape`]) are weighed by a small model ([`model`]) that starts from leanings written by
//! hand and was corrected offline on labelled mails. It knows no sender and no proper noun.

pub mod concepts;
pub mod model;
pub mod sender;
pub mod shape;
pub mod sight;

pub use model::Model;
pub use sight::Sight;

use crate::Letter;
use mesinfos_domain::{Category, Fact, Order, Proof};

/// The category and why.
pub struct Verdict {
    /// The drawer.
    pub category: Category,
    /// From 0 to 100.
    pub confidence: u8,
    /// The words that decided, heaviest first.
    pub facts: Vec<Fact>,
}

/// As many reasons as a screen shows.
const REASONS: usize = 3;

/// Sorts one letter. `order` is what was read as an order, if anything was.
pub fn classify(letter: &Letter<'_>, order: Option<&Order>, model: &Model) -> Verdict {
    let sight = Sight::of(letter, order, model);
    let shares = model.probabilities(&sight);
    let mut ranked: Vec<usize> = (0..shares.len()).collect();
    ranked.sort_by(|&a, &b| shares[b].total_cmp(&shares[a]));
    let (best, next) = (ranked[0], ranked[1]);
    let confidence = (shares[best] * 100.0).round() as u8;
    let mut reasons: Vec<(f32, &sight::Seen)> = sight
        .seen
        .iter()
        .map(|seen| {
            let weights = &model.weights[seen.feature];
            (weights[best] - weights[next], seen)
        })
        .filter(|(weight, _)| *weight > 0.1)
        .collect();
    reasons.sort_by(|a, b| b.0.total_cmp(&a.0));
    let facts = reasons
        .into_iter()
        .filter_map(|(_, seen)| {
            Some(Fact {
                field: "category".to_owned(),
                source: seen.at.source(letter)?,
                rule: model.name(seen.feature),
                confidence,
            })
        })
        .take(REASONS)
        .collect();
    Verdict { category: Category::ALL[best], confidence, facts }
}

/// Whether a letter of this category may carry this order: prices in a newsletter are no purchase.
pub fn allows_order(category: Category, order: &Order) -> bool {
    match category {
        Category::Transaction | Category::AfterSales => true,
        // A reminder may speak of a purchase, but only a named one counts.
        Category::Notification | Category::Account => {
            order.number.is_some() && (order.proof == Proof::Proved || !order.parcels.is_empty())
        }
        Category::Newsletter | Category::Personal => false,
    }
}
