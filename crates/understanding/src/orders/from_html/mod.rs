//! HTML to a sheet: rows of tables that hold data, columns drawn with styles, lines elsewhere.

mod beside;

use super::shapes::{Shape, shapes, stands_apart};
use super::sheet::{Cell, Drawn, Sheet, Span, is_blank};
use mesinfos_reading::html::{Dom, NodeId, NodeKind, Tag};

/// Rows at most: what is longer is no mail to a person.
const ROWS: usize = 20_000;

/// Lays out the tree from node `from` on.
pub fn sheet(dom: &Dom<'_>, from: u32) -> Sheet {
    let shapes = shapes(dom, from);
    let mut sheet = Sheet { is_html: true, ..Sheet::default() };
    sheet.text.reserve(dom.source.len() / 4);
    let mut walk = Walk {
        dom,
        from,
        shapes,
        sheet,
        table: 0,
        cell: None,
        flat: false,
        first: 0,
        heading: 0,
        kept_lines: 0,
        ended: 0,
        depth: 0,
        joint: 0,
    };
    walk.node(dom.root());
    walk.end_line();
    let mut sheet = walk.sheet;
    sheet.struck.sort_by_key(|s| s.start);
    sheet.strong.sort_by_key(|s| s.start);
    sheet.links.sort_by_key(|l| l.0.start);
    sheet
}

/// Whether a style draws text with its own line ends.
fn keeps_lines(style: Option<&str>) -> bool {
    let Some(at) = style.and_then(|s| s.find("white-space").map(|at| &s[at..])) else {
        return false;
    };
    let value = at.split([':', ';']).nth(1).unwrap_or_default().trim();
    value.starts_with("pre") || value == "break-spaces"
}

struct Walk<'d, 'a> {
    dom: &'d Dom<'a>,
    from: u32,
    shapes: Vec<Shape>,
    sheet: Sheet,
    table: u32,
    /// The cell being filled, when inside a row of data.
    cell: Option<Cell>,
    /// Whether rows inside that cell are lines of it.
    flat: bool,
    /// Where the present row's cells began.
    first: usize,
    heading: u32,
    /// Elements around that keep the line ends of their text.
    kept_lines: u32,
    /// Text before this belongs to rows already ended.
    ended: usize,
    /// Elements around, and the fewest that there were since the last row.
    depth: u16,
    joint: u16,
}

impl Walk<'_, '_> {
    fn node(&mut self, id: NodeId) {
        // Depth is bounded by `limits::HTML_DEPTH`.
        let tag = match &self.dom.node(id).kind {
            NodeKind::Text(t) => {
                if id.0 >= self.from {
                    let span = self.dom.node(id).span.clone();
                    self.text(t, span);
                }
                return;
            }
            NodeKind::Element(tag, _) => *tag,
        };
        if (tag.is_unseen() && tag != Tag::Head)
            || self.dom.is_hidden(id)
            || self.sheet.rows.len() > ROWS
        {
            return;
        }
        match tag {
            Tag::Br => return self.break_line(),
            Tag::Img if id.0 >= self.from => {
                let get = |name| self.dom.attr(id, name).unwrap_or_default().trim().to_owned();
                self.sheet.images.push((self.sheet.text.len() as u32, get("src"), get("alt")));
                return;
            }
            Tag::Hr => return self.break_line(),
            _ => {}
        }
        let outer_table = self.table;
        if matches!(tag, Tag::Table | Tag::Ul | Tag::Ol | Tag::Dl) {
            self.table = id.0;
        }
        let is_heading = matches!(tag, Tag::H1 | Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6);
        self.heading += u32::from(is_heading);
        let keeps_lines = tag == Tag::Pre || keeps_lines(self.dom.attr(id, "style"));
        self.kept_lines += u32::from(keeps_lines);
        self.depth += 1;
        if self.shapes[id.0 as usize].is_row && self.cell.is_none() {
            self.row(id, tag);
        } else {
            let inner = self.cell.is_some() && self.flat && self.is_nested_row(id);
            if inner && !self.sheet.text.ends_with(['\n', '\t', ' ']) {
                self.sheet.text.push(' ');
            }
            let apart = stands_apart(self.dom, id, tag);
            let is_term = matches!(tag, Tag::Dt | Tag::Dd);
            let side = !inner
                && !is_term
                && self.cell.is_some()
                && self.shapes[id.0 as usize].beside
                && self.is_nested_row(id);
            if side {
                self.next_cell(tag);
            } else if !inner && (apart || tag.is_cell()) {
                self.break_line();
                if tag == Tag::Dd {
                    self.join_term();
                }
            }
            let before = self.sheet.text.len() as u32;
            self.inside(id);
            self.mark(id, tag, before);
            if side {
                self.next_cell(Tag::Other);
            } else if !inner && (apart || tag.is_cell()) {
                self.break_line();
            }
        }
        self.heading -= u32::from(is_heading);
        self.kept_lines -= u32::from(keeps_lines);
        self.depth -= 1;
        self.joint = self.joint.min(self.depth);
        self.table = outer_table;
    }

