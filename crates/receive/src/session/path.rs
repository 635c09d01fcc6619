//! Addresses of an envelope (RFC 5321, 4.1.2), those beyond ASCII included (RFC 6531).

use std::fmt;

/// `local@domain`, as it was written; without a domain only for `postmaster`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Address {
    local: String,
    domain: String,
}

/// RFC 5321, 4.5.3.1.
const LOCAL_BYTES: usize = 64;
const DOMAIN_BYTES: usize = 255;

impl Address {
    /// Before the `@`, quotes undone.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// After the `@`; empty for a bare `postmaster`.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// Both in lower case, as our own addresses are compared.
    pub fn folded(&self) -> String {
        self.to_string().to_lowercase()
    }

    /// Whether it is ASCII throughout.
    pub fn is_ascii(&self) -> bool {
        self.local.is_ascii() && self.domain.is_ascii()
    }

    /// From `local@domain`, quotes allowed; none when it is no address.
    pub fn parse(text: &str) -> Option<Address> {
        let (local, rest) = match text.strip_prefix('"') {
            Some(quoted) => unquoted(quoted)?,
            None => {
                let at = text.find('@').unwrap_or(text.len());
                (text[..at].to_owned(), &text[at..])
            }
        };
        if local.is_empty() || local.len() > LOCAL_BYTES || !local.chars().all(is_plain) {
            return None;
        }
        let Some(domain) = rest.strip_prefix('@') else {
            let is_bare = rest.is_empty() && local.eq_ignore_ascii_case("postmaster");
            return is_bare.then(|| Address { local, domain: String::new() });
        };
        let is_domain = !domain.is_empty()
            && domain.len() <= DOMAIN_BYTES
            && domain
                .chars()
                .all(|c| is_plain(c) && !matches!(c, '@' | '"' | '(' | ')' | ',' | ' '));
        is_domain.then(|| Address { local, domain: domain.to_owned() })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.domain.is_empty() {
            true => f.write_str(&self.local),
            false => write!(f, "{}@{}", self.local, self.domain),
        }
    }
}

/// What may stand in an address that goes into replies and headers: nothing that ends a line or
/// a bracket.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '<' | '>' | '\u{2028}' | '\u{2029}')
}

/// A quoted word whose opening quote is gone, and what follows it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut chars = text.char_indices();
    while let Some((i, c)) = chars.next() {
        match c {
            '"' => return Some((word, &text[i + 1..])),
            '\\' => word.push(chars.next()?.1),
            c => word.push(c),
        }
    }
    None
}

/// A path, `<...>`, and what follows it. `Some(None)` inside is the empty path. A source route is
/// left out (RFC 5321, appendix C).
pub(super) fn path(text: &str) -> Option<(Option<Address>, &str)> {
    let inside = text.strip_prefix('<')?;
    let end = closing(inside)?;
    let (path, rest) = (&inside[..end], &inside[end + 1..]);
    if path.is_empty() {
        return Some((None, rest));
    }
    let path = match path.strip_prefix('@') {
        Some(route) => route.split_once(':')?.1,
        None => path,
    };
    Some((Some(Address::parse(path)?), rest))
}

/// Where the bracket closes: not inside quotes.
fn closing(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (i, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '>' if !quoted => return Some(i),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<String> {
        let (address, rest) = path(text)?;
        Some(format!("{}|{rest}", address.map_or("-".to_owned(), |a| a.to_string())))
    }

    #[test]
    fn paths_as_they_are_written() {
        for (text, meant) in [
            ("<lea@exemple.fr>", "lea@exemple.fr|"),
            ("<fnac.k7x2@exemple.fr> SIZE=12", "fnac.k7x2@exemple.fr| SIZE=12"),
            ("<>", "-|"),
            ("<@relais.example,@autre.example:lea@exemple.fr>", "lea@exemple.fr|"),
            ("<\"lea martin\"@exemple.fr>", "lea martin@exemple.fr|"),
            ("<\"a\\\"b@c\"@exemple.fr>", "a\"b@c@exemple.fr|"),
            ("<Postmaster>", "Postmaster|"),
            ("<léa@exemple.fr>", "léa@exemple.fr|"),
            ("<x@[192.0.2.1]>", "x@[192.0.2.1]|"),
        ] {
            assert_eq!(of(text).as_deref(), Some(meant), "{text}");
        }
    }

    #[test]
    fn what_is_no_path() {
        let long = format!("<{}@exemple.fr>", "x".repeat(65));
        let far = format!("<lea@{}>", "x".repeat(256));
        for text in [
            "",
            "lea@exemple.fr",
            "<lea>",
            "<@exemple.fr>",
            "<lea@>",
            "<lea@exemple.fr",
            "<a@b@c>",
            "<\"lea@exemple.fr>",
            "<a\u{7}@b.example>",
            "<\"a>b\"@c.example>",
            "<@route>",
            &long,
            &far,
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
