//! What styles hide: preheaders, and what a class declares invisible.

use super::{Dom, Tag};
use std::collections::HashSet;

/// What one list of declarations says about being seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Look {
    /// The element and all inside are not shown.
    pub is_hidden: bool,
    /// `display` says something else than `none`.
    pub is_shown: bool,
    /// A font of at most a pixel; `Some(false)` is one that can be read. Children inherit it.
    pub is_tiny: Option<bool>,
    /// Letters without colour. Children inherit it.
    pub is_clear: Option<bool>,
}

/// Reads the declarations of a `style` attribute or of a rule.
pub(crate) fn look(style: &str) -> Look {
    let mut look = Look::default();
    let (mut no_height, mut clips, mut is_absolute, mut is_far) = (false, false, false, false);
    for rule in style.split(';') {
        let rule = rule.trim_start();
        // Nearly every declaration is none of these.
        if !matches!(
            rule.as_bytes().first(),
            Some(
                b'd' | b'D'
                    | b'v'
                    | b'V'
                    | b'm'
                    | b'M'
                    | b'h'
                    | b'H'
                    | b'o'
                    | b'O'
                    | b'f'
                    | b'F'
                    | b'c'
                    | b'C'
                    | b'p'
                    | b'P'
                    | b'l'
                    | b'L'
                    | b't'
                    | b'T'
            )
        ) {
            continue;
        }
        let Some((name, value)) = rule.split_once(':') else { continue };
        let (name, value) = (name.trim_end(), value.trim());
        let value = match value.rsplit_once('!') {
            Some((value, important)) if important.trim().eq_ignore_ascii_case("important") => {
                value.trim_end()
            }
            _ => value,
        };
        let is = |what: &str| name.eq_ignore_ascii_case(what);
        let says = |what: &str| value.eq_ignore_ascii_case(what);
        if is("display") {
            (look.is_hidden, look.is_shown) = (says("none"), !says("none"));
        } else if is("visibility") {
            look.is_hidden |= says("hidden") || says("collapse");
        } else if is("max-height") {
            look.is_hidden |= pixels(value) == Some(0.0);
        } else if is("height") {
            no_height |= pixels(value) == Some(0.0);
        } else if is("overflow") {
            clips |= says("hidden");
        } else if is("opacity") {
            look.is_hidden |= value.parse() == Ok(0.0);
        } else if is("font-size") {
            look.is_tiny = pixels(value).map(|p| p <= 1.0).or_else(|| {
                // `medium`, `larger`: a size that can be read.
                value.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(false)
            });
        } else if is("color") {
            look.is_clear = Some(says("transparent"));
        } else if is("position") {
            is_absolute |= says("absolute") || says("fixed");
        } else if is("left") || is("top") {
            is_far |= pixels(value).is_some_and(|p| p <= -999.0);
        }
    }
    look.is_hidden |= no_height && clips || is_absolute && is_far;
    look
}

/// A length in pixels; percentages and `em` only when they are nothing.
fn pixels(value: &str) -> Option<f32> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')));
    let (number, unit) = value.split_at(end.unwrap_or(value.len()));
    let number: f32 = number.parse().ok()?;
    let unit = unit.trim();
    let is = |what: &str| unit.eq_ignore_ascii_case(what);
    if unit.is_empty() || is("px") || is("pt") {
        return Some(number);
    }
    (number == 0.0 && (is("em") || is("rem") || is("%"))).then_some(0.0)
}

/// How many style sheets and how much of each is read.
const SHEET_BYTES: usize = 256 << 10;

/// The classes and ids (`#x`) that style sheets hide outside of any `@media`.
pub(super) fn hidden_names<'a>(dom: &Dom<'a>) -> HashSet<&'a str> {
    let mut names = HashSet::new();
    let mut left = SHEET_BYTES;
    for id in dom.ids().filter(|&id| dom.tag(id) == Some(Tag::Style)) {
        let span = &dom.node(id).span;
        let sheet = &dom.source[span.start as usize..span.end as usize];
        let Some(sheet) = sheet.split_once('>').map(|(_, rest)| rest) else { continue };
        if !sheet.contains("none") && !sheet.contains("hidden") {
            continue;
        }
        let mut end = sheet.len().min(left);
        while !sheet.is_char_boundary(end) {
            end -= 1;
        }
        left -= end;
        read_sheet(&sheet[..end], &mut names);
    }
    names
}

fn read_sheet<'a>(mut sheet: &'a str, names: &mut HashSet<&'a str>) {
    while let Some(open) = sheet.find('{') {
        let selectors = last_statement(&sheet[..open]);
        let rest = &sheet[open + 1..];
        if selectors.starts_with('@') {
            // A block of rules for one medium: mail is read on all of them.
            sheet = &rest[block_end(rest)..];
            continue;
        }
        let end = rest.find('}').unwrap_or(rest.len());
        let look = look(&rest[..end]);
        if look.is_hidden || look.is_shown {
            for name in selectors.split(',').filter_map(simple) {
                if look.is_hidden {
                    names.insert(name);
                } else {
                    names.remove(name);
                }
            }
        }
        sheet = rest.get(end + 1..).unwrap_or_default();
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
    let selector = selector.trim();
    let at = selector.find(['.', '#'])?;
    let (tag, name) = selector.split_at(at);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !tag.chars().all(|c| c.is_ascii_alphanumeric()) || !name[1..].chars().all(is_plain) {
        return None;
    }
    let name = name.strip_prefix('.').unwrap_or(name);
    (name.len() > 1).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_that_hide_are_told_from_styles_that_do_not() {
        for (style, hidden) in [
            ("display:none", true),
            ("color:red; DISPLAY : None !important", true),
            ("max-height:0px;overflow:hidden", true),
            ("visibility:hidden", true),
            ("opacity:0", true),
            ("height:0;overflow:hidden", true),
            ("position:absolute;left:-9999px", true),
            ("display:block;max-height:100px;opacity:0.5", false),
            // Hidden from Outlook alone: all others show it.
            ("mso-hide:all", false),
            ("height:0", false),
            ("font-size:0", false),
        ] {
            assert_eq!(look(style).is_hidden, hidden, "{style}");
        }
        assert_eq!(look("font-size:1px").is_tiny, Some(true));
        assert_eq!(look("font-size:14px").is_tiny, Some(false));
        assert_eq!(look("font-size:120%").is_tiny, None);
        assert_eq!(look("color:transparent").is_clear, Some(true));
    }

    #[test]
    fn sheets_hide_classes_but_not_for_one_medium() {
        let mut names = HashSet::new();
        read_sheet(
            "/* a */ .pre, div.b, #c, p .d {display:none} @media screen {.m{display:none} .n{}} .b{display:block}",
            &mut names,
        );
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort_unstable();
        assert_eq!(names, ["#c", "pre"]);
    }
}
