//! Lights the words that facts were read in: `<mark>` around them, in HTML source or plain text.
//!
//! Runs before the sanitiser, so that nothing inserted here is trusted either.

use crate::words::escape_into;
use std::fmt::Write;
use std::ops::Range;

/// Words to light: their anchor's name and their bytes in the source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// What `#` in an address names. Only letters, digits and hyphens.
    pub id: String,
    /// Bytes of the source; anything out of bounds is cut to fit.
    pub range: Range<usize>,
}

/// Elements whose content is not text that a reader sees.
const RAW: &[&str] =
    &["script", "style", "title", "textarea", "xmp", "iframe", "noframes", "noembed"];

/// HTML with each mark's text wrapped, piece by piece: a mark never crosses a tag. A mark without
/// any text (a picture, an attribute) becomes an empty anchor before its tag.
pub fn light_html(source: &str, marks: &[Mark]) -> String {
    let mut lighter = Lighter::new(source, marks, |out, text| out.push_str(text));
    let mut at = 0;
    while at < source.len() {
        let Some(open) = source[at..].find('<').map(|i| at + i) else {
            lighter.text(at..source.len());
            break;
        };
        let Some(end) = tag_end(source, open) else {
            // A lone `<` is text.
            lighter.text(at..open + 1);
            at = open + 1;
            continue;
        };
        lighter.text(at..open);
        lighter.untouched(open..end);
        at = end;
    }
    lighter.finish()
}

/// Plain text escaped for HTML, with each mark wrapped and web addresses made links.
pub fn light_text(source: &str, marks: &[Mark]) -> String {
    let mut lighter = Lighter::new(source, marks, escape_into);
    lighter.text(0..source.len());
    lighter.finish()
}

struct Lighter<'a, W> {
    source: &'a str,
    marks: Vec<(&'a Mark, bool)>,
    cuts: Vec<usize>,
    out: String,
    write: W,
}

impl<'a, W: Fn(&mut String, &str)> Lighter<'a, W> {
    fn new(source: &'a str, marks: &'a [Mark], write: W) -> Self {
        let mut cuts: Vec<usize> = marks
            .iter()
            .flat_map(|m| [m.range.start, m.range.end])
            .map(|c| settle(source, c))
            .collect();
        cuts.sort_unstable();
        cuts.dedup();
        let marks = marks.iter().map(|m| (m, false)).collect();
        Lighter { source, marks, cuts, out: String::with_capacity(source.len() + 64), write }
    }

    fn text(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let first = self.cuts.partition_point(|&c| c <= at);
        let inner: Vec<usize> =
            self.cuts[first..].iter().copied().take_while(|&c| c < range.end).collect();
        for end in inner.into_iter().chain([range.end]) {
            if at < end {
                self.piece(at..end);
            }
            at = end;
        }
    }

    fn piece(&mut self, range: Range<usize>) {
        let text = &self.source[range.clone()];
        // White space between cells must not be wrapped: it would be moved out of the table.
        let mut open = 0;
        if !text.trim().is_empty() {
            for (mark, named) in &mut self.marks {
                if mark.range.start < range.end && mark.range.end > range.start {
                    anchor(&mut self.out, &mark.id, *named);
                    *named = true;
                    open += 1;
                }
            }
        }
        (self.write)(&mut self.out, text);
        for _ in 0..open {
            self.out.push_str("</mark>");
        }
    }

    fn untouched(&mut self, range: Range<usize>) {
        for (mark, named) in &mut self.marks {
            let inside = mark.range.start >= range.start && mark.range.end <= range.end;
            if inside && !*named {
                anchor(&mut self.out, &mark.id, false);
                self.out.push_str("</mark>");
                *named = true;
            }
        }
        self.out.push_str(&self.source[range]);
    }

    fn finish(self) -> String {
        self.out
    }
}

fn anchor(out: &mut String, id: &str, named: bool) {
    // Writing to a String cannot fail.
    let _ = if named { write!(out, "<mark>") } else { write!(out, "<mark id=\"{id}\">") };
}

/// A cut that splits neither a character nor an entity.
fn settle(source: &str, cut: usize) -> usize {
    let mut cut = cut.min(source.len());
    while !source.is_char_boundary(cut) {
        cut -= 1;
    }
    let before = &source.as_bytes()[cut.saturating_sub(10)..cut];
    if let Some(back) = before.iter().rev().position(|&b| b == b'&') {
        let start = cut - back - 1;
        let name = &source.as_bytes()[start + 1..];
        let len = name.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
        let end = start + 1 + len;
        if cut <= end && source.as_bytes().get(end) == Some(&b';') {
            return start;
        }
    }
    cut
}

