//! The words worth a weight: those of several lineages that name nobody.

use crate::corpus::Example;
use std::collections::{BTreeMap, BTreeSet};

/// A word of fewer lineages is a habit of theirs, not of mails.
const LINEAGES: usize = 3;
const MAILS: usize = 8;

/// The words to learn, in order.
pub fn choose(mails: &[&Example]) -> Vec<String> {
    let mut uses: BTreeMap<&str, (BTreeSet<&str>, usize)> = BTreeMap::new();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for mail in mails {
        for word in mail.words.union(&mail.subject_words) {
            let (lineages, count) = uses.entry(word).or_default();
            lineages.insert(&mail.lineage);
            *count += 1;
        }
        for name in &mail.names {
            *names.entry(name).or_default() += 1;
        }
    }
    uses.into_iter()
        .filter(|(word, (lineages, count))| {
            lineages.len() >= LINEAGES
                && *count >= MAILS
                && word.len() > 2
                && word.chars().all(char::is_alphabetic)
                // "Livre" is also a word, but one shop named so is reason enough to leave it out.
                && !names.contains_key(word)
        })
        .map(|(word, _)| word.to_owned())
        .collect()
}
