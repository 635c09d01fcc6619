//! Charges that a mail makes a gift of: a figure of zero, said in words.

use super::attribute;
use super::figures::Figure;
use super::sheet::{Cell, Sheet, Span};
use crate::grammar::fold::fold;
use crate::grammar::lexicon::{self, Role};
use crate::grammar::quantity;
use mesinfos_domain::Amount;

/// `Livraison : offerte` is a shipping of zero.
pub fn of_charge(sheet: &Sheet, row: usize, out: &mut Vec<Figure>) {
    if out.last().is_some_and(|f| f.row == row) {
        return;
    }
    let cells = sheet.cells_of(row);
    let (label, value) = match cells {
        [one] => {
            let text = sheet.at(&one.span);
            if text.len() > 80 || text.contains('\n') {
                return;
            }
            match text.split_once(':') {
                Some((l, v)) => {
                    let at = one.span.start;
                    (
                        at..at + l.len() as u32,
                        at + l.len() as u32 + 1..at + (l.len() + 1 + v.len()) as u32,
                    )
                }
                None => match label_above(sheet, row) {
                    Some(above) => (above, one.span.clone()),
                    None => return,
                },
            }
        }
        [first, .., last] if !sheet.at(&first.span).contains('\n') => {
            (first.span.clone(), last.span.clone())
        }
        _ => return,
    };
    let l = lexicon::label(sheet.at(&label));
    let role = l
        .sum_role()
        .filter(|r| matches!(r, Role::Shipping | Role::Fee | Role::Tax | Role::Discount));
    if let Some(role) = role.filter(|_| l.coverage() >= 60 && is_free(sheet, &value)) {
        let cell = cells.len() - 1;
        out.push(Figure { role: Some(role), label, strength: 90, ..nothing(row, cell, value) });
    }
}

/// `Échantillon | 1 | Offert`: a line that costs nothing, under the titles of a table or where a
/// label counts it (`Quantité : 1 | Gratuit`).
pub fn line(sheet: &Sheet, row: usize, is_titled: bool, out: &mut Vec<Figure>) {
    let cells = sheet.cells_of(row);
    let is_price = |c: &Cell| c.span.len() <= 20 && is_free(sheet, &c.span);
    // Drawn like the row above, which has its price.
    let is_titled = is_titled || is_like_above(sheet, row, out);
    let counts_one = |l: &Span| {
        let text = sheet.at(l);
        attribute::count(text).is_some() && (is_titled || attribute::pair(text).is_some())
    };
    let counts = cells.iter().any(|c| sheet.lines_of(&c.span).any(|l| counts_one(&l)));
    // `Quantité : 1`, and below it `Gratuit`; `x 1 = offert`.
    if let [one] = cells {
        let counted_above = row.checked_sub(1).is_some_and(|above| {
            let above = &sheet.rows[above];
            let text = sheet.at(&above.span);
            let says = attribute::pair(text).is_some() && attribute::count(text).is_some();
            // `1× Pochette velours`
            above.table == sheet.rows[row].table && (says || quantity::leading(text).is_some())
        });
        let text = sheet.at(&one.span);
        let multiplied = text.split_once('=').is_some_and(|(count, _)| {
            quantity::whole(count.trim().trim_start_matches(['x', 'X', '×'])).is_some()
        });
        if is_price(one) && (counted_above || multiplied) {
            out.push(nothing(row, 0, one.span.clone()));
        } else if let Some((head, value)) = text.rsplit_once(':')
            && quantity::leading(head).is_some()
        {
            // `1 x Échantillon : offert`
            let value = one.span.end - value.trim_start().len() as u32..one.span.end;
            if value.len() <= 20 && is_free(sheet, &value) {
                out.push(nothing(row, 0, value));
            }
        }
        return;
    }
    if let Some(last) = cells.iter().rposition(is_price).filter(|last| *last > 0 && counts) {
        out.push(nothing(row, last, cells[last].span.clone()));
    }
}

/// Whether the row above has as many cells, in the same table, and a price in one of them.
fn is_like_above(sheet: &Sheet, row: usize, out: &[Figure]) -> bool {
    let Some(above) = row.checked_sub(1) else { return false };
    sheet.rows[above].table == sheet.rows[row].table
        && sheet.cells_of(above).len() == sheet.cells_of(row).len()
        && sheet.cells_of(row).len() >= 3
        && out.last().is_some_and(|f| f.row == above && f.role.is_none())
}

fn is_free(sheet: &Sheet, span: &Span) -> bool {
    let text = sheet.at(span);
    let value = lexicon::label(text);
    value.weighty <= 6
        && value.coverage() >= 50
        && (value.has(Role::Free)
            || value.hits.iter().any(|h| fold(text).get(h.start..h.end).is_some_and(says_free)))
}

fn nothing(row: usize, cell: usize, span: Span) -> Figure {
    Figure {
        amount: Amount::ZERO,
        unit: None,
        label: span.clone(),
        span,
        row,
        cell,
        is_struck: false,
        role: None,
        strength: 0,
        is_aside: false,
    }
}

fn label_above(sheet: &Sheet, row: usize) -> Option<Span> {
    let above = sheet.cells_of(row.checked_sub(1)?);
    match above {
        [one] if sheet.at(&one.span).len() <= 40 => Some(one.span.clone()),
        _ => None,
    }
}

fn says_free(phrase: &str) -> bool {
    ["gratuit", "offert", "free", "kostenlos", "kostenfrei", "gratis", "gratuito", "gratuita"]
        .iter()
        .any(|w| phrase.contains(w))
}
