//! What a body shows: its visible text line by line, with its links and pictures in place.

use crate::html::{Dom, NodeId, NodeKind, Tag};
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
    /// Nodes before this one are not read.
    first: u32,
}

/// A run of text that came from one place in the source.
#[derive(Clone, Debug)]
struct Piece {
    text: Range<u32>,
    source: Range<u32>,
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
        let mut page = Page { is_html: true, first, ..Page::default() };
        page.text.reserve(dom.source.len() / 4);
        page.walk(dom, dom.root());
        page.finish();
        page
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

    /// Where a range of the text stands in the source, for provenance.
    pub fn source_of(&self, range: Range<u32>) -> Range<u32> {
        let at = |offset: u32, end: bool| {
            let i = self.pieces.partition_point(|p| {
                if end { p.text.start < offset } else { p.text.start <= offset }
            });
            let Some(p) = i.checked_sub(1).and_then(|i| self.pieces.get(i)) else { return 0 };
            let same_length = p.text.len() == p.source.len();
            if same_length {
                p.source.start + (offset - p.text.start).min(p.text.len() as u32)
            } else if end {
                // Entities or folded space: the piece as a whole is the honest answer.
                p.source.end
            } else {
                p.source.start
            }
        };
        let start = at(range.start, false);
        start..at(range.end, true).max(start)
    }

    /// The lines of the text with the offset of each.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &str)> {
        let base = self.text.as_ptr() as usize;
        self.text.lines().map(move |l| ((l.as_ptr() as usize - base) as u32, l))
    }

    fn walk(&mut self, dom: &Dom<'_>, id: NodeId) {
        // Depth is bounded by `limits::HTML_DEPTH`.
        match &dom.node(id).kind {
            NodeKind::Text(_) if id.0 < self.first => {}
            NodeKind::Text(t) => self.words(t, &dom.node(id).span),
            NodeKind::Element(tag, _) => {
                let tag = *tag;
                if (tag.is_unseen() && tag != Tag::Head) || dom.is_hidden(id) {
                    return;
                }
                match tag {
                    Tag::Br => return self.break_line(),
                    Tag::Img if id.0 >= self.first => return self.image(dom, id),
                    Tag::Img => return,
                    _ => {}
                }
                if tag.is_block() {
                    self.break_line();
                } else if tag.is_cell() {
                    self.part_cells();
                }
                let before = self.text.len() as u32;
                for child in dom.children(id) {
                    self.walk(dom, child);
                }
                if tag == Tag::A
                    && id.0 >= self.first
                    && let Some(href) = dom.attr(id, "href")
                {
                    let start = before.min(self.text.len() as u32);
                    self.links.push(Link {
                        text: start..self.text.len() as u32,
                        href: href.trim().to_owned(),
                    });
                }
                if tag.is_block() {
                    self.break_line();
                } else if tag.is_cell() {
                    self.part_cells();
                }
            }
        }
    }

    /// Adds text with its white space folded. No-break spaces are kept: amounts need them.
    fn words(&mut self, text: &str, source: &Range<u32>) {
        let start = self.text.len();
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
        let mut space = false;
        for piece in text.split(folds) {
            if piece.is_empty() {
                space = true;
                continue;
            }
            if space && !self.text.is_empty() && !self.text.ends_with(['\n', '\t', ' ']) {
                self.text.push(' ');
            }
            self.text.push_str(piece);
            space = true;
        }
        // `split` gives an empty last piece when the text ends in white space.
        if text.ends_with(folds) && !self.text.is_empty() && !self.text.ends_with(['\n', '\t', ' '])
        {
            self.text.push(' ');
        }
        if self.text.len() > start {
            self.pieces
                .push(Piece { text: start as u32..self.text.len() as u32, source: source.clone() });
        }
    }

    fn trim_line(&mut self) {
        let kept = self.text.trim_end_matches([' ', '\t']).len();
        self.text.truncate(kept);
    }

    fn break_line(&mut self) {
        self.trim_line();
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn part_cells(&mut self) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        if !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
            self.text.push('\t');
        }
    }

    fn image(&mut self, dom: &Dom<'_>, id: NodeId) {
        self.images.push(Image {
            at: self.text.len() as u32,
            src: dom.attr(id, "src").unwrap_or_default().trim().to_owned(),
            alt: dom.attr(id, "alt").unwrap_or_default().trim().to_owned(),
        });
    }

    fn finish(&mut self) {
        self.break_line();
        let len = self.text.len() as u32;
        for p in &mut self.pieces {
            p.text.end = p.text.end.min(len);
            p.text.start = p.text.start.min(len);
        }
        for l in &mut self.links {
            l.text.end = l.text.end.min(len);
            l.text.start = l.text.start.min(len);
        }
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
mod tests {
    use super::*;

    fn page(html: &str) -> Page {
        Page::from_html(&Dom::parse(html))
    }

    #[test]
    fn blocks_become_lines_and_cells_are_parted() {
        let p = page(
            "<h1>Merci</h1><table><tr><td>Lampe  de\n bureau</td><td>12,90&nbsp;€</td></tr><tr><td>Total</td><td>12,90&nbsp;€</td></tr></table>Fin",
        );
        assert_eq!(p.text, "Merci\nLampe de bureau\t12,90\u{a0}€\nTotal\t12,90\u{a0}€\nFin\n");
    }

    #[test]
    fn what_is_hidden_is_not_read() {
        let p =
            page("<style>p{}</style><div style='display:none;max-height:0'>aperçu</div><p>vu</p>");
        assert_eq!(p.text, "vu\n");
    }

    #[test]
    fn a_word_is_found_again_in_the_source() {
        let html = "<p>Commande <b>AB-12</b> du jour</p>";
        let p = page(html);
        let at = p.text.find("AB-12").expect("it is visible") as u32;
        let s = p.source_of(at..at + 5);
        assert_eq!(&html[s.start as usize..s.end as usize], "AB-12");
    }

    #[test]
    fn addresses_in_plain_text_are_links() {
        let p = Page::from_text("Suivez-le : https://suivi.example/x?y=1.\nMerci\n");
        assert_eq!(p.links[0].href, "https://suivi.example/x?y=1");
    }

    #[test]
    fn a_page_can_begin_at_a_node_or_a_byte() {
        let html = "<p>note</p><p>dedans <a href='https://x.example'>ici</a></p>";
        let dom = Dom::parse(html);
        let inner = dom.ids().find(|&id| dom.text(id) == Some("dedans ")).expect("it is there");
        let p = Page::from_html_after(&dom, inner.0);
        assert_eq!(p.text, "dedans ici\n");
        let text = "note\n> Total : 12 €\n";
        let p = Page::from_text_after(text, 5, 1);
        assert_eq!(p.text, "Total : 12 €\n");
        let s = p.source_of(0..5);
        assert_eq!(&text[s.start as usize..s.end as usize], "Total");
    }
}
