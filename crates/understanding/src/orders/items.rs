//! Product lines as candidates: every row with a price that no label of sums explains, with the
//! words around it that belong to it.

use super::attribute;
use super::charges;
use super::describe::{Description, Read};
use super::figures::{CELLS, Figure, Figures, Kind};
use super::sheet::{Cell, Sheet, Span};
use super::titled::Titles;
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{date, fold, quantity};
use mesinfos_domain::{Amount, Seller};
use mesinfos_reading::limits;

/// Only whether there is a date counts here, not which.
const HINTS: date::Hints = date::Hints { language: mesinfos_domain::Language::Fr, near: None };

/// A candidate.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Its words.
    pub words: Description,
    /// Price of one, when a title or arithmetic says so.
    pub unit: Option<Read<Amount>>,
    /// Price of all.
    pub total: Option<Read<Amount>>,
    /// One price of which only arithmetic can tell what it is.
    pub price: Option<Read<Amount>>,
    /// Its picture.
    pub image: Option<String>,
    /// Its page.
    pub url: Option<String>,
    /// Its table.
    pub table: u32,
    /// Whether the price stands before the count: it is then rather that of one.
    pub leans_unit: bool,
    /// Whether titles of columns stand above.
    pub has_titles: bool,
    /// Whether it was drawn as a row of cells.
    pub is_tabular: bool,
    /// Whether a picture beside it bears its name.
    pub is_pictured: bool,
    /// Whether it stands among recommendations.
    pub is_suggested: bool,

    /// Everything from its first to its last word.
    pub span: Span,
}

/// Finds all candidates that have a price.
pub fn items(subject: &str, sheet: &Sheet, figures: &Figures) -> Vec<Item> {
    scan(subject, sheet, figures, false)
}

/// Finds what is counted without a price: `2 x Lampe` in a mail that a parcel has left.
pub fn counted(sheet: &Sheet, figures: &Figures) -> Vec<Item> {
    scan("", sheet, figures, true)
}

fn scan(subject: &str, sheet: &Sheet, figures: &Figures, unpriced: bool) -> Vec<Item> {
    let mut scan = Scan {
        sheet,
        figures,
        out: Vec::new(),
        pending: Vec::new(),
        titles: None,
        open: None,
        suggested: false,
        thing: super::above::thing_of(subject, sheet),
        seller: None,
        unpriced,
        floor: 0,
    };
    for row in 0..sheet.rows.len() {
        scan.row(row);
        if scan.out.len() >= limits::ORDER_LINES {
            break;
        }
    }
    scan.out
}

/// A walk over the rows, top to bottom.
pub(super) struct Scan<'s> {
    pub(super) sheet: &'s Sheet,
    pub(super) figures: &'s Figures,
    out: Vec<Item>,
    /// Rows of words since the last item or sum.
    pub(super) pending: Vec<usize>,
    pub(super) titles: Option<Titles>,
    /// The item that following details belong to, and the row it ended on.
    pub(super) open: Option<(usize, usize)>,
    suggested: bool,
    /// What the subject names, until a line has it.
    thing: Option<Read<String>>,
    /// Who sells the lines that follow.
    seller: Option<Read<Seller>>,
    /// Whether rows that only count are wanted.
    pub(super) unpriced: bool,
    /// Text before this belongs to others.
    floor: u32,
}

