//! Words made comparable: no case, no accents, no punctuation.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without accents; `œ`, `æ` and `ß` are spelt out, curly quotes are straight.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        // Nearly all text is ASCII: whole runs of it are taken at once.
        let run = rest.bytes().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        let from = out.len();
        out.push_str(&rest[..run]);
        out[from..].make_ascii_lowercase();
        rest = &rest[run..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            '’' | '‘' | 'ʼ' => out.push('\''),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => out.push(' '),
            _ => out.extend(
                c.to_lowercase()
                    .flat_map(|c| std::iter::once(c).nfkd())
                    .filter(|&c| !is_combining_mark(c)),
            ),
        }
    }
    out
}

/// Only folded letters and digits, run together: `L’Été & Co` is `leteco`.
pub fn squash(text: &str) -> String {
    let mut out = fold(text);
    out.retain(char::is_alphanumeric);
    out
}

/// The folded words of a text.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    crate::grammar::fold::words(folded).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_comparable() {
        assert_eq!(fold("Œuvre d’Été"), "oeuvre d'ete");
        assert_eq!(squash("L’Été & Co"), "leteco");
        assert_eq!(words(&fold("l'eau-vive 12")).collect::<Vec<_>>(), ["l", "eau", "vive", "12"]);
    }
}
