//! The words around what was found: a line of the mail's visible text, what was asked for apart.

use super::query::Query;
use super::words::{fold_words, stems_of};
use crate::{Result, Vault, originals};
use mesinfos_domain::MessageId;
use mesinfos_reading::{Dom, Mail, Page};
use std::ops::Range;

/// A piece of a snippet, and whether it is what was asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The text as the mail shows it; hostile as any text.
    pub text: String,
    /// It is a form of a word that was asked for.
    pub is_hit: bool,
}

/// Words shown before the first hit, and in all.
const BEFORE: usize = 6;
const WORDS: usize = 30;
/// As much of a mail's text is looked through.
const LOOKED: usize = 200 << 10;
/// A mail that is read only for its snippet is read no further than this.
const BYTES: usize = 1 << 20;
/// A longer word is cut where it is shown.
const LONG: usize = 60;

impl Vault {
    /// The words of a mail around what is asked for; empty when they stand nowhere in its text (in
    /// an attachment's name, in the sender, or nothing but filters was asked for).
    pub fn snippet(&self, message: MessageId, query: &Query) -> Result<Vec<Piece>> {
        if !query.has_text() {
            return Ok(Vec::new());
        }
        let text = self.shown_text(message)?;
        Ok(text.map(|text| snippet(&text, &Sought::of(query))).unwrap_or_default())
    }

    /// What a mail shows, as plain text; of a very large one, its beginning. `None` when there is no
    /// such mail or no text in it.
    pub fn shown_text(&self, message: MessageId) -> Result<Option<String>> {
        let seal = self.content_key();
        let bytes = self.read(|db| originals::bytes(db, seal.as_ref(), message, BYTES))?;
        let Some(bytes) = bytes else { return Ok(None) };
        let mail = Mail::read(&bytes);
        Ok(match (&mail.html, &mail.text) {
            (Some(html), _) => Some(Page::from_html(&Dom::parse(html)).text),
            (None, Some(text)) => Some(Page::from_text(text).text),
            (None, None) => None,
        })
    }
}

/// What is looked for in a text.
pub struct Sought {
    /// Of each bare word: itself, and the shortest of its stems.
    words: Vec<(String, String)>,
    phrases: Vec<Vec<String>>,
    prefixes: Vec<String>,
}

impl Sought {
    /// What this query looks for.
    pub fn of(query: &Query) -> Sought {
        let stem = |word: &String| {
            let stems = stems_of(word);
            let shortest = stems.into_iter().min_by_key(String::len).unwrap_or_default();
            (word.clone(), shortest)
        };
        Sought {
            words: query.words.iter().map(stem).collect(),
            phrases: query.phrases.clone(),
            prefixes: query.prefixes.clone(),
        }
    }

    /// The number of what begins at this word (words, prefixes, then phrases), and how many words
    /// of the text it takes.
    fn at(&self, words: &[Word], i: usize) -> Option<(usize, usize)> {
        let folded = words[i].folded.as_str();
        let is_form = |(word, stem): &(String, String)| {
            folded == word || folded.len() <= stem.len() + 4 && folded.starts_with(stem.as_str())
        };
        if let Some(n) = self.words.iter().position(is_form) {
            return Some((n, 1));
        }
        let base = self.words.len();
        if let Some(n) = self.prefixes.iter().position(|p| folded.starts_with(p.as_str())) {
            return Some((base + n, 1));
        }
        let base = base + self.prefixes.len();
        self.phrases.iter().enumerate().find_map(|(n, phrase)| {
            let rest = words.get(i..i + phrase.len())?;
            rest.iter().zip(phrase).all(|(w, p)| w.folded == *p).then_some((base + n, phrase.len()))
        })
    }
}

struct Word {
    folded: String,
    at: Range<usize>,
}

/// The part of a text that holds most of what is sought, and nothing when none of it is there.
pub fn snippet(text: &str, sought: &Sought) -> Vec<Piece> {
    let words = words(&text[..text.floor_char_boundary(LOOKED)]);
    let hits: Vec<(usize, usize, usize)> = (0..words.len())
        .filter_map(|i| sought.at(&words, i).map(|(what, length)| (i, what, length)))
        .collect();
    let rich = |first: usize| {
        let near = hits[first..].iter().take_while(|h| h.0 < hits[first].0 + WORDS - BEFORE);
        let mut kinds: Vec<usize> = near.map(|h| h.1).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.len()
    };
    // The first of the richest: among equals the one that one would read first.
    let Some(best) = (0..hits.len()).rev().max_by_key(|&i| rich(i)) else { return Vec::new() };
    let from = hits[best].0.saturating_sub(BEFORE);
    let to = (from + WORDS).min(words.len());
    let mut pieces = Vec::new();
    if from > 0 {
        push(&mut pieces, "… ", false);
    }
    let mut at = words[from].at.start;
    for &(i, _, length) in hits.iter().filter(|h| h.0 >= from && h.0 + h.2 <= to) {
        let range = words[i].at.start..words[i + length - 1].at.end;
        if range.start < at {
            continue;
        }
        push(&mut pieces, &text[at..range.start], false);
        push(&mut pieces, &text[range.clone()], true);
        at = range.end;
    }
    push(&mut pieces, &text[at.min(words[to - 1].at.end)..words[to - 1].at.end], false);
    if to < words.len() {
        push(&mut pieces, " …", false);
    }
    pieces
}

