//! The name of a product whose price stands alone: above it, within the same box.

use super::attribute;
use super::describe::Read;
use super::items::{Item, Scan, is_code, is_date};
use super::sheet::{Sheet, Span};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{money, quantity};

impl Scan<'_> {
    /// The name stands above: the first line of words since the last boundary that is no detail,
    /// within the widest box that holds the price and nothing of what came before.
    pub(super) fn name_from_above(&mut self, row: usize, item: &mut Item) -> bool {
        let sheet = self.sheet;
        let rows = &self.pending[self.pending.len().saturating_sub(8)..];
        // The last row that belongs to others: a sentence, a title, a value of the order.
        let mut boundary = self.open.map_or(0, |(_, last)| last);
        let mut lines: Vec<(usize, Span)> = Vec::new();
        let mut told: Vec<usize> = Vec::new();
        // Told label by label: what stands beside the first label is the name.
        let is_card = rows.iter().any(|r| self.counts(*r) || self.names_product(*r));
        for &r in rows {
            if self.attribute_of(r).is_some() {
                told.push(r);
                continue;
            }
            let is_value = self.is_value_of_order(r);
            let cells = match sheet.cells_of(r) {
                [_, value] if is_card && sheet.rows[r].table == sheet.rows[row].table => {
                    std::slice::from_ref(value)
                }
                cells => cells,
            };
            for cell in cells {
                for l in sheet.lines_of(&cell.span) {
                    let text = sheet.at(&l);
                    if attribute::labels_price(text) || is_bare_price(text) {
                        continue; // `Price`, and the price below it; `£3.13/kg`
                    }
                    if is_value || self.parts_products(&l) {
                        lines.clear();
                        boundary = r;
                    } else {
                        lines.push((r, l));
                    }
                }
            }
        }
        let is_name = |l: &Span| {
            let t = sheet.at(l);
            !attribute::is_detail(t)
                && !is_code(t)
                && attribute::seller(sheet, l).is_none()
                && t.chars().filter(|c| c.is_alphabetic()).count() >= 4
        };
        let within = sheet.boxes(row).take_while(|first| *first > boundary);
        let tight =
            within.clone().find(|first| lines.iter().any(|(r, l)| r >= first && is_name(l)));
        // A picture above names the product, however tight the box around its price.
        let wide = within.clone().last();
        let shown = lines.iter().rfind(|(r, l)| {
            wide.is_some_and(|first| *r >= first) && is_name(l) && self.is_pictured(l)
        });
        let shown = shown.map(|(r, _)| *r);
        if let Some(first) = shown.or(tight).or(wide) {
            lines.retain(|(r, _)| *r >= first);
        }
        let lines: Vec<Span> = lines.into_iter().map(|(_, l)| l).collect();
        // A picture right before a line marks the name.
        let is_detail = |l: &Span| attribute::is_detail(sheet.at(l)) || is_code(sheet.at(l));
        let first = lines
            .iter()
            .position(|l| !is_detail(l))
            .or_else(|| lines.iter().position(|l| attribute::is_bare_bullet(sheet.at(l))))
            .or_else(|| lines.iter().position(|l| !attribute::is_detail(sheet.at(l))));
        let pictured = lines.iter().position(|l| !is_detail(l) && self.is_pictured(l));
        let Some(start) = pictured.or(first) else {
            if self.open.is_none() && !lines.is_empty() {
                lines.iter().for_each(|l| item.words.take(sheet, l));
                item.words.named_by_attribute();
            }
            return item.words.name.is_some();
        };
        for l in &lines[..start] {
            if is_code(sheet.at(l)) && item.words.sku.is_none() {
                item.words.sku = Some((sheet.at(l).trim_start_matches('#').to_owned(), l.clone()));
            }
        }
        // `Référence : CID-6686`, and right below it `Produit : Cidre fermier`
        let above = start.checked_sub(1).map(|i| &lines[i]);
        if let Some(l) = above.filter(|l| attribute::is_reference(sheet.at(l))) {
            item.words.take(sheet, l);
        }
        for l in &lines[start..] {
            item.words.take(sheet, l);
        }
        item.span.start = lines[start].start;
        for r in told.into_iter().filter(|r| sheet.rows[*r].span.start > item.span.start) {
            if let Some((role, label, value)) = self.attribute_of(r) {
                item.words.set(role, label, sheet.at(&value), value);
            }
        }
        item.words.name.is_some()
    }

    /// `Couleur : | Bleu`: a row that tells one thing of a product, cell by cell.
    fn attribute_of(&self, row: usize) -> Option<(Role, &str, Span)> {
        let [label, value] = self.sheet.cells_of(row) else { return None };
        let name = self.sheet.at(&label.span).trim_end_matches([':', ' ', '\u{a0}']);
        let role = attribute::attribute_role(name)?;
        let is_short = !value.span.is_empty() && value.span.len() <= 80;
        is_short.then(|| (role, name, value.span.clone()))
    }

    /// `Quantité | 3`, `Quantité : 3`.
    fn counts(&self, row: usize) -> bool {
        // `Uds.: 2`
        let counts_itself =
            |text: &str| attribute::pair(text).is_some() && attribute::count(text).is_some();
        self.attribute_of(row).is_some_and(|(role, _, value)| {
            role == Role::Quantity && attribute::count(self.sheet.at(&value)).is_some()
        }) || matches!(self.sheet.cells_of(row), [one] if counts_itself(self.sheet.at(&one.span)))
    }

    /// `Produit | Vélo enfant`.
    fn names_product(&self, row: usize) -> bool {
        let [label, value] = self.sheet.cells_of(row) else { return false };
        let said = self.sheet.at(&value.span);
        lexicon::label(self.sheet.at(&label.span)).is_only(Role::Product)
            && said.len() <= 140
            && said.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && lexicon::label(said).coverage() < 60
    }

    /// `Couleur | Bleu`, `Quantité | 3`, `Total articles | 74,55 €`: a product told label by label,
    /// whose price bears the name of a sum. Whether there is one.
    pub(super) fn card(&mut self, row: usize) -> bool {
        let [figure] = self.figures.of_row(row) else { return false };
        let is_sum = matches!(figure.role, Some(Role::Subtotal | Role::Total | Role::LinePrice));
        let near = || self.pending.iter().rev().take(8);
        let named = near().any(|r| self.names_product(*r));
        // `Quantité : 1 | Total : 7,95 €`
        let here = self.sheet.cells_of(row).iter().find_map(|c| {
            let (role, _, value) = attribute::value_of(self.sheet.at(&c.span))?;
            let q = attribute::count(value).filter(|_| role == Role::Quantity)?;
            Some((q, c.span.clone()))
        });
        let is_told = named || here.is_some() || near().any(|r| self.counts(*r));
        if !is_sum || self.unpriced || !is_told {
            return false;
        }
        let mut item = self.blank(row);
        item.words.quantity = here;
        item.total = Some((figure.amount, figure.span.clone()));
        if !self.name_from_above(row, &mut item) || item.words.quantity.is_none() && !named {
            return false;
        }
        self.keep(row, item);
        true
    }

    /// Whether a line is no part of a product: a sentence, a title, a date, an announcement.
    pub(super) fn parts_products(&self, line: &Span) -> bool {
        let text = self.sheet.at(line);
        // `1× Bûche pralinée 8 pers.`: what begins with a count is no sentence.
        let is_sentence = text.ends_with(['.', '!', '?', ':']) && quantity::leading(text).is_none();
        // `Options choisies :`, and below it which.
        let named = lexicon::label(text);
        if text.ends_with(':') && named.has(Role::Attribute) && named.weighty <= 2 {
            return false;
        }
        if is_sentence || text.chars().count() > 140 {
            return true;
        }
        let label = named;
        // `Articles livrés` is a title, whatever became of them.
        let of_products = label.coverage() >= 50
            && !text.contains(':')
            && label.hits.first().is_some_and(|h| h.start == 0 && h.roles.has(Role::Product));
        // `Colis 1 – Colissimo n° 6A95789112141`
        let first = label.hits.first().filter(|h| h.start == 0);
        let of_parcel = first.is_some_and(|h| h.roles.has(Role::Tracking))
            && text.bytes().any(|b| b.is_ascii_digit());
        if of_parcel {
            return true;
        }
        let is_title = (label.coverage() >= 70 || of_products)
            && label.weighty > 0
            && !label.has(Role::Attribute)
            && !attribute::is_detail(text)
            && !is_in_links(self.sheet, line);
        // `Remboursé` alone says what became of the product above it.
        let is_fate = label.weighty == 1 && label.has(Role::Refund);
        is_title && !is_fate || is_date(text) || super::stages::announces(text)
    }

    /// Whether a row tells a value of the order itself (`Order | 4410`, `Date: 14 May`).
    pub(super) fn is_value_of_order(&self, row: usize) -> bool {
        let sheet = self.sheet;
        let text = sheet.at(&sheet.rows[row].span);
        if text.len() > 200 {
            return false;
        }
        let label = match sheet.cells_of(row) {
            [_] => attribute::pair(text).map(|(label, _)| label),
            [first, ..] => Some(sheet.at(&first.span)),
            [] => None,
        };
        label.is_some_and(|l| lexicon::label(l).is_about_order()) || super::number::names_one(text)
    }

    /// Whether a picture stands right before this text.
    fn is_pictured(&self, span: &Span) -> bool {
        let images = &self.sheet.images;
        let at = images.partition_point(|i| i.0 <= span.start);
        at.checked_sub(1).is_some_and(|i| span.start - images[i].0 <= 2)
    }
}

