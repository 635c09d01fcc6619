//! HTML source to tree, in one pass over the bytes.

use super::entity::decode;
use super::sheets::Sheets;
use super::{Dom, NONE, Node, NodeKind, Tag};
use crate::limits;
use memchr::{memchr, memmem};
use std::borrow::Cow;
use std::ops::Range;

pub(super) fn parse(html: &str) -> Dom<'_> {
    let mut end = html.len().min(limits::HTML_BYTES);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let mut builder = Builder {
        dom: Dom {
            source: html,
            nodes: Vec::with_capacity(end / 40 + 8),
            attrs: Vec::with_capacity(end / 40 + 8),
            sheets: Sheets::default(),
            looks: Vec::new(),
            truncated: end < html.len(),
        },
        open: Vec::with_capacity(64),
    };
    builder.element(Tag::Root, 0..0, 0..0);
    builder.run(end);
    while builder.open.len() > 1 {
        builder.close_top(end);
    }
    let mut dom = builder.dom;
    dom.nodes[0].span = 0..end as u32;
    dom.sheets = Sheets::read(&dom);
    dom.looks = dom.ids().map(|id| dom.read_look(id)).collect();
    dom
}

struct Builder<'a> {
    dom: Dom<'a>,
    /// Elements that are open, the root first.
    open: Vec<(u32, Tag)>,
}

impl<'a> Builder<'a> {
    fn run(&mut self, end: usize) {
        let src = self.dom.source;
        let bytes = &src.as_bytes()[..end];
        let mut at = 0;
        while at < end {
            let lt = memchr(b'<', &bytes[at..]).map_or(end, |i| at + i);
            if lt > at {
                self.text(at..lt);
            }
            if lt >= end || self.dom.nodes.len() >= limits::HTML_NODES {
                self.dom.truncated |= lt < end;
                break;
            }
            at = self.markup(bytes, lt);
        }
    }

    /// Reads what begins at a `<`; returns where it ends.
    fn markup(&mut self, bytes: &'a [u8], lt: usize) -> usize {
        let end = bytes.len();
        let rest = &bytes[lt..];
        if rest.starts_with(b"<!--") {
            // `<!-->` and `<!--->` are whole comments (HTML, 13.2.5.43).
            let from = (lt + 2).min(end);
            return memmem::find(&bytes[from..], b"-->").map_or(end, |i| from + i + 3);
        }
        match rest.get(1) {
            Some(b'!' | b'?') => memchr(b'>', &bytes[lt..]).map_or(end, |i| lt + i + 1),
            Some(b'/') if rest.get(2).is_some_and(u8::is_ascii_alphabetic) => {
                let close = memchr(b'>', &bytes[lt..]).map_or(end, |i| lt + i + 1);
                let name = &self.dom.source[lt + 2..lt + 2 + name_len(&bytes[lt + 2..])];
                self.end_tag(Tag::from_name(name), lt, close);
                close
            }
            Some(c) if c.is_ascii_alphabetic() => self.start_tag(bytes, lt),
            // `</3`, `< 5`: text that looks like markup.
            _ => {
                self.text(lt..lt + 1);
                lt + 1
            }
        }
    }

    fn start_tag(&mut self, bytes: &'a [u8], lt: usize) -> usize {
        let src = self.dom.source;
        let len = name_len(&bytes[lt + 1..]);
        let tag = Tag::from_name(&src[lt + 1..lt + 1 + len]);
        let first = self.dom.attrs.len() as u32;
        let (after, self_closing) = self.attributes(bytes, lt + 1 + len);
        let attrs = first..self.dom.attrs.len() as u32;
        self.imply_ends(tag, lt);
        if self.open.len() >= limits::HTML_DEPTH && !tag.is_void() {
            // Deeper than a person could nest: keep the text, forget the element.
            self.dom.truncated = true;
            return after;
        }
        let id = self.element(tag, lt as u32..after as u32, attrs);
        if tag.is_void() || (self_closing && tag == Tag::Other) {
            self.open.pop();
            return after;
        }
        if tag.is_raw() {
            let name = &src.as_bytes()[lt + 1..lt + 1 + len];
            let (stop, close) = raw_end(bytes, after, name);
            if stop > after {
                self.push(NodeKind::Text(Cow::Borrowed(&src[after..stop])), after..stop);
            }
            self.dom.nodes[id as usize].span.end = close as u32;
            self.open.pop();
            return close;
        }
        after
    }

