//! What was read in a mail, in the margin: each fact with the words, and the way to them.

use crate::mail::{Form, anchors};
use crate::words::{Words, kebab};
use mesinfos_domain::{Fact, Place};

/// How many facts a margin holds.
const MOST: usize = 200;

/// One fact.
pub(super) struct Row {
    /// What it is: `total :`, `produit :`.
    pub what: String,
    /// The words it was read in.
    pub words: String,
    /// Where in the frame they stand; none when they are not in the body that is shown.
    pub anchor: Option<String>,
    /// How it was read, and how sure.
    pub how: String,
}

/// The facts, what the whole order says first, then its lines and the rest, then why this drawer and
/// this actor; in each the order of the mail, those of the shown body first.
pub(super) fn rows(w: &Words, facts: &[Fact], form: Form) -> Vec<Row> {
    let here = match form {
        Form::Html => Place::Html,
        Form::Text => Place::Text,
    };
    let mut sorted: Vec<(&Fact, String)> = facts.iter().zip(anchors(facts)).collect();
    sorted.retain(|(f, _)| !f.source.words.is_empty());
    let rank = |field: &str| match field {
        f if f.starts_with("order.lines") => 1,
        f if f.starts_with("order") => 0,
        f if f.starts_with("category") || f.starts_with("actor") => 2,
        _ => 1,
    };
    sorted.sort_by_key(|(f, _)| {
        (rank(&f.field), f.source.place != here, f.source.place, f.source.start)
    });
    sorted.dedup_by(|(a, _), (b, _)| a.field == b.field && a.source.words == b.source.words);
    sorted.into_iter().take(MOST).map(|(fact, anchor)| row(w, fact, anchor, here)).collect()
}

fn row(w: &Words, fact: &Fact, anchor: String, here: Place) -> Row {
    let place = match fact.source.place {
        Place::Subject => "fact-in-subject",
        Place::From => "fact-in-from",
        Place::Header => "fact-in-header",
        Place::Html | Place::Text => "fact-in-body",
        Place::Markup => "fact-in-markup",
        Place::Derived => "fact-derived",
    };
    let how = w.say("fact-how").arg("place", w.t(place)).arg("sure", w.percent(fact.confidence));
    Row {
        what: w.n("fact-what", what(w, &fact.field)),
        words: crate::words::isolate(&fact.source.words).into_owned(),
        anchor: (fact.source.place == here).then_some(anchor),
        how: how.to_string(),
    }
}

/// `order.lines[2].unit_price` is `prix à l’unité`; a field without a word of ours shows its last part.
fn what(w: &Words, field: &str) -> String {
    let parts: Vec<&str> = field
        .split(|c: char| !c.is_ascii_alphabetic() && c != '_')
        .filter(|p| !p.is_empty())
        .collect();
    let key = kebab(&format!("field-{}", parts.join("-")));
    if w.knows(&key) {
        return w.t(&key);
    }
    parts.last().map(|p| kebab(p).replace('-', " ")).unwrap_or_default()
}