/// The thing that a subject names (`Your order for X`, `Vous avez vendu : X`), where the mail
/// says it again.
pub(super) fn thing_of(subject: &str, sheet: &Sheet) -> Option<Read<String>> {
    const PARTS: [&str; 9] =
        [": ", " for ", " pour ", " für ", " para ", " per ", " of ", " de ", " di "];
    PARTS
        .iter()
        .filter_map(|p| subject.find(p).map(|at| &subject[at + p.len()..]))
        .chain(quoted(subject))
        .map(|t| t.trim_matches(|c: char| !c.is_alphanumeric() && c != ')'))
        .filter(|t| t.chars().filter(|c| c.is_alphabetic()).count() >= 4)
        .filter(|t| lexicon::label(t).coverage() < 60 && !super::number::names_one(t))
        .filter_map(|t| {
            sheet.text.find(t).map(|at| (t.to_owned(), at as u32..(at + t.len()) as u32))
        })
        .max_by_key(|(t, _)| t.len())
}

/// What a subject puts in quotes.
fn quoted(text: &str) -> Option<&str> {
    [('«', '»'), ('“', '”'), ('„', '“'), ('"', '"')].into_iter().find_map(|(open, close)| {
        let from = text.find(open)? + open.len_utf8();
        Some(&text[from..from + text[from..].find(close)?])
    })
}

/// A price with hardly a word beside it: what it says is no name.
fn is_bare_price(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() < 8
        && attribute::pair(text).is_none()
        && money::sums(text).iter().any(|s| s.unit.is_some())
}

fn is_in_links(sheet: &Sheet, span: &Span) -> bool {
    let at = sheet.links.partition_point(|l| l.0.start <= span.start);
    sheet.links[..at].iter().rev().take(3).any(|l| l.0.end >= span.end)
}
