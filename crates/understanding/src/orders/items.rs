//! Product lines as candidates: every row with a price that no label of sums explains, with the
//! words around it that belong to it.

use super::describe::{self, Description, Read};
use super::figures::{CELLS, Figures, Kind};
use super::sheet::{Sheet, Span};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{date, money, quantity};
use mesinfos_domain::Amount;

/// Only whether there is a date counts here, not which.
const HINTS: date::Hints = date::Hints { language: mesinfos_domain::Language::Fr, near: None };

/// Lines at most.
pub const LINES: usize = 1_000;

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
    /// Whether titles of columns stand above.
    pub has_titles: bool,
    /// Whether it was drawn as a row of cells.
    pub is_tabular: bool,
    /// Whether it stands among recommendations.
    pub is_suggested: bool,

    /// Everything from its first to its last word.
    pub span: Span,
}

struct Titles {
    roles: Vec<(u16, u16, Option<Role>)>,
    table: u32,
    count: usize,
}

/// Finds all candidates that have a price.
pub fn items(sheet: &Sheet, figures: &Figures) -> Vec<Item> {
    scan(sheet, figures, false)
}

/// Finds what is counted without a price: `2 x Lampe` in a mail that a parcel has left.
pub fn counted(sheet: &Sheet, figures: &Figures) -> Vec<Item> {
    scan(sheet, figures, true)
}

fn scan(sheet: &Sheet, figures: &Figures, unpriced: bool) -> Vec<Item> {
    let mut scan = Scan {
        sheet,
        figures,
        out: Vec::new(),
        pending: Vec::new(),
        titles: None,
        open: None,
        suggested: false,
        unpriced,
        floor: 0,
    };
    for row in 0..sheet.rows.len() {
        scan.row(row);
        if scan.out.len() >= LINES {
            break;
        }
    }
    scan.out
}