/// One past the end of the tag, comment or raw element that opens at `open`; `None` for a lone `<`.
fn tag_end(source: &str, open: usize) -> Option<usize> {
    let rest = &source[open..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or(source.len(), |i| open + 4 + i + 3));
    }
    let next = *rest.as_bytes().get(1)?;
    if matches!(next, b'!' | b'?') {
        return Some(rest.find('>').map_or(source.len(), |i| open + i + 1));
    }
    if !next.is_ascii_alphabetic() && next != b'/' {
        return None;
    }
    let end = open + quoted_end(rest.as_bytes());
    let name: String = rest[1..]
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase();
    if !RAW.contains(&name.as_str()) {
        return Some(end);
    }
    let close = format!("</{name}");
    let tail = source.get(end..).unwrap_or_default().as_bytes();
    let found = tail.windows(close.len()).position(|w| w.eq_ignore_ascii_case(close.as_bytes()));
    Some(found.map_or(source.len(), |i| end + i))
}

/// One past the `>` that ends a tag, attribute values skipped.
fn quoted_end(tag: &[u8]) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (i, &b) in tag.iter().enumerate() {
        match quote {
            Some(q) if b == q => quote = None,
            Some(_) => {}
            None if b == b'>' => return i + 1,
            None if matches!(b, b'"' | b'\'') && before == b'=' => quote = Some(b),
            None => {}
        }
        if !b.is_ascii_whitespace() {
            before = b;
        }
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(source: &str, words: &str, id: &str) -> Mark {
        let start = source.find(words).expect("the words are there");
        Mark { id: id.into(), range: start..start + words.len() }
    }

    #[test]
    fn words_are_wrapped_where_they_stand() {
        let html = "<p class=\"a>b\">Total : <b>12,90&nbsp;€</b></p>";
        let lit = light_html(html, &[mark(html, "12,90&nbsp;€", "f1")]);
        assert_eq!(lit, "<p class=\"a>b\">Total : <b><mark id=\"f1\">12,90&nbsp;€</mark></b></p>");
    }

    #[test]
    fn a_mark_over_tags_is_cut_into_pieces_and_named_once() {
        let html = "<td>2 x <b>Lampe</b></td> <td>25,80</td>";
        let lit = light_html(html, &[Mark { id: "f1".into(), range: 4..html.len() }]);
        assert_eq!(
            lit,
            "<td><mark id=\"f1\">2 x </mark><b><mark>Lampe</mark></b></td> <td><mark>25,80</mark></td>"
        );
    }

    #[test]
    fn marks_may_stand_in_each_other() {
        let html = "Lampe 12,90 EUR";
        let marks = [mark(html, html, "f1"), mark(html, "12,90", "f2")];
        assert_eq!(
            light_html(html, &marks),
            "<mark id=\"f1\">Lampe </mark><mark><mark id=\"f2\">12,90</mark></mark><mark> EUR</mark>"
        );
    }

    #[test]
    fn what_is_no_text_is_left_alone() {
        let html = "<style>b{}</style><!-- x --><script>y</script><img alt='Lampe'>";
        for words in ["b{}", " x ", "y"] {
            let lit = light_html(html, &[mark(html, words, "f1")]);
            assert_eq!(lit.replace("<mark id=\"f1\"></mark>", ""), html);
        }
        let lit = light_html(html, &[mark(html, "Lampe", "f1")]);
        assert!(lit.ends_with("<mark id=\"f1\"></mark><img alt='Lampe'>"));
    }

    #[test]
    fn wild_ranges_break_nothing() {
        let html = "é&eacute;<a href=\"x";
        for start in 0..20 {
            for end in 0..20 {
                light_html(html, &[Mark { id: "f1".into(), range: start..end }]);
            }
        }
        let lit = light_html(html, &[Mark { id: "f1".into(), range: 5..11 }]);
        assert_eq!(lit, "é<mark id=\"f1\">&eacute;</mark><a href=\"x");
    }

    #[test]
    fn plain_text_is_escaped() {
        let text = "<b>Total</b> & 12,90";
        let lit = light_text(text, &[mark(text, "12,90", "f1")]);
        assert_eq!(lit, "&lt;b&gt;Total&lt;/b&gt; &amp; <mark id=\"f1\">12,90</mark>");
    }
}
