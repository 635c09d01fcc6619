//! Rows under titles of columns: each cell is what its title says.

use super::attribute;
use super::describe::{Description, Read, is_weight};
use super::items::{Item, Scan};
use super::sheet::{Sheet, Span};
use super::untitled::count_before;
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{money, quantity};
use mesinfos_domain::Amount;

/// Titles of columns, with the columns that each spans.
pub(super) struct Titles {
    /// First column, width, role.
    pub roles: Vec<(u16, u16, Option<Role>)>,
    /// The table below them.
    pub table: u32,
    /// How many there are.
    pub count: usize,
    /// Whether they name an order's number and day, and no product: what stands below tells of the
    /// order itself.
    pub tell_of_orders: bool,
    /// The places of titles that promise a description: of two columns of words, not the name.
    pub descriptions: Vec<usize>,
    /// Whether the first title holds that of a column of places in the list.
    pub is_numbered: bool,
}

/// `Price: €11.95` below a name: that of one, for the line's stands in a column.
fn unit_price(sheet: &Sheet, line: &Span) -> Option<Read<Amount>> {
    let (label, value) = attribute::pair(sheet.at(line))?;
    let role = attribute::attribute_role(label)?;
    let sum = money::sum(value).filter(|_| matches!(role, Role::Price | Role::UnitPrice))?;
    Some((sum.amount, line.clone()))
}

