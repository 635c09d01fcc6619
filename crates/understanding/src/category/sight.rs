//! All that is looked at in one letter before it is sorted: concepts, learnt words, its shape.

use super::model::Model;
use super::shape;
use crate::Letter;
use crate::folded::Folded;
use mesinfos_domain::{Order, Place, Source};
use std::ops::Range;

pub use super::shape::SHAPES;

/// As much of a letter's text as says what it is for; the rest of a long newsletter adds nothing.
const TEXT_BYTES: usize = 12_000;
/// Where the first lines end, in folded bytes.
const HEAD_BYTES: usize = 500;

/// Where in a letter something is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Zone {
    /// In its subject.
    Subject = 0,
    /// In its first lines.
    Head = 1,
    /// Further down.
    Body = 2,
}

/// One feature that was seen, once however often it occurs.
#[derive(Clone, PartialEq, Debug)]
pub struct Seen {
    /// Its place among the model's weights.
    pub feature: usize,
    /// Where it stands first.
    pub at: At,
}

/// Where a feature stands.
#[derive(Clone, PartialEq, Debug)]
pub enum At {
    /// Bytes of the subject.
    Subject(Range<u32>),
    /// Bytes of the page's text.
    Page(Range<u32>),
    /// The From header.
    From,
    /// A header of this name.
    Header(&'static str),
    /// Nowhere in particular: a count, an absence.
    Shape,
}

/// What was seen in one letter.
#[derive(Debug, Default)]
pub struct Sight {
    /// Each feature once, in the order of the weights.
    pub seen: Vec<Seen>,
}

impl Sight {
    /// Looks at a letter. `order` is what was read as one.
    pub fn of(letter: &Letter<'_>, order: Option<&Order>, model: &Model) -> Sight {
        let mut seen: Vec<Seen> = Vec::with_capacity(160);
        let subject = Folded::of(&letter.subject);
        model.lexicon.find(&subject, |meaning, range| {
            let feature = model.feature(meaning, Zone::Subject);
            seen.push(Seen { feature, at: At::Subject(subject.source(range)) });
        });
        let text = letter.folded(own_bytes(letter));
        model.lexicon.find(&text, |meaning, range| {
            let zone = if range.end <= HEAD_BYTES { Zone::Head } else { Zone::Body };
            let feature = model.feature(meaning, zone);
            seen.push(Seen { feature, at: At::Page(text.source(range)) });
        });
        shape::look(letter, &subject, &text, order, &mut |shape, at| {
            seen.push(Seen { feature: model.shape(shape as usize), at });
        });
        // Stable: of several places the first stays.
        seen.sort_by_key(|s| s.feature);
        seen.dedup_by_key(|s| s.feature);
        Sight { seen }
    }
}

/// How much of the text the writer says himself: an answer without what it quotes.
fn own_bytes(letter: &Letter<'_>) -> usize {
    let text = letter.page.text.as_str();
    let own = match letter.note.trim() {
        note if letter.answers && !note.is_empty() && text.starts_with(&letter.note) => {
            letter.note.len()
        }
        _ => text.len(),
    };
    own.min(TEXT_BYTES)
}

impl At {
    /// The words and their place in the mail, for the screen that shows why.
    pub fn source(&self, letter: &Letter<'_>) -> Option<Source> {
        let cut = |words: &str| words.chars().take(200).collect::<String>();
        match self {
            At::Subject(range) => Some(Source {
                place: Place::Subject,
                start: range.start,
                end: range.end,
                words: cut(letter.subject.get(range.start as usize..range.end as usize)?),
            }),
            At::Page(range) => {
                let words = letter.page.text.get(range.start as usize..range.end as usize)?;
                let source = letter.page.source_of(range.clone());
                let place = if letter.page.is_html { Place::Html } else { Place::Text };
                Some(Source { place, start: source.start, end: source.end, words: cut(words) })
            }
            At::From => {
                let from = letter.from.as_ref()?;
                let words = match from.name.as_str() {
                    "" => from.address.clone(),
                    name => format!("{name} <{}>", from.address),
                };
                Some(Source {
                    place: Place::From,
                    start: 0,
                    end: words.len() as u32,
                    words: cut(&words),
                })
            }
            At::Header(name) => Some(Source {
                place: Place::Header,
                start: 0,
                end: name.len() as u32,
                words: (*name).to_owned(),
            }),
            At::Shape => None,
        }
    }
}
