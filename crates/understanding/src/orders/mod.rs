//! The order that a letter speaks of: markup first, then the layout, then arithmetic as the proof.
//!
//! - [`marked`] takes what schema.org says. Otherwise [`from_html`] (with [`shapes`]) or [`from_text`] draws
//!   a [`sheet`] of rows and cells, whatever tags or spaces drew the mail.
//! - [`figures`] finds sums and their labels ([`charges`], [`free`]), and [`rows`] what kind each row is.
//! - [`items`] walks the rows for product lines: under titles ([`titled`]) or without ([`untitled`]), their
//!   name above ([`above`]), side by side ([`pictured`]), a column each ([`transposed`]), without a price
//!   ([`unpriced`]). [`describe`] and [`named`] tell a line's words apart, [`brands`] whose name is whose.
//! - [`proof`] chooses lines and sums together; [`assemble`] makes the order of them with its [`number`]
//!   (or one that nothing labels: [`unlabelled`]), [`status`], day ([`dated`]), [`parcels`] and [`pickup`], each part [`taken`] with the words it was read in.

mod above;
mod assemble;
mod attribute;
mod brands;
mod charges;
mod dated;
mod describe;
mod figures;
mod free;
mod from_html;
mod from_text;
mod items;
mod joined;
mod labelled;
mod marked;
mod named;
mod number;
mod numbered;
mod parcels;
mod payee;
mod pickup;
mod pictured;
mod proof;
mod rows;
mod said;
mod shapes;
mod sheet;
mod stages;
mod status;
mod taken;
mod titled;
mod transposed;
mod unlabelled;
mod unnamed;
mod unpriced;
mod untitled;

use crate::Letter;
use mesinfos_domain::{Fact, Language, Order};
use mesinfos_reading::Page;

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
    let Some(dom) = letter.dom else {
        return assemble::read(letter, language, &from_text::sheet(&letter.page));
    };
    let read = assemble::read(letter, language, &from_html::sheet(dom, letter.dom_from));
    // Some mails show a picture, or layers of boxes that hide the order, and say it all in text.
    let is_bare = read.as_ref().is_none_or(|r| r.order.lines.is_empty());
    let Some(text) = letter.mail.text.as_deref().filter(|_| is_bare && letter.dom_from == 0) else {
        return read;
    };
    let in_text = assemble::read(letter, language, &from_text::sheet(&Page::from_text(text)));
    let is_better = |t: &Read| {
        let sums = |r: &Read| usize::from(r.order.total.is_some()) + r.order.lines.len();
        sums(t) > read.as_ref().map_or(0, sums)
    };
    match in_text {
        Some(t) if is_better(&t) => Some(t),
        _ => read,
    }
}

/// The cheap refusal: nothing in sight that could be a number, an amount or a reference.
fn may_hold_an_order(letter: &Letter<'_>) -> bool {
    let text = &letter.page.text;
    if text.len() < 15 && letter.mail.text.as_ref().is_none_or(|t| t.len() < 15) {
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
