//! What is drawn beside a line without being a cell: definitions beside their terms, what floats.

use super::super::sheet::{Cell, is_blank};
use super::Walk;
use mesinfos_reading::html::{NodeId, Tag};

impl Walk<'_, '_> {
    /// Whether each term in an element is followed by one definition: several tell of a product, whose
    /// name the term is.
    pub(super) fn is_paired(&self, id: NodeId) -> bool {
        let filled = self.dom.children(id).filter(|c| self.shapes[c.0 as usize].chars > 0);
        let tags: Vec<_> = filled.filter_map(|c| self.dom.tag(c)).collect();
        let follows = |of: Tag, by: Tag| {
            (0..tags.len()).filter(|i| tags[*i] == of).all(|i| tags.get(i + 1) == Some(&by))
        };
        let alone = !tags.windows(2).any(|w| w == [Tag::Dd, Tag::Dd]);
        tags.contains(&Tag::Dt) && alone && follows(Tag::Dt, Tag::Dd)
    }

    /// A term and what defines it make a row of two cells.
    pub(super) fn pair(&mut self, term: NodeId, definition: NodeId) {
        self.end_line();
        self.first = self.sheet.cells.len();
        self.ended = self.sheet.text.len();
        for (column, id) in [term, definition].into_iter().enumerate() {
            self.begin_cell(column as u16, 1, false);
            let before = self.sheet.text.len() as u32;
            for inner in self.dom.children(id) {
                self.node(inner);
            }
            if let Some(tag) = self.dom.tag(id) {
                self.mark(id, tag, before);
            }
            self.end_cell();
        }
        self.end_row(self.first, true);
        self.first = self.sheet.cells.len();
        self.ended = self.sheet.text.len();
    }

    /// Whether the present line holds anything yet.
    pub(super) fn has_begun(&self) -> bool {
        let start = match &self.cell {
            Some(cell) => cell.span.start as usize,
            None => self.ended.min(self.sheet.text.len()),
        };
        let line = self.sheet.text[start..].rsplit('\n').next().unwrap_or_default();
        !line.trim_matches(is_blank).is_empty()
    }

    /// What floats to the right of a line that has begun is the value of what it says:
    /// `Subtotal <span style="float:right">£27.90</span><br>Delivery …`.
    pub(super) fn aside(&mut self, id: NodeId) {
        if self.cell.is_some() {
            self.sheet.text.push(' ');
            self.node(id);
            return self.break_line();
        }
        let start = self.ended.min(self.sheet.text.len());
        let kept = self.sheet.text.trim_end_matches(is_blank).len();
        let lead = self.sheet.text[start..].len()
            - self.sheet.text[start..].trim_start_matches(is_blank).len();
        self.sheet.text.truncate(kept);
        self.first = self.sheet.cells.len();
        let span = (start + lead) as u32..kept as u32;
        self.sheet.cells.push(Cell { span, column: 0, width: 1, is_head: false });
        self.sheet.text.push('\t');
        self.begin_cell(1, 1, false);
        self.node(id);
        self.end_cell();
        self.end_row(self.first, true);
        self.first = self.sheet.cells.len();
        self.ended = self.sheet.text.len();
    }

    /// What floats stands on a line of its own.
    pub(super) fn float(&mut self, id: NodeId) {
        self.break_line();
        self.node(id);
        self.break_line();
    }
}