impl Scan<'_> {
    /// The titles that a row gives.
    pub(super) fn read_titles(&self, row: usize) -> Titles {
        let roles: Vec<_> = self
            .sheet
            .cells_of(row)
            .iter()
            .map(|c| {
                let l = lexicon::label(self.sheet.at(&c.span));
                (c.column, c.width, l.column_role().filter(|_| l.coverage() >= 50))
            })
            .collect();
        let labels: Vec<_> = self
            .sheet
            .cells_of(row)
            .iter()
            .map(|c| lexicon::label(self.sheet.at(&c.span)))
            .collect();
        let has = |role| labels.iter().any(|l| l.has(role) && l.coverage() >= 50);
        let sells = [Role::Product, Role::Quantity, Role::UnitPrice].into_iter().any(has);
        Titles {
            count: roles.len(),
            descriptions: (0..labels.len())
                .filter(|i| {
                    let text = fold(self.sheet.at(&self.sheet.cells_of(row)[*i].span));
                    ["descri", "beschreib"].iter().any(|w| text.contains(w))
                })
                .collect(),
            roles,
            table: self.sheet.rows[row].table,
            is_numbered: self.sheet.cells_of(row).first().is_some_and(|c| {
                let text = fold(self.sheet.at(&c.span));
                let mut words = words(&text).map(|w| w.1);
                words.next().is_some_and(|w| matches!(w, "pos" | "position" | "lfd"))
                    && words.next().is_some()
            }),
            tell_of_orders: has(Role::Order) && has(Role::OrderDate) && !sells,
        }
    }

    /// Reads a row by the titles above it. False when the row does not fit them.
    pub(super) fn by_titles(&self, row: usize, item: &mut Item) -> bool {
        let sheet = self.sheet;
        let Some(titles) = &self.titles else { return false };
        let cells = sheet.cells_of(row);
        let by_place = cells.len() == titles.count;
        // `Pos. Art.-Nr. | Menge | …`: two titles that one space parts, over two columns.
        let is_numbered = titles.is_numbered && cells.len() == titles.count + 1;
        let role_of = |i: usize| -> Option<Role> {
            if by_place {
                return titles.roles.get(i).and_then(|r| r.2);
            }
            if is_numbered {
                return i.checked_sub(1).and_then(|i| titles.roles.get(i)).and_then(|r| r.2);
            }
            let c = &cells[i];
            titles
                .roles
                .iter()
                .find(|(from, width, _)| c.column >= *from && c.column < from + width)
                .and_then(|r| r.2)
        };
        let counts = titles.roles.iter().any(|r| r.2 == Some(Role::Quantity));
        let mut read = Item::default();
        let mut seen_price = false;
        let counted = |i: usize| {
            let figure = self.figures.of_row(row).iter().find(|f| f.cell == i && !f.is_aside)?;
            let span = &cells[i].span;
            count_before(sheet.at(span), figure.span.start.checked_sub(span.start)?)
        };
        read.words.is_counted = (0..cells.len()).any(|i| {
            role_of(i) == Some(Role::Quantity)
                && attribute::count(sheet.at(&cells[i].span)).is_some()
                || counted(i).is_some()
        });
        // Of several columns of words the wordiest holds the name.
        let letters = |i: usize| {
            let text = sheet.at(&cells[i].span);
            if super::items::begins_with_date(text) {
                return 0; // a period, under `Service period`
            }
            let letters = text.chars().filter(|c| c.is_alphabetic()).count().min(12);
            let is_description = by_place && titles.descriptions.contains(&i);
            if is_description { letters.min(3) } else { letters }
        };
        let named = (0..cells.len())
            .filter(|i| role_of(*i) == Some(Role::Product))
            .max_by_key(|i| (letters(*i), std::cmp::Reverse(*i)));
        for (i, cell) in cells.iter().enumerate() {
            let text = sheet.at(&cell.span);
            let figure = self
                .figures
                .of_row(row)
                .iter()
                .rfind(|f| f.cell == i && !f.is_struck && !f.is_aside);
            let money_in = figure.map(|f| (f.amount, f.span.clone()));
            if let Some(q) = counted(i) {
                // `4 x 10,00 €`, whatever the title: a price of one.
                read.words.quantity = Some((q, cell.span.clone()));
                (read.unit, seen_price) = (money_in, true);
                continue;
            }
            match role_of(i) {
                Some(Role::Quantity) => {
                    // Columns that repeat their titles for small screens: `Qty: 2`.
                    let text = attribute::pair(text).map_or(text, |(_, value)| value);
                    if let Some(q) =
                        quantity::whole(text).or_else(|| quantity::leading(text).map(|q| q.0))
                    {
                        read.words.quantity = Some((q, cell.span.clone()));
                    } else if money_in.is_some() {
                        return false;
                    }
                }
                Some(Role::UnitPrice) if money_in.is_some() => {
                    (read.unit, seen_price) = (money_in, true)
                }
                Some(Role::LinePrice) if money_in.is_some() => {
                    (read.total, seen_price) = (money_in, true)
                }
                Some(Role::Price) if money_in.is_some() => {
                    (read.price, seen_price) = (money_in, true);
                    read.leans_unit = read.words.quantity.is_none();
                }
                Some(Role::Sku) if !text.is_empty() => {
                    let lines: Vec<Span> = sheet.lines_of(&cell.span).collect();
                    if let Some(l) = lines.first()
                        && read.words.sku.is_none()
                        && sheet.at(l).chars().count() <= 40
                    {
                        read.words.sku =
                            Some((sheet.at(l).trim_start_matches('#').to_owned(), l.clone()));
                    }
                }
                Some(Role::Gtin) if !text.is_empty() => {
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    if digits.len() >= 8 {
                        read.words.gtin = Some((digits, cell.span.clone()));
                    }
                }
                // What each weighs, in a column of its own, is the parcel's concern.
                Some(Role::Attribute) if is_weight(text) => {}
                Some(Role::Attribute) if !text.is_empty() && read.words.name.is_some() => {
                    read.words.variant.push((text.replace('\n', ", "), cell.span.clone()));
                }
                Some(Role::Product) if named == Some(i) => {
                    for l in sheet.lines_of(&cell.span) {
                        read.words.take(sheet, &l);
                        read.unit = read.unit.or_else(|| unit_price(sheet, &l));
                    }
                }
                // `Amount`, which is a sum elsewhere, over whole numbers.
                Some(Role::LinePrice | Role::Total | Role::Price)
                    if money_in.is_none() && read.words.quantity.is_none() && !counts =>
                {
                    read.words.quantity = quantity::whole(text).map(|q| (q, cell.span.clone()));
                }
                // A column of counts with a title that says nothing (`#`).
                None if i > 0
                    && read.words.quantity.is_none()
                    && !counts
                    && (text.len() < 5 || !super::items::is_code(text)) =>
                {
                    // A year of harvest is no count.
                    let is_year =
                        (1_900_000..2_100_000).contains(&quantity::whole(text).unwrap_or(0));
                    let count = quantity::whole(text).filter(|q| *q <= 9_999_000 && !is_year);
                    read.words.quantity = count.map(|q| (q, cell.span.clone()));
                }
                // A column of references whose title nobody knows.
                None if read.words.sku.is_none()
                    && super::items::is_code(text)
                    && text.len() >= 5
                    && !super::items::is_date(text) =>
                {
                    read.words.sku =
                        Some((text.trim_start_matches('#').to_owned(), cell.span.clone()));
                }
                _ => {}
            }
        }
        if !(seen_price || self.unpriced && read.words.quantity.is_some()) {
            return false;
        }
        let is_below = read.words.name.is_none() && read.words.sku.is_some();
        if is_below && self.name_below(row) {
            item.words = read.words;
            (item.unit, item.total, item.price) = (read.unit, read.total, read.price);
            return true;
        }
        if read.words.name.is_none() {
            // No title for the name, or an empty one: the wordiest cell that is no value.
            self.wordiest(row, &mut read.words);
        }
        if read.words.name.is_none() {
            return false;
        }
        if let (Some(sku), None) = (&read.words.sku, &read.words.gtin)
            && crate::grammar::code::is_gtin(&sku.0)
            && sku.0.len() == 13
        {
            read.words.gtin = Some(sku.clone());
        }
        item.words = read.words;
        (item.unit, item.total, item.price) = (read.unit, read.total, read.price);
        item.leans_unit = read.leans_unit;
        true
    }

    /// Whether a row of words alone follows in the table: the name of a product that has none.
    fn name_below(&self, row: usize) -> bool {
        let sheet = self.sheet;
        let Some(next) = sheet.rows.get(row + 1) else { return false };
        let mut filled = sheet.cells_of(row + 1).iter().filter(|c| c.span.start < c.span.end);
        let only = filled.next().filter(|_| filled.next().is_none());
        next.table == sheet.rows[row].table
            && self.figures.of_row(row + 1).is_empty()
            && only.is_some_and(|c| {
                sheet.at(&c.span).chars().filter(|c| c.is_alphabetic()).count() >= 3
            })
    }

    fn wordiest(&self, row: usize, words: &mut Description) {
        let sheet = self.sheet;
        let best = sheet
            .cells_of(row)
            .iter()
            .filter(|c| {
                let t = sheet.at(&c.span);
                quantity::whole(t).is_none()
                    && (money::sums(t).is_empty()
                        || t.chars().filter(|c| c.is_alphabetic()).count() > 8)
            })
            .max_by_key(|c| {
                sheet.at(&c.span).chars().filter(|c| c.is_alphabetic()).count().min(40)
            });
        if let Some(cell) =
            best.filter(|c| sheet.at(&c.span).chars().filter(|c| c.is_alphabetic()).count() >= 2)
        {
            for l in sheet.lines_of(&cell.span) {
                words.take(sheet, &l);
            }
        }
    }
}
