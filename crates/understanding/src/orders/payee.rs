//! Whom a payment went to, where somebody else writes of it: a payment service, a wallet.

use super::attribute;
use super::sheet::Sheet;
use crate::grammar::lexicon::{self, Role};

/// The merchant that a row or a line names, label and value: `Commerçant : Marché Delta`.
pub(super) fn payee(sheet: &Sheet) -> Option<String> {
    (0..sheet.rows.len().min(200)).find_map(|row| {
        let cells = sheet.cells_of(row);
        if let [label, value] = cells {
            let read = lexicon::label(sheet.at(&label.span));
            let name = sheet.at(&value.span).trim();
            if read.has(Role::Seller) && read.coverage() == 100 && is_name(name) {
                return Some(attribute::seller_named(name).name);
            }
        }
        cells
            .iter()
            .flat_map(|cell| sheet.lines_of(&cell.span))
            .find_map(|line| attribute::seller(sheet, &line))
            .map(|(seller, _)| seller.name)
            .filter(|name| is_name(name))
    })
}

fn is_name(text: &str) -> bool {
    (2..=60).contains(&text.len()) && !text.contains('\n') && text.chars().any(char::is_alphabetic)
}