    /// Reads attributes up to `>`; returns where the tag ends and whether it ended in `/>`.
    fn attributes(&mut self, bytes: &'a [u8], mut at: usize) -> (usize, bool) {
        let src = self.dom.source;
        let end = bytes.len();
        let mut slash = false;
        loop {
            while at < end && (bytes[at].is_ascii_whitespace() || bytes[at] == b'/') {
                slash = bytes[at] == b'/';
                at += 1;
            }
            if at >= end {
                return (end, slash);
            }
            if bytes[at] == b'>' {
                return (at + 1, slash);
            }
            slash = false;
            let name_at = at;
            // A name may begin with `=` (HTML, 13.2.5.32), so always take one byte.
            at += 1;
            while at < end
                && !matches!(bytes[at], b'=' | b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r' | 12)
            {
                at += 1;
            }
            let name = src.get(name_at..at).unwrap_or_default();
            let mut peek = at;
            while peek < end && bytes[peek].is_ascii_whitespace() {
                peek += 1;
            }
            let mut value = Cow::Borrowed("");
            if peek < end && bytes[peek] == b'=' {
                at = peek + 1;
                while at < end && bytes[at].is_ascii_whitespace() {
                    at += 1;
                }
                let raw = match bytes.get(at) {
                    Some(&q @ (b'"' | b'\'')) => {
                        let from = at + 1;
                        let to = memchr(q, &bytes[from..]).map_or(end, |i| from + i);
                        at = (to + 1).min(end);
                        from..to
                    }
                    _ => {
                        let from = at;
                        while at < end && !bytes[at].is_ascii_whitespace() && bytes[at] != b'>' {
                            at += 1;
                        }
                        from..at
                    }
                };
                value = decode(&src[raw], true);
            }
            // A hostile tag with a million attributes: read on, keep the first ones.
            if self.dom.attrs.len() < limits::HTML_NODES {
                self.dom.attrs.push((name, value));
            }
        }
    }

    fn end_tag(&mut self, tag: Tag, at: usize, after: usize) {
        if tag == Tag::P
            && !self
                .open
                .iter()
                .rev()
                .take_while(|(_, t)| !barrier(*t, tag))
                .any(|(_, t)| *t == Tag::P)
        {
            return;
        }
        if tag == Tag::Br {
            self.element(Tag::Br, at as u32..after as u32, 0..0);
            self.open.pop();
            return;
        }
        // Close up to the nearest open element of this tag, unless a table cell stands between.
        let mut depth = self.open.len();
        while depth > 1 {
            let (_, open) = self.open[depth - 1];
            if open == tag {
                while self.open.len() > depth {
                    self.close_top(at);
                }
                self.close_top(after);
                return;
            }
            if barrier(open, tag) {
                return;
            }
            depth -= 1;
        }
    }

    /// End tags that HTML lets authors leave out.
    fn imply_ends(&mut self, tag: Tag, at: usize) {
        let closes = |open: Tag| match tag {
            Tag::Li => open == Tag::Li,
            Tag::Dt | Tag::Dd => matches!(open, Tag::Dt | Tag::Dd),
            Tag::Option => open == Tag::Option,
            // A link in a link ends the one around it, as in browsers.
            Tag::A => open == Tag::A,
            Tag::Tr => matches!(open, Tag::Tr | Tag::Td | Tag::Th | Tag::Caption),
            Tag::Td | Tag::Th => matches!(open, Tag::Td | Tag::Th),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => matches!(
                open,
                Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption
            ),
            Tag::Body => open == Tag::Head,
            t if t.is_block() => open == Tag::P,
            _ => false,
        };
        // How far up to look: never out of the table (or list) that one stands in.
        let stop = |open: Tag| match tag {
            Tag::Li => matches!(open, Tag::Ul | Tag::Ol | Tag::Table | Tag::Td | Tag::Th),
            Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                open == Tag::Table
                    || (matches!(tag, Tag::Td | Tag::Th) && open == Tag::Tr)
                    || (tag == Tag::Tr && matches!(open, Tag::Tbody | Tag::Thead | Tag::Tfoot))
            }
            _ => matches!(open, Tag::Table | Tag::Td | Tag::Th | Tag::Div | Tag::Button),
        };
        let mut cut = None;
        for depth in (1..self.open.len()).rev() {
            let open = self.open[depth].1;
            if closes(open) {
                cut = Some(depth);
                // A row closes its cell and the row around: look on.
                if !matches!(tag, Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot) {
                    break;
                }
            } else if stop(open) {
                break;
            }
        }
        if let Some(depth) = cut {
            while self.open.len() > depth {
                self.close_top(at);
            }
        }
    }

    fn text(&mut self, range: Range<usize>) {
        let src = &self.dom.source[range.clone()];
        self.push(NodeKind::Text(decode(src, false)), range);
    }

    fn element(&mut self, tag: Tag, span: Range<u32>, attrs: Range<u32>) -> u32 {
        let id = self.push(NodeKind::Element(tag, attrs), span.start as usize..span.end as usize);
        self.open.push((id, tag));
        id
    }

    fn push(&mut self, kind: NodeKind<'a>, span: Range<usize>) -> u32 {
        let id = self.dom.nodes.len() as u32;
        let parent = self.open.last().map_or(NONE, |o| o.0);
        self.dom.nodes.push(Node {
            kind,
            span: span.start as u32..span.end as u32,
            parent,
            first_child: NONE,
            last_child: NONE,
            next: NONE,
        });
        if parent != NONE {
            let last = std::mem::replace(&mut self.dom.nodes[parent as usize].last_child, id);
            if last == NONE {
                self.dom.nodes[parent as usize].first_child = id;
            } else {
                self.dom.nodes[last as usize].next = id;
            }
        }
        id
    }