impl Scan<'_> {
    fn row(&mut self, row: usize) {
        match self.figures.kinds[row] {
            Kind::Titles => {
                self.titles = Some(self.read_titles(row));
                self.close(row);
                self.suggested = false;
            }
            Kind::Suggestion => {
                self.close(row);
                self.suggested = true;
            }
            Kind::Sum | Kind::Item if !self.unpriced && self.listed(row) => {}
            Kind::Sum => self.sum(row),
            Kind::Item if self.tells_of_orders(row) => self.close(row),
            Kind::Item | Kind::Text if self.gallery(row) => {}
            Kind::Item => self.item(row),
            Kind::Text if self.unpriced && self.counts_open(row) => {}
            Kind::Text if self.unpriced && (self.told(row) || self.bare_count(row)) => {}
            Kind::Text if self.unpriced && self.enumerated(row) => {}
            Kind::Text if self.unpriced && self.downloads(row) => {}
            Kind::Text if self.unpriced && self.is_count(row) => self.item(row),
            Kind::Text => self.words(row),
        }
    }

    /// Whether a row without price says how many of something.
    fn is_count(&self, row: usize) -> bool {
        let sheet = self.sheet;
        let cells = sheet.cells_of(row);
        let text = sheet.at(&sheet.rows[row].span);
        if text.len() > 300 || cells.len() > CELLS || text.ends_with(['.', '!', '?']) {
            return false;
        }
        if self.is_pictured_by_name(row) {
            return true;
        }
        let wordy = |t: &str| {
            let l = lexicon::label(t);
            t.chars().filter(|c| c.is_alphabetic()).count() >= 3
                && !is_code(t)
                && (l.coverage() < 60 || l.weighty == 0)
        };
        if cells.len() > 1 {
            let count = cells
                .iter()
                .position(|c| attribute::count(sheet.at(&c.span)).is_some_and(|q| q <= 100_000));
            let is_phone = |t: &str| t.bytes().filter(|b| *b == b'-').count() > 1;
            let coded = cells.first().map(|c| sheet.at(&c.span));
            let coded = coded.filter(|t| is_code(t) && !is_phone(t)).map(|_| 0);
            return count.or(coded).is_some_and(|n| {
                cells.iter().enumerate().any(|(i, c)| i != n && wordy(sheet.at(&c.span)))
            });
        }
        if let Some((_, label, _)) = attribute::value_of(text)
            && !(label.contains(" – ") || label.contains(" - "))
        {
            return attribute::count(text).is_some() && !self.pending.is_empty();
        }
        let said = [" - ", " – ", " | ", " · "].iter().any(|s| {
            text.split(*s).skip(1).any(|p| {
                attribute::pair(p).is_some_and(|(l, v)| {
                    attribute::attribute_role(l) == Some(Role::Quantity)
                        && quantity::whole(v).is_some()
                })
            })
        });
        said || quantity::leading(text).is_some_and(|(_, at)| wordy(&text[at..]))
            || quantity::trailing(text).is_some_and(|(_, at)| wordy(&text[..at]))
    }

    /// `Billet : Étudiant`, and its count to come.
    fn told(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let text = sheet.at(&sheet.rows[row].span);
        let Some((label, value)) = attribute::pair(text) else { return false };
        let span = sheet.rows[row].span.clone();
        let next = sheet.rows.get(row + 1).map(|r| sheet.at(&r.span).replace('\t', " "));
        let is_counted = next
            .as_deref()
            .and_then(attribute::value_of)
            .is_some_and(|(role, ..)| role == Role::Quantity);
        let label = lexicon::label(label);
        let of_others = [Role::Person, Role::Attribute, Role::OrderDate, Role::OtherDate];
        if !is_counted || label.weighty > 2 || of_others.into_iter().any(|r| label.has(r)) {
            return false;
        }
        let above = self.pending.last().map(|r| sheet.rows[*r].span.clone());
        let at = span.start + (value.as_ptr() as usize - text.as_ptr() as usize) as u32;
        let mut item = self.blank(row);
        item.words.take(sheet, &(at..at + value.len() as u32));
        // `Référence : 573200` right above
        let is_code = |span: &Span| attribute::is_reference(sheet.at(span));
        if let Some(code) = above.filter(is_code) {
            item.words.take(sheet, &code);
        }
        if item.words.name.is_some() {
            self.keep(row, item);
        }
        true
    }

    /// A number alone below a product, under titles of which one is that of counts.
    fn bare_count(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let text = sheet.at(&cell.span);
        let counts = |t: &Titles| t.roles.iter().any(|r| r.2 == Some(Role::Quantity));
        if text.len() > 3 || self.pending.is_empty() || !self.titles.as_ref().is_some_and(counts) {
            return false;
        }
        let Some(count) = quantity::whole(text) else { return false };
        let mut item = self.blank(row);
        item.words.quantity = Some((count, cell.span.clone()));
        if self.name_from_above(row, &mut item) {
            self.keep(row, item);
        }
        true
    }

    /// `Nous avons noté : 3 paniers (42,00 €), 1 tarte (16,50 €).`: counted things in a sentence,
    /// each with its price in brackets.
    fn listed(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let text = sheet.at(&cell.span);
        let mut from = 0;
        let mut found = Vec::new();
        for f in self.figures.of_row(row) {
            let at = (f.span.start - cell.span.start) as usize;
            let end = (f.span.end - cell.span.start) as usize;
            let Some(head) = text.get(from..at).and_then(|h| h.trim_end().strip_suffix('(')) else {
                continue;
            };
            if !text[end..].trim_start().starts_with(')') {
                continue;
            }
            let begin = [", ", "; ", ": ", " et ", " and ", " und ", " y ", " e "]
                .iter()
                .filter_map(|s| head.rfind(s).map(|i| i + s.len()))
                .max()
                .unwrap_or(0);
            let part = head[begin..].trim_end();
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            let name = part[digits..].trim_start_matches([' ', '\u{a0}', 'x', '×']);
            let count = part[..digits].parse::<i64>().ok().filter(|n| (1..=999).contains(n));
            if let Some(count) =
                count.filter(|_| name.chars().filter(|c| c.is_alphabetic()).count() >= 3)
            {
                let start =
                    cell.span.start + (name.as_ptr() as usize - text.as_ptr() as usize) as u32;
                let mut item = self.blank(row);
                item.words.is_counted = true;
                item.words.quantity = Some((count * 1000, start..start));
                item.words.take(sheet, &(start..start + name.len() as u32));
                item.total = Some((f.amount, f.span.clone()));
                item.span = start..f.span.end;
                found.push(item);
            }
            from = end;
        }
        if found.len() < 2 {
            return false;
        }
        for item in found.into_iter().filter(|i| i.words.name.is_some()) {
            self.keep(row, item);
        }
        true
    }

    /// `Contenu : 2 × Lampe, 1 × Vase.`: several counted things in one sentence.
    fn enumerated(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let text = sheet.at(&cell.span);
        if text.len() > 2_000 || text.contains('\n') {
            return false;
        }
        let from = text.find(": ").map_or(0, |at| at + 2);
        let list = text[from..].trim_end_matches('.');
        let mut parts: Vec<Span> = Vec::new();
        let mut at = 0;
        for part in list.split([',', ';']) {
            let span = Sheet::part(&cell.span, &(from + at..from + at + part.len()));
            at += part.len() + 1;
            match parts.last_mut() {
                _ if quantity::leading(part).is_some() => parts.push(span),
                Some(last) => last.end = span.end, // `2 x Lampe, bleue`
                None => return false,
            }
        }
        if parts.len() < 2 && (from == 0 || parts.is_empty()) {
            return false;
        }
        for span in parts {
            let mut item = self.blank(row);
            item.words.take(sheet, &span);
            item.span = span;
            if item.words.name.is_some() {
                self.keep(row, item);
            }
        }
        true
    }

    /// `Patron de couture`, and below it the file to fetch: `patron-de-couture.zip`.
    fn downloads(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let [cell] = sheet.cells_of(row) else { return false };
        let mut above = self.pending.last().map(|r| sheet.rows[*r].span.clone());
        let mut found = false;
        for line in sheet.lines_of(&cell.span).take(limits::ORDER_LINES) {
            if !is_file_name(sheet.at(&line)) {
                above = Some(line);
                continue;
            }
            // `Votre facture` leads to a paper, not to what was bought.
            let is_name = |name: &Span| lexicon::label(sheet.at(name)).coverage() < 60;
            let Some(name) = above.take().filter(is_name) else { continue };
            let mut item = self.blank(row);
            item.words.take(sheet, &name);
            item.words.quantity.get_or_insert((1000, name.clone()));
            item.span = name.start..line.end;
            if item.words.name.is_some() {
                self.keep(row, item);
                found = true;
            }
        }
        found
    }

    /// `Quantité : 2` below a product that nothing has counted yet, its reference between them.
    fn counts_open(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let Some((i, last)) = self.open else { return false };
        let text = sheet.at(&sheet.rows[row].span);
        let joined = text.replace(['\n', '\t'], " ");
        let count = attribute::value_of(&joined)
            .filter(|(role, ..)| *role == Role::Quantity)
            .and_then(|(.., value)| quantity::whole(value));
        let Some(count) = count.filter(|_| row - last <= 4) else { return false };
        let words = &mut self.out[i].words;
        if words.quantity.is_some() {
            return false;
        }
        words.quantity = Some((count, sheet.rows[row].span.clone()));
        for r in self.pending.drain(..) {
            words.take(sheet, &sheet.rows[r].span);
        }
        self.open = Some((i, row));
        true
    }

    /// Products side by side, each in its own cell below its picture.
    fn gallery(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let cells = sheet.cells_of(row);
        let filled = |c: &&Cell| c.span.start < c.span.end;
        if cells.len() < 2 || !cells.iter().filter(filled).all(|c| self.is_called(&c.span)) {
            return false;
        }
        let count = cells.iter().filter(filled).count();
        let priced = self.figures.of_row(row).iter().filter(|f| f.is_price()).count();
        if count < 2 || (if self.unpriced { priced > 0 } else { priced < count }) {
            return false;
        }
        for (i, cell) in cells.iter().enumerate().filter(|(_, c)| filled(c)) {
            let mut item = self.blank(row);
            self.by_content(row, i..i + 1, &mut item);
            (item.span, item.is_pictured) = (cell.span.clone(), self.unpriced);
            if item.words.name.is_some() {
                self.keep(row, item);
            }
        }
        true
    }

    /// Whether a picture that stands with this row is called as one of its lines: a product.
    fn is_pictured_by_name(&self, row: usize) -> bool {
        self.sheet.cells_of(row).iter().any(|c| self.is_called(&c.span))
    }

    /// Whether a picture in or right before a cell is called as one of its lines.
    fn is_called(&self, span: &Span) -> bool {
        let sheet = self.sheet;
        let first = sheet.images.partition_point(|i| i.0 + 2 < span.start);
        let near = sheet.images[first..].iter().take_while(|i| i.0 <= span.end);
        near.filter(|i| i.2.chars().filter(|c| c.is_alphabetic()).count() >= 6).any(|i| {
            let name = fold(&i.2);
            sheet.lines_of(span).any(|l| fold(sheet.at(&l)) == name)
        })
    }

    fn close(&mut self, row: usize) {
        self.open = None;
        self.pending.clear();
        self.floor = self.sheet.rows[row].span.end;
    }

    /// A labelled sum may be the price of the item just read (`Total : 25,80 €` in its block).
    fn sum(&mut self, row: usize) {
        if let Some((i, _)) = self.open
            && let [figure] = self.figures.of_row(row)
            && let Some(item) = self.out.get_mut(i)
            && item.total.is_none()
            && figure.role == Some(Role::Total)
            && let (Some((unit, _)), Some((q, _))) =
                (item.unit.as_ref().or(item.price.as_ref()), &item.words.quantity)
            && *q > 1000
            && (unit.0.saturating_mul(*q) - figure.amount.0.saturating_mul(1000)).abs() < 1000
        {
            item.unit = item.unit.clone().or(item.price.take());
            item.total = Some((figure.amount, figure.span.clone()));
            return;
        }
        if !self.card(row) {
            self.close(row);
        }
    }

    fn words(&mut self, row: usize) {
        let sheet = self.sheet;
        if self.is_seller_heading(row) {
            self.close(row);
            return;
        }
        let span = sheet.rows[row].span.clone();
        if let Some((i, last)) = self.open {
            let same_table = sheet.rows[row].table == self.out[i].table;
            let near = row - last <= 8 && self.pending.is_empty() && !sheet.rows[row].is_heading;
            let details: Vec<Span> = sheet
                .cells_of(row)
                .iter()
                .flat_map(|c| sheet.lines_of(&c.span).collect::<Vec<_>>())
                .collect();
            if self.out[i].words.name.is_none() {
                let words = &mut self.out[i].words;
                details.iter().for_each(|l| words.take(sheet, l));
                self.out[i].span.end = span.end;
                self.open = Some((i, row));
                self.floor = span.end;
                return;
            }
            // `- Lampe` below `- Vase` in a list is the next product; so is what a picture names.
            let is_next = details
                .first()
                .is_some_and(|l| !same_table && attribute::is_bare_bullet(sheet.at(l)))
                || self.unpriced && self.is_pictured_by_name(row);
            // The reference of a line that has one already begins the next.
            let is_next = is_next
                || self.out[i].words.sku.is_some()
                    && details.len() == 1
                    && attribute::is_reference(sheet.at(&details[0]));
            if near
                && !is_next
                && !details.is_empty()
                && details.iter().all(|l| {
                    // A reference of its own table or paragraph is the order's.
                    let text = sheet.at(l);
                    attribute::is_detail(text) && (same_table || !attribute::is_reference(text))
                })
            {
                let words = &mut self.out[i].words;
                match &details[..] {
                    // `Quantity | 2`, cell by cell
                    [label, value] if sheet.cells_of(row).len() > 1 => {
                        let (name, value_of) = (sheet.at(label), sheet.at(value));
                        match attribute::attribute_role(name) {
                            Some(role) => words.set(role, name, value_of, value.clone()),
                            None => details.iter().for_each(|l| words.take(sheet, l)),
                        }
                    }
                    _ => details.iter().for_each(|l| words.take(sheet, l)),
                }
                self.out[i].span.end = span.end;
                self.open = Some((i, row));
                self.floor = span.end;
                return;
            }
            if row - last > 1 || !same_table {
                self.open = None;
            }
        }
        self.pending.push(row);
    }

    /// `Sold by X` above the first of its lines holds for all of them, up to the next such row.
    /// Below a line, where no heading came before, it is a detail of that line.
    fn is_seller_heading(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let info = &sheet.rows[row];
        let first = self.seller.is_none() && self.open.is_none();
        if !(first || self.seller.is_some()) || info.span.len() > 200 {
            return false;
        }
        let Some(seller) = attribute::seller(sheet, &info.span) else { return false };
        self.seller = Some(seller);
        true
    }

    fn item(&mut self, row: usize) {
        let sheet = self.sheet;
        let info = &sheet.rows[row];
        let mut item = self.blank(row);
        let titled = self.titles.as_ref().is_some_and(|t| {
            t.table == info.table || (info.is_tabular && t.count == sheet.cells_of(row).len())
        });
        if titled && info.is_tabular && self.by_titles(row, &mut item) {
            item.has_titles = true;
        } else {
            self.by_content(row, 0..sheet.cells_of(row).len(), &mut item);
        }
        if item.words.name.as_ref().is_some_and(|(name, _)| is_date(name)) {
            item.words.name = None; // `6 Sep 2024 · $58` tells when, not what
        }
        let is_label = |name: &str| lexicon::label(name).is_only(Role::Product);
        if self.thing.is_some() && item.words.name.as_ref().is_some_and(|n| is_label(&n.0)) {
            item.words.name = None; // `Article | 18,50 €`
        }
        if item.words.name.is_none() && item.has_titles {
            return self.keep(row, item); // its name stands below
        }
        if item.words.name.is_none() && !self.name_from_above(row, &mut item) {
            let mut filled = sheet.cells_of(row).iter().map(|c| sheet.at(&c.span));
            let labels =
                |t: &str| attribute::labels_price(t) || lexicon::label(t).is_only(Role::Product);
            let labelled = filled.find(|t| !t.is_empty()).is_some_and(labels);
            item.words.name = self.thing.take_if(|_| labelled && self.open.is_none());
        }
        if item.words.name.is_none() {
            self.join_open(row, item);
            return;
        }
        self.keep(row, item);
    }

    /// A candidate that begins at a row, nothing read yet.
    pub(super) fn blank(&self, row: usize) -> Item {
        let info = &self.sheet.rows[row];
        Item {
            table: info.table,
            is_tabular: info.is_tabular,
            is_suggested: self.suggested,
            is_pictured: self.unpriced && self.is_pictured_by_name(row),
            span: info.span.clone(),
            ..Item::default()
        }
    }

    pub(super) fn keep(&mut self, row: usize, mut item: Item) {
        if item.words.seller.is_none() {
            item.words.seller = self.seller.clone();
        }
        self.picture(&mut item);
        let end = item.span.end;
        if self.is_delivery(&item) {
            return self.close(row);
        }
        self.out.push(item);
        self.open = Some((self.out.len() - 1, row));
        self.pending.clear();
        self.floor = end;
    }

    /// Whether an item is the carrier, at the price that a sum of delivery says again.
    fn is_delivery(&self, item: &Item) -> bool {
        let price = [&item.total, &item.unit, &item.price].into_iter().flatten().next();
        let is_again =
            |f: &Figure| f.role == Some(Role::Shipping) && price.is_some_and(|p| p.0 == f.amount);
        item.words.name.as_ref().is_some_and(|(name, _)| charges::carries(name))
            && self.figures.all.iter().any(is_again)
    }

    /// Whether the titles above a row tell of orders, not of products, or the labels within its
    /// cells: `Code de commande`, and below it the code.
    fn tells_of_orders(&self, row: usize) -> bool {
        let sheet = self.sheet;
        let labels = |c: &Cell| {
            let label = sheet.lines_of(&c.span).next().filter(|l| l.end < c.span.end);
            label.is_some_and(|l| lexicon::label(sheet.at(&l)).is_about_order())
        };
        let cells = sheet.cells_of(row);
        if cells.len() > 1 && cells.first().is_some_and(labels) {
            return true;
        }
        let table = self.sheet.rows[row].table;
        self.titles.as_ref().is_some_and(|t| t.tell_of_orders && t.table == table)
    }

    /// A price without any name: more about the item just read.
    fn join_open(&mut self, row: usize, more: Item) {
        let Some((i, last)) = self.open else { return };
        if row - last > 6 {
            return;
        }
        let item = &mut self.out[i];
        if item.words.quantity.is_none() {
            item.words.quantity = more.words.quantity;
        }
        let known = item.unit.clone().or(item.price.clone());
        let new = more.price.or(more.total).or(more.unit);
        if let (Some(old), Some(new)) = (known, new)
            && item.total.is_none()
        {
            (item.unit, item.total, item.price) = (None, None, None);
            super::untitled::assign(item, &[old, new]);
        }
        item.span.end = self.sheet.rows[row].span.end;
        self.open = Some((i, row));
        self.floor = item.span.end;
        self.pending.clear();
    }

    /// The picture and link nearest to the name.
    fn picture(&self, item: &mut Item) {
        let (floor, end) = (self.floor, item.span.end);
        // A name that stands below is not read yet.
        let own = item.span.start..item.span.start;
        let name = item.words.name.as_ref().map_or(&own, |n| &n.1).clone();
        let images = &self.sheet.images;
        let first = images.partition_point(|i| i.0 < floor);
        item.image = images[first..]
            .iter()
            .take_while(|i| i.0 <= end)
            .filter(|i| is_picture(&i.1))
            .min_by_key(|i| (i.0 > name.start, name.start.abs_diff(i.0)))
            .map(|i| i.1.clone());
        let links = &self.sheet.links;
        let at = links.partition_point(|l| l.0.start < item.span.start);
        item.url = links[at..]
            .iter()
            .take_while(|l| l.0.start <= end)
            .find(|l| l.0.start <= name.end && l.0.end >= name.start && l.1.starts_with("http"))
            .map(|l| l.1.clone());
    }
}

