//! Phrases of five languages that mean one thing, kept in data files and found in one pass.
//!
//! ```text
//! [name] anything the reader of the file wants to know
//! fr phrase | phrase | ...
//! ```
//! Phrases are folded as text is ([`Folded`]): case, accents and punctuation do not count, digits
//! are `0`. A phrase stands for whole words unless it ends in `*`.

use crate::folded::Folded;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

/// Pieces of text that are looked for together, in one pass; made ready at their first use. For
/// lists written beside a rule:
///
/// ```
/// use mesinfos_understanding::phrases::AnyOf;
/// static RENAMES: AnyOf = AnyOf::new(&["formerly", "anciennement"]);
/// assert!(RENAMES.found_in("solis, anciennement lune"));
/// ```
/// Pieces are found anywhere, inside words too, as they are written: fold them as the text is.
pub struct AnyOf {
    pieces: Cow<'static, [&'static str]>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl AnyOf {
    /// These pieces.
    pub const fn new(pieces: &'static [&'static str]) -> AnyOf {
        AnyOf { pieces: Cow::Borrowed(pieces), automaton: OnceLock::new() }
    }

    /// Pieces that were read from a data file.
    pub fn read(pieces: Vec<&'static str>) -> AnyOf {
        AnyOf { pieces: Cow::Owned(pieces), automaton: OnceLock::new() }
    }

    /// Whether the text holds one of them.
    pub fn found_in(&self, text: &str) -> bool {
        self.automaton().is_some_and(|a| a.is_match(text))
    }

    /// How many of them the text holds, each counted once.
    pub fn count_in(&self, text: &str) -> usize {
        let Some(automaton) = self.automaton() else { return 0 };
        let mut seen = vec![false; self.pieces.len()];
        for hit in automaton.find_overlapping_iter(text) {
            seen[hit.pattern().as_usize()] = true;
        }
        seen.into_iter().filter(|s| *s).count()
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        // It fails only beyond millions of patterns.
        self.automaton.get_or_init(|| AhoCorasick::new(self.pieces.iter()).ok()).as_ref()
    }
}

/// Name and what follows it on its line.
type Head = (&'static str, &'static str);

/// The sets of one data file, with more words after them if wanted.
pub struct Phrases {
    /// Name and what follows it on its line, by set.
    pub sets: Vec<Head>,
    /// For each pattern of the automaton the set that it belongs to.
    meanings: Vec<u32>,
    automaton: Option<AhoCorasick>,
}

impl Phrases {
    /// Reads a data file.
    pub fn read(data: &'static str) -> Phrases {
        Phrases::with_words(data, &[])
    }

    /// Reads a data file; each word becomes a set of its own after those of the file.
    pub fn with_words(data: &'static str, words: &[String]) -> Phrases {
        let (sets, phrases) = parse(data);
        let mut patterns: Vec<String> = Vec::with_capacity(phrases.len() + words.len());
        let mut meanings = Vec::with_capacity(phrases.len() + words.len());
        for (phrase, set) in phrases {
            patterns.push(phrase);
            meanings.push(set);
        }
        for (i, word) in words.iter().enumerate() {
            patterns.push(format!(" {word} "));
            meanings.push((sets.len() + i) as u32);
        }
        // It fails only beyond millions of patterns.
        // A table of transitions takes some megabytes and half the time of the compact form.
        let kind = Some(AhoCorasickKind::DFA);
        let automaton = AhoCorasick::builder().kind(kind).build(&patterns).ok();
        Phrases { sets, meanings, automaton }
    }

    /// The place of the set of this name; `usize::MAX` when there is none.
    pub fn set(&self, name: &str) -> usize {
        self.sets.iter().position(|(n, _)| *n == name).unwrap_or(usize::MAX)
    }

    /// Calls `found` with each set and where one of its phrases stands in the folded text.
    pub fn find(&self, text: &Folded, mut found: impl FnMut(usize, Range<usize>)) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(&text.text) {
            found(self.meanings[hit.pattern().as_usize()] as usize, hit.range());
        }
    }
}

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Phrases({} sets, {} patterns)", self.sets.len(), self.meanings.len())
    }
}

/// The sets of a data file, and each pattern with the set that it belongs to.
fn parse(data: &'static str) -> (Vec<Head>, BTreeSet<(String, u32)>) {
    let mut sets = Vec::new();
    let mut phrases = BTreeSet::new();
    for line in data.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[') {
            sets.push(head.split_once(']').map_or((head, ""), |(n, rest)| (n, rest.trim())));
        } else if let Some((_language, said)) = line.split_once(' ')
            && let Some(set) = sets.len().checked_sub(1)
        {
            phrases.extend(said.split('|').map(|phrase| (pattern(phrase), set as u32)));
        }
    }
    (sets, phrases)
}

/// A phrase as it is looked for in folded text: whole words, or a beginning when it ends in `*`.
fn pattern(phrase: &str) -> String {
    let mut folded = Folded::of(phrase).text;
    if phrase.trim_end().ends_with('*') {
        folded.truncate(folded.trim_end().len());
    }
    folded
}

/// What is wrong with a data file; for tests.
#[cfg(test)]
pub fn faults(data: &'static str) -> Vec<String> {
    let (_, phrases) = parse(data);
    let mut faults: Vec<String> = data
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with(['#', '[']))
        .filter(|l| !["fr ", "en ", "de ", "es ", "it "].iter().any(|c| l.starts_with(c)))
        .map(|l| format!("names no language: {l}"))
        .collect();
    let empty = phrases.iter().filter(|(p, _)| p.trim().is_empty()).count();
    if empty > 0 {
        faults.push(format!("{empty} empty phrases"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_or_beginnings() {
        let phrases = Phrases::read("[until]\nfr jusqu'au\n[named] x\nfr interess*\n");
        let seen = |text: &str| {
            let mut sets = Vec::new();
            phrases.find(&Folded::of(text), |set, _| sets.push(phrases.sets[set].0));
            sets
        };
        assert_eq!(seen("valable jusqu’au 3 mai"), ["until"]);
        assert_eq!(seen("toujours intéressée ?"), ["named"]);
        assert_eq!(seen("désintéressé"), [""; 0]);
        assert_eq!(phrases.sets[1], ("named", "x"));
    }
}