/// A short text whole, with what is sought apart: a subject.
pub fn lit(text: &str, sought: &Sought) -> Vec<Piece> {
    let words = words(text);
    let (mut pieces, mut at) = (Vec::new(), 0);
    for i in 0..words.len() {
        let Some((_, length)) = sought.at(&words, i) else { continue };
        let range = words[i].at.start..words[i + length - 1].at.end;
        if range.start < at {
            continue;
        }
        pieces.push(Piece { text: text[at..range.start].to_owned(), is_hit: false });
        pieces.push(Piece { text: text[range.clone()].to_owned(), is_hit: true });
        at = range.end;
    }
    pieces.push(Piece { text: text[at..].to_owned(), is_hit: false });
    pieces.retain(|p| !p.text.is_empty());
    pieces
}

/// Appends text on one line, its longest words cut.
fn push(pieces: &mut Vec<Piece>, text: &str, is_hit: bool) {
    let mut line = String::with_capacity(text.len());
    let mut run = 0;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            run = 0;
            if !line.ends_with(' ') {
                line.push(' ');
            }
            continue;
        }
        run += 1;
        match run {
            ..=LONG => line.push(c),
            _ if run == LONG + 1 => line.push('…'),
            _ => {}
        }
    }
    if !line.is_empty() {
        pieces.push(Piece { text: line, is_hit });
    }
}

/// The words of a text with their places, each folded as the index folds it.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let mut end_word = |start: &mut Option<usize>, end: usize| {
        let Some(from) = start.take() else { return };
        let mut folded = String::new();
        fold_words(&text[from..end], &mut folded);
        // A sign of a script without spaces is a word by itself: the run counts as its first.
        let folded = folded.split(' ').next().unwrap_or_default().to_owned();
        if !folded.is_empty() {
            words.push(Word { folded, at: from..end });
        }
    };
    for (i, c) in text.char_indices() {
        // What is neither letter nor space may still stand inside a word (accents written apart).
        let inside = c.is_alphanumeric() || (!c.is_ascii() && start.is_some() && is_mark(c));
        match (inside, start) {
            (true, None) => start = Some(i),
            (false, Some(_)) => end_word(&mut start, i),
            _ => {}
        }
    }
    end_word(&mut start, text.len());
    words
}

fn is_mark(c: char) -> bool {
    c == '\u{ad}' || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, asked: &str) -> String {
        let pieces = snippet(text, &Sought::of(&Query::parse(asked)));
        pieces
            .iter()
            .map(|p| if p.is_hit { format!("[{}]", p.text) } else { p.text.clone() })
            .collect()
    }

    #[test]
    fn the_words_around_a_hit_are_shown_with_it() {
        let text = "Bonjour,\nVotre lave-linge est  expédié.";
        assert_eq!(shown(text, "EXPEDIE"), "Bonjour, Votre lave-linge est [expédié]");
        assert_eq!(shown(text, "lave-linge"), "Bonjour, Votre [lave-linge] est expédié");
        assert_eq!(shown(text, "expé*"), "Bonjour, Votre lave-linge est [expédié]");
        assert_eq!(shown(text, "facture"), "");
        assert_eq!(shown("", "facture"), "");
    }

    #[test]
    fn the_richest_place_is_shown() {
        let filler = "mot ".repeat(80);
        let text = format!("La facture. {filler} Voici la facture de la commande. {filler}");
        let shown = shown(&text, "facture commandes");
        assert!(shown.contains("[facture] de la [commande]"), "{shown}");
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
    }

    #[test]
    fn odd_text_is_shown_without_a_panic() {
        for text in ["\u{202e}\u{0}é", &"é".repeat(300), "東京 e\u{301}te\u{301} 東"] {
            for asked in ["é", "été", "東", "\"e te\"", "a*"] {
                let _ = shown(text, asked);
            }
        }
    }
}
