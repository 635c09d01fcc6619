//! A mail as a sheet of rows and cells, whatever tags or spaces drew it.

use mesinfos_domain::{Place, Source};
use std::ops::Range;

/// Bytes of a sheet's text.
pub type Span = Range<u32>;

/// The visible text of a mail cut in rows and cells.
#[derive(Debug, Default)]
pub struct Sheet {
    /// All text; lines inside a cell are parted by `\n`, cells by `\t`, rows by `\n`.
    pub text: String,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
    /// All cells; a row holds a run of them.
    pub cells: Vec<Cell>,
    /// Struck-through text: old prices.
    pub struck: Vec<Span>,
    /// Bold text, headings and links.
    pub strong: Vec<Span>,
    /// Links with their targets.
    pub links: Vec<(Span, String)>,
    /// Pictures: where they stand, their address and alternative text.
    pub images: Vec<(u32, String, String)>,
    /// Whether offsets lead to HTML or plain text.
    pub is_html: bool,
    /// Runs of text with the run of source each came from.
    pub(super) pieces: Vec<(Span, Span)>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its cells.
    pub cells: Range<u32>,
    /// Its text.
    pub span: Span,
    /// The table, list or paragraph that it stands in.
    pub table: u32,
    /// How deep the container is that holds this row and the one before: rows whose joints are at
    /// least as deep stand together in one box.
    pub joint: u16,
    /// Whether it was drawn as a row of cells rather than as a line of text.
    pub is_tabular: bool,
    /// A heading.
    pub is_heading: bool,
}

/// How a row is drawn: see the fields of [`Row`].
pub(super) struct Drawn {
    pub table: u32,
    pub joint: u16,
    pub is_tabular: bool,
    pub is_heading: bool,
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its text.
    pub span: Span,
    /// Its column, cells that span several counted.
    pub column: u16,
    /// How many columns it spans.
    pub width: u16,
    /// A cell of a table's head.
    pub is_head: bool,
}

impl Sheet {
    /// The cells of a row.
    pub fn cells_of(&self, row: usize) -> &[Cell] {
        let r = &self.rows[row].cells;
        &self.cells[r.start as usize..r.end as usize]
    }

    /// The text at a span.
    pub fn at(&self, span: &Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// The lines of a span, trimmed, empty ones left out.
    pub fn lines_of(&self, span: &Span) -> impl Iterator<Item = Span> + '_ {
        let text = self.at(span);
        let base = span.start;
        let mut at = 0u32;
        text.split('\n').filter_map(move |l| {
            let start = at;
            at += l.len() as u32 + 1;
            trimmed(l).map(|r| base + start + r.start..base + start + r.end)
        })
    }

    /// A span without its outer white space.
    pub fn trim(&self, span: &Span) -> Span {
        match trimmed(self.at(span)) {
            Some(r) => span.start + r.start..span.start + r.end,
            None => span.start..span.start,
        }
    }

    /// A part of a span, by bytes within it.
    pub fn part(span: &Span, inner: &Range<usize>) -> Span {
        span.start + inner.start as u32..span.start + inner.end as u32
    }

    /// Whether a span stands inside one of these.
    pub fn is_in(list: &[Span], span: &Span) -> bool {
        // Lists are in order of their starts and rarely nested.
        let i = list.partition_point(|s| s.start <= span.start);
        list[..i].iter().rev().take(4).any(|s| span.start >= s.start && span.end <= s.end)
    }

    /// Whether the source begins a new run of text here: `<a>Fire Steel</a> FIR-3533`.
    pub fn begins_run(&self, at: u32) -> bool {
        let i = self.pieces.partition_point(|(text, _)| text.start <= at);
        let run = i.checked_sub(1).and_then(|i| self.pieces.get(i));
        run.is_some_and(|(text, _)| {
            text.start > 0 && self.at(&(text.start..at)).trim_matches(is_blank).is_empty()
        })
    }

    /// The first row of each box around a row, from the tightest to the widest.
    pub fn boxes(&self, row: usize) -> impl Iterator<Item = usize> + Clone + '_ {
        let mut at = row;
        std::iter::from_fn(move || {
            let joint = self.rows.get(at)?.joint;
            if at == 0 {
                return None;
            }
            while at > 0 && self.rows[at].joint >= joint {
                at -= 1;
            }
            Some(at)
        })
    }

    /// The provenance of a span.
    pub fn source(&self, span: &Span) -> Source {
        let find = |offset: u32, end: bool| {
            let i = self
                .pieces
                .partition_point(|(t, _)| if end { t.start < offset } else { t.start <= offset });
            let Some((t, s)) = i.checked_sub(1).and_then(|i| self.pieces.get(i)) else { return 0 };
            if t.len() == s.len() {
                s.start + (offset - t.start).min(t.len() as u32)
            } else if end {
                s.end
            } else {
                s.start
            }
        };
        let start = find(span.start, false);
        Source {
            place: if self.is_html { Place::Html } else { Place::Text },
            start,
            end: find(span.end, true).max(start),
            words: self
                .at(span)
                .chars()
                .take(200)
                .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
                .collect(),
        }
    }

    // --- building ---

    pub(super) fn push_source(&mut self, from: usize, source: Span) {
        if self.text.len() > from {
            self.pieces.push((from as u32..self.text.len() as u32, source));
        }
    }

    /// Ends a row whose cells began at `first`; rows without text leave no trace.
    /// Says whether there was any.
    pub(super) fn end_row(&mut self, first: usize, drawn: Drawn) -> bool {
        // `N° de commande | : | 722242`: a colon in a column of its own parts nothing.
        let mut at = 0;
        let text = &self.text;
        self.cells.retain(|c| {
            at += 1;
            at <= first || text.get(c.span.start as usize..c.span.end as usize) != Some(":")
        });
        let has_text = self.cells[first..].iter().any(|c| c.span.start < c.span.end);
        if !has_text {
            self.cells.truncate(first);
            return false;
        }
        let start = self.cells[first].span.start;
        let end = self.cells.last().map_or(start, |c| c.span.end);
        let Drawn { table, joint, is_tabular, is_heading } = drawn;
        let cells = first as u32..self.cells.len() as u32;
        self.rows.push(Row { cells, span: start..end, table, joint, is_tabular, is_heading });
        true
    }
}

/// Where the text is without white space around; `None` when there is nothing.
pub fn trimmed(text: &str) -> Option<Span> {
    let t = text.trim_matches(is_blank);
    if t.is_empty() {
        return None;
    }
    let start = text.len() - text.trim_start_matches(is_blank).len();
    Some(start as u32..(start + t.len()) as u32)
}

/// White space and characters that only push things about.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{34f}' | '\u{ad}' | '\u{2060}'
        )
}
