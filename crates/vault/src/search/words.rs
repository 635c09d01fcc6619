//! What is indexed of a text: its words folded, in order, and which words are forms of one stem.

use crate::fold;
use foldhash::fast::FixedState;
use foldhash::{HashMap, HashSet};
use mesinfos_domain::Language;
use rust_stemmers::{Algorithm, Stemmer};
use std::hash::BuildHasher;
use unicode_normalization::char::is_combining_mark;

/// A longer word is cut here; nobody types more, and base64 must not fill the index.
const WORD_BYTES: usize = 64;
/// Words of each language that are remembered between mails, by their hashes: two megabytes.
const TOLD: usize = 1 << 18;

/// So many letters of each word are its beginning.
pub const START: usize = 3;

/// What the index takes of one mail.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct IndexText {
    /// Folded words in order, each followed by a space.
    pub words: String,
    /// The beginnings of its words, each once, each followed by a space.
    pub starts: String,
    /// Words of it whose stem is another, less those that the same [`Indexer`] told lately.
    pub forms: Vec<Form>,
}

/// A word, and what a language's stemmer makes of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Form {
    /// The stem.
    pub stem: String,
    /// Whose stemmer.
    pub language: Language,
    /// The word, folded; another than its stem.
    pub word: String,
}

/// Makes [`IndexText`]s, and tells the forms of a word about once, however often it is met.
#[derive(Default)]
pub struct Indexer {
    /// Hashes of the words that were told, each at the place that it says itself: one that another
    /// pushes out is told again, which costs little and changes nothing.
    told: HashMap<Language, Vec<u64>>,
    /// Hashes of the beginnings of one mail's words.
    started: HashSet<u64>,
}

impl Indexer {
    /// Indexes parts of one mail (subject, names, body), whose language is given.
    pub fn index(&mut self, parts: &[&str], language: Language) -> IndexText {
        let mut words = String::with_capacity(parts.iter().map(|p| p.len()).sum());
        for part in parts {
            fold_words(part, &mut words);
        }
        let told = self.told.entry(language).or_insert_with(|| vec![0; TOLD]);
        let hasher = FixedState::default();
        let (mut starts, mut forms) = (String::with_capacity(words.len() / 4), Vec::new());
        self.started.clear();
        for word in words.split_ascii_whitespace() {
            let start = start(word);
            if self.started.insert(hasher.hash_one(start)) {
                starts.push_str(start);
                starts.push(' ');
            }
            if !has_forms(word) {
                continue;
            }
            let hash = hasher.hash_one(word);
            let place = &mut told[hash as usize % TOLD];
            if std::mem::replace(place, hash) != hash {
                // English words stand in mails of every language.
                forms_of(word, &[language, Language::En], &mut forms);
            }
        }
        IndexText { words, starts, forms }
    }
}

/// The beginning of a word; of a short one, all of it.
fn start(word: &str) -> &str {
    word.char_indices().nth(START).map_or(word, |(end, _)| &word[..end])
}

/// Appends the forms that a folded word is in these languages.
pub fn forms_of(word: &str, languages: &[Language], forms: &mut Vec<Form>) {
    if !has_forms(word) {
        return;
    }
    for (i, &language) in languages.iter().enumerate() {
        if !languages[..i].contains(&language)
            && let Some(stem) = stem(word, language)
            && stem != word
        {
            forms.push(Form { stem, language, word: word.to_owned() });
        }
    }
}

/// References and sums are no words of a language.
fn has_forms(word: &str) -> bool {
    !word.bytes().any(|b| b.is_ascii_digit())
}

/// A folded word itself, and its stem in each language: no two alike.
pub fn stems_of(folded: &str) -> Vec<String> {
    let mut stems = vec![folded.to_owned()];
    if has_forms(folded) {
        for stem in Language::READ.into_iter().filter_map(|l| stem(folded, l)) {
            if !stems.contains(&stem) {
                stems.push(stem);
            }
        }
    }
    stems
}

/// What this language's stemmer makes of a folded word; `None` when there is no stemmer.
pub fn stem(folded: &str, language: Language) -> Option<String> {
    let algorithm = match language {
        Language::Fr => Algorithm::French,
        Language::En => Algorithm::English,
        Language::De => Algorithm::German,
        Language::Es => Algorithm::Spanish,
        Language::It => Algorithm::Italian,
        Language::Other => return None,
    };
    Some(Stemmer::create(algorithm).stem(folded).into_owned())
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
    fn a_word_is_told_once_with_its_stem_in_the_mails_language_and_in_english() {
        let mut indexer = Indexer::default();
        let text = indexer.index(&["Vos commandes, commande AB12es", "commandes"], Language::Fr);
        assert_eq!(text.words, "vos commandes commande ab12es commandes ");
        assert_eq!(text.starts, "vos com ab1 ");
        let told = |text: &IndexText, word: &str| -> Vec<(Language, String)> {
            let of_word = text.forms.iter().filter(|f| f.word == word);
            of_word.map(|f| (f.language, f.stem.clone())).collect()
        };
        let command = |language| (language, "command".to_owned());
        assert_eq!(told(&text, "commandes"), [command(Language::Fr), command(Language::En)]);
        assert_eq!(told(&text, "ab12es"), [], "a reference has no forms");
        let again = indexer.index(&["Une commande"], Language::Fr);
        assert_eq!(told(&again, "commande"), [], "told before");
        let elsewhere = indexer.index(&["la commande"], Language::It);
        assert_eq!(told(&elsewhere, "commande").len(), 2);
    }
}
