//! The concepts that mails speak of, and the words found on the way: one pass over folded text.

use super::folded::Folded;
use aho_corasick::{AhoCorasick, MatchKind};
use mesinfos_domain::Category;
use std::collections::HashMap;
use std::ops::Range;

/// The hand-written part: what is said, in five languages, and which category it leans to.
const CONCEPTS: &str = include_str!("../../data/concepts.txt");

/// A leaning towards each category, in the order of [`Category::ALL`].
pub type Leaning = [f32; 6];

/// One thing that mails say, whatever the words.
#[derive(Debug)]
pub struct Concept {
    /// `password`, `shipped`.
    pub name: &'static str,
    /// Before anything is learnt.
    pub leaning: Leaning,
}

/// Concepts and learnt words, ready to be found in one pass.
pub struct Lexicon {
    /// The concepts, as the data file has them.
    pub concepts: Vec<Concept>,
    /// The words whose weight was learnt.
    pub words: Vec<String>,
    /// For each pattern of the automaton: a concept, or `concepts.len()` + a word.
    meanings: Vec<u32>,
    automaton: Option<AhoCorasick>,
}

impl Lexicon {
    /// The concepts of the data file with these learnt words.
    pub fn with_words(words: Vec<String>) -> Lexicon {
        let (concepts, phrases) = parse(CONCEPTS);
        let mut patterns: Vec<String> = Vec::with_capacity(phrases.len() + words.len());
        let mut meanings = Vec::with_capacity(phrases.len() + words.len());
        for (phrase, concept) in phrases {
            patterns.push(phrase);
            meanings.push(concept);
        }
        for (i, word) in words.iter().enumerate() {
            patterns.push(format!(" {word} "));
            meanings.push((concepts.len() + i) as u32);
        }
        // It fails only beyond millions of patterns; without it, the letter's shape decides.
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::Standard).build(&patterns).ok();
        Lexicon { concepts, words, meanings, automaton }
    }

    /// Calls `found` with each concept (its place in `concepts`) or word (`concepts.len()` + its
    /// place in `words`) and where it stands in the folded text.
    pub fn find(&self, text: &Folded, mut found: impl FnMut(usize, Range<usize>)) {
        let Some(automaton) = &self.automaton else { return };
        for hit in automaton.find_overlapping_iter(&text.text) {
            found(self.meanings[hit.pattern().as_usize()] as usize, hit.range());
        }
    }
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lexicon({} concepts, {} words)", self.concepts.len(), self.words.len())
    }
}

fn parse(data: &'static str) -> (Vec<Concept>, Vec<(String, u32)>) {
    let mut concepts: Vec<Concept> = Vec::new();
    // A phrase said for two concepts counts for the first only when it is twice in the same one.
    let mut phrases: HashMap<(String, u32), ()> = HashMap::new();
    for line in data.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[') {
            let (name, leanings) = head.split_once(']').unwrap_or((head, ""));
            let mut leaning = [0.0; 6];
            for part in leanings.split_whitespace() {
                if let Some((code, value)) = part.split_once('=')
                    && let Some(i) = Category::ALL.iter().position(|c| c.code() == code)
                {
                    leaning[i] = value.parse().unwrap_or(0.0);
                }
            }
            concepts.push(Concept { name, leaning });
        } else if let Some((_language, said)) = line.split_once(' ')
            && let Some(concept) = concepts.len().checked_sub(1)
        {
            for phrase in said.split('|') {
                phrases.insert((pattern(phrase), concept as u32), ());
            }
        }
    }
    let mut phrases: Vec<(String, u32)> = phrases.into_keys().collect();
    phrases.sort();
    (concepts, phrases)
}

/// A phrase as it is looked for in folded text: whole words, or a beginning when it ends in `*`.
fn pattern(phrase: &str) -> String {
    let mut folded = Folded::of(phrase).text;
    if phrase.trim_end().ends_with('*') {
        folded.truncate(folded.trim_end().len());
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_sound() {
        let (concepts, phrases) = parse(CONCEPTS);
        assert!(concepts.len() > 50);
        for concept in &concepts {
            assert!(concept.leaning.iter().any(|l| *l != 0.0), "{} leans nowhere", concept.name);
        }
        assert!(phrases.iter().all(|(p, _)| p.len() > 2), "a phrase is empty");
        let unknown = CONCEPTS
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with(['#', '[']))
            .find(|l| !["fr ", "en ", "de ", "es ", "it "].iter().any(|c| l.starts_with(c)));
        assert_eq!(unknown, None, "a line names no language");
    }

    #[test]
    fn a_concept_is_found_whatever_the_language() {
        let lexicon = Lexicon::with_words(vec!["merci".into()]);
        let seen = |text: &str| {
            let mut names = Vec::new();
            lexicon.find(&Folded::of(text), |i, _| {
                names.push(lexicon.concepts.get(i).map_or("word", |c| c.name));
            });
            names
        };
        for text in ["Mot de passe oublié ?", "Your password", "Ihr Passwort", "Su contraseña"] {
            assert!(seen(text).contains(&"password"), "{text}");
        }
        assert_eq!(seen("merci"), ["word"]);
    }
}
