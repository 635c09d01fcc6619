//! Charges that a mail makes a gift of: a figure of zero, said in words.

use super::figures::Figure;
use super::sheet::{Sheet, Span};
use crate::grammar::fold::fold;
use crate::grammar::lexicon::{self, Role};
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
    let v = lexicon::label(sheet.at(&value));
    let role = l
        .sum_role()
        .filter(|r| matches!(r, Role::Shipping | Role::Fee | Role::Tax | Role::Discount));
    let is_free = v.weighty <= 6
        && v.coverage() >= 50
        && (v.has(Role::Free)
            || v.hits
                .iter()
                .any(|h| fold(sheet.at(&value)).get(h.start..h.end).is_some_and(says_free)));
    if let Some(role) = role.filter(|_| is_free && l.coverage() >= 60) {
        out.push(Figure {
            amount: Amount::ZERO,
            unit: None,
            span: value,
            row,
            cell: cells.len() - 1,
            is_struck: false,
            role: Some(role),
            label,
            strength: 90,
            is_aside: false,
        });
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
