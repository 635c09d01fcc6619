//! Tables drawn another way: turned by a quarter, one product a column and one label a row; or column
//! by column, all names in one cell and all prices in the next.

use super::attribute;
use super::items::Scan;
use super::sheet::{Cell, Span};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::money;

/// Rows that one product's column may have.
const ROWS: usize = 20;

impl Scan<'_> {
    /// `Article | Pantalon | Doudoune`, and below it `Quantité | 2 | 3` and `Prix | 51,90 € | 84,49 €`:
    /// reads the products of the table that begins here. The row after its last, when it is one.
    pub(super) fn transposed(&mut self, row: usize) -> Option<usize> {
        let sheet = self.sheet;
        let names = sheet.cells_of(row);
        let [label, columns @ ..] = names else { return None };
        let is_named =
            |c: &Cell| sheet.at(&c.span).chars().filter(|c| c.is_alphabetic()).count() >= 3;
        let says = |c: &Cell| lexicon::label(sheet.at(&c.span));
        if columns.len() < 2
            || !says(label).is_only(Role::Product)
            || !columns.iter().all(is_named)
            || columns.iter().any(|c| says(c).coverage() >= 60)
        {
            return None;
        }
        let table = sheet.rows[row].table;
        let told: Vec<(usize, Role)> = (row + 1..sheet.rows.len())
            .take(ROWS)
            .take_while(|r| {
                sheet.rows[*r].table == table && sheet.cells_of(*r).len() == names.len()
            })
            .map_while(|r| {
                let text = sheet.at(&sheet.cells_of(r)[0].span);
                attribute::attribute_role(text).map(|role| (r, role))
            })
            .collect();
        let is_price = |role: Role| matches!(role, Role::UnitPrice | Role::Price | Role::LinePrice);
        let counts = told.iter().any(|(_, role)| *role == Role::Quantity);
        let prices = told.iter().any(|(_, role)| is_price(*role));
        let last = told.last()?.0;
        if !(prices && !self.unpriced || counts && self.unpriced) {
            return None;
        }
        for (column, name) in columns.iter().enumerate() {
            let mut item = self.blank(row);
            item.words.take(sheet, &name.span);
            item.span = name.span.clone();
            for (r, role) in &told {
                let cells = sheet.cells_of(*r);
                let (label, value) = (sheet.at(&cells[0].span), &cells[column + 1].span);
                let text = sheet.at(value);
                if !text.contains(char::is_alphanumeric) {
                    continue; // a dash: it has none
                }
                match (role, money::sum(text)) {
                    (Role::UnitPrice, Some(sum)) => item.unit = Some((sum.amount, value.clone())),
                    (Role::LinePrice, Some(sum)) => item.total = Some((sum.amount, value.clone())),
                    (Role::Price, Some(sum)) => item.price = Some((sum.amount, value.clone())),
                    _ => item.words.set(*role, label, text, value.clone()),
                }
            }
            self.keep_named(row, item);
        }
        self.close(last);
        Some(last + 1)
    }

    /// `Item⏎Yarn bowl⏎Wool | Qty⏎2⏎1 | Price⏎33,99⏎9,50`: a row whose cells hold as many lines each,
    /// the first their title. Reads one product a line; the row after it, when it is one.
    pub(super) fn by_columns(&mut self, row: usize) -> Option<usize> {
        let sheet = self.sheet;
        let columns: Vec<Vec<Span>> = sheet
            .cells_of(row)
            .iter()
            .map(|c| sheet.lines_of(&c.span).take(ROWS + 1).collect())
            .collect();
        let count = columns.first().map(Vec::len)?;
        if columns.len() < 2 || count < 2 || columns.iter().any(|c| c.len() != count) {
            return None;
        }
        // The first column of words names the products, whatever its title.
        let is_wordy = |l: &Span| {
            let text = sheet.at(l);
            text.chars().filter(|c| c.is_alphabetic()).count() >= 3 && money::sum(text).is_none()
        };
        let named = columns.iter().position(|c| c[1..].iter().all(is_wordy))?;
        let roles: Vec<Option<Role>> = (0..columns.len())
            .map(|i| {
                let label = lexicon::label(sheet.at(&columns[i][0]));
                if i == named && label.has(Role::Product) {
                    return Some(Role::Product);
                }
                label.column_role().filter(|_| label.coverage() >= 50)
            })
            .collect();
        let has = |wanted: &[Role]| roles.iter().flatten().any(|r| wanted.contains(r));
        let is_priced = has(&[Role::UnitPrice, Role::Price, Role::LinePrice]);
        let is_told = roles[named] == Some(Role::Product)
            && (is_priced && !self.unpriced || self.unpriced && has(&[Role::Quantity]));
        if !is_told {
            return None;
        }
        for line in 1..count {
            let mut item = self.blank(row);
            item.has_titles = true;
            for (column, role) in columns.iter().zip(&roles) {
                let (Some(role), value) = (*role, &column[line]) else { continue };
                let text = sheet.at(value);
                match (role, money::sum(text)) {
                    (Role::Product, _) => {
                        item.span = value.clone();
                        item.words.take(sheet, value);
                    }
                    (Role::UnitPrice, Some(sum)) => item.unit = Some((sum.amount, value.clone())),
                    (Role::LinePrice, Some(sum)) => item.total = Some((sum.amount, value.clone())),
                    (Role::Price, Some(sum)) => item.price = Some((sum.amount, value.clone())),
                    _ => item.words.set(role, sheet.at(&column[0]), text, value.clone()),
                }
            }
            self.keep_named(row, item);
        }
        self.close(row);
        Some(row + 1)
    }
}
