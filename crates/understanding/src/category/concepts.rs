//! The concepts that mails speak of, and the words learnt beside them.

use crate::folded::Folded;
use crate::phrases::Phrases;
use mesinfos_domain::Category;
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
#[derive(Debug)]
pub struct Lexicon {
    /// The concepts, as the data file has them.
    pub concepts: Vec<Concept>,
    /// The words whose weight was learnt.
    pub words: Vec<String>,
    phrases: Phrases,
}

impl Lexicon {
    /// The concepts of the data file with these learnt words.
    pub fn with_words(words: Vec<String>) -> Lexicon {
        let phrases = Phrases::with_words(CONCEPTS, &words);
        let concepts =
            phrases.sets.iter().map(|&(name, rest)| Concept { name, leaning: leaning(rest) });
        Lexicon { concepts: concepts.collect(), words, phrases }
    }

    /// Calls `found` with each concept (its place in `concepts`) or word (`concepts.len()` + its
    /// place in `words`) and where it stands in the folded text.
    pub fn find(&self, text: &Folded, found: impl FnMut(usize, Range<usize>)) {
        self.phrases.find(text, found);
    }
}

/// `account=3 newsletter=-0.5`.
fn leaning(text: &str) -> Leaning {
    let mut leaning = [0.0; 6];
    for part in text.split_whitespace() {
        if let Some((code, value)) = part.split_once('=')
            && let Some(i) = Category::ALL.iter().position(|c| c.code() == code)
        {
            leaning[i] = value.parse().unwrap_or(0.0);
        }
    }
    leaning
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_file_is_sound() {
        assert_eq!(crate::phrases::faults(CONCEPTS), [""; 0]);
        let lexicon = Lexicon::with_words(Vec::new());
        assert!(lexicon.concepts.len() > 50);
        for concept in &lexicon.concepts {
            assert!(concept.leaning.iter().any(|l| *l != 0.0), "{} leans nowhere", concept.name);
        }
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
