//! What is known of each element before it is laid out: its words, its sums, what stands beside it.

use super::sheet::is_blank;
use mesinfos_reading::html::{Dom, NodeId, NodeKind, Tag};

/// What is known of each element before the walk, gathered bottom-up in one pass.
#[derive(Clone, Copy, Default)]
pub(super) struct Shape {
    /// Visible characters inside, white space left out (saturating).
    pub chars: u32,
    /// Letters among them (saturating).
    pub letters: u16,
    /// Breaks of line inside.
    pub lines: u16,
    /// Signs of money inside.
    pub sums: u16,
    /// Rows of at least two filled cells inside.
    pub rows: u16,
    /// Filled children, and those of them that styles draw beside their neighbours.
    pub filled: u16,
    pub sides: u16,
    /// Filled children where words and marks that flow on one line count once.
    pub runs: u16,
    /// Whether the child counted last flows.
    pub flows: bool,
    /// The most that one of these holds.
    pub most_lines: u16,
    pub most_sums: u16,
    /// Children that hold words, a sum and several lines: products side by side, no cells.
    pub tiles: u16,
    /// Rows inside the child with the most, and whether money stands in that child.
    pub most_rows: u16,
    pub rows_with_sums: u16,
    /// Whether a `<br>` precedes the child counted last, and whether one parts two of them.
    pub broken: bool,
    pub parted: bool,
    /// Whether it is drawn beside its neighbours.
    pub beside: bool,
    /// Whether a cell holds a table of attributes.
    pub has_table: bool,
    /// Whether its children are.
    pub is_row: bool,
}

pub(super) fn shapes(dom: &Dom<'_>, from: u32) -> Vec<Shape> {
    let mut shapes = vec![Shape::default(); dom.len()];
    for i in (0..dom.len() as u32).rev() {
        let id = NodeId(i);
        let mut s = shapes[i as usize];
        let mut breaks = false;
        match &dom.node(id).kind {
            NodeKind::Text(t) => {
                if i >= from {
                    s.chars = t.chars().filter(|c| !is_blank(*c)).count() as u32;
                    let letters = t.chars().filter(|c| c.is_alphabetic()).take(9).count();
                    s.letters = letters as u16;
                    s.sums = signs_of_money(t);
                }
            }
            NodeKind::Element(tag, _) => {
                if tag.is_unseen() && *tag != Tag::Head || dom.is_hidden(id) {
                    shapes[i as usize] = Shape::default();
                    continue;
                }
                s.beside = tag.is_cell() || is_beside(dom, id, *tag);
                // A row of a table needs cells; anything else needs two neighbours that are drawn so.
                // One float among many blocks draws no row of them all.
                let row = s.filled >= 2
                    && (*tag == Tag::Tr
                        || s.runs >= 2 && s.sides > 0 && s.sides * 2 >= s.runs && !s.parted);
                // Attributes of a product may be a small table of their own beside its price.
                let attributes = s.most_rows == s.rows
                    && s.rows_with_sums == 0
                    && s.rows <= 6
                    && s.sums > 0
                    && s.chars < 400;
                let holds_data = row
                    && s.tiles < 2
                    && (s.rows <= 1 || attributes)
                    && s.most_lines <= 12
                    && s.most_sums <= 6;
                s.is_row = holds_data;
                if holds_data {
                    s.has_table = s.rows > 1;
                    s.rows = 1;
                }
                breaks = stands_apart(dom, id, *tag) || *tag == Tag::Br;
            }
        }
        shapes[i as usize] = s;
        if let Some(p) = dom.parent(id) {
            let parent_tag = dom.tag(p);
            let parent = &mut shapes[p.0 as usize];
            parent.chars = parent.chars.saturating_add(s.chars);
            parent.letters = parent.letters.saturating_add(s.letters);
            parent.sums = parent.sums.saturating_add(s.sums);
            parent.lines = parent
                .lines
                .saturating_add(s.lines)
                .saturating_add(u16::from(breaks && s.chars > 0 || ends_line(dom, id)));
            parent.rows = parent.rows.saturating_add(s.rows);
            let side = if parent_tag == Some(Tag::Tr) {
                dom.tag(id).is_some_and(Tag::is_cell)
            } else {
                s.beside
            };
            parent.broken |= dom.tag(id) == Some(Tag::Br) && parent.filled > 0;
            if s.chars > 0 && (side || parent_tag != Some(Tag::Tr)) {
                parent.parted |= std::mem::take(&mut parent.broken);
                parent.filled = parent.filled.saturating_add(1);
                let flows = !side && !breaks;
                parent.runs = parent.runs.saturating_add(u16::from(!(flows && parent.flows)));
                parent.flows = flows;
                parent.most_lines = parent.most_lines.max(s.lines);
                parent.most_sums = parent.most_sums.max(s.sums);
                parent.most_rows = parent.most_rows.max(s.rows);
                let is_tile = s.sums > 0 && s.lines >= 2 && s.chars >= 12 && s.letters >= 3;
                parent.tiles += u16::from(is_tile && parent.tiles < 9);
                if s.sums > 0 {
                    parent.rows_with_sums = parent.rows_with_sums.saturating_add(s.rows);
                }
                let drawn = side && parent_tag != Some(Tag::Tr);
                parent.sides +=
                    u16::from(drawn && !dom.tag(id).is_some_and(Tag::is_cell) && parent.sides < 99);
            }
        }
    }
    shapes
}

