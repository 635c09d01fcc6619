//! The order that a letter speaks of: markup first, then the layout, then arithmetic as the proof.

mod assemble;
mod describe;
mod figures;
mod from_html;
mod from_text;
mod items;
mod marked;
mod number;
mod parcels;
mod pickup;
mod proof;
mod sheet;
mod status;
mod titled;
mod untitled;

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
pub fn read(letter: &Letter<'_>, language: Language) -> Option<Read> {
    if !may_hold_an_order(letter) {
        return None;
    }
    let sheet = match letter.dom {
        Some(dom) => from_html::sheet(dom, letter.dom_from),
        None => from_text::sheet(&letter.page),
    };
    assemble::read(letter, language, &sheet)
}

/// The cheap refusal: nothing in sight that could be a number, an amount or a reference.
fn may_hold_an_order(letter: &Letter<'_>) -> bool {
    let text = &letter.page.text;
    if text.len() < 15 {
        return false;
    }
    let has_code = |t: &str| {
        let mut capitals = 0;
        t.bytes().any(|b| {
            capitals = if b.is_ascii_uppercase() { capitals + 1 } else { 0 };
            b.is_ascii_digit() || capitals >= 6
        })
    };
    // A bare "your order is on its way" is short.
    text.len() < 3_000 || has_code(&letter.subject) || has_code(text)
}
