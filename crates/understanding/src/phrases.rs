//! Phrases of five languages that mean one thing, kept in data files and found in one pass.
//!
//! ```text
//! [name] anything the reader of the file wants to know
//! fr phrase | phrase | ...
//! ```
//! Phrases are folded as text is ([`Folded`]): case, accents and punctuation do not count, digits
//! are `0`. A phrase stands for whole words unless it ends in `*`.

use crate::folded::Folded;
use aho_corasick::{AhoCorasick, MatchKind};
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
    /// The same, made for [`AnyOf::first_in`].
    leftmost: OnceLock<Option<AhoCorasick>>,
}

impl AnyOf {
    /// These pieces.
    pub const fn new(pieces: &'static [&'static str]) -> AnyOf {
        AnyOf {
            pieces: Cow::Borrowed(pieces),
            automaton: OnceLock::new(),
            leftmost: OnceLock::new(),
        }
    }

    /// Pieces that were read from a data file.
    pub fn read(pieces: Vec<&'static str>) -> AnyOf {
        AnyOf { pieces: Cow::Owned(pieces), automaton: OnceLock::new(), leftmost: OnceLock::new() }
    }

    /// Whether the text holds one of them.
    pub fn found_in(&self, text: &str) -> bool {
        self.automaton().is_some_and(|a| a.is_match(text))
    }

    /// Where the first of them begins in the text.
    pub fn first_in(&self, text: &str) -> Option<usize> {
        let make = || {
            let builder = &mut AhoCorasick::builder();
            builder.match_kind(MatchKind::LeftmostFirst).build(self.pieces.iter()).ok()
        };
        let automaton = self.leftmost.get_or_init(make).as_ref()?;
        automaton.find(text).map(|hit| hit.start())
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

/// The beginnings of the words of a list: most words of a text are in no list, and their first three
/// bytes show it without a look into any table.
pub struct Beginnings(Box<[u64; 1024]>);

impl Beginnings {
    /// Those of these words.
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Beginnings {
        let mut set = Beginnings(Box::new([0; 1024]));
        for word in words {
            let bit = Beginnings::bit(word);
            set.0[bit / 64] |= 1 << (bit % 64);
        }
        set
    }

    /// Whether a word of the list may begin as this one, or be a longer beginning of it.
    pub fn may_hold(&self, word: &str) -> bool {
        let bit = Beginnings::bit(word);
        self.0[bit / 64] & 1 << (bit % 64) != 0
    }

    fn bit(word: &str) -> usize {
        let bytes = word.as_bytes();
        let at = |i: usize| u32::from(bytes.get(i).copied().unwrap_or_default());
        let three = at(0) | at(1) << 8 | at(2) << 16;
        (three.wrapping_mul(0x9e37_79b1) >> 16) as usize
    }
}

/// Name and what follows it on its line.
type Head = (&'static str, &'static str);

/// The sets of one data file, with more words after them if wanted.
pub struct Phrases {
    /// Name and what follows it on its line, by set.
    pub sets: Vec<Head>,
    /// For each phrase the set that it belongs to.
    meanings: Vec<u32>,
    tree: Tree,
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
        Phrases { sets, meanings, tree: Tree::of(&patterns) }
    }

    /// The place of the set of this name; `usize::MAX` when there is none.
    pub fn set(&self, name: &str) -> usize {
        self.sets.iter().position(|(n, _)| *n == name).unwrap_or(usize::MAX)
    }

    /// Calls `found` with each set and where one of its phrases stands in the folded text, in the
    /// order in which phrases end.
    pub fn find(&self, text: &Folded, mut found: impl FnMut(usize, Range<usize>)) {
        let mut hits: Vec<(usize, usize, u32)> = Vec::new();
        for start in memchr::memchr_iter(b' ', text.text.as_bytes()) {
            self.tree.walk(text.text.as_bytes(), start, |phrase, end| {
                hits.push((end, start, phrase));
            });
        }
        hits.sort_unstable();
        for (end, start, phrase) in hits {
            found(self.meanings[phrase as usize] as usize, start..end);
        }
    }
}

/// Phrases by their letters. All begin where a word does, so that a text is looked through by its
/// words: nearly all of them leave the tree after two or three letters, while its first levels,
/// which alone are touched, stay in the processor's cache.
struct Tree {
    /// For each byte its column, from 1; 0 for those that no phrase holds.
    columns: [u8; 256],
    width: usize,
    /// One row a node: the next node for each column, 0 where there is none. The first is the root.
    /// [`Tree::ENDS`] is set where phrases end at that next node.
    next: Vec<u32>,
    /// For each node the phrases that end there.
    ends: Vec<Vec<u32>>,
}

impl Tree {
    const ENDS: u32 = 1 << 31;

    fn of(phrases: &[String]) -> Tree {
        let mut columns = [0u8; 256];
        let mut width = 1;
        for byte in phrases.iter().flat_map(|p| p.bytes()) {
            if columns[usize::from(byte)] == 0 {
                // UTF-8 has fewer than 250 different bytes: they fit.
                columns[usize::from(byte)] = width as u8;
                width += 1;
            }
        }
        let mut tree = Tree { columns, width, next: vec![0; width], ends: vec![Vec::new()] };
        for (i, phrase) in phrases.iter().enumerate() {
            let (mut node, mut led) = (0, None);
            for byte in phrase.bytes() {
                let at = node * width + usize::from(tree.columns[usize::from(byte)]);
                if tree.next[at] == 0 {
                    tree.next[at] = tree.ends.len() as u32;
                    tree.next.resize(tree.next.len() + width, 0);
                    tree.ends.push(Vec::new());
                }
                node = (tree.next[at] & !Tree::ENDS) as usize;
                led = Some(at);
            }
            if let Some(at) = led {
                tree.next[at] |= Tree::ENDS;
                tree.ends[node].push(i as u32);
            }
        }
        tree
    }

    /// Calls `found` with each phrase that begins at `start` and where it ends.
    #[inline]
    fn walk(&self, text: &[u8], start: usize, mut found: impl FnMut(u32, usize)) {
        let mut row = 0;
        for (i, byte) in text.iter().enumerate().skip(start) {
            // Column 0 leads nowhere.
            let next = self.next[row + usize::from(self.columns[usize::from(*byte)])];
            if next == 0 {
                return;
            }
            let node = (next & !Tree::ENDS) as usize;
            if next & Tree::ENDS != 0 {
                for phrase in &self.ends[node] {
                    found(*phrase, i + 1);
                }
            }
            row = node * self.width;
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
