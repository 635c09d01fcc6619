//! What a body shows: its visible text line by line, with its links and pictures in place.

mod from_html;

use crate::html::Dom;
use std::ops::Range;

/// The visible text of one body. Blocks end in `\n`, cells of a table are parted by `\t`,
/// white space is folded as a browser folds it.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The text.
    pub text: String,
    /// Links, in reading order.
    pub links: Vec<Link>,
    /// Pictures, in reading order.
    pub images: Vec<Image>,
    /// Whether the source was HTML: then offsets in the source count in markup.
    pub is_html: bool,
    pieces: Vec<Piece>,
}

/// A run of text that came from one place in the source.
#[derive(Clone, Debug)]
struct Piece {
    text: Range<u32>,
    source: Range<u32>,
}

impl Piece {
    /// Where a place in the text is in the source; `is_end`: as the end of a range.
    fn source_at(&self, offset: u32, is_end: bool) -> u32 {
        let inside = offset - self.text.start;
        if self.text.len() == self.source.len() {
            self.source.start + inside
        } else if is_end && inside > 0 {
            self.source.end
        } else {
            self.source.start
        }
    }
}

/// A link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// Where its words stand in the text.
    pub text: Range<u32>,
    /// Its target as written.
    pub href: String,
}

/// A picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Image {
    /// Where in the text it stands.
    pub at: u32,
    /// Its address as written (`cid:`, `https:`, `data:`).
    pub src: String,
    /// Its alternative text.
    pub alt: String,
}

impl Page {
    /// The visible text of HTML, in one walk.
    pub fn from_html(dom: &Dom<'_>) -> Page {
        Page::from_html_after(dom, 0)
    }

    /// The visible text from this node id on, in document order: what stands before it is a
    /// forwarder's note.
    pub fn from_html_after(dom: &Dom<'_>, first: u32) -> Page {
        from_html::read(dom, first)
    }

    /// The text of a plain body; addresses in it become links.
    pub fn from_text(text: &str) -> Page {
        Page::from_text_after(text, 0, 0)
    }

    /// The same from byte `first` on, without `depth` marks of quoting (`>`) before each line.
    /// Offsets in the source still count from the beginning of `text`.
    pub fn from_text_after(text: &str, first: usize, depth: usize) -> Page {
        let mut page = Page::default();
        let mut at = first.min(text.len()) as u32;
        for line in text.get(first..).unwrap_or_default().split_inclusive('\n') {
            let quoted = line.len();
            let line = unquoted(line, depth);
            at += (quoted - line.len()) as u32;
            let content = line.trim_end();
            let start = page.text.len() as u32;
            page.text.push_str(content);
            page.pieces.push(Piece {
                text: start..page.text.len() as u32,
                source: at..at + content.len() as u32,
            });
            page.text.push('\n');
            at += line.len() as u32;
        }
        page.find_addresses();
        page
    }

    /// Where a range of the text stands in the source, for provenance: exactly its words. Where
    /// the source has a reference (`&nbsp;`) or a run of white space for one character, that is
    /// taken whole.
    pub fn source_of(&self, range: Range<u32>) -> Range<u32> {
        // The piece that holds the first character, or the next one.
        let first = self.pieces.partition_point(|p| p.text.end <= range.start);
        // The piece that holds the last character, or the one before.
        let last = self.pieces.partition_point(|p| p.text.start < range.end);
        let Some(p) = self.pieces.get(first) else {
            let end = self.pieces.last().map_or(0, |p| p.source.end);
            return end..end;
        };
        let start = p.source_at(range.start.max(p.text.start), false);
        let end = last.checked_sub(1).and_then(|l| self.pieces.get(l));
        let end = end.map_or(start, |p| p.source_at(range.end.min(p.text.end), true));
        start..end.max(start)
    }

    /// The lines of the text with the offset of each.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        let base = self.text.as_ptr() as usize;
        self.text.lines().map(move |l| ((l.as_ptr() as usize - base) as u32, l))
    }

    fn find_addresses(&mut self) {
        let mut from = 0;
        while let Some(i) = self.text[from..].find("http") {
            let start = from + i;
            let rest = &self.text[start..];
            let len = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']'))
                .unwrap_or(rest.len());
            let href = rest[..len].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
            if href.starts_with("http://") || href.starts_with("https://") {
                self.links.push(Link {
                    text: start as u32..(start + href.len()) as u32,
                    href: href.to_owned(),
                });
            }
            from = start + len.max(4);
        }
    }
}

/// A line without up to `depth` marks of quoting and the space after each.
fn unquoted(line: &str, depth: usize) -> &str {
    let mut rest = line;
    for _ in 0..depth {
        let Some(inner) = rest.strip_prefix('>') else { break };
        rest = inner.strip_prefix(' ').unwrap_or(inner);
    }
    rest
}

#[cfg(test)]
mod tests;
