//! What a list of declarations says of how an element is seen: hidden, tiny, beside its neighbours.

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
    /// Where it is drawn.
    pub layout: Layout,
}

/// Where an element is drawn, as far as that tells rows and cells (CSS 2.2 §9, CSS Flexbox 1, CSS
/// Grid 1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    /// Beside its neighbours, not below them: a float, an inline block, a cell. `None`: not said.
    pub beside: Option<bool>,
    /// At the right edge, whatever of its line comes after it in the source.
    pub goes_right: bool,
    /// Its children stand side by side: a flex box that is no column, a grid of several columns.
    pub lays_row: bool,
    /// On lines of its own, whatever its tag: a `span` shown as a block.
    pub is_block: bool,
    /// Struck through: a former price.
    pub is_struck: bool,
}

impl Layout {
    /// This one where it says anything, else the other.
    pub(super) fn or(self, other: Layout) -> Layout {
        Layout {
            beside: self.beside.or(other.beside),
            goes_right: self.goes_right || self.beside.is_none() && other.goes_right,
            lays_row: self.lays_row || other.lays_row,
            is_block: self.is_block || other.is_block,
            is_struck: self.is_struck || other.is_struck,
        }
    }
}

/// Reads the declarations of a `style` attribute or of a rule.
pub(crate) fn look(style: &str) -> Look {
    let mut look = Look::default();
    let (mut no_height, mut clips, mut is_absolute, mut is_far) = (false, false, false, false);
    let (mut is_flex, mut is_column) = (false, false);
    for rule in style.split(';') {
        let rule = rule.trim_start();
        // Nearly every declaration is none of these.
        if !matches!(
            rule.as_bytes().first(),
            Some(
                b'd' | b'D'
                    | b'g'
                    | b'G'
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
            if says("inline-block") || says("table-cell") {
                look.layout.beside = Some(true);
            }
            look.layout.is_block = says("block") || says("table") || says("flex");
            is_flex = says("flex") || says("inline-flex");
        } else if is("float") {
            look.layout.beside = Some(!says("none"));
            look.layout.goes_right = says("right");
        } else if is("flex-direction") || is("flex-flow") {
            is_column |= value.to_ascii_lowercase().starts_with("column");
        } else if is("grid-template-columns") {
            look.layout.lays_row = true;
        } else if is("text-decoration") || is("text-decoration-line") {
            look.layout.is_struck |= value.to_ascii_lowercase().contains("line-through");
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
    look.layout.lays_row |= is_flex && !is_column;
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
    fn styles_tell_what_stands_beside_what() {
        assert_eq!(look("display:inline-block;width:50%").layout.beside, Some(true));
        assert_eq!(look("float: none").layout.beside, Some(false));
        let right = look("FLOAT:right").layout;
        assert!(right.goes_right && right.beside == Some(true));
        assert!(look("display:flex;gap:8px").layout.lays_row);
        assert!(!look("display:flex;flex-direction:column").layout.lays_row);
        assert!(look("display:grid;grid-template-columns:1fr 2fr").layout.lays_row);
        assert!(look("text-decoration:line-through").layout.is_struck);
        assert!(look("display:block;color:#888").layout.is_block);
    }
}
