//! Sums that their place explains: charges between the lines and the total, tables of taxes by rate.

use super::figures::{Figure, Figures, Kind};
use super::sheet::Sheet;
use crate::grammar::fold;
use crate::grammar::lexicon::{self, Label, Role};
use crate::grammar::{money, quantity, tracking};
use mesinfos_domain::Amount;

/// What stands between the sum of the lines and the total is a charge, whatever it is called
/// (`UPS (Express)`): of delivery when nothing else is.
pub fn charges(sheet: &Sheet, out: &mut Figures) {
    let has = |out: &Figures, row: usize, role: Role| {
        out.of_row(row).iter().any(|f| f.role == Some(role) && f.strength >= 60 && !f.is_aside)
    };
    for row in 0..sheet.rows.len() {
        if out.kinds[row] == Kind::Item && is_carried(sheet, row) {
            let range = out.by_row[row].clone();
            let last = range.clone().rev().find(|i| !out.all[*i].is_struck);
            for i in range {
                out.all[i].is_aside |= Some(i) != last;
            }
            if let Some(i) = last {
                (out.all[i].role, out.all[i].strength) = (Some(Role::Shipping), 55);
                out.kinds[row] = Kind::Sum;
            }
        }
    }
    sections(sheet, out);
    deliveries(out);
    let mut row = 0;
    while row < sheet.rows.len() {
        let first = row;
        row += 1;
        if !has(out, first, Role::Subtotal) || has(out, first, Role::Total) {
            continue;
        }
        let run: Vec<usize> = (row..sheet.rows.len().min(row + 12))
            .take_while(|r| !out.by_row[*r].is_empty() || sheet.rows[*r].span.len() <= 60)
            .collect();
        let Some(total) = run.iter().position(|r| has(out, *r, Role::Total)) else { continue };
        // `Sub-total` in the card of each product: the last is followed by charges.
        if run[..total].iter().any(|r| has(out, *r, Role::Subtotal)) {
            continue;
        }
        let mut is_shipped = run[..total].iter().any(|r| has(out, *r, Role::Shipping));
        for r in &run[..total] {
            let range = out.by_row[*r].clone();
            let filled = sheet.cells_of(*r).iter().filter(|c| c.span.start < c.span.end).count();
            // `Coursier à vélo | 3,99 | 3,99`: one of it, and what that makes.
            let one = out.all[range.clone()].first().map(|f| f.amount);
            let is_one = out.all[range.clone()].iter().all(|f| Some(f.amount) == one);
            let is_charge = out.kinds[*r] == Kind::Item
                && is_one
                && (1..=2).contains(&range.len())
                && filled <= 1 + range.len()
                && one.is_some_and(|amount| amount >= Amount::ZERO);
            if is_charge {
                out.all[range.start + 1..range.end].iter_mut().for_each(|f| f.is_aside = true);
                let figure = &mut out.all[range.start];
                figure.role = Some(if is_shipped { Role::Fee } else { Role::Shipping });
                figure.strength = 50;
                is_shipped = true;
                out.kinds[*r] = Kind::Sum;
            }
        }
    }
}

/// `Pneus | 299,60 €` right above the other sums: what the lines before it come to is their sum,
/// whatever they are called together.
fn sections(sheet: &Sheet, out: &mut Figures) {
    let (mut sum, mut lines) = (Amount::ZERO, 0);
    for row in 0..sheet.rows.len() {
        let range = out.by_row[row].clone();
        if matches!(out.kinds[row], Kind::Sum | Kind::Titles | Kind::Suggestion) {
            (sum, lines) = (Amount::ZERO, 0);
        }
        let Some(last) = range.clone().rev().find(|i| out.all[*i].is_price()) else { continue };
        if out.kinds[row] != Kind::Item {
            continue;
        }
        let amount = out.all[last].amount;
        let filled = sheet.cells_of(row).iter().filter(|c| c.span.start < c.span.end).count();
        let text = sheet.at(&sheet.rows[row].span);
        let names =
            text.bytes().take_while(|b| !b.is_ascii_digit()).filter(u8::is_ascii_alphabetic);
        let is_sum = lines > 0
            && amount == sum
            && range.len() == 1
            && filled <= 2
            && text.len() <= 60
            && names.count() >= 3
            && quantity::leading(text).is_none()
            && is_above_sums(out, row);
        if is_sum {
            let figure = &mut out.all[last];
            (figure.role, figure.strength) = (Some(Role::Subtotal), 60);
            out.kinds[row] = Kind::Sum;
            (sum, lines) = (Amount::ZERO, 0);
        } else {
            (sum, lines) = (sum + amount, lines + 1);
        }
    }
}