fn signs_of_money(text: &str) -> u16 {
    let b = text.as_bytes();
    let mut n = 0u16;
    for i in 0..b.len() {
        if matches!(b[i], b'.' | b',')
            && i > 0
            && b[i - 1].is_ascii_digit()
            && b.get(i + 1).is_some_and(u8::is_ascii_digit)
            && b.get(i + 2).is_some_and(u8::is_ascii_digit)
            && !b.get(i + 3).is_some_and(u8::is_ascii_digit)
            && !goes_on(&b[..i], b[i])
        {
            n = n.saturating_add(1);
        }
    }
    n
}

/// Whether digits in groups parted by the same sign precede: `82.376.87` is no money.
fn goes_on(before: &[u8], sign: u8) -> bool {
    let digits = before.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let rest = &before[..before.len() - digits];
    rest.last() == Some(&sign) && rest.iter().nth_back(1).is_some_and(u8::is_ascii_digit)
}

/// Whether a `<br>` ends a line: of several that follow each other, the last.
fn ends_line(dom: &Dom<'_>, id: NodeId) -> bool {
    let is_blank_text = |n: &NodeId| dom.text(*n).is_some_and(|t| t.trim().is_empty());
    let mut next = dom.next_sibling(id);
    if next.as_ref().is_some_and(is_blank_text) {
        next = next.and_then(|n| dom.next_sibling(n));
    }
    let is_br = |n: NodeId| dom.tag(n) == Some(Tag::Br);
    is_br(id) && !next.is_some_and(is_br)
}

/// Whether an element stands on lines of its own, by its tag or by its style.
pub(super) fn stands_apart(dom: &Dom<'_>, id: NodeId, tag: Tag) -> bool {
    tag.is_block() || !tag.is_cell() && tag != Tag::Img && dom.layout(id).is_block
}

/// Whether styles draw an element beside its neighbours.
fn is_beside(dom: &Dom<'_>, id: NodeId, tag: Tag) -> bool {
    if matches!(tag, Tag::Table | Tag::Tr | Tag::Tbody | Tag::Body | Tag::Html | Tag::A | Tag::Img)
    {
        return false;
    }
    let lays_row = || dom.parent(id).is_some_and(|p| dom.layout(p).lays_row);
    dom.layout(id).beside.unwrap_or_else(lays_row)
}
