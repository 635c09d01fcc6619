//! The visible text of HTML, in one walk, with each word's place in the source.

use super::{Image, Link, Page, Piece};
use crate::html::entity::{Segment, segments};
use crate::html::{Dom, NodeId, NodeKind, Tag};

/// Reads from node `first` on.
pub(super) fn read(dom: &Dom<'_>, first: u32) -> Page {
    let mut page = Page { is_html: true, ..Page::default() };
    page.text.reserve(dom.source.len() / 4);
    page.pieces.reserve(dom.len() / 2);
    let mut writer = Writer { page, dom, first, fills: false, pre: 0 };
    writer.walk(dom.root(), Ink::default());
    writer.finish()
}

/// What letters inherit: whether they can be seen at all.
#[derive(Clone, Copy, Default)]
struct Ink {
    is_tiny: bool,
    is_clear: bool,
}

struct Writer<'d, 'a> {
    page: Page,
    dom: &'d Dom<'a>,
    /// Nodes before this one are not read.
    first: u32,
    /// Since the last letter there was a character without width: what pads a preheader.
    fills: bool,
    /// Open `<pre>` elements.
    pre: u32,
}

impl Writer<'_, '_> {
    // Depth is bounded by `limits::HTML_DEPTH`.
    fn walk(&mut self, id: NodeId, ink: Ink) {
        let dom = self.dom;
        let node = dom.node(id);
        let tag = match &node.kind {
            NodeKind::Text(_) => {
                if id.0 >= self.first && !ink.is_tiny && !ink.is_clear {
                    let span = node.span.start as usize..node.span.end as usize;
                    self.text(&dom.source[span], node.span.start);
                }
                return;
            }
            NodeKind::Element(tag, _) => *tag,
        };
        if tag.is_unseen() && tag != Tag::Head {
            return;
        }
        match tag {
            Tag::Br => return self.break_line(),
            Tag::Img => {
                if id.0 >= self.first && !dom.is_hidden(id) {
                    self.image(id);
                }
                return;
            }
            _ => {}
        }
        let Some(ink) = self.inked(id, tag, ink) else { return };
        self.part(tag);
        self.pre += u32::from(tag == Tag::Pre);
        let before = self.page.text.len() as u32;
        for child in dom.children(id) {
            self.walk(child, ink);
        }
        self.pre -= u32::from(tag == Tag::Pre);
        if tag == Tag::A
            && id.0 >= self.first
            && let Some(href) = dom.attr(id, "href")
        {
            let end = self.page.text.len() as u32;
            let href = href.trim().to_owned();
            self.page.links.push(Link { text: before.min(end)..end, href });
        }
        self.part(tag);
    }

    /// What children of this element inherit; `None` when it is hidden.
    fn inked(&self, id: NodeId, tag: Tag, mut ink: Ink) -> Option<Ink> {
        if tag == Tag::Table {
            // In quirks mode, which most mail is shown in, a table starts anew.
            ink.is_tiny = false;
        }
        if self.dom.attrs(id).is_empty() {
            return Some(ink);
        }
        let look = self.dom.look(id);
        if look.is_hidden {
            return None;
        }
        ink.is_tiny = look.is_tiny.unwrap_or(ink.is_tiny);
        ink.is_clear = look.is_clear.unwrap_or(ink.is_clear);
        Some(ink)
    }

    fn part(&mut self, tag: Tag) {
        if tag.is_block() {
            self.break_line();
        } else if tag.is_cell() {
            self.part_cells();
        }
    }

    /// Adds a text node's source, which begins at `base`.
    fn text(&mut self, source: &str, base: u32) {
        let mut buffer = [0; 4];
        for segment in segments(source, false) {
            match segment {
                Segment::Plain(plain, from) => self.plain(plain, base + from as u32),
                Segment::Reference(c, from, to) => {
                    self.piece(c.encode_utf8(&mut buffer), base + from as u32, base + to as u32);
                }
            }
        }
    }