/// `Total de la livraison | 475,70 €` below the lines of one delivery and what sending it costs: what
/// both make is no charge.
fn deliveries(out: &mut Figures) {
    let (mut lines, mut sent) = (Amount::ZERO, Amount::ZERO);
    for f in out.all.iter_mut().filter(|f| !f.is_aside) {
        match f.role {
            Some(Role::Subtotal) => (lines, sent) = (f.amount, Amount::ZERO),
            Some(Role::Shipping) if sent != Amount::ZERO && f.amount == lines + sent => {
                f.is_aside = true;
            }
            Some(Role::Shipping) if lines != Amount::ZERO => sent = f.amount,
            _ => {}
        }
    }
}

/// Whether one of the next two rows is a sum of the order.
fn is_above_sums(out: &Figures, row: usize) -> bool {
    (row + 1..out.kinds.len().min(row + 3)).any(|r| {
        out.kinds[r] == Kind::Sum
            && out.of_row(r).iter().any(|f| {
                matches!(f.role, Some(Role::Shipping | Role::Total | Role::Tax | Role::Fee))
            })
    })
}

/// `Order cost: 43.15 € + 4.90 € = 48.05 €`: a mail that does the sum itself says what each is, the
/// lines, what is added to them and the total; delivery where no other row names it.
pub fn equations(sheet: &Sheet, out: &mut Figures) {
    let is_shipped = out.all.iter().any(|f| f.role == Some(Role::Shipping));
    for row in 0..sheet.rows.len() {
        let range = out.by_row[row].clone();
        let [lines, added, total] = &mut out.all[range] else { continue };
        let between = |a: &Figure, b: &Figure| {
            let text = sheet.text.get(a.span.end as usize..b.span.start as usize);
            text.unwrap_or_default().trim_matches(|c: char| !matches!(c, '+' | '=' | '×' | 'x'))
        };
        let adds_up = lines.amount + added.amount == total.amount;
        if !adds_up || between(lines, added) != "+" || between(added, total) != "=" {
            continue;
        }
        let charge = if is_shipped { Role::Fee } else { Role::Shipping };
        for (figure, role) in [(lines, Role::Subtotal), (added, charge), (total, Role::Total)] {
            (figure.role, figure.strength) = (Some(role), 60);
        }
        out.kinds[row] = Kind::Sum;
    }
}

