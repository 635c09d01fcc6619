//! Text made comparable word by word, with the way back to where each word stood.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words without case, accents or punctuation, one space before, between and after; a number is
/// `0`, `%` is `pct`, a currency sign its code: ` 0 pct de remise des 0 eur `.
#[derive(Clone, Debug)]
pub struct Folded {
    /// The words.
    pub text: String,
    words: Vec<Word>,
}

#[derive(Clone, Debug)]
struct Word {
    at: u32,
    source: Range<u32>,
}

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Folded {
        let mut folded = Folded {
            text: String::with_capacity(text.len() + 2),
            words: Vec::with_capacity(text.len() / 6),
        };
        folded.text.push(' ');
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            // Nearly all text is ASCII: a sign of several bytes is the exception.
            if byte.is_ascii_alphabetic() {
                folded.open(at);
                let run = bytes[at..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
                push_lower(&mut folded.text, &text[at..at + run]);
                at += run;
                folded.extend(at);
            } else if byte.is_ascii_digit() {
                folded.open(at);
                at = number_end(text, at);
                if !folded.text.ends_with('0') {
                    folded.text.push('0');
                }
                folded.extend(at);
            } else if byte.is_ascii() {
                folded.close();
                if let Some(word) = sign(byte as char) {
                    folded.word(at, word, 1);
                }
                at += 1;
            } else {
                let c = text[at..].chars().next().unwrap_or(' ');
                folded.other(at, c);
                at += c.len_utf8();
            }
        }
        folded.close();
        folded
    }

    /// Takes a sign that is not ASCII.
    fn other(&mut self, at: usize, c: char) {
        if let Some(word) = sign(c) {
            self.close();
            self.word(at, word, c.len_utf8());
        } else if c.is_alphabetic() {
            self.open(at);
            match c {
                'é' | 'è' | 'ê' => self.text.push('e'),
                'à' => self.text.push('a'),
                'œ' | 'Œ' => self.text.push_str("oe"),
                'æ' | 'Æ' => self.text.push_str("ae"),
                'ß' => self.text.push_str("ss"),
                _ => self.text.extend(
                    c.to_lowercase()
                        .flat_map(|c| std::iter::once(c).nfkd())
                        .filter(|&c| !is_combining_mark(c)),
                ),
            }
            self.extend(at + c.len_utf8());
        } else if !is_combining_mark(c) && !is_joiner(c) {
            self.close();
        }
    }

    /// A word of its own.
    fn word(&mut self, at: usize, word: &str, length: usize) {
        self.open(at);
        self.text.push_str(word);
        self.extend(at + length);
        self.close();
    }

    /// The part of the source that these bytes of [`Folded::text`] were folded from.
    pub fn source(&self, range: Range<usize>) -> Range<u32> {
        let holder = |at: usize| {
            let i = self.words.partition_point(|w| w.at as usize <= at);
            self.words.get(i.saturating_sub(1)).map_or(0..0, |w| w.source.clone())
        };
        let inner = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (inner.len() - inner.trim_start().len());
        let end = range.end - (inner.len() - inner.trim_end().len());
        holder(start).start..holder(end.saturating_sub(1)).end
    }

    /// Where each word stood in the source, in order.
    pub fn word_sources(&self) -> impl Iterator<Item = Range<u32>> + '_ {
        self.words.iter().map(|w| w.source.clone())
    }

    /// How many words there are.
    pub fn count(&self) -> usize {
        self.words.len()
    }

    fn open(&mut self, at: usize) {
        if self.text.ends_with(' ') {
            self.words.push(Word { at: self.text.len() as u32, source: at as u32..at as u32 });
        }
    }

    fn extend(&mut self, end: usize) {
        if let Some(word) = self.words.last_mut() {
            word.source.end = end as u32;
        }
    }

    fn close(&mut self) {
        if !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }
}

/// Appends ASCII letters in lower case.
fn push_lower(out: &mut String, letters: &str) {
    let from = out.len();
    out.push_str(letters);
    out[from..].make_ascii_lowercase();
}

/// Where the number that begins here ends: `1 234,50` and `12.5` are one each.
fn number_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let mark = match bytes.get(at) {
            Some(b'.' | b',' | b'\'') => 1,
            Some(0xc2 | 0xe2) => match text[at..].chars().next() {
                Some(c @ ('\u{a0}' | '\u{202f}')) => c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        };
        if !bytes.get(at + mark).is_some_and(u8::is_ascii_digit) {
            return at;
        }
        at += mark;
    }
}

/// Invisible characters inside words: soft hyphen, zero-width ones.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{34f}')
}

fn sign(c: char) -> Option<&'static str> {
    match c {
        '%' => Some("pct"),
        '€' => Some("eur"),
        '£' => Some("gbp"),
        '$' => Some("usd"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_signs_are_folded() {
        let folded = Folded::of("−20 % dès 1\u{202f}234,50 €, l’Été en Größe");
        assert_eq!(folded.text, " 0 pct des 0 eur l ete en grosse ");
    }

    #[test]
    fn the_way_back_gives_the_words_as_written() {
        let text = "Réinitialisez votre mot de passe !";
        let folded = Folded::of(text);
        let at = folded.text.find("mot de passe").expect("it is there");
        let source = folded.source(at..at + "mot de passe".len());
        assert_eq!(&text[source.start as usize..source.end as usize], "mot de passe");
    }
}