    fn close_top(&mut self, at: usize) {
        if let Some((id, _)) = self.open.pop() {
            self.dom.nodes[id as usize].span.end = at as u32;
        }
    }
}

/// Whether a closing tag must not reach through this open element.
fn barrier(open: Tag, closing: Tag) -> bool {
    match closing {
        Tag::Table => false,
        Tag::Tr | Tag::Td | Tag::Th | Tag::Tbody | Tag::Thead | Tag::Tfoot => open == Tag::Table,
        Tag::Body | Tag::Html => true, // What follows `</body>` is still shown.
        _ => matches!(open, Tag::Td | Tag::Th | Tag::Table | Tag::Tr | Tag::Body),
    }
}

fn name_len(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|c| c.is_ascii_whitespace() || matches!(c, b'>' | b'/'))
        .map_or(bytes.len(), |n| n)
}

/// Where the content of a raw element stops and where its closing tag ends.
fn raw_end(bytes: &[u8], from: usize, name: &[u8]) -> (usize, usize) {
    let mut at = from;
    while let Some(i) = memmem::find(&bytes[at..], b"</") {
        let close = at + i;
        let rest = &bytes[close + 2..];
        if rest.len() >= name.len() && rest[..name.len()].eq_ignore_ascii_case(name) {
            let after = memchr(b'>', rest).map_or(bytes.len(), |j| close + 2 + j + 1);
            return (close, after);
        }
        at = close + 2;
    }
    (bytes.len(), bytes.len())
}

#[cfg(test)]
mod tests {
    use super::super::{Dom, NodeId, Tag};

    /// The tree in one line: `table(tr(td("a") td("b")))`.
    fn shape(html: &str) -> String {
        fn walk(dom: &Dom<'_>, id: NodeId, out: &mut String) {
            if let Some(t) = dom.text(id) {
                out.push_str(&format!("{t:?}"));
                return;
            }
            let tag = dom.tag(id).expect("not text");
            let inner: Vec<String> = dom
                .children(id)
                .map(|c| {
                    let mut s = String::new();
                    walk(dom, c, &mut s);
                    s
                })
                .collect();
            if tag == Tag::Root {
                out.push_str(&inner.join(" "));
            } else {
                out.push_str(&format!("{tag:?}").to_lowercase());
                if !inner.is_empty() {
                    out.push_str(&format!("({})", inner.join(" ")));
                }
            }
        }
        let dom = Dom::parse(html);
        let mut out = String::new();
        walk(&dom, dom.root(), &mut out);
        out
    }

    #[test]
    fn a_table_without_its_end_tags_is_still_a_table() {
        assert_eq!(
            shape("<table><tr><td>a<td>b<tr><td>c</table>d"),
            r#"table(tr(td("a") td("b")) tr(td("c"))) "d""#
        );
    }

    #[test]
    fn a_nested_table_keeps_its_rows_to_itself() {
        assert_eq!(
            shape("<table><tr><td><table><tr><td>x</td></tr></table></td><td>y</td></tr></table>"),
            r#"table(tr(td(table(tr(td("x")))) td("y")))"#
        );
    }

    #[test]
    fn a_stray_closing_tag_closes_nothing_outside_its_cell() {
        assert_eq!(
            shape("<div><table><tr><td>a</div>b</td></tr></table>c</div>"),
            r#"div(table(tr(td("a" "b"))) "c")"#
        );
    }

    #[test]
    fn comments_scripts_and_entities_are_read_as_browsers_do() {
        assert_eq!(shape("a<!-- <b>x</b> -->b"), r#""a" "b""#);
        assert_eq!(shape("<script>if (a</b>c) {}</script>d"), r#"script("if (a</b>c) {}") "d""#);
        assert_eq!(shape("5&nbsp;&euro; &amp; < 6"), "\"5\\u{a0}€ & \" \"<\" \" 6\"");
    }

    #[test]
    fn ten_thousand_nested_divs_are_read_and_their_text_kept() {
        let html = "<div>".repeat(10_000) + "deep" + &"</div>".repeat(10_000);
        let dom = Dom::parse(&html);
        assert!(dom.truncated);
        assert!(dom.ids().any(|id| dom.text(id) == Some("deep")));
    }

    #[test]
    fn spans_point_into_the_source() {
        let html = "<p>Total&nbsp;: <b>12,90&nbsp;€</b></p>";
        let dom = Dom::parse(html);
        let b = dom.ids().find(|&id| dom.tag(id) == Some(Tag::B)).expect("there is a b");
        let span = &dom.node(b).span;
        assert_eq!(&html[span.start as usize..span.end as usize], "<b>12,90&nbsp;€</b>");
    }
}
