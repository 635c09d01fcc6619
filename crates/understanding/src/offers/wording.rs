//! The words that promotions are made of, found in a text.

use crate::folded::Folded;
use crate::phrases::Phrases;
use std::ops::Range;
use std::sync::LazyLock;

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../data/offers.txt")));

/// A set of phrases of `data/offers.txt`, in the file's order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Set {
    PromoLabel,
    Label,
    OtherCode,
    With,
    Gives,
    FreeShipping,
    Minimum,
    Until,
    NextOrder,
    Tonight,
    Weekend,
    Hours,
    Lasts,
    Tax,
}

const SETS: [Set; 14] = [
    Set::PromoLabel,
    Set::Label,
    Set::OtherCode,
    Set::With,
    Set::Gives,
    Set::FreeShipping,
    Set::Minimum,
    Set::Until,
    Set::NextOrder,
    Set::Tonight,
    Set::Weekend,
    Set::Hours,
    Set::Lasts,
    Set::Tax,
];

/// One phrase in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// Which set.
    pub set: Set,
    /// Bytes of the text.
    pub at: Range<usize>,
}

/// All phrases of a text, by where they end.
#[derive(Debug, Default)]
pub struct Wording {
    hits: Vec<Hit>,
}

impl Wording {
    /// Looks through a text once.
    pub fn of(text: &str) -> Wording {
        Wording::in_folded(&Folded::of(text))
    }

    /// Looks through a text that is folded already.
    pub fn in_folded(folded: &Folded) -> Wording {
        let mut hits = Vec::new();
        PHRASES.find(folded, |set, range| {
            let source = folded.source(range);
            if let Some(&set) = SETS.get(set) {
                hits.push(Hit { set, at: source.start as usize..source.end as usize });
            }
        });
        // "code postal" is not a "code".
        let others: Vec<Hit> = hits
            .iter()
            .filter(|h| matches!(h.set, Set::OtherCode | Set::PromoLabel))
            .cloned()
            .collect();
        hits.retain(|h| h.set != Set::Label || !others.iter().any(|o| h.inside(o)));
        hits.sort_by_key(|h| (h.at.end, h.at.start));
        Wording { hits }
    }

    /// Whether one of these sets occurs at all.
    pub fn has(&self, sets: &[Set]) -> bool {
        self.hits.iter().any(|h| sets.contains(&h.set))
    }

    /// Whether one of these sets occurs within a range.
    pub fn within(&self, range: &Range<usize>, sets: &[Set]) -> bool {
        self.all(range, sets).next().is_some()
    }

    /// The hits of these sets within a range, in order.
    pub fn all<'a>(
        &'a self,
        range: &'a Range<usize>,
        sets: &'a [Set],
    ) -> impl Iterator<Item = &'a Hit> + 'a {
        let first = self.hits.partition_point(|h| h.at.end <= range.start);
        self.hits[first..]
            .iter()
            .take_while(|h| h.at.end <= range.end)
            .filter(|h| h.at.start >= range.start && sets.contains(&h.set))
    }

    /// Whether a phrase ends there at all.
    pub fn ends_within(&self, from: usize, to: usize) -> bool {
        let first = self.hits.partition_point(|h| h.at.end < from);
        self.hits.get(first).is_some_and(|h| h.at.end <= to)
    }

    /// The nearest hit of these sets that ends before `at`, at most so many bytes away; of two
    /// that end together the longer one.
    pub fn before(&self, at: usize, bytes: usize, sets: &[Set]) -> Option<&Hit> {
        let end = self.hits.partition_point(|h| h.at.end <= at);
        let near = self.hits[..end]
            .iter()
            .rev()
            .take_while(|h| h.at.end + bytes >= at)
            .find(|h| sets.contains(&h.set))?;
        self.hits[..end]
            .iter()
            .filter(|h| h.at.end == near.at.end && sets.contains(&h.set))
            .min_by_key(|h| h.at.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_are_those_of_the_file() {
        assert_eq!(crate::phrases::faults(include_str!("../../data/offers.txt")), [""; 0]);
        assert_eq!(PHRASES.sets.len(), SETS.len());
        assert_eq!(PHRASES.sets[Set::OtherCode as usize].0, "other-code");
        assert_eq!(PHRASES.sets[Set::Tax as usize].0, "tax");
    }

    #[test]
    fn a_postcode_is_no_code() {
        assert!(!Wording::of("Code postal : 44000").has(&[Set::Label, Set::PromoLabel]));
        assert!(Wording::of("Votre code promo").has(&[Set::PromoLabel]));
    }
}
