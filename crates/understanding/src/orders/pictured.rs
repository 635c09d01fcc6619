//! What pictures tell of products: which stand side by side, which picture is whose.

use super::figures::Figure;
use super::items::{Item, Scan};
use super::sheet::{Cell, Span};
use crate::grammar::fold::fold;
use crate::grammar::lexicon;

impl Scan<'_> {
    /// Products side by side, each in its own cell below its picture.
    pub(super) fn gallery(&mut self, row: usize) -> bool {
        let sheet = self.sheet;
        let cells = sheet.cells_of(row);
        let filled = |c: &&Cell| c.span.start < c.span.end;
        let is_one = |c: &Cell| self.is_called(&c.span) || self.is_card(row, c);
        if cells.len() < 2 || !cells.iter().filter(filled).all(is_one) {
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
            (item.span, item.is_shown) = (cell.span.clone(), self.unpriced);
            self.keep_named(row, item);
        }
        true
    }

    /// Whether a cell holds a product by itself: a name, and below it its price, or that of one and
    /// that of all, which no label takes for a sum's.
    fn is_card(&self, row: usize, cell: &Cell) -> bool {
        let sheet = self.sheet;
        let own = |f: &&Figure| {
            !f.is_aside && cell.span.start <= f.span.start && f.span.end <= cell.span.end
        };
        let figures: Vec<&Figure> = self.figures.of_row(row).iter().filter(own).collect();
        let ([price] | [price, _]) = figures[..] else { return false };
        let Some(name) = sheet.lines_of(&cell.span).next() else { return false };
        let text = sheet.at(&name);
        figures.iter().all(|f| f.role.is_none() && f.is_price())
            && name.end <= price.span.start
            && text.chars().filter(|c| c.is_alphabetic()).count() >= 4
            && lexicon::label(text).coverage() < 50
    }

    /// Whether a picture that stands with this row is called as one of its lines: a product.
    pub(super) fn is_pictured_by_name(&self, row: usize) -> bool {
        self.sheet.cells_of(row).iter().any(|c| self.is_called(&c.span))
    }

    /// Whether a picture in or right before a cell is called as one of its lines.
    pub(super) fn is_called(&self, span: &Span) -> bool {
        let sheet = self.sheet;
        let first = sheet.images.partition_point(|i| i.0 + 2 < span.start);
        let near = sheet.images[first..].iter().take_while(|i| i.0 <= span.end);
        near.filter(|i| i.2.chars().filter(|c| c.is_alphabetic()).count() >= 6).any(|i| {
            let name = fold(&i.2);
            sheet.lines_of(span).any(|l| fold(sheet.at(&l)) == name)
        })
    }

    /// The picture and link nearest to the name.
    pub(super) fn picture(&self, item: &mut Item) {
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
