//! The two indexed forms of a text: its words folded, in order, and its stems, each once.

use crate::fold;
use foldhash::fast::FixedState;
use foldhash::{HashMap, HashSet};
use mesinfos_domain::Language;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::hash::BuildHasher;
use unicode_normalization::char::is_combining_mark;

/// A longer word is cut here; nobody types more, and base64 must not fill the index.
const WORD_BYTES: usize = 64;
/// Words remembered of each language between mails: its common ones many times over.
const REMEMBERED: usize = 50_000;
/// Words are remembered when they are met again: so many of those met once are told by their hash.
const MET_ONCE: usize = 1 << 15;

/// What the index holds of one mail, words parted by single spaces.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IndexText {
    /// Folded words in order.
    pub words: String,
    /// Folded stems, each once.
    pub stems: String,
}

/// Makes [`IndexText`]s; keeps the stems that it has found.
#[derive(Default)]
pub struct Indexer {
    known: HashMap<Language, Known>,
    /// Which mail of this indexer is read: what was met in it bears its number.
    mail: u64,
    /// Hashes of this mail's stems of words that are not remembered.
    others: HashSet<u64>,
}

/// The words of one language that were met more than once, each with its stem: common words are
/// stemmed once. Names, references and misspellings, which most different words are, come once and
/// would only push them out.
#[derive(Default)]
struct Known {
    words: HashMap<Box<str>, Met>,
    stems: Vec<Stem>,
    places: HashMap<Box<str>, usize>,
    /// Hashes of words that were met once, each at the place that it says itself.
    once: Vec<u64>,
}

struct Met {
    stem: usize,
    /// The last mail that held it.
    mail: u64,
}

struct Stem {
    text: Box<str>,
    mail: u64,
}

impl Known {
    fn learn(&mut self, word: &str, stem: &str, mail: u64) -> usize {
        let place = match self.places.get(stem) {
            Some(place) => *place,
            None => {
                self.stems.push(Stem { text: stem.into(), mail: 0 });
                self.places.insert(stem.into(), self.stems.len() - 1);
                self.stems.len() - 1
            }
        };
        self.words.insert(word.into(), Met { stem: place, mail });
        place
    }

    /// Whether a word of this hash was met lately; now it was.
    fn is_met(&mut self, hash: u64) -> bool {
        self.once.resize(MET_ONCE, 0);
        let place = &mut self.once[hash as usize % MET_ONCE];
        std::mem::replace(place, hash) == hash
    }

    /// Forgets all, when there is too much: common words are learnt again soon.
    fn bound(&mut self) {
        if self.words.len() > REMEMBERED {
            *self = Known::default();
        }
    }
}

impl Indexer {
    /// Indexes parts of one mail (subject, names, body), whose language is given.
    pub fn index(&mut self, parts: &[&str], language: Language) -> IndexText {
        let mut words = String::with_capacity(parts.iter().map(|p| p.len()).sum());
        for part in parts {
            fold_words(part, &mut words);
        }
        self.mail += 1;
        let mail = self.mail;
        let known = self.known.entry(language).or_default();
        known.bound();
        let stemmer = stemmer(language);
        let mut stems = String::with_capacity(words.len() / 3);
        let hasher = FixedState::default();
        self.others.clear();
        for word in words.split_ascii_whitespace() {
            let place = match known.words.get_mut(word) {
                Some(met) if met.mail == mail => continue,
                Some(met) => {
                    met.mail = mail;
                    met.stem
                }
                None => {
                    let stem = stemmer.as_ref().map_or(Cow::Borrowed(word), |s| s.stem(word));
                    let is_here = self.others.contains(&hasher.hash_one(&*stem));
                    if known.is_met(hasher.hash_one(word)) {
                        let place = known.learn(word, &stem, mail);
                        if is_here {
                            known.stems[place].mail = mail;
                        }
                        place
                    } else if let Some(place) = known.places.get(&*stem) {
                        *place
                    } else {
                        if !is_here {
                            self.others.insert(hasher.hash_one(&*stem));
                            stems.push_str(&stem);
                            stems.push(' ');
                        }
                        continue;
                    }
                }
            };
            let stem = &mut known.stems[place];
            if stem.mail != mail {
                stem.mail = mail;
                stems.push_str(&stem.text);
                stems.push(' ');
            }
        }
        IndexText { words, stems }
    }
}

/// The forms under which a bare word may be indexed: its stem in each language, and itself.
pub fn stems_of(folded: &str) -> Vec<String> {
    let mut stems = vec![folded.to_owned()];
    for language in Language::READ {
        if let Some(stemmer) = stemmer(language) {
            let stem = stemmer.stem(folded);
            if !stems.iter().any(|s| *s == stem) {
                stems.push(stem.into_owned());
            }
        }
    }
    stems
}

fn stemmer(language: Language) -> Option<Stemmer> {
    Some(Stemmer::create(match language {
        Language::Fr => Algorithm::French,
        Language::En => Algorithm::English,
        Language::De => Algorithm::German,
        Language::Es => Algorithm::Spanish,
        Language::It => Algorithm::Italian,
        Language::Other => return None,
    }))
}

/// Appends the folded words of a text to `out`, each followed by a space.
pub fn fold_words(text: &str, out: &mut String) {
    let mut start = out.len();
    let end_word = |out: &mut String, start: &mut usize| {
        if out.len() > *start {
            if out.len() - *start > WORD_BYTES {
                let mut cut = *start + WORD_BYTES;
                while !out.is_char_boundary(cut) {
                    cut -= 1;
                }
                out.truncate(cut);
            }
            out.push(' ');
            *start = out.len();
        }
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            end_word(out, &mut start);
        } else if is_own_word(c) {
            end_word(out, &mut start);
            out.push(c);
            end_word(out, &mut start);
        } else if c.is_alphanumeric() {
            fold::char_into(c, out);
        } else if !is_joiner(c) {
            end_word(out, &mut start);
        }
    }
    end_word(out, &mut start);
}

/// Chinese, Japanese and Korean text has no spaces: each sign is indexed by itself.
fn is_own_word(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Signs that stand inside a word without being part of it: accents written apart, soft hyphens,
/// the invisible fillers of newsletters.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{34f}')
        || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        fold_words(text, &mut out);
        out
    }

    #[test]
    fn words_are_folded_in_order() {
        assert_eq!(folded("L'Été, n° AB-12 : 12,90 €"), "l ete n ab 12 12 90 ");
        assert_eq!(folded("e\u{301}te\u{301} news\u{ad}letter"), "ete newsletter ");
        assert_eq!(folded("東京 Łódź"), "東 京 lodz ");
        assert_eq!(folded(&"é".repeat(100)).len(), WORD_BYTES + 1);
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let mut indexer = Indexer::default();
        let text = indexer.index(&["Vos commandes expédiées", "commande"], Language::Fr);
        assert_eq!(text.words, "vos commandes expediees commande ");
        let stems: Vec<&str> = text.stems.split_whitespace().collect();
        assert!(stems_of("commande").iter().any(|s| stems.contains(&s.as_str())), "{stems:?}");
        assert_eq!(stems.iter().filter(|s| s.starts_with("command")).count(), 1);
    }
}