    /// What an element holds, as it is read from left to right: what floats to the right edge comes
    /// after the line that it is drawn beside.
    fn inside(&mut self, id: NodeId) {
        let (mut right, mut term) = (None, None);
        let is_paired = self.cell.is_none() && self.is_paired(id);
        for child in self.dom.children(id) {
            if is_paired && self.shapes[child.0 as usize].chars > 0 {
                match (self.dom.tag(child), term.take()) {
                    (Some(Tag::Dt), before) => {
                        if let Some(before) = before {
                            self.node(before);
                        }
                        term = Some(child);
                        continue;
                    }
                    (Some(Tag::Dd), Some(term)) => {
                        self.pair(term, child);
                        continue;
                    }
                    (_, Some(term)) => self.node(term),
                    (_, None) => {}
                }
            }
            let shape = &self.shapes[child.0 as usize];
            if shape.chars > 0 && shape.beside && self.dom.layout(child).goes_right {
                if right.is_none() && self.has_begun() {
                    self.aside(child);
                    continue;
                }
                if let Some(before) = right.replace(child) {
                    self.float(before);
                }
                continue;
            }
            let is_filled = shape.chars > 0;
            self.node(child);
            if let Some(float) = right.take_if(|_| is_filled) {
                self.float(float);
            }
        }
        if let Some(float) = right {
            self.float(float);
        }
        if let Some(term) = term {
            self.node(term);
        }
    }

    /// Whether this cell belongs to a row of data inside the row being read.
    fn is_nested_row(&self, id: NodeId) -> bool {
        self.dom.parent(id).is_some_and(|p| self.shapes[p.0 as usize].is_row)
    }

    fn row(&mut self, id: NodeId, tag: Tag) {
        self.end_line();
        self.first = self.sheet.cells.len();
        self.ended = self.sheet.text.len();
        if tag != Tag::Tr
            && !self.dom.ancestors(id).take(6).any(|a| matches!(self.dom.tag(a), Some(Tag::Table)))
        {
            self.table = self.dom.parent(id).map_or(self.table, |p| p.0);
        }
        let mut column = 0;
        self.flat = self.shapes[id.0 as usize].has_table;
        for child in self.dom.children(id) {
            let is_cell = self.dom.tag(child).is_some_and(Tag::is_cell);
            let beside = self.shapes[child.0 as usize].beside;
            if !is_cell && self.shapes[child.0 as usize].chars == 0 {
                // A picture, white space, or a block that ends floats: it ends no line here.
                let ended = std::mem::replace(&mut self.ended, self.sheet.text.len());
                self.node(child);
                self.ended = ended;
                continue;
            }
            if is_cell || beside || self.cell.is_none() {
                self.end_cell();
                let width = self
                    .dom
                    .attr(child, "colspan")
                    .and_then(|w| w.trim().parse().ok())
                    .unwrap_or(1u16)
                    .clamp(1, 50);
                self.begin_cell(column, width, self.dom.tag(child) == Some(Tag::Th));
                column += width;
            }
            let before = self.sheet.text.len() as u32;
            if is_cell || beside {
                for inner in self.dom.children(child) {
                    self.node(inner);
                }
                if let Some(t) = self.dom.tag(child) {
                    self.mark(child, t, before);
                }
                self.end_cell();
            } else {
                self.node(child);
            }
        }
        self.end_cell();
        self.end_row(self.first, true);
        self.first = self.sheet.cells.len();
        self.ended = self.sheet.text.len();
    }

    fn end_row(&mut self, first: usize, is_tabular: bool) {
        let (table, joint, is_heading) = (self.table, self.joint, self.heading > 0);
        if self.sheet.end_row(first, Drawn { table, joint, is_tabular, is_heading }) {
            self.joint = self.depth;
            if !self.sheet.text.ends_with('\n') {
                self.sheet.text.push('\n');
            }
        }
    }

    fn begin_cell(&mut self, column: u16, width: u16, is_head: bool) {
        let at = self.sheet.text.len() as u32;
        self.cell = Some(Cell { span: at..at, column, width, is_head });
    }

    fn end_cell(&mut self) {
        if let Some(mut cell) = self.cell.take() {
            let start = cell.span.start as usize;
            let kept = start + self.sheet.text[start..].trim_end_matches(is_blank).len();
            self.sheet.text.truncate(kept);
            cell.span.end = kept as u32;
            self.sheet.cells.push(cell);
            self.sheet.text.push('\t');
        }
    }

    fn next_cell(&mut self, tag: Tag) {
        let Some(cell) = &self.cell else { return };
        let (column, width, is_head) = (cell.column, cell.width, cell.is_head || tag == Tag::Th);
        if cell.span.start as usize == self.sheet.text.len() {
            return;
        }
        self.end_cell();
        // Cells that a nested row brings share the column of the cell around.
        self.begin_cell(column, width, is_head);
    }

