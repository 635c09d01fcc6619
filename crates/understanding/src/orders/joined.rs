//! Rows that make one product together: a name above, a count above, a price below.

use super::items::{Item, Scan};
use super::sheet::Cell;
use crate::grammar::quantity;

impl Scan<'_> {
    /// `Chaise cannée | | |`, and below it `| Noir | 3 | 506,97 €`: a row that names the product,
    /// then one that leaves the column of names empty and says which.
    pub(super) fn named_by_row_above(&self, row: usize, item: &mut Item) {
        let sheet = self.sheet;
        let is_empty = |c: &Cell| c.span.is_empty();
        let [first, rest @ ..] = sheet.cells_of(row) else { return };
        let Some(&above) = self.pending.last().filter(|above| **above + 1 == row) else { return };
        let [name, others @ ..] = sheet.cells_of(above) else { return };
        if rest.len() < 2
            || !is_empty(first)
            || is_empty(name)
            || !others.iter().all(is_empty)
            || sheet.rows[above].table != sheet.rows[row].table
            || sheet.rows[above].is_heading
            || self.is_value_of_order(above)
            || self.parts_products(&name.span)
        {
            return;
        }
        let Some(which) = item.words.name.take() else { return };
        item.words.take(sheet, &name.span);
        match item.words.name {
            Some(_) => {
                item.words.variant.insert(0, which);
                item.span.start = name.span.start;
            }
            None => item.words.name = Some(which),
        }
    }

    /// `3 x` alone on the row above counts what follows.
    pub(super) fn counted_above(&self, row: usize, item: &mut Item) {
        let sheet = self.sheet;
        let Some(&above) = self.pending.last().filter(|above| **above + 1 == row) else { return };
        let text = sheet.at(&sheet.rows[above].span);
        if item.words.quantity.is_none() && item.words.name.is_some() && multiplies_next(text) {
            item.words.quantity =
                quantity::whole(text).map(|q| (q, sheet.rows[above].span.clone()));
        }
    }

    /// A price without any name: more about the item just read.
    pub(super) fn join_open(&mut self, row: usize, more: Item) {
        let Some((i, last)) = self.open else { return };
        let info = &self.sheet.rows[row];
        // `| 3 pcs. | 91,00 €` at the foot of a table with titles: what all of them make.
        let sums_up = self.out[i].has_titles && info.is_tabular && info.table == self.out[i].table;
        if row - last > 6 || sums_up {
            return;
        }
        let item = &mut self.out[i];
        // `YAOURT X4 | 5,98`, and below it `2 x 2,99`: the row that multiplies counts.
        if let (Some((q, _)), Some((one, _)), Some((all, _))) =
            (&more.words.quantity, &more.price, &item.price)
            && (one.0.saturating_mul(*q) - all.0.saturating_mul(1000)).abs() < 1000
        {
            let whole = item.words.uncount();
            item.words.name = whole.or(item.words.name.take());
            item.words.quantity = more.words.quantity;
            (item.unit, item.total) = (more.price, item.price.take());
            item.span.end = self.sheet.rows[row].span.end;
            self.open = Some((i, row));
            self.floor = item.span.end;
            self.pending.clear();
            return;
        }
        if item.words.quantity.is_none() {
            item.words.quantity = more.words.quantity;
        }
        let known = item.unit.clone().or(item.price.clone());
        let new = more.price.or(more.total).or(more.unit);
        match (known, new) {
            (Some(old), Some(new)) if item.total.is_none() => {
                (item.unit, item.total, item.price) = (None, None, None);
                super::untitled::assign(item, &[old, new]);
            }
            // The price above it is a former one.
            (None, Some(new)) if item.total.is_none() => item.price = Some(new),
            _ => {}
        }
        item.span.end = self.sheet.rows[row].span.end;
        self.open = Some((i, row));
        self.floor = item.span.end;
        self.pending.clear();
    }
}

/// `3 x`: a sign of multiplication with nothing behind it.
pub(super) fn multiplies_next(text: &str) -> bool {
    let count = text.trim().strip_suffix(['x', 'X', '×']).map(str::trim_end);
    count.is_some_and(|c| !c.is_empty() && c.len() <= 3 && c.bytes().all(|b| b.is_ascii_digit()))
}
