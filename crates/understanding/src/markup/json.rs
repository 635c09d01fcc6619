//! JSON as mails carry it: comments, trailing commas, raw control characters, cut ends.

use mesinfos_reading::limits;
use serde_json::Value;

/// Reads JSON that need not be right. `None` when nothing can be made of it, and beyond
/// [`limits::JSON_BYTES`] or [`limits::JSON_DEPTH`].
pub fn lenient(text: &str) -> Option<Value> {
    if text.len() > limits::JSON_BYTES {
        return None;
    }
    read(text).filter(|value| depth(value) <= limits::JSON_DEPTH)
}

/// Arrays and objects inside one another; at most the 128 that serde_json reads.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(depth).max().unwrap_or(0),
        Value::Object(map) => 1 + map.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

fn read(text: &str) -> Option<Value> {
    let trimmed = text.trim().trim_start_matches('\u{feff}');
    if let Ok(value) = serde_json::from_str(trimmed) {
        return Some(value);
    }
    let repaired = repair(trimmed);
    serde_json::from_str(&repaired).ok().or_else(|| {
        // Entities where quotes should be.
        let decoded = trimmed.replace("&quot;", "\"").replace("&#34;", "\"").replace("&amp;", "&");
        (decoded != trimmed).then(|| serde_json::from_str(&repair(&decoded)).ok()).flatten()
    })
}

/// One pass: comments dropped, control characters in strings escaped, commas before a closing
/// bracket dropped, brackets left open closed.
fn repair(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut open = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut in_string = false;
    while let Some((i, c)) = chars.next() {
        if in_string {
            match c {
                '\\' => match chars.peek() {
                    Some((_, n)) if "\"\\/bfnrtu".contains(*n) => {
                        out.push(c);
                        if let Some((_, n)) = chars.next() {
                            out.push(n);
                        }
                    }
                    _ => out.push_str("\\\\"),
                },
                '"' => {
                    out.push(c);
                    in_string = false;
                }
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                c if c < ' ' => {}
                c => out.push(c),
            }
            continue;
        }
        let rest = &text[i..];
        let skip_to = if rest.starts_with("/*") {
            Some(rest.find("*/").map_or(text.len(), |e| i + e + 2))
        } else if rest.starts_with("//") {
            Some(rest.find('\n').map_or(text.len(), |e| i + e))
        } else if rest.starts_with("<!--") {
            Some(i + 4)
        } else if rest.starts_with("-->") {
            Some(i + 3)
        } else if rest.starts_with("<![CDATA[") {
            Some(i + 9)
        } else if rest.starts_with("]]>") {
            Some(i + 3)
        } else {
            None
        };
        if let Some(to) = skip_to {
            while chars.peek().is_some_and(|(j, _)| *j < to) {
                chars.next();
            }
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                out.push(c);
            }
            '{' | '[' => {
                open.push(if c == '{' { '}' } else { ']' });
                out.push(c);
            }
            '}' | ']' => {
                drop_comma(&mut out);
                if open.last() == Some(&c) {
                    open.pop();
                    out.push(c);
                    if open.is_empty() {
                        return out; // What follows is no part of it.
                    }
                }
            }
            ';' if open.is_empty() => {}
            // Outside of strings JSON knows only ASCII; typographic spaces are dropped.
            c if c.is_ascii() && c >= ' ' || c == '\n' => out.push(c),
            _ => {}
        }
    }
    if in_string {
        out.push('"');
    }
    drop_comma(&mut out);
    while let Some(c) = open.pop() {
        out.push(c);
    }
    out
}

fn drop_comma(out: &mut String) {
    let kept = out.trim_end().len();
    if out[..kept].ends_with(',') {
        out.truncate(kept - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cut_end_keeps_what_came_before() {
        let value =
            lenient(r#"{"@type":"Order","orderNumber":"A-1","acceptedOffer":[{"price":"5.00""#);
        assert_eq!(value.map(|v| v["orderNumber"].clone()), Some("A-1".into()));
    }

    #[test]
    fn its_limits_crossed_by_one() {
        for (extra, read) in [(0, true), (1, false)] {
            let nested = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
            assert_eq!(lenient(&nested(limits::JSON_DEPTH + extra)).is_some(), read);
            let long = "x".repeat(limits::JSON_BYTES - 2 + extra);
            assert_eq!(lenient(&format!("\"{long}\"")).is_some(), read);
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}|[\\[\\]{}\",:/*\\\\a1\n -]{0,60}") {
            let _ = lenient(&text);
        }
    }
}