    fn mark(&mut self, id: NodeId, tag: Tag, before: u32) {
        let end = self.sheet.text.len() as u32;
        if end <= before {
            return;
        }
        let span: Span = before..end;
        let drawn = self.dom.attr(id, "style").unwrap_or_default();
        let style = |word: &str| holds(drawn, word);
        if tag.is_struck() || self.dom.layout(id).is_struck {
            self.sheet.struck.push(span.clone());
        }
        if matches!(
            tag,
            Tag::B
                | Tag::Strong
                | Tag::H1
                | Tag::H2
                | Tag::H3
                | Tag::H4
                | Tag::H5
                | Tag::H6
                | Tag::Th
                | Tag::A
        ) || style("font-weight:bold")
            || style("font-weight: bold")
            || style("font-weight:600")
            || style("font-weight:700")
        {
            self.sheet.strong.push(span.clone());
        }
        if tag == Tag::A
            && let Some(href) = self.dom.attr(id, "href")
        {
            self.sheet.links.push((span, href.trim().to_owned()));
        }
    }

    fn text(&mut self, text: &str, source: Span) {
        if self.kept_lines == 0 {
            return self.words(text, source);
        }
        // Where the source holds entities, a line leads to its whole run.
        let is_plain = source.len() == text.len();
        let mut at = source.start;
        for line in text.split_inclusive('\n') {
            let end = at + line.len() as u32;
            self.words(line, if is_plain { at..end } else { source.clone() });
            if line.ends_with('\n') {
                self.break_line();
            }
            at = end;
        }
    }

    fn words(&mut self, text: &str, source: Span) {
        let from = self.sheet.text.len();
        let out = &mut self.sheet.text;
        // `<span>Shipping</span><span>Express</span>`: styles part what the tags glue.
        let mut space = out.len() > self.ended
            && out.ends_with(char::is_lowercase)
            && text.starts_with(char::is_uppercase);
        let folds = |c: char| {
            matches!(
                c,
                ' ' | '\t'
                    | '\n'
                    | '\r'
                    | '\u{c}'
                    | '\u{200b}'
                    | '\u{feff}'
                    | '\u{ad}'
                    | '\u{34f}'
                    | '\u{200c}'
            )
        };
        for c in text.chars() {
            if folds(c) {
                space |= !matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{34f}' | '\u{200c}');
                continue;
            }
            if space && !out.is_empty() && !out.ends_with(['\n', '\t', ' ']) {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
        if space && !out.is_empty() && !out.ends_with(['\n', '\t', ' ']) {
            out.push(' ');
        }
        self.sheet.push_source(from, source);
    }

    /// In a cell, what defines a term stands on its line: `<dt>Size</dt><dd>M</dd>` is `Size: M`.
    fn join_term(&mut self) {
        let Some(cell) = &self.cell else { return };
        let start = cell.span.start as usize;
        let kept = self.sheet.text.trim_end_matches(is_blank).len();
        if kept > start {
            let is_parted = self.sheet.text[..kept].ends_with(':');
            self.sheet.text.truncate(kept);
            self.sheet.text.push_str(if is_parted { " " } else { ": " });
        }
    }

    fn break_line(&mut self) {
        if let Some(cell) = &self.cell {
            let start = cell.span.start as usize;
            if self.sheet.text[start..].trim_matches(is_blank).is_empty() {
                self.sheet.text.truncate(start);
            } else if !self.sheet.text.ends_with('\n') {
                self.sheet.text.push('\n');
            }
        } else {
            self.end_line();
        }
    }

    /// Ends a line of plain text as a row of one cell.
    fn end_line(&mut self) {
        if self.cell.is_some() {
            return;
        }
        let start = self.ended.min(self.sheet.text.len());
        let line = &self.sheet.text[start..];
        let lead = line.len() - line.trim_start_matches(is_blank).len();
        let kept = line.trim_end_matches(is_blank).len();
        if kept == 0 {
            self.sheet.text.truncate(start);
            return;
        }
        self.sheet.text.truncate(start + kept);
        let first = self.sheet.cells.len();
        let span = (start + lead.min(kept)) as u32..(start + kept) as u32;
        self.sheet.cells.push(Cell { span, column: 0, width: 1, is_head: false });
        self.end_row(first, false);
        self.ended = self.sheet.text.len();
    }
}

/// Whether a style holds a word, whatever its case. `word` is lower case and begins with a letter.
fn holds(style: &str, word: &str) -> bool {
    let (style, word) = (style.as_bytes(), word.as_bytes());
    let Some(&first) = word.first() else { return true };
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), style)
        .any(|i| style.get(i..i + word.len()).is_some_and(|w| w.eq_ignore_ascii_case(word)))
}
