//! Text folded for comparison: lower case, without accents, spaces alike.

use unicode_normalization::char::decompose_compatible;

/// Lower case, accents removed, `ß` and ligatures spelt out, every run of white space one space,
/// typographic quotes and dashes made plain. Offsets are not kept.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let c = match byte.is_ascii() {
            true => byte as char,
            false => text[at..].chars().next().unwrap_or(' '),
        };
        at += c.len_utf8();
        if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}') {
            space = !out.is_empty();
            continue;
        }
        if space {
            out.push(' ');
            space = false;
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        match plain(c) {
            0 => {}
            letter => {
                out.push(letter as char);
                continue;
            }
        }
        match c {
            'ß' | 'ẞ' => out.push_str("ss"),
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' => out.push('d'),
            'ı' => out.push('i'),
            '’' | '‘' | '´' | 'ʼ' => out.push('\''),
            '‐'..='―' | '−' => out.push('-'),
            '“' | '”' | '«' | '»' | '„' => out.push('"'),
            '×' => out.push('x'),
            _ => decompose_compatible(c, |d| {
                if !is_mark(d) {
                    out.extend(d.to_lowercase());
                }
            }),
        }
    }
    out
}

/// The bare letters of U+00C0 to U+00FF, which most accents in mails are; 0 where something else
/// is to be done.
const PLAIN: &[u8; 64] =
    b"aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

fn plain(c: char) -> u8 {
    (c as usize).checked_sub(0xc0).and_then(|i| PLAIN.get(i)).copied().unwrap_or(0)
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{fe20}'..='\u{fe2f}')
}

/// The words of folded text with their byte offsets: runs of letters and digits.
pub fn words(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = folded.as_bytes();
    let mut at = 0;
    // Folded text is nearly all ASCII: signs of several bytes are the exception.
    let is_of_word = move |at: usize| match bytes[at] {
        b if b < 0x80 => (b.is_ascii_alphanumeric(), 1),
        _ => {
            folded[at..].chars().next().map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8()))
        }
    };
    std::iter::from_fn(move || {
        let mut start = None;
        while at < bytes.len() {
            let (inside, len) = is_of_word(at);
            match (inside, start) {
                (true, None) => start = Some(at),
                (false, Some(_)) => break,
                _ => {}
            }
            at += len;
        }
        start.map(|start| (start, &folded[start..at]))
    })
}

/// Whether folded text holds this folded phrase at word boundaries.
pub fn holds(folded: &str, phrase: &str) -> bool {
    find_phrase(folded, phrase).is_some()
}

/// Where folded text holds this folded phrase at word boundaries.
pub fn find_phrase(folded: &str, phrase: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(i) = folded.get(from..)?.find(phrase) {
        let start = from + i;
        let end = start + phrase.len();
        let before = folded[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let after = folded[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if before && after {
            return Some(start);
        }
        from = start + folded[start..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_spaces_do_not_count() {
        assert_eq!(fold("  Numéro\u{a0}de\tCOMMANDE "), "numero de commande");
        assert_eq!(fold("Größe – Straße"), "grosse - strasse");
    }

    #[test]
    fn the_table_of_letters_says_what_unicode_says() {
        for c in '\u{c0}'..='\u{ff}' {
            let mut letters = String::new();
            decompose_compatible(c, |d| {
                if !is_mark(d) {
                    letters.extend(d.to_lowercase());
                }
            });
            let said = plain(c);
            assert!(said == 0 || letters == (said as char).to_string(), "{c}: {letters}");
        }
    }

    #[test]
    fn a_phrase_is_found_at_word_boundaries_only() {
        assert!(holds("frais de port", "port"));
        assert!(!holds("transport", "port"));
    }
}