struct Scan<'s> {
    sheet: &'s Sheet,
    figures: &'s Figures,
    out: Vec<Item>,
    /// Rows of words since the last item or sum.
    pending: Vec<usize>,
    titles: Option<Titles>,
    /// The item that following details belong to, and the row it ended on.
    open: Option<(usize, usize)>,
    suggested: bool,
    /// Whether rows that only count are wanted.
    unpriced: bool,
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
            Kind::Sum => self.sum(row),
            Kind::Item => self.item(row),
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
        let wordy = |t: &str| {
            let l = lexicon::label(t);
            t.chars().filter(|c| c.is_alphabetic()).count() >= 3
                && (l.coverage() < 60 || l.weighty == 0)
        };
        if cells.len() > 1 {
            let count = cells
                .iter()
                .position(|c| quantity::whole(sheet.at(&c.span)).is_some_and(|q| q <= 100_000));
            return count.is_some_and(|n| {
                cells.iter().enumerate().any(|(i, c)| i != n && wordy(sheet.at(&c.span)))
            });
        }
        if let Some((label, value)) = describe::pair(text) {
            let counts = describe::attribute_role(label) == Some(Role::Quantity)
                && quantity::whole(value).is_some();
            return counts && !self.pending.is_empty();
        }
        quantity::leading(text).is_some_and(|(_, at)| wordy(&text[at..]))
            || quantity::trailing(text).is_some_and(|(_, at)| wordy(&text[..at]))
    }

    fn close(&mut self, row: usize) {
        self.open = None;
        self.pending.clear();
        self.floor = self.sheet.rows[row].span.end;
    }

    fn read_titles(&self, row: usize) -> Titles {
        let roles: Vec<_> = self
            .sheet
            .cells_of(row)
            .iter()
            .map(|c| {
                let l = lexicon::label(self.sheet.at(&c.span));
                (c.column, c.width, l.column_role().filter(|_| l.coverage() >= 50))
            })
            .collect();
        Titles { count: roles.len(), roles, table: self.sheet.rows[row].table }
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
        self.close(row);
    }

    fn words(&mut self, row: usize) {
        let sheet = self.sheet;
        let span = sheet.rows[row].span.clone();
        if let Some((i, last)) = self.open {
            let near = row - last <= 8 && self.pending.is_empty() && !sheet.rows[row].is_heading;
            let details: Vec<Span> = sheet
                .cells_of(row)
                .iter()
                .flat_map(|c| sheet.lines_of(&c.span).collect::<Vec<_>>())
                .collect();
            if near
                && !details.is_empty()
                && details.iter().all(|l| describe::is_detail(sheet.at(l)))
            {
                for l in &details {
                    self.out[i].words.take(sheet, l);
                }
                self.out[i].span.end = span.end;
                self.open = Some((i, row));
                self.floor = span.end;
                return;
            }
            let same_table = sheet.rows[row].table == self.out[i].table;
            if row - last > 1 || !same_table {
                self.open = None;
            }
        }
        self.pending.push(row);
    }

    fn item(&mut self, row: usize) {
        let sheet = self.sheet;
        let info = &sheet.rows[row];
        let mut item = Item {
            table: info.table,
            is_tabular: info.is_tabular,
            is_suggested: self.suggested,
            span: info.span.clone(),
            ..Item::default()
        };
        let titled = self.titles.as_ref().is_some_and(|t| {
            t.table == info.table || (info.is_tabular && t.count == sheet.cells_of(row).len())
        });
        if titled && info.is_tabular && self.by_titles(row, &mut item) {
            item.has_titles = true;
        } else {
            self.by_content(row, &mut item);
        }
        if item.words.name.is_none() && !self.name_from_above(row, &mut item) {
            self.join_open(row, item);
            return;
        }
        self.picture(&mut item);
        let end = item.span.end;
        self.out.push(item);
        self.open = Some((self.out.len() - 1, row));
        self.pending.clear();
        self.floor = end;
    }

    /// Reads a row by the titles above it. False when the row does not fit them.
    fn by_titles(&self, row: usize, item: &mut Item) -> bool {
        let sheet = self.sheet;
        let Some(titles) = &self.titles else { return false };
        let cells = sheet.cells_of(row);
        let by_place = cells.len() == titles.count;
        let role_of = |i: usize| -> Option<Role> {
            if by_place {
                return titles.roles.get(i).and_then(|r| r.2);
            }
            let c = &cells[i];
            titles
                .roles
                .iter()
                .find(|(from, width, _)| c.column >= *from && c.column < from + width)
                .and_then(|r| r.2)
        };
        let mut read = Item::default();
        let mut seen_price = false;
        read.words.is_counted = (0..cells.len()).any(|i| {
            role_of(i) == Some(Role::Quantity)
                && quantity::whole(sheet.at(&cells[i].span)).is_some()
        });
        // Of several columns of words the wordiest holds the name.
        let letters = |i: usize| {
            sheet.at(&cells[i].span).chars().filter(|c| c.is_alphabetic()).count().min(12)
        };
        let named = (0..cells.len())
            .filter(|i| role_of(*i) == Some(Role::Product))
            .max_by_key(|i| (letters(*i), std::cmp::Reverse(*i)));
        for (i, cell) in cells.iter().enumerate() {
            let text = sheet.at(&cell.span);
            let figure = self.figures.of_row(row).iter().rfind(|f| f.cell == i && !f.is_struck);
            let money_in = figure.map(|f| (f.amount, f.span.clone()));
            match role_of(i) {
                Some(Role::Quantity) => {
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
                    (read.price, seen_price) = (money_in, true)
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
                Some(Role::Attribute) if !text.is_empty() && read.words.name.is_some() => {
                    read.words.variant.push((text.replace('\n', ", "), cell.span.clone()));
                }
                Some(Role::Product) if named == Some(i) => {
                    for l in sheet.lines_of(&cell.span) {
                        read.words.take(sheet, &l);
                    }
                }
                _ => {}
            }
        }
        if !seen_price && !(self.unpriced && read.words.quantity.is_some()) {
            return false;
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
        true
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

    /// Reads a row without titles: its shape and its figures tell.
    fn by_content(&self, row: usize, item: &mut Item) {
        let sheet = self.sheet;
        let cells = sheet.cells_of(row);
        let figures: Vec<_> = self.figures.of_row(row).iter().filter(|f| !f.is_struck).collect();
        // Words first: the cells that are no bare figure or quantity.
        for cell in cells {
            let text = sheet.at(&cell.span);
            if text.is_empty() {
                continue;
            }
            if let Some(q) = quantity::whole(text).filter(|_| cells.len() > 1) {
                let is_code = item.words.name.is_none() && text.len() > 4;
                if item.words.quantity.is_none() && !is_code {
                    item.words.quantity = Some((q, cell.span.clone()));
                }
                continue;
            }
            for l in sheet.lines_of(&cell.span) {
                let t = sheet.at(&l);
                let sums = money::sums(t);
                if !sums.is_empty() {
                    self.priced_line(&l, item);
                    continue;
                }
                if cells.len() > 2
                    && item.words.name.is_none()
                    && item.words.sku.is_none()
                    && is_code(t)
                {
                    item.words.sku = Some((t.trim_start_matches('#').to_owned(), l));
                    continue;
                }
                item.words.take(sheet, &l);
            }
        }
        if item.words.name.is_none()
            && let Some(sku) = item.words.sku.take()
        {
            // A code alone was the name after all.
            item.words.name = Some(sku);
        }
        let read: Vec<Read<Amount>> = figures.iter().map(|f| (f.amount, f.span.clone())).collect();
        assign(item, &read);
    }

    /// A line with a price in it: words before the price may be the name or a label.
    fn priced_line(&self, line: &Span, item: &mut Item) {
        let sheet = self.sheet;
        let text = sheet.at(line);
        let sums = money::sums(text);
        let Some(first) = sums.first() else { return };
        let head = text[..first.at.start].trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '-' | '–' | '=' | '|' | '(' | '@' | '.')
        });
        let letters = head.chars().filter(|c| c.is_alphabetic()).count();
        if let Some((q, _)) = quantity::leading(text)
            .filter(|(_, at)| text[*at..].trim_start().len() <= text[first.at.start..].len())
        {
            // `2 x 12,90 €`
            item.words.quantity.get_or_insert((q, line.clone()));
            return;
        }
        let tail = text[first.at.end..].trim();
        if let Some((q, _)) = quantity::leading(tail)
            .or_else(|| quantity::trailing(tail).filter(|(_, at)| tail[..*at].trim().is_empty()))
            .or_else(|| {
                tail.strip_prefix(['x', 'X', '×', '*'])
                    .and_then(|r| quantity::whole(r.split_whitespace().next().unwrap_or("")))
                    .map(|q| (q, 0))
            })
        {
            // `12,90 € x 2`
            item.words.quantity.get_or_insert((q, line.clone()));
        }
                if let Some(q) = quantity::whole(head) {
            // `2 @ 12,50 €`
            item.words.quantity.get_or_insert((q, line.clone()));
        }
        if letters < 2 {
            return;
        }
        let label = lexicon::label(head);
        let only_label = label.coverage() >= 60
            && [Role::Price, Role::UnitPrice, Role::LinePrice, Role::Quantity, Role::Total]
                .iter()
                .any(|r| label.has(*r));
        if only_label || quantity::whole(head).is_some() {
            if let Some(q) = quantity::whole(head).or_else(|| {
                describe::pair(head).and_then(|(l, v)| {
                    (describe::attribute_role(l) == Some(Role::Quantity))
                        .then(|| quantity::whole(v))
                        .flatten()
                })
            }) {
                item.words.quantity.get_or_insert((q, line.clone()));
            }
            return;
        }
        if item.words.name.is_none() {
            item.words.take(sheet, line);
        }
    }

    /// The name stands above: the first line of words since the last boundary that is no detail.
    fn name_from_above(&mut self, row: usize, item: &mut Item) -> bool {
        let sheet = self.sheet;
        let table = sheet.rows[row].table;
        let mut rows: Vec<usize> = self.pending.iter().rev().take(8).copied().collect();
        rows.reverse();
        if rows.iter().any(|r| sheet.rows[*r].table == table) {
            rows.retain(|r| sheet.rows[*r].table == table);
        }
        let mut lines: Vec<Span> = Vec::new();
        for r in rows {
            for cell in sheet.cells_of(r) {
                for l in sheet.lines_of(&cell.span) {
                    let text = sheet.at(&l);
                    let sentence =
                        text.ends_with(['.', '!', '?', ':']) || text.chars().count() > 140;
                    let label = lexicon::label(text);
                    let title = label.coverage() >= 70
                        && label.weighty > 0
                        && !describe::is_detail(text)
                        && !Sheet::is_in_links(sheet, &l);
                                        let dated = text.len() < 40 && date::date(text, HINTS).is_some_and(|d| d.at.len() + 8 > text.len());
                    let announces = text.len() < 140 && super::status::announces(text);
                    if sentence || title || dated || announces {
                        lines.clear();
                    } else {
                        lines.push(l);
                    }
                }
            }
        }
        // A picture right before a line marks the name.
        let is_detail = |l: &Span| describe::is_detail(sheet.at(l)) || is_code(sheet.at(l));
        let first = lines
            .iter()
            .position(|l| !is_detail(l))
            .or_else(|| lines.iter().position(|l| !describe::is_detail(sheet.at(l))));
        let pictured = lines.iter().position(|l| {
            !is_detail(l) && self.is_pictured(l)
        });
        let Some(start) = pictured.or(first) else { return false };
        for l in &lines[..start] {
            if is_code(sheet.at(l)) && item.words.sku.is_none() {
                item.words.sku = Some((sheet.at(l).trim_start_matches('#').to_owned(), l.clone()));
            }
        }
        for l in &lines[start..] {
            item.words.take(sheet, l);
        }
        item.span.start = lines[start].start;
        item.words.name.is_some()
    }

        /// Whether a picture stands right before this text.
    fn is_pictured(&self, span: &Span) -> bool {
        let images = &self.sheet.images;
        let at = images.partition_point(|i| i.0 <= span.start);
        at.checked_sub(1).is_some_and(|i| span.start - images[i].0 <= 2)
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
            assign(item, &[old, new]);
        }
        item.span.end = self.sheet.rows[row].span.end;
        self.open = Some((i, row));
        self.floor = item.span.end;
        self.pending.clear();
    }

    /// The picture and link nearest to the name.
    fn picture(&self, item: &mut Item) {
        let (floor, end) = (self.floor, item.span.end);
        let Some((_, name)) = &item.words.name else { return };
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

impl Sheet {
    fn is_in_links(sheet: &Sheet, span: &Span) -> bool {
        {
            let at = sheet.links.partition_point(|l| l.0.start <= span.start);
            sheet.links[..at].iter().rev().take(3).any(|l| l.0.end >= span.end)
        }
    }
}

/// A reference standing alone in a cell.
fn is_code(text: &str) -> bool {
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

/// Figures of a row without titles: quantity × unit = total tells them apart.
pub fn assign(item: &mut Item, figures: &[Read<Amount>]) {
    match figures {
        [] => {}
        [one] => item.price = Some(one.clone()),
        many => {
            let q = item.words.quantity.as_ref().map(|q| q.0);
            for (i, a) in many.iter().enumerate() {
                for b in many.iter().skip(i + 1).rev() {
                    let fits = match q {
                        Some(q) => {
                            (a.0.0.saturating_mul(q) - b.0.0.saturating_mul(1000)).abs() < 1000
                        }
                        None => a.0 == b.0,
                    };
                    if fits {
                        (item.unit, item.total) = (Some(a.clone()), Some(b.clone()));
                        return;
                    }
                }
            }
            let (first, last) = (&many[0], &many[many.len() - 1]);
            if q.is_none()
                && first.0.0 > 0
                && last.0.0 % first.0.0 == 0
                && (2..=50).contains(&(last.0.0 / first.0.0))
            {
                item.words.quantity = Some((last.0.0 / first.0.0 * 1000, last.1.clone()));
                (item.unit, item.total) = (Some(first.clone()), Some(last.clone()));
                return;
            }
            item.price = Some(last.clone());
        }
    }
}
