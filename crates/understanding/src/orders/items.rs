//! Product lines as candidates: every row with a price that no label of sums explains, with the
//! words around it that belong to it.

use super::attribute;
use super::charges;
use super::describe::{Description, Read};
use super::figures::{Figure, Figures, Kind};
use super::joined::multiplies_next;
use super::sheet::{Cell, Sheet, Span};
use super::titled::Titles;
use crate::grammar::date;
use crate::grammar::lexicon::{self, Role};
use crate::grammar::quantity;
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
    /// Whether a picture beside it bears its name, or a sentence says that it is a product.
    pub is_shown: bool,
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

/// `Changed your mind? … Returns by post cost £60`: sentences with a sum beside rows that list what
/// was bought are none of it.
fn set_prose_apart(items: &mut [Item]) {
    let is_prose = |item: &Item| {
        let name = item.words.name.as_ref().map_or("", |n| n.0.as_str());
        let ends = ["? ", "! ", ". "].iter().any(|end| {
            name.match_indices(end)
                .any(|(at, _)| at >= 8 && name[at + end.len()..].starts_with(char::is_uppercase))
        });
        name.len() > 40 && ends && !item.has_titles && item.words.quantity.is_none()
    };
    let lists = |item: &Item| item.is_tabular || item.words.quantity.is_some() || item.has_titles;
    if items.iter().any(|i| lists(i) && !is_prose(i)) {
        items.iter_mut().for_each(|i| i.is_suggested |= is_prose(i));
    }
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
    let mut next = 0;
    for row in 0..sheet.rows.len() {
        if row < next {
            continue;
        }
        let listed = |scan: &mut Scan<'_>| if unpriced { None } else { scan.listed(row) };
        let turned = scan.transposed(row).or_else(|| scan.by_columns(row));
        match turned.or_else(|| listed(&mut scan)) {
            Some(after) => next = after,
            None => scan.row(row),
        }
        if scan.out.len() >= limits::ORDER_LINES {
            break;
        }
    }
    set_prose_apart(&mut scan.out);
    let own: Vec<usize> = (0..scan.out.len()).filter(|i| !scan.out[*i].is_suggested).collect();
    super::named::counts(&mut scan.out, &own);
    super::brands::tell(sheet, &mut scan.out);
    super::brands::lead(sheet, &mut scan.out);
    scan.out
}

/// A walk over the rows, top to bottom.
pub(super) struct Scan<'s> {
    pub(super) sheet: &'s Sheet,
    pub(super) figures: &'s Figures,
    pub(super) out: Vec<Item>,
    /// Rows of words since the last item or sum.
    pub(super) pending: Vec<usize>,
    pub(super) titles: Option<Titles>,
    /// The item that following details belong to, and the row it ended on.
    pub(super) open: Option<(usize, usize)>,
    suggested: bool,
    /// What the subject names, until a line has it.
    thing: Option<Read<String>>,
    /// Who sells the lines that follow.
    pub(super) seller: Option<Read<Seller>>,
    /// Whether rows that only count are wanted.
    pub(super) unpriced: bool,
    /// Text before this belongs to others.
    pub(super) floor: u32,
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
            Kind::Sum | Kind::Text if self.unpriced && self.named_in_sentence(row) => {}
            Kind::Sum => self.sum(row),
            Kind::Item if self.tells_of_orders(row) => self.close(row),
            Kind::Item | Kind::Text if self.gallery(row) => {}
            Kind::Item => self.item(row),
            Kind::Text if self.unpriced && self.counts_open(row) => {}
            Kind::Text
                if self.unpriced
                    && (self.told(row) || self.bare_count(row) || self.counted_tail(row)) => {}
            Kind::Text if self.unpriced && self.enumerated(row) => {}
            Kind::Text if self.unpriced && self.downloads(row) => {}
            Kind::Text if self.unpriced && self.is_count(row) => self.item(row),
            Kind::Text => self.words(row),
        }
    }

    pub(super) fn close(&mut self, row: usize) {
        self.open = None;
        self.pending.clear();
        self.floor = self.sheet.rows[row].span.end;
    }

    /// A labelled sum may be the price of the item just read (`Total : 25,80 €` in its block).
    fn sum(&mut self, row: usize) {
        let counts_one = self.counts_one(row);
        if let Some((i, _)) = self.open
            && let [figure] = self.figures.of_row(row)
            && let Some(item) = self.out.get_mut(i)
            && item.total.is_none()
            && matches!(figure.role, Some(Role::Total | Role::Subtotal))
            && let (Some((unit, _)), Some((q, _))) =
                (item.unit.as_ref().or(item.price.as_ref()), &item.words.quantity)
            && (*q > 1000 || counts_one)
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

    /// `Quantité: 1`, `Prix unitaire: 32,50 €`, `Sous-total: 32,50 €`: the sum of a line that says
    /// how many, right below what one costs.
    fn counts_one(&self, row: usize) -> bool {
        let says = |row: usize, role: Role| {
            let label = lexicon::label(self.sheet.at(&self.sheet.rows[row].span));
            label.has(role)
        };
        row >= 2 && says(row - 1, Role::UnitPrice) && says(row - 2, Role::Quantity)
    }

    fn words(&mut self, row: usize) {
        let sheet = self.sheet;
        if self.is_seller_heading(row) {
            self.close(row);
            return;
        }
        let span = sheet.rows[row].span.clone();
        if multiplies_next(sheet.at(&span)) {
            self.pending.push(row);
            return;
        }
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
            // `2× Bûche praliné` counts the next.
            let counts_next = |l: &Span| {
                let text = sheet.at(l);
                quantity::leading(text).is_some_and(|(_, at)| {
                    text[at..].chars().filter(|c| c.is_alphabetic()).count() >= 3
                })
            };
            let is_next = is_next
                || details.len() == 1 && counts_next(&details[0])
                || self.out[i].words.sku.is_some()
                    && details.len() == 1
                    && attribute::is_reference(sheet.at(&details[0]));
            if near
                && !is_next
                && !details.is_empty()
                && details.iter().all(|l| {
                    // A reference of its own table or paragraph is the order's.
                    let text = sheet.at(l);
                    let is_detail = attribute::is_detail(text)
                        || row == last + 1 && same_table && attribute::is_option_line(text);
                    is_detail && (same_table || !attribute::is_reference(text))
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
        self.named_by_row_above(row, &mut item);
        self.counted_above(row, &mut item);
        let is_label = |name: &str| {
            let label = lexicon::label(name);
            label.is_only(Role::Product) && label.coverage() == 100
        };
        let is_first = self.thing.is_some() || self.out.is_empty();
        if is_first && item.words.name.as_ref().is_some_and(|n| is_label(&n.0)) {
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
        if item.words.name.is_none() && self.open.is_none() {
            item.words.named_by_attribute();
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
            is_shown: self.unpriced && self.is_pictured_by_name(row),
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
}

/// A text that is hardly more than a date.
pub(super) fn is_date(text: &str) -> bool {
    text.len() < 40 && date::date(text, HINTS).is_some_and(|d| d.at.len() + 8 > text.len())
}

/// Whether a text begins with a day: `11 February 2025 - 13 March 2025`.
pub(super) fn begins_with_date(text: &str) -> bool {
    date::date(text, HINTS).is_some_and(|d| d.has_year && d.at.start == 0)
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
