//! Every sum of money in a sheet, with the label that says what it is.

use super::attribute;
use super::charges::{self, Beside, Rates};
use super::free;
use super::labelled::label_of;
use super::rows::{kind_of, says_unit_price};
use super::said;
use super::sheet::{Sheet, Span};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::money::{self, Unit};
use crate::grammar::quantity;
use mesinfos_domain::Amount;

/// Cells of a row at most: a wider one is no table that a person reads.
pub const CELLS: usize = 40;
/// Figures of a row, and bytes of a line in which they are looked for.
const ROW_FIGURES: usize = 40;
const LINE: usize = 2_000;
/// Figures at most.
const FIGURES: usize = 5_000;

/// One sum of money.
#[derive(Clone, Debug)]
pub struct Figure {
    /// How much, signed.
    pub amount: Amount,
    /// In what, when the mail says it here.
    pub unit: Option<Unit>,
    /// Where it stands.
    pub span: Span,
    /// Its row.
    pub row: usize,
    /// Its cell within the row.
    pub cell: usize,
    /// Struck through.
    pub is_struck: bool,
    /// What its label says.
    pub role: Option<Role>,
    /// Where the label stands.
    pub label: Span,
    /// How much of the label is understood, from 0 to 100.
    pub strength: usize,
    /// Said about a line beside its price (`Remise : -30,00 €`) or about a rate of tax: neither a
    /// price nor one of the order's sums.
    pub is_aside: bool,
}

/// What a row is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Titles of columns.
    Titles,
    /// A sum with its label.
    Sum,
    /// A price that no label of sums explains: a product, perhaps.
    Item,
    /// Begins recommendations.
    Suggestion,
    /// Anything else.
    Text,
}

/// Figures by row, and what each row is for.
#[derive(Debug, Default)]
pub struct Figures {
    /// In order.
    pub all: Vec<Figure>,
    /// For each row its figures.
    pub by_row: Vec<std::ops::Range<usize>>,
    /// For each row its kind.
    pub kinds: Vec<Kind>,
}

impl Figure {
    /// Whether it can be what a line costs.
    pub fn is_price(&self) -> bool {
        !self.is_struck && !self.is_aside && self.amount > Amount::ZERO
    }
}

impl Figures {
    /// The figures of a row.
    pub fn of_row(&self, row: usize) -> &[Figure] {
        self.by_row.get(row).map_or(&[], |r| &self.all[r.clone()])
    }
}

/// Roles that make a row a sum rather than a product.
pub fn is_sum(role: Role) -> bool {
    use Role::*;
    matches!(role, Total | Subtotal | Shipping | Tax | Discount | Fee | Refund | Paid | Balance)
}

/// Finds and labels all figures.
pub fn figures(sheet: &Sheet) -> Figures {
    let mut out = Figures::default();
    let mut rates: Option<Rates> = None;
    let mut beside: Option<Beside> = None;
    let mut titled: Option<u32> = None;
    for row in 0..sheet.rows.len() {
        let from = out.all.len();
        if out.all.len() < FIGURES && sheet.cells_of(row).len() <= CELLS {
            find(sheet, row, &mut out.all);
        }
        let end = out.all.len();
        for i in from..end {
            let previous = (i > from).then(|| out.all[i - 1].clone());
            let found = label_of(sheet, row, &out.all[i], previous.as_ref());
            // `Frais : 2 x 3,50 € = 7,00 €`: the label belongs to the result.
            let result = previous.as_ref().filter(|p| {
                p.cell == out.all[i].cell
                    && p.span.end <= out.all[i].span.start
                    && sheet.at(&(p.span.end..out.all[i].span.start)).trim() == "="
            });
            let found = match result {
                Some(p) => {
                    // `Montant : 91,00 € + 5,90 € = 96,90 €`
                    let first = (from..i)
                        .find(|j| out.all[*j].cell == p.cell && out.all[*j].role.is_some());
                    first.and_then(|j| {
                        let named = &mut out.all[j];
                        named.role.take().map(|r| (r, named.label.clone(), named.strength))
                    })
                }
                None => found,
            };
            let figure = &mut out.all[i];
            if let Some((role, span, strength)) = found {
                // `Free shipping on orders over 49 €` promises, it does not charge.
                let label = lexicon::label(sheet.at(&span));
                figure.is_aside =
                    role == Role::Shipping && label.has(Role::Free) && label.weighty > 2;
                (figure.role, figure.label, figure.strength) = (Some(role), span, strength);
            } else if figure.amount < Amount::ZERO && is_dashed(sheet, figure) {
                figure.amount = figure.amount.abs();
            }
            if figure.role.is_none_or(|role| role == Role::Fee) {
                let cell = sheet.cells_of(row)[figure.cell].span.clone();
                let line = sheet.lines_of(&cell).find(|l| l.end >= figure.span.end);
                let line = line.unwrap_or(cell);
                let from = previous.as_ref().map_or(line.start, |p| p.span.end.max(line.start));
                said::tell(sheet, figure, from, &line);
            }
        }
        aside_in_labels(sheet, &mut out.all[from..]);
        free::of_charge(sheet, row, &mut out.all);
        if out.all.len() == from {
            free::line(sheet, row, titled == Some(sheet.rows[row].table), &mut out.all);
        }
        out.by_row.push(from..out.all.len());
        let found = &mut out.all[from..];
        rates = charges::rates_at(sheet, row, found).or(rates.filter(|r| r.fits(sheet, row)));
        let kind = match &rates {
            Some(r) if !found.is_empty() => {
                r.label(sheet, row, found);
                Kind::Sum
            }
            _ => kind_of(sheet, row, found),
        };
        beside = match kind {
            Kind::Titles => {
                titled = Some(sheet.rows[row].table);
                charges::beside_at(sheet, row)
            }
            _ => beside.filter(|b| b.fits(sheet, row)),
        };
        if let (Kind::Sum, Some(b)) = (kind, &beside) {
            b.label(sheet, row, found);
        }
        if kind == Kind::Item {
            if let [unit, all] = &mut *found
                && unit.role.is_none()
                && all.role == Some(Role::Total)
                && says_unit_price(sheet, unit)
            {
                all.role = None;
            } else if found.iter().any(|f| f.role.is_none() && f.is_price()) {
                found.iter_mut().for_each(|f| f.is_aside |= f.role.is_some_and(is_sum));
            } else {
                // `Tasse brune | 2 | 24,00 €`
                found.iter_mut().filter(|f| f.strength < 60).for_each(|f| f.role = None);
            }
        }
        out.kinds.push(kind);
    }
    weak_totals(sheet, &mut out);
    charges::charges(sheet, &mut out);
    charges::equations(sheet, &mut out);
    out
}

