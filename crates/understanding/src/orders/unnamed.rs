//! The total that no label of totals names: what a bill leads with and its parts add up to, what the
//! subject says, what was paid, or a price that repeats what stands above it.

use super::figures::{Figure, Figures, Kind};
use super::number;
use super::numbered::Money;
use super::sheet::{Cell, Sheet};
use crate::grammar::fold::fold;
use crate::grammar::lexicon::{self, Role};
use crate::grammar::money;
use mesinfos_domain::Amount;

/// Parts that a bill has at most, and rows among which they stand.
const PARTS: usize = 12;

/// Gives the role of the total to the figures that have it, where no label says which.
pub fn total(subject: &str, sheet: &Sheet, figures: &mut Figures) {
    if figures.all.iter().any(|f| f.role == Some(Role::Total) && f.amount != Amount::ZERO) {
        return;
    }
    let found = paid(sheet, figures)
        .or_else(|| of_parts(sheet, figures))
        .or_else(|| closing(figures))
        .or_else(|| in_subject(subject, sheet, figures))
        .or_else(|| repeated_price(sheet, figures));
    let found = found.filter(|_| has_number(subject, sheet)).or_else(|| part_refunded(figures));
    let Some(found) = found else { return };
    let figure = &mut figures.all[found];
    (figure.role, figure.strength, figure.is_aside) = (Some(Role::Total), 60, false);
    figures.kinds[figure.row] = Kind::Sum;
}

/// `Gezahlt 394,42 €`: the one sum that was paid, and nothing dearer.
fn paid(sheet: &Sheet, figures: &Figures) -> Option<usize> {
    // `Tu cheque de 5 € te espera` is a sentence, no sum.
    let ends = |f: &Figure| {
        let cell = &sheet.cells_of(f.row)[f.cell].span;
        let rest = sheet.at(&(f.span.end..cell.end)).lines().next().unwrap_or_default();
        !rest.chars().any(char::is_alphabetic)
    };
    let is_paid = |f: &Figure| {
        f.role == Some(Role::Paid) && f.amount > Amount::ZERO && f.strength >= 60 && !f.is_aside
    };
    let at = figures.all.iter().position(|f| is_paid(f) && ends(f))?;
    let most = figures.all[at].amount;
    let fits = |f: &Figure| match f.role {
        Some(Role::Paid) => f.amount == most || f.amount <= Amount::ZERO,
        Some(Role::Balance) => true,
        _ => f.amount <= most,
    };
    (figures.all.len() > 1 && figures.all.iter().all(fits)).then_some(at)
}

/// `… a partial refund of $7.00 for your $14.39 purchase`: what stands in the refund's sentence and
/// exceeds it is what was paid.
fn part_refunded(figures: &Figures) -> Option<usize> {
    figures.by_row.iter().find_map(|range| match &figures.all[range.clone()] {
        [refund, paid]
            if refund.role == Some(Role::Refund)
                && paid.role.is_none()
                && paid.is_price()
                && paid.amount > refund.amount =>
        {
            Some(range.start + 1)
        }
        _ => None,
    })
}

/// `Gezahlt 394,42 €` below the flight, the seats and the bag: what two rows or more come to,
/// whatever it is called.
fn closing(figures: &Figures) -> Option<usize> {
    let mut sum = Amount::ZERO;
    let mut parts: Vec<usize> = Vec::new();
    for (at, f) in figures.all.iter().enumerate().take(4 * PARTS) {
        let is_part =
            f.is_price() && f.role.is_none_or(|r| !matches!(r, Role::Tax | Role::Balance));
        if !is_part || figures.of_row(f.row).len() > 1 {
            continue;
        }
        if parts.len() > 1 && f.role.is_none() && f.amount == sum && parts.last() < Some(&f.row) {
            return Some(at);
        }
        // Rows that follow each other: a basket further down is another's.
        if parts.last().is_some_and(|last| f.row > last + 2) {
            (sum, parts) = (Amount::ZERO, Vec::new());
        }
        sum = sum + f.amount;
        parts.push(f.row);
    }
    None
}