    /// Adds text without references, white space folded as a browser folds it. No-break spaces
    /// are kept: amounts need them.
    fn plain(&mut self, text: &str, base: u32) {
        let bytes = text.as_bytes();
        let (mut from, mut at) = (0, 0);
        while at < bytes.len() {
            if !ODD[bytes[at] as usize] {
                at += 1;
                continue;
            }
            // A single space between letters is kept as it stands.
            let is_plain_space = bytes[at] == b' '
                && at > from
                && bytes.get(at + 1).is_some_and(|c| !ODD[*c as usize]);
            if is_plain_space {
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let next = at + c.len_utf8();
            if !is_space(c) && !is_unseen(c) && c != '\u{a0}' {
                at = next;
                continue;
            }
            self.piece(&text[from..at], base + from as u32, base + at as u32);
            let mut end = next;
            if is_space(c) && self.pre == 0 {
                end += bytes[next..].iter().take_while(|b| is_space(**b as char)).count();
            }
            self.piece(&text[at..next], base + at as u32, base + end as u32);
            (from, at) = (end, end);
        }
        self.piece(&text[from..], base + from as u32, base + bytes.len() as u32);
    }

    /// Adds one piece: letters, or one character that folds or is not seen.
    fn piece(&mut self, text: &str, from: u32, to: u32) {
        let Some(c) = text.chars().next() else { return };
        let page = &mut self.page;
        let at_gap = page.text.is_empty() || page.text.ends_with(['\n', '\t', ' ', '\u{a0}']);
        let start = page.text.len() as u32;
        if is_space(c) {
            if self.pre > 0 && c == '\n' {
                page.text.push('\n');
                return;
            }
            if page.text.is_empty() || page.text.ends_with(['\n', '\t', ' ']) && self.pre == 0 {
                return;
            }
            page.text.push(' ');
        } else if is_unseen(c) {
            self.fills |= at_gap;
            return;
        } else if c == '\u{a0}' && self.fills && at_gap {
            return;
        } else {
            self.fills &= c == '\u{a0}';
            page.text.push_str(text);
        }
        let end = page.text.len() as u32;
        match page.pieces.last_mut() {
            Some(last)
                if last.text.end == start
                    && last.source.end == from
                    && last.text.len() == last.source.len()
                    && end - start == to - from =>
            {
                last.text.end = end;
                last.source.end = to;
            }
            _ => page.pieces.push(Piece { text: start..end, source: from..to }),
        }
    }

    /// Takes white space back from the end.
    fn trim(&mut self, ends: &[char]) {
        let kept = self.page.text.trim_end_matches(ends).len();
        self.page.text.truncate(kept);
        let kept = kept as u32;
        while self.page.pieces.last().is_some_and(|p| p.text.start >= kept) {
            self.page.pieces.pop();
        }
        if let Some(last) = self.page.pieces.last_mut()
            && last.text.end > kept
        {
            // Only a piece that is exact ends in several characters.
            last.source.end -= last.text.end - kept;
            last.text.end = kept;
        }
    }

    fn break_line(&mut self) {
        self.trim(&[' ', '\t']);
        self.fills = false;
        if !self.page.text.is_empty() && !self.page.text.ends_with('\n') {
            self.page.text.push('\n');
        }
    }

    fn part_cells(&mut self) {
        self.trim(&[' ']);
        if !self.page.text.is_empty() && !self.page.text.ends_with(['\n', '\t']) {
            self.page.text.push('\t');
        }
    }

    fn image(&mut self, id: NodeId) {
        let attr = |name| self.dom.attr(id, name).unwrap_or_default().trim().to_owned();
        let (src, alt) = (attr("src"), attr("alt"));
        self.page.images.push(Image { at: self.page.text.len() as u32, src, alt });
    }

    fn finish(mut self) -> Page {
        self.break_line();
        let len = self.page.text.len() as u32;
        for l in &mut self.page.links {
            l.text.end = l.text.end.min(len);
            l.text.start = l.text.start.min(l.text.end);
        }
        self.page
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Characters without width or ink: soft hyphens, joiners, direction marks.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\0' | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'
            | '\u{200c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// First bytes of what is not simply copied: white space and, in UTF-8, of no-break spaces and
/// characters that are not seen.
const ODD: [bool; 256] = {
    let mut odd = [false; 256];
    let bytes = [0, b' ', b'\t', b'\n', b'\r', 12, 0xc2, 0xcd, 0xd8, 0xe1, 0xe2, 0xef];
    let mut i = 0;
    while i < bytes.len() {
        odd[bytes[i] as usize] = true;
        i += 1;
    }
    odd
};
