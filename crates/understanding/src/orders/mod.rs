//! The order that a letter speaks of: markup first, then the layout, then arithmetic as the proof.

use crate::Letter;
use mesinfos_domain::{Fact, Language, Order};

/// An order with where its parts were read.
pub struct Read {
    /// The order.
    pub order: Order,
    /// Its provenance.
    pub facts: Vec<Fact>,
}

/// Reads the order of a letter.
pub fn read(_letter: &Letter<'_>, _language: Language) -> Option<Read> {
    None
}
