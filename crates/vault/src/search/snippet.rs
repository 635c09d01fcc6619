//! The words around what was found: a line of the mail's visible text, what was asked for apart.

use super::query::Query;
use super::words::{fold_words, stems_of};
use crate::vault::READERS;
use crate::{Error, Result, Vault, originals};
use mesinfos_domain::MessageId;
use mesinfos_reading::{Dom, Mail, Page};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

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
    /// Of each mail the words around what is asked for; empty when they stand nowhere in its text (in
    /// an attachment's name, in the sender, or nothing but filters was asked for). Every processor takes
    /// its part: a page waits for twenty mails to be read.
    pub fn snippets(&self, messages: &[MessageId], query: &Query) -> Result<Vec<Vec<Piece>>> {
        let mut snippets = vec![Vec::new(); messages.len()];
        if !query.has_text() {
            return Ok(snippets);
        }
        let sought = Sought::of(query);
        let next = AtomicUsize::new(0);
        let read = || -> Result<Vec<(usize, Vec<Piece>)>> {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(message) = messages.get(at) else { return Ok(done) };
                let text = self.shown_text(*message)?;
                done.push((at, text.map(|t| snippet(&t, &sought)).unwrap_or_default()));
            }
        };
        let helpers = std::thread::available_parallelism().map_or(1, usize::from).min(READERS) - 1;
        let done = std::thread::scope(|scope| {
            let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(read)).collect();
            let mut done = read()?;
            for helper in helpers {
                done.extend(helper.join().map_err(|_| Error::Stopped)??);
            }
            Ok::<_, Error>(done)
        })?;
        for (at, pieces) in done {
            snippets[at] = pieces;
        }
        Ok(snippets)
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
    /// Words after the first of the longest phrase.
    ahead: usize,
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
            ahead: query.phrases.iter().map(|p| p.len().saturating_sub(1)).max().unwrap_or(0),
        }
    }

    /// How many things are looked for.
    fn kinds(&self) -> usize {
        self.words.len() + self.prefixes.len() + self.phrases.len()
    }

    /// What begins at this word. The words that a phrase asks for after it must have been read.
    fn at(&self, words: &Words<'_>, i: usize) -> Option<Hit> {
        let folded = words.folded(i);
        let is_form = |(word, stem): &(String, String)| {
            folded == word || folded.len() <= stem.len() + 4 && folded.starts_with(stem.as_str())
        };
        let hit = |what, length| Some(Hit { word: i, what, length });
        if let Some(n) = self.words.iter().position(is_form) {
            return hit(n, 1);
        }
        let base = self.words.len();
        if let Some(n) = self.prefixes.iter().position(|p| folded.starts_with(p.as_str())) {
            return hit(base + n, 1);
        }
        let base = base + self.prefixes.len();
        let stands = |phrase: &Vec<String>| {
            i + phrase.len() <= words.len()
                && phrase.iter().enumerate().all(|(k, p)| words.folded(i + k) == p)
        };
        let n = self.phrases.iter().position(stands)?;
        hit(base + n, self.phrases[n].len())
    }
}

/// Something sought, found.
struct Hit {
    /// The first of its words.
    word: usize,
    /// Which of the things sought: words, prefixes, then phrases.
    what: usize,
    /// How many words it takes.
    length: usize,
}

/// How many different things these hits are.
fn kinds(hits: &[Hit]) -> u32 {
    // More than a hundred things in thirty words are told apart no further.
    hits.iter().fold(0u128, |all, h| all | 1 << h.what.min(127)).count_ones()
}

/// The hits that are shown when this one is the first.
fn near(hits: &[Hit], first: usize) -> &[Hit] {
    let end = hits[first].word + WORDS - BEFORE;
    let length = hits[first..].iter().take_while(|h| h.word < end).count();
    &hits[first..first + length]
}