/// `Adhésion familiale 2026 | 25,00 €` above `Total | 44,00 €`: a word that may mean the sum names
/// what is paid for where another row is the sum.
fn weak_totals(sheet: &Sheet, out: &mut Figures) {
    let mut last: Option<(u32, Amount)> = None;
    for row in (0..sheet.rows.len()).rev() {
        let table = sheet.rows[row].table;
        for f in &mut out.all[out.by_row[row].clone()] {
            if f.role != Some(Role::Total) {
                continue;
            }
            if f.strength >= 90 {
                last = Some((table, f.amount));
            } else if f.strength <= 50
                && sheet.cells_of(row).len() >= 2
                && last.is_some_and(|(t, sum)| t == table && sum > f.amount)
            {
                f.role = None;
                out.kinds[row] = Kind::Item;
            }
        }
    }
}

/// `Taxes (dont attentats 6,50 €) | 102,56 €`: what a label tells in brackets is part of its sum.
fn aside_in_labels(sheet: &Sheet, found: &mut [Figure]) {
    let Some(last) = found.last().cloned() else { return };
    for f in found.iter_mut().filter(|f| f.cell < last.cell) {
        let row = sheet.cells_of(f.row);
        // `Eco Tax (-2.00) | £2.00` says its sum twice.
        let is_again = f.role == last.role && f.amount.abs() == last.amount.abs();
        if f.role.is_some() && !is_again {
            continue;
        }
        let of_label = row[f.cell].span.start <= last.label.start && last.label.end <= f.span.start;
        f.is_aside |= of_label && last.role.is_some_and(is_sum);
    }
}

/// `Focaccia – € 4,90`: a dash between words and a price is no minus.
fn is_dashed(sheet: &Sheet, f: &Figure) -> bool {
    let text = sheet.at(&f.span);
    let before = &sheet.text[..f.span.start as usize];
    let stands_apart = |rest: &str| rest.starts_with(char::is_whitespace) && before.ends_with(' ');
    if text.strip_prefix(['–', '—']).is_some_and(stands_apart) {
        return true;
    }
    // `2 x Chaussettes - $41.98`: a hyphen parts as well, where something is counted, be it in the
    // cell before.
    let row = sheet.cells_of(f.row);
    let is_counted = f.cell > 0
        && attribute::count(sheet.at(&row[f.cell - 1].span)).is_some()
        && sheet.at(&(row[f.cell].span.start..f.span.start)).chars().any(char::is_alphabetic);
    if is_counted && text.strip_prefix('-').is_some_and(stands_apart) {
        return true;
    }
    let line = before.rsplit(['\n', '\t']).next().unwrap_or_default();
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.strip_prefix('-').is_some_and(stands_apart)
        && quantity::leading(bare)
            .is_some_and(|(_, at)| bare[at..].chars().any(char::is_alphabetic))
}

fn find(sheet: &Sheet, row: usize, out: &mut Vec<Figure>) {
    for (c, cell) in sheet.cells_of(row).iter().enumerate() {
        let text = sheet.at(&cell.span);
        if !text.bytes().any(|b| b.is_ascii_digit()) || text.len() > 4 * LINE {
            continue;
        }
        for line in sheet.lines_of(&cell.span) {
            if line.len() > LINE
                || out.last().is_some_and(|f| f.row == row)
                    && out.iter().rev().take_while(|f| f.row == row).count() >= ROW_FIGURES
            {
                break;
            }
            let text = sheet.at(&line);
            if attribute::is_signed_value(text) {
                continue;
            }
            for s in money::sums(text) {
                let span = Sheet::part(&line, &s.at);
                let is_struck = Sheet::is_in(&sheet.struck, &span);
                out.push(Figure {
                    amount: s.amount,
                    unit: s.unit,
                    label: span.clone(),
                    span,
                    row,
                    cell: c,
                    is_struck,
                    role: None,
                    strength: 0,
                    is_aside: false,
                });
            }
        }
    }
}
