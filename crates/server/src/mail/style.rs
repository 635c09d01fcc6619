//! What is kept of a `style` attribute: declarations that can neither load, overlay nor hide our marks.

/// Properties that mails need to keep their layout. No position, no z-index, no transform, no
/// pointer, no content, no animation.
const KEPT: &[&str] = &[
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "clear",
    "color",
    "direction",
    "display",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-width",
    "overflow",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-wrap",
    "visibility",
    "opacity",
];

/// Functions that only compute a colour or a length.
const FUNCTIONS: &[&str] = &["rgb", "rgba", "hsl", "hsla", "calc"];

/// The declarations that are kept, or `None` when there are none. Escapes, comments and anything
/// that could name an address drop the declaration they stand in.
pub(super) fn keep(style: &str) -> Option<String> {
    let mut kept = String::new();
    for declaration in style.split(';') {
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let property = property.trim().to_ascii_lowercase();
        let value = value.trim();
        if KEPT.contains(&property.as_str()) && is_plain(value) {
            kept.push_str(&property);
            kept.push(':');
            kept.push_str(value);
            kept.push(';');
        }
    }
    (!kept.is_empty()).then_some(kept)
}

fn is_plain(value: &str) -> bool {
    let odd = |c: char| matches!(c, '\\' | '@' | '{' | '}' | '<' | '>') || c.is_control();
    if value.is_empty() || value.contains(odd) || value.contains("/*") {
        return false;
    }
    let mut rest = value;
    while let Some(open) = rest.find('(') {
        // A name's characters are ASCII; another character before it, of however many bytes, is no part.
        let is_other = |c: char| !c.is_ascii_alphanumeric() && c != '-';
        let name = rest[..open].rsplit(is_other).next().unwrap_or_default();
        if !FUNCTIONS.iter().any(|f| name.eq_ignore_ascii_case(f)) {
            return false;
        }
        rest = &rest[open + 1..];
    }
    true
}

#[cfg(test)]
#[path = "../../../../fuzz/style.rs"]
mod target;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_stays_and_what_loads_or_overlays_goes() {
        let style = "color:#333; position:fixed; top:0; background:url(https://t.example/x); \
            padding:4px 8px; background-color: rgb(1,2,3); width:expression(alert(1)); \
            font-family:'Arial', sans-serif; color:v\\61r(--x); margin:0/**/1px; z-index:9";
        assert_eq!(
            keep(style).as_deref(),
            Some(
                "color:#333;padding:4px 8px;background-color:rgb(1,2,3);font-family:'Arial', sans-serif;"
            )
        );
        for nothing in [
            "",
            "x",
            "background:image-set('a' 1x)",
            "color:var(--a)",
            "color:",
            "content:'a'",
            "color:é(1)",
        ] {
            assert_eq!(keep(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn every_seed_goes_through_the_fuzzer_s_target() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/style");
        for entry in std::fs::read_dir(folder).expect("the folder is in the repository") {
            let seed = std::fs::read(entry.expect("it can be listed").path()).expect("a seed");
            super::target::style(&seed, keep);
        }
    }
}