/// The part of a text that holds most of what is sought, and nothing when none of it is there.
pub fn snippet(text: &str, sought: &Sought) -> Vec<Piece> {
    let mut words = Words::of(&text[..text.floor_char_boundary(LOOKED)]);
    let mut hits: Vec<Hit> = Vec::new();
    let mut last = usize::MAX;
    for i in 0.. {
        words.reach(i + sought.ahead);
        if i >= words.len() || i > last {
            break;
        }
        hits.extend(sought.at(&words, i));
        // A place that holds all is not bettered further down: what it shows is read, no more.
        if last == usize::MAX && hits.last().is_some_and(|h| h.word == i) {
            let first = hits.partition_point(|h| h.word + WORDS - BEFORE <= i);
            if kinds(&hits[first..]) as usize == sought.kinds() {
                last = hits[first].word.saturating_sub(BEFORE) + WORDS;
            }
        }
    }
    // The first of the richest: among equals the one that one would read first.
    let rich = |first: &usize| kinds(near(&hits, *first));
    let Some(best) = (0..hits.len()).rev().max_by_key(rich) else { return Vec::new() };
    let from = hits[best].word.saturating_sub(BEFORE);
    let to = (from + WORDS).min(words.len());
    let mut pieces = Vec::new();
    if from > 0 {
        push(&mut pieces, "… ", false);
    }
    let mut at = words.place(from).start;
    for hit in hits.iter().filter(|h| h.word >= from && h.word + h.length <= to) {
        let range = words.span(hit);
        if range.start < at {
            continue;
        }
        push(&mut pieces, &text[at..range.start], false);
        push(&mut pieces, &text[range.clone()], true);
        at = range.end;
    }
    let end = words.place(to - 1).end;
    push(&mut pieces, &text[at.min(end)..end], false);
    if to < words.len() {
        push(&mut pieces, " …", false);
    }
    pieces
}

/// A short text whole, with what is sought apart: a subject.
pub fn lit(text: &str, sought: &Sought) -> Vec<Piece> {
    let mut words = Words::of(text);
    words.reach(usize::MAX);
    let (mut pieces, mut at) = (Vec::new(), 0);
    for i in 0..words.len() {
        let Some(hit) = sought.at(&words, i) else { continue };
        let range = words.span(&hit);
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

/// The words of a text with their places, each folded as the index folds it, read as far as they are
/// asked for.
struct Words<'t> {
    text: &'t str,
    /// Bytes of the text that were read.
    read: usize,
    /// All folded words one after the other: a text has thousands, and a string for each costs more
    /// than folding it.
    folded: String,
    /// Where each ends in `folded`, and where it stands in the text.
    ends: Vec<(usize, Range<usize>)>,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Words<'t> {
        Words { text, read: 0, folded: String::new(), ends: Vec::new() }
    }

    /// How many were read.
    fn len(&self) -> usize {
        self.ends.len()
    }

    fn folded(&self, i: usize) -> &str {
        let start = i.checked_sub(1).map_or(0, |before| self.ends[before].0);
        &self.folded[start..self.ends[i].0]
    }

    fn place(&self, i: usize) -> Range<usize> {
        self.ends[i].1.clone()
    }

    /// From the first word of a hit to its last.
    fn span(&self, hit: &Hit) -> Range<usize> {
        self.place(hit.word).start..self.place(hit.word + hit.length - 1).end
    }

    /// Reads on until the word `i` was read, or the end.
    fn reach(&mut self, i: usize) {
        while self.ends.len() <= i && self.read < self.text.len() {
            self.next();
        }
    }

    /// Reads one word, or what is left without any.
    fn next(&mut self) {
        let (from, mut start) = (self.read, None);
        for (at, c) in self.text[from..].char_indices() {
            // What is neither letter nor space may still stand inside a word (accents written apart).
            let inside = c.is_alphanumeric() || (!c.is_ascii() && start.is_some() && is_mark(c));
            match (inside, start) {
                (true, None) => start = Some(from + at),
                (false, Some(start)) => {
                    self.read = from + at;
                    return self.keep(start..from + at);
                }
                _ => {}
            }
        }
        self.read = self.text.len();
        if let Some(start) = start {
            self.keep(start..self.text.len());
        }
    }

    fn keep(&mut self, at: Range<usize>) {
        let start = self.folded.len();
        fold_words(&self.text[at.clone()], &mut self.folded);
        // A sign of a script without spaces is a word by itself: the run counts as its first.
        let length = self.folded[start..].find(' ').unwrap_or(0);
        self.folded.truncate(start + length);
        if length > 0 {
            self.ends.push((start + length, at));
        }
    }
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
