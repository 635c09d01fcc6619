//! What kind each row is: a sum, a product line, titles of columns, recommendations or words.

use super::attribute;
use super::figures::{CELLS, Figure, Kind, is_sum};
use super::sheet::Sheet;
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{money, quantity};
use mesinfos_domain::Amount;

/// What kind a row with these figures is.
pub(super) fn kind_of(sheet: &Sheet, row: usize, figures: &[Figure]) -> Kind {
    let cells = sheet.cells_of(row);
    if figures.is_empty() {
        if is_titles(sheet, row) {
            return Kind::Titles;
        }
        let text = sheet.at(&sheet.rows[row].span);
        if text.len() < 120 {
            let label = lexicon::label(text);
            if label.has(Role::Suggestion) && label.coverage() >= 50 {
                return Kind::Suggestion;
            }
        }
        return Kind::Text;
    }
    let sums = figures.iter().filter(|f| f.role.is_some_and(is_sum)).count();
    if sums == 0 {
        // A voucher among the lines.
        if figures.iter().all(|f| f.amount < Amount::ZERO) {
            return Kind::Sum;
        }
        // A price by the litre is no price.
        if figures.iter().all(|f| f.is_aside) {
            return Kind::Text;
        }
        return Kind::Item;
    }
    // `Stückpreis 68,90 €, Summe 137,80 €`: a price of one and what so many make.
    if let [unit, all] = figures
        && unit.role.is_none()
        && all.role == Some(Role::Total)
        && unit.cell == all.cell
        && says_unit_price(sheet, unit)
    {
        return Kind::Item;
    }
    // `Tasses | 17,99 € x 1 | 17,99 €`: what multiplies is sold, whatever it is called.
    let multiplies = |f: &Figure| {
        let cell = &cells[f.cell].span;
        let tail = sheet.at(&(f.span.end..cell.end)).trim();
        tail.strip_prefix(['x', 'X', '×']).and_then(|q| quantity::whole(q.trim())).is_some_and(
            |q| {
                figures.iter().any(|all| {
                    all.span.start > f.span.end
                        && (f.amount.0.saturating_mul(q) - all.amount.0.saturating_mul(1000)).abs()
                            < 1000
                })
            },
        )
    };
    if cells.len() >= 3 && figures.iter().any(multiplies) {
        return Kind::Item;
    }
    // A price that nothing labels stands first: the rest is said about it.
    let first = figures.iter().find(|f| !f.is_struck);
    if cells.len() >= 2 && first.is_some_and(|f| f.role.is_none() && f.amount > Amount::ZERO) {
        return Kind::Item;
    }
    // `1 × Carte cadeau 80 €` is sold, whatever a gift card is elsewhere.
    let first = sheet.at(&cells[0].span);
    let is_counted = quantity::leading(first)
        .is_some_and(|(_, at)| first[at..].chars().filter(|c| c.is_alphabetic()).count() >= 3);
    let takes = figures.iter().all(|f| f.amount <= Amount::ZERO);
    let is_gift = |f: &Figure| f.role == Some(Role::Discount) && f.amount > Amount::ZERO;
    if is_counted && !takes && figures.iter().any(is_gift) {
        return Kind::Item;
    }
    // A quantity of its own in the row says product even when the name reads like a label.
    let counted = cells.len() >= 3
        && cells.iter().skip(1).any(|c| {
            let t = sheet.at(&c.span);
            attribute::count(t).is_some() && money::sums(t).is_empty()
        });
    if counted && !takes && figures.iter().all(|f| f.strength < 100) {
        Kind::Item
    } else {
        Kind::Sum
    }
}

/// Whether the words right before a figure call it the price of one.
pub(super) fn says_unit_price(sheet: &Sheet, f: &Figure) -> bool {
    let before =
        sheet.text[..f.span.start as usize].rsplit(['\n', '\t']).next().unwrap_or_default();
    let label = lexicon::label(before);
    label.has(Role::UnitPrice) && label.unknown == 0
}

/// Whether a row names columns.
fn is_titles(sheet: &Sheet, row: usize) -> bool {
    let cells = sheet.cells_of(row);
    let filled: Vec<&str> =
        cells.iter().map(|c| sheet.at(&c.span)).filter(|t| !t.trim().is_empty()).collect();
    if filled.len() < 2 || filled.len() > CELLS || filled.iter().any(|t| t.chars().count() > 40) {
        return false;
    }
    let known: Vec<Option<Role>> = filled
        .iter()
        .map(|t| {
            let l = lexicon::label(t);
            l.column_role().filter(|_| l.coverage() >= 50)
        })
        .collect();
    let count = known.iter().flatten().count();
    let priced = known
        .iter()
        .flatten()
        .any(|r| matches!(r, Role::UnitPrice | Role::LinePrice | Role::Price | Role::Quantity));
    count >= 2 && priced && count * 2 >= filled.len()
}