/// A text that is hardly more than a date.
pub(super) fn is_date(text: &str) -> bool {
    text.len() < 40 && date::date(text, HINTS).is_some_and(|d| d.at.len() + 8 > text.len())
}

/// Whether a text begins with a day: `11 February 2025 - 13 March 2025`.
pub(super) fn begins_with_date(text: &str) -> bool {
    date::date(text, HINTS).is_some_and(|d| d.has_year && d.at.start == 0)
}

/// The name of a file that is handed over: an archive, a book, a recording.
fn is_file_name(text: &str) -> bool {
    const ENDINGS: [&str; 12] =
        ["zip", "rar", "7z", "pdf", "epub", "mobi", "mp3", "mp4", "wav", "dmg", "exe", "apk"];
    text.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && !text.contains(char::is_whitespace)
            && !stem.contains(['/', '@'])
            && ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
    })
}

/// A reference standing alone in a cell.
pub(super) fn is_code(text: &str) -> bool {
    let t = text.trim();
    !t.contains(' ')
        && t.len() >= 3
        && t.len() <= 24
        && t.bytes().any(|b| b.is_ascii_digit())
        && !t.bytes().any(|b| b.is_ascii_lowercase())
        && t.is_ascii()
}

/// Whether an address can be a product's picture: no logo, spacer, icon or counter.
fn is_picture(src: &str) -> bool {
    let low = src.to_ascii_lowercase();
    !low.is_empty()
        && ![
            "logo",
            "spacer",
            "pixel",
            "blank.",
            "icon",
            "facebook",
            "twitter",
            "instagram",
            "tracking",
            "open.",
            "beacon",
            "arrow",
            "separator",
            "1x1",
            "transparent",
            "header",
            "footer",
            "banner",
        ]
        .iter()
        .any(|w| low.contains(w))
}
