//! Addresses of From, To and their like (RFC 5322, 3.4), as they are written in fact.

use crate::words;
use serde::{Deserialize, Serialize};

/// An address with the name shown beside it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Address {
    /// The displayed name; may be empty.
    pub name: String,
    /// `local@domain`, the domain in lower case; may be malformed.
    pub address: String,
}

impl Address {
    /// What stands after the last `@`.
    pub fn domain(&self) -> Option<&str> {
        self.address.rsplit_once('@').map(|(_, d)| d).filter(|d| !d.is_empty())
    }
    /// What stands before the last `@`.
    pub fn local(&self) -> &str {
        self.address.rsplit_once('@').map_or(self.address.as_str(), |(l, _)| l)
    }
}

/// Adds the addresses of one header to `list`, until it holds `most`. Encoded words are decoded
/// after the parts are told apart: a decoded comma separates nothing.
pub(super) fn read(value: &str, list: &mut Vec<Address>, most: usize) {
    let mut one = Parts::default();
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // A quote that nothing closes is a letter: better an address than none.
            '"' if chars.clone().any(|c| c == '"') => {
                while let Some(c) = chars.next() {
                    match c {
                        '"' => break,
                        '\\' => one.push_quoted(chars.next().unwrap_or('\\')),
                        c => one.push_quoted(c),
                    }
                }
            }
            '(' => {
                let mut depth = 1;
                while let Some(c) = chars.next() {
                    match c {
                        '(' => depth += 1,
                        ')' => depth -= 1,
                        '\\' => {
                            one.comment.extend(chars.next());
                            continue;
                        }
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                    one.comment.push(c);
                }
            }
            '<' => {
                let mut inner = String::new();
                for c in chars.by_ref() {
                    if c == '>' {
                        break;
                    }
                    inner.push(c);
                }
                // `<a@x> <b@y>` without a comma: the last one counts, as in the display of most.
                one.angle = Some(inner);
            }
            ',' | ';' => {
                if one.finish(list, most) {
                    return;
                }
            }
            // A group's name (3.4) is nobody's; a colon in an address is none of a group.
            ':' if one.angle.is_none() && !one.bare.contains('@') => one = Parts::default(),
            c => one.push(c),
        }
    }
    one.finish(list, most);
}

/// One address as far as it was read.
#[derive(Default)]
struct Parts {
    bare: String,
    /// Whether a part of `bare` stood in quotes: an `@` in there makes no address.
    is_quoted: bool,
    comment: String,
    angle: Option<String>,
}

impl Parts {
    fn push(&mut self, c: char) {
        self.bare.push(if matches!(c, '\r' | '\n' | '\t') { ' ' } else { c });
    }

    fn push_quoted(&mut self, c: char) {
        self.is_quoted = true;
        self.push(c);
    }

    /// Adds what was read, if anything; returns whether the list is full.
    fn finish(&mut self, list: &mut Vec<Address>, most: usize) -> bool {
        let parts = std::mem::take(self);
        let bare = parts.bare.trim();
        let (name, raw) = match &parts.angle {
            Some(angle) => (bare, angle.as_str()),
            None if bare.contains('@') => match split_bare(bare) {
                Some((name, address)) => (name, address),
                None => ("", bare),
            },
            // A name alone, or in quotes with an `@`: shown, never an address.
            None => (bare, ""),
        };
        let name = match words::decode(name.as_bytes()) {
            empty if empty.is_empty() => words::decode(parts.comment.as_bytes()),
            name => name,
        };
        let address = normal(raw);
        if !name.is_empty() || !address.is_empty() {
            list.push(Address { name: shown(&name), address });
        }
        list.len() >= most
    }
}

/// `Name name@domain` without brackets: the last word with an `@` is the address.
fn split_bare(bare: &str) -> Option<(&str, &str)> {
    let (name, address) = bare.rsplit_once(char::is_whitespace)?;
    address.contains('@').then_some((name.trim(), address))
}

fn normal(raw: &str) -> String {
    let raw: String = raw.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    // `mailto:` and an old source route (RFC 5322, 4.4) are no part of it.
    let raw = raw.strip_prefix("mailto:").unwrap_or(&raw);
    let raw = match raw.strip_prefix('@').and_then(|r| r.split_once(':')) {
        Some((_, address)) => address,
        None => raw,
    };
    let raw = if raw.contains("=?") { words::decode(raw.as_bytes()) } else { raw.to_owned() };
    match raw.rsplit_once('@') {
        Some((local, domain)) => {
            format!("{local}@{}", domain.trim_end_matches('.').to_lowercase())
        }
        None => raw,
    }
}

/// A name without the quotes that a program left inside, and without what cannot be seen.
fn shown(name: &str) -> String {
    let name = name.trim().trim_matches(['"', '\'']).trim();
    name.chars()
        .filter(|&c| {
            !c.is_control()
                && !crate::words::is_direction_override(c)
                && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(value: &str) -> Vec<(String, String)> {
        let mut list = Vec::new();
        read(value, &mut list, 100);
        list.into_iter().map(|a| (a.name, a.address)).collect()
    }

    #[test]
    fn addresses_are_told_from_names() {
        let one = |name: &str, address: &str| vec![(name.to_owned(), address.to_owned())];
        for (value, read) in [
            ("a@B.Example", one("", "a@b.example")),
            ("Anne Durand <a@b.example>", one("Anne Durand", "a@b.example")),
            ("\"Durand, Anne\" <a@b.example>", one("Durand, Anne", "a@b.example")),
            ("a@b.example (Anne)", one("Anne", "a@b.example")),
            (
                "=?UTF-8?Q?Fr=C3=A9d=C3=A9ric=2C_SAV?= <a@b.example>",
                one("Frédéric, SAV", "a@b.example"),
            ),
            ("\"=?UTF-8?Q?Caf=C3=A9?=\" <a@b.example>", one("Café", "a@b.example")),
            ("Anne a@b.example", one("Anne", "a@b.example")),
            ("\"real@bank.example\" <x@evil.example>", one("real@bank.example", "x@evil.example")),
            ("<>", vec![]),
            ("", vec![]),
            ("undisclosed-recipients:;", vec![]),
            (
                "Group: a@b.example, c@d.example;",
                vec![("".into(), "a@b.example".into()), ("".into(), "c@d.example".into())],
            ),
            ("\"unterminated <a@b.example>", one("unterminated", "a@b.example")),
            ("<@route.example:a@b.example>", one("", "a@b.example")),
            ("MAILER-DAEMON", one("MAILER-DAEMON", "")),
        ] {
            assert_eq!(all(value), read, "{value}");
        }
    }

    #[test]
    fn deep_comments_and_many_addresses_are_read_in_time() {
        all(&"(".repeat(100_000));
        let mut list = Vec::new();
        read(&"a@b.example,".repeat(5000), &mut list, 2001);
        assert_eq!(list.len(), 2001);
    }
}