/// `15,39 €` alone on its line, and below it the parts that make it.
fn of_parts(sheet: &Sheet, figures: &Figures) -> Option<usize> {
    figures.all.iter().take(PARTS).position(|f| {
        let is_open = f.role.is_none() && f.is_price();
        if !is_open || sheet.at(&sheet.rows[f.row].span).lines().next().is_none_or(|l| l.len() > 40)
        {
            return false;
        }
        let mut filled = sheet.cells_of(f.row).iter().filter(|c| !c.span.is_empty());
        let is_told = |c: &Cell| sheet.at(&c.span).lines().nth(1).is_some();
        if filled.clone().count() > 1 && filled.any(is_told) {
            return false; // a product with its details beside its price
        }
        let is_alone = sheet.cells_of(f.row).iter().any(|c| {
            sheet.lines_of(&c.span).any(|l| {
                l.start <= f.span.start
                    && f.span.end <= l.end
                    && !sheet.at(&(l.start..f.span.start)).chars().any(char::is_alphanumeric)
                    && !sheet.at(&(f.span.end..l.end)).chars().any(char::is_alphanumeric)
            })
        });
        let mut rest = f.amount;
        let rows = f.row + 1..sheet.rows.len().min(f.row + 1 + PARTS);
        is_alone
            && rows.filter_map(|row| figures.of_row(row).last()).any(|part| {
                let is_part = part.amount >= Amount::ZERO && part.role != Some(Role::Balance);
                rest = if is_part { rest - part.amount } else { Amount(i64::MIN / 2) };
                rest == Amount::ZERO
            })
    })
}

/// `Your latest bill – GBP 15.59`: the subject's only sum, when the body prints it too.
fn in_subject(subject: &str, sheet: &Sheet, figures: &Figures) -> Option<usize> {
    let sums = money::sums(subject);
    let [sum] = &sums[..] else { return None };
    let gives = [Role::Discount, Role::Refund, Role::Balance, Role::Free, Role::Suggestion];
    let hits = lexicon::hits(&fold(subject));
    if sum.unit.is_none() || hits.iter().any(|h| gives.into_iter().any(|r| h.roles.has(r))) {
        return None;
    }
    let mut same = figures.all.iter().enumerate().filter(|(_, f)| f.amount == sum.amount);
    // `5,00 € de descuento` is given, wherever it stands.
    let is_given = |f: &Figure| {
        let row = sheet.at(&sheet.rows[f.row].span);
        row.len() <= 600
            && lexicon::hits(&fold(row)).iter().any(|h| gives.into_iter().any(|r| h.roles.has(r)))
    };
    let found = same.clone().find(|(_, f)| f.role.is_none() && f.is_price()).map(|(at, _)| at);
    found.filter(|_| !same.any(|(_, f)| is_given(f)))
}

/// Whether the mail names a purchase or a bill by its number.
fn has_number(subject: &str, sheet: &Sheet) -> bool {
    let money = Money { is_priced: true, is_summed: true };
    !number::numbers(subject, sheet, &[], money).is_empty()
}

/// `4 nuits 448,00 €`, then `Prix : 448,00 €`: the only row whose label is a price and nothing
/// more, which says again what the rows above it come to.
fn repeated_price(sheet: &Sheet, figures: &Figures) -> Option<usize> {
    let is_price = |f: &&Figure| {
        let cells = sheet.cells_of(f.row);
        let before = cells[..f.cell].iter().map(|c| sheet.at(&c.span));
        let own = sheet.at(&(cells[f.cell].span.start..f.span.start));
        let label = before.chain([own]).find(|t| t.chars().any(char::is_alphabetic));
        let label = label.map(lexicon::label);
        f.role.is_none_or(|r| r == Role::Price)
            && f.is_price()
            && label.is_some_and(|l| l.has(Role::Price) && l.coverage() == 100)
    };
    let mut prices = figures.all.iter().enumerate().filter(|(_, f)| is_price(f));
    let (at, first) = prices.next()?;
    let above = figures.all[..at].iter().filter(|f| f.role.is_none() && f.is_price());
    (prices.next().is_none() && above.map(|f| f.amount).sum::<Amount>() == first.amount)
        .then_some(at)
}