/// `Chronopost | 1 | 9,90 €` among the lines: who carries is nothing that was bought.
fn is_carried(sheet: &Sheet, row: usize) -> bool {
    // `02 | Shipping | Click & Collect | 1 | $9.90 | $9.90`: a column says of what sort each row is.
    let is_sort = |text: &str| {
        let label = lexicon::label(text);
        label.is_only(Role::Shipping) && label.coverage() == 100
    };
    let cells = sheet.cells_of(row);
    if cells.len() >= 4 && cells[..2].iter().any(|c| is_sort(sheet.at(&c.span))) {
        return true;
    }
    let mut cells = cells.iter().map(|c| sheet.at(&c.span).trim());
    let Some(text) = cells.find(|t| !t.is_empty()) else { return false };
    // `1 x DPD Next Day - $3.99`
    let end = money::sums(text).first().map_or(text.len(), |s| s.at.start);
    let name = &text[..end];
    let from = quantity::leading(name).map_or(0, |(_, at)| at);
    carries(name[from..].trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a name is that of a carrier and hardly more: `DPD Next Day`.
pub fn carries(name: &str) -> bool {
    let short = fold::words(name).count() <= 4 && !name.contains('\n');
    short
        && tracking::carrier_named(name).is_some_and(|carrier| {
            carrier.names.iter().any(|n| fold::fold(name).trim_start().starts_with(n))
        })
}

/// A small table of taxes: a rate a row, and columns of sums before, of and with tax.
pub struct Rates {
    table: u32,
    columns: Vec<Option<Role>>,
}

/// The titles of a table of taxes: one names tax, another what is taxed, none a product.
pub fn rates_at(sheet: &Sheet, row: usize, figures: &[Figure]) -> Option<Rates> {
    let cells = sheet.cells_of(row);
    if !figures.is_empty() || !(3..=8).contains(&cells.len()) {
        return None;
    }
    let labels: Vec<Label> = cells.iter().map(|c| lexicon::label(sheet.at(&c.span))).collect();
    let columns: Vec<Option<Role>> =
        labels.iter().map(|l| l.sum_role().filter(|_| l.coverage() >= 60)).collect();
    let is = |role: Role| columns.contains(&Some(role));
    let sells = labels
        .iter()
        .any(|l| [Role::Quantity, Role::UnitPrice, Role::Sku].into_iter().any(|r| l.has(r)));
    (is(Role::Tax) && (is(Role::Subtotal) || is(Role::Total)) && !sells)
        .then(|| Rates { table: sheet.rows[row].table, columns })
}

/// Columns of tax and of discount beside that of prices: `Product | Tax | Discount | Total`.
pub struct Beside {
    table: u32,
    /// First column, width, what it holds.
    columns: Vec<(u16, u16, Role)>,
}

/// The titles of lines that have such columns.
pub fn beside_at(sheet: &Sheet, row: usize) -> Option<Beside> {
    let titles = sheet.cells_of(row).iter().filter_map(|c| {
        let label = lexicon::label(sheet.at(&c.span));
        let role = label.column_role().filter(|_| label.coverage() >= 50)?;
        Some((c.column, c.width, role))
    });
    let columns: Vec<_> = titles.filter(|t| matches!(t.2, Role::Tax | Role::Discount)).collect();
    (!columns.is_empty()).then(|| Beside { table: sheet.rows[row].table, columns })
}

impl Beside {
    pub fn fits(&self, sheet: &Sheet, row: usize) -> bool {
        sheet.rows[row].table == self.table
    }

    /// Below the lines one label leads to a sum in each column: that of the total names the taxes
    /// and discounts of the order, any other only their part.
    pub fn label(&self, sheet: &Sheet, row: usize, figures: &mut [Figure]) {
        let [first, .., last] = &*figures else { return };
        let is_total = last.role == Some(Role::Total);
        if first.label != last.label {
            return;
        }
        for f in figures {
            let at = sheet.cells_of(row)[f.cell].column;
            let title =
                self.columns.iter().find(|(from, width, _)| (*from..from + width).contains(&at));
            if let Some((.., role)) = title {
                (f.role, f.strength, f.is_aside) = (Some(*role), 80, !is_total);
            }
        }
    }
}

impl Rates {
    pub fn fits(&self, sheet: &Sheet, row: usize) -> bool {
        sheet.rows[row].table == self.table && sheet.cells_of(row).len() == self.columns.len()
    }

    pub fn label(&self, sheet: &Sheet, row: usize, figures: &mut [Figure]) {
        for f in figures {
            let role = self.columns.get(f.cell).copied().flatten();
            f.role = role;
            f.label = sheet.cells_of(row)[f.cell].span.clone();
            f.strength = 60;
            f.is_aside = role != Some(Role::Tax);
        }
    }
}
