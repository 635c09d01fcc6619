//! Folding: one form for all the ways to write a word, the same on both engines.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `Élodie  Œuvre` becomes `elodie oeuvre`: compatibility forms undone, no marks, lower case,
/// single spaces. For key columns; compare and sort by it.
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            if !is_combining_mark(c) {
                char_into(c, &mut out);
            }
        }
    }
    out
}

/// `AB-12/c` becomes `ab12c`: the letters and digits of a reference, folded.
pub fn reference(text: &str) -> String {
    key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Folds one letter at the end of `out`.
pub(crate) fn char_into(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
        return;
    }
    for c in std::iter::once(c).nfkd().flat_map(char::to_lowercase) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            c if is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_ligatures_and_case_fold() {
        assert_eq!(key("  Élodie\u{a0} ŒUVRE  "), "elodie oeuvre");
        assert_eq!(key("Straße Łódź E\u{301}"), "strasse lodz e");
        assert_eq!(key("İstanbul ﬁn"), "istanbul fin");
        assert_eq!(reference("n° AB-12/c"), "nab12c");
    }
}
