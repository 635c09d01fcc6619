//! What style sheets say of classes and ids: which are hidden, which stand beside their neighbours.
//!
//! Read are the selectors that mails lay products out with: `.x`, `#x`, `td.x`, and with an ancestor
//! before them `.row .x`, `.row > span`. Rules for one medium are left out: mail is read on all.

use super::style::{Layout, look};
use super::{Dom, NodeId, Tag};
use std::collections::{HashMap, HashSet};

/// How much of all style sheets is read.
const SHEET_BYTES: usize = 256 << 10;
/// How many attributes and classes of an element its children ask for.
const MANY: usize = 16;

/// What style sheets say by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheets<'a> {
    /// Classes and `#ids` that are hidden.
    hidden: HashSet<&'a str>,
    /// Where those of a class or `#id` are drawn.
    layouts: HashMap<&'a str, Layout>,
    /// The same of an element of this tag inside one of this class or `#id`.
    inner: HashMap<(&'a str, Tag), Layout>,
}

impl<'a> Sheets<'a> {
    /// Reads all style sheets of a mail.
    pub fn read(dom: &Dom<'a>) -> Sheets<'a> {
        let mut sheets = Sheets::default();
        let mut left = SHEET_BYTES;
        for id in dom.ids().filter(|&id| dom.tag(id) == Some(Tag::Style)) {
            let span = &dom.node(id).span;
            let sheet = &dom.source[span.start as usize..span.end as usize];
            let Some((_, sheet)) = sheet.split_once('>') else { continue };
            let mut end = sheet.len().min(left);
            while !sheet.is_char_boundary(end) {
                end -= 1;
            }
            left -= end;
            sheets.read_sheet(&sheet[..end]);
        }
        sheets
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.hidden.is_empty() && self.layouts.is_empty() && self.inner.is_empty()
    }

    /// Whether a class or `#id` is hidden.
    pub fn hides(&self, name: &str) -> bool {
        self.hidden.contains(name)
    }

    /// Where an element of this class or `#id` is drawn.
    pub fn layout(&self, name: &str) -> Layout {
        self.layouts.get(name).copied().unwrap_or_default()
    }

    /// What is said of an element by the classes of the two that hold it.
    pub fn inside(&self, dom: &Dom<'_>, id: NodeId) -> Layout {
        let Some(tag) = dom.tag(id).filter(|_| !self.inner.is_empty()) else {
            return Layout::default();
        };
        // Every child asks: only the beginnings count, or a huge class costs a square.
        let class = |a: NodeId| {
            let mut attrs = dom.attrs(a).iter().take(MANY);
            attrs.find(|(n, _)| n.eq_ignore_ascii_case("class")).map(|(_, v)| v.as_ref())
        };
        let around = dom.ancestors(id).take(2).filter_map(class);
        around
            .flat_map(|classes: &str| classes.split_ascii_whitespace().take(MANY))
            .filter_map(|class| self.inner.get(&(class, tag)))
            .fold(Layout::default(), |all, one| all.or(*one))
    }

    fn read_sheet(&mut self, mut sheet: &'a str) {
        while let Some(open) = sheet.find('{') {
            let selectors = last_statement(&sheet[..open]);
            let rest = &sheet[open + 1..];
            if selectors.starts_with('@') {
                sheet = &rest[block_end(rest)..];
                continue;
            }
            let end = rest.find('}').unwrap_or(rest.len());
            let look = look(&rest[..end]);
            for selector in selectors.split(',').map(str::trim) {
                if let Some(name) = simple(selector).filter(|_| look.is_hidden) {
                    self.hidden.insert(name);
                } else if let Some(name) = simple(selector).filter(|_| look.is_shown) {
                    self.hidden.remove(name);
                }
                if look.layout != Layout::default() {
                    self.lay(selector, look.layout);
                }
            }
            sheet = rest.get(end + 1..).unwrap_or_default();
        }
    }

    /// Notes where those of a selector are drawn; the later rule wins.
    fn lay(&mut self, selector: &'a str, layout: Layout) {
        let mut compounds = selector.rsplit([' ', '>', '+', '~']).filter(|c| !c.is_empty());
        let Some(last) = compounds.next() else { return };
        if let Some(name) = simple(last) {
            let known = self.layouts.entry(name).or_default();
            *known = layout.or(*known);
        } else if let Some(around) = compounds.find_map(simple) {
            let known = self.inner.entry((around, Tag::from_name(last))).or_default();
            *known = layout.or(*known);
        }
    }
}

/// What follows the last comment or statement before a block.
fn last_statement(text: &str) -> &str {
    let text = text.rsplit("*/").next().unwrap_or(text);
    let text = text.rsplit([';', '}']).next().unwrap_or(text);
    text.trim().trim_start_matches("<!--").trim_start()
}

/// One past the `}` that closes a block whose `{` was read.
fn block_end(text: &str) -> usize {
    let mut depth = 1;
    for (i, c) in text.bytes().enumerate() {
        match c {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return i + 1;
        }
    }
    text.len()
}

/// The class or id of a selector that is nothing more: `.x`, `#x`, `div.x`.
fn simple(selector: &str) -> Option<&str> {
    let at = selector.find(['.', '#'])?;
    let (tag, name) = selector.split_at(at);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !tag.chars().all(|c| c.is_ascii_alphanumeric()) || !name[1..].chars().all(is_plain) {
        return None;
    }
    match name.strip_prefix('.') {
        Some(class) => Some(class).filter(|c| !c.is_empty()),
        None => Some(name).filter(|id| id.len() > 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sheet: &str) -> Sheets<'_> {
        let mut sheets = Sheets::default();
        sheets.read_sheet(sheet);
        sheets
    }

    #[test]
    fn sheets_hide_classes_but_not_for_one_medium() {
        let sheets = read(
            "/* a */ .pre, div.b, #c, p .d {display:none} @media screen {.m{display:none} .n{}} .b{display:block}",
        );
        let mut names: Vec<_> = sheets.hidden.iter().copied().collect();
        names.sort_unstable();
        assert_eq!(names, ["#c", "pre"]);
    }

    #[test]
    fn sheets_lay_classes_and_what_is_inside_them_side_by_side() {
        let sheets = read(
            ".ln span{display:inline-block} td.old, .x > .was{text-decoration:line-through}
             .it{display:flex} @media (max-width:600px){.it{float:left}}",
        );
        assert_eq!(sheets.inner[&("ln", Tag::Span)].beside, Some(true));
        assert!(sheets.layout("old").is_struck && sheets.layout("was").is_struck);
        assert!(sheets.layout("it").lays_row && sheets.layout("it").beside.is_none());
    }
}
