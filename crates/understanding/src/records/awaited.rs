//! "Un document vous attend": what it is, for which period, until when.

use super::fact;
use crate::Letter;
use crate::folded::Folded;
use crate::grammar::date;
use crate::phrases::Phrases;
use mesinfos_domain::{AwaitedDocument, Category, Fact, Understood};
use std::ops::Range;
use std::sync::LazyLock;

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("../../data/documents.txt")));

/// As much text as announces a document.
const TEXT_BYTES: usize = 2_000;
/// The document and what says that it waits stand within so many bytes.
const NEAR: usize = 90;

/// The sets of the data file that name kinds, the telling ones first.
const KINDS: [&str; 7] =
    ["payslip", "tax", "statement", "contract", "invoice", "letter", "document"];

/// Month names of five languages, folded.
const MONTHS: &[&str] = &[
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "marz",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
];

/// The document that a letter announces. Without an attachment: else it has come.
pub fn read(letter: &Letter<'_>, understood: &Understood) -> Option<(AwaitedDocument, Fact)> {
    let fits = match understood.category {
        Category::Notification | Category::Account => true,
        Category::Transaction => understood.order.as_ref().is_none_or(|o| o.lines.is_empty()),
        _ => false,
    };
    if !fits || letter.mail.attachments.iter().any(|a| a.media_type == "application/pdf") {
        return None;
    }
    let text = crate::letter::head(&letter.page.text, TEXT_BYTES);
    let in_subject = announcement(&letter.subject);
    let in_text = announcement(text);
    // The subject says it shortest; the text may name the document better.
    let (kind, at, of_subject) = match (in_subject, in_text) {
        (Some((s, at)), Some((t, _))) if s <= t => (s, at, true),
        (_, Some((t, at))) => (t, at, false),
        (Some((s, at)), None) => (s, at, true),
        (None, None) => return None,
    };
    let kind = KINDS[kind];
    // A bill that tells its sum is read as an order; one that merely waits is not.
    if kind == "invoice" && understood.order.as_ref().is_some_and(|o| o.total.is_some()) {
        return None;
    }
    let domain = understood.actor.as_ref().and_then(|a| a.domain.as_ref());
    let document = AwaitedDocument {
        schema_type: "AwaitedDocument".to_owned(),
        kind: kind.to_owned(),
        period: fuller(period(&letter.subject), period(text)),
        until: until(text, letter, understood),
        site: domain.map(|d| format!("https://{d}/")),
    };
    let at = at.start as usize..at.end as usize;
    Some((document, fact(letter, at, of_subject, "awaited-document", 85)))
}

/// The kind (its place in [`KINDS`]) and where it stands, when something near says that it waits.
fn announcement(text: &str) -> Option<(usize, Range<u32>)> {
    let folded = Folded::of(text);
    let awaits = PHRASES.set("awaits");
    let kinds = KINDS.map(|k| PHRASES.set(k));
    let mut waits: Vec<Range<usize>> = Vec::new();
    let mut named: Vec<(usize, Range<usize>)> = Vec::new();
    PHRASES.find(&folded, |set, at| {
        if set == awaits {
            waits.push(at);
        } else if let Some(kind) = kinds.iter().position(|k| *k == set) {
            named.push((kind, at));
        }
    });
    named
        .into_iter()
        .filter(|(_, at)| waits.iter().any(|w| w.start < at.end + NEAR && at.start < w.end + NEAR))
        .min_by_key(|(kind, at)| (*kind, at.start))
        .map(|(kind, at)| (kind, folded.source(at)))
}

/// What the subject says, or what the text says of the same month with its year.
fn fuller(subject: Option<String>, text: Option<String>) -> Option<String> {
    match (subject, text) {
        (Some(s), Some(t)) if t.starts_with(&s) => Some(t),
        (s, t) => s.or(t),
    }
}

/// `octobre 2026`, `March`, or the year that stands alone after a document's name.
fn period(text: &str) -> Option<String> {
    let folded = Folded::of(text);
    let words: Vec<Range<u32>> = folded.word_sources().collect();
    let as_written =
        |r: &Range<u32>| text.get(r.start as usize..r.end as usize).unwrap_or_default();
    let is_year = |r: &Range<u32>| {
        let w = as_written(r);
        w.len() == 4
            && (w.starts_with("20") || w.starts_with("19"))
            && w.bytes().all(|b| b.is_ascii_digit())
    };
    for (i, word) in folded.text.split_whitespace().enumerate() {
        if !MONTHS.contains(&word) {
            continue;
        }
        let at = words.get(i)?;
        // "le 3 mai" is a day, not a period; "may" and "mars" are words too.
        let day = i.checked_sub(1).and_then(|b| words.get(b)).is_some_and(|b| {
            as_written(b).trim_end_matches('.').bytes().all(|c| c.is_ascii_digit())
        });
        let year = words.get(i + 1).filter(|r| is_year(r));
        let next_is_day = year.is_none()
            && words.get(i + 1).is_some_and(|r| as_written(r).bytes().all(|c| c.is_ascii_digit()));
        let modal = as_written(at) == "may" || as_written(at) == "march";
        if !day && !next_is_day && (!modal || year.is_some()) {
            let end = year.unwrap_or(at).end;
            return text.get(at.start as usize..end as usize).map(str::to_owned);
        }
    }
    // "avis d'impôt 2025": near the name of a document.
    let (_, named) = announcement(text)?;
    words
        .iter()
        .skip_while(|w| w.start < named.end)
        .take(2)
        .find(|w| is_year(w))
        .map(|w| as_written(w).to_owned())
}

fn until(text: &str, letter: &Letter<'_>, understood: &Understood) -> Option<jiff::civil::Date> {
    let near = letter.date.and_then(date::day_of);
    let hints = date::Hints { language: understood.language, near };
    let folded = Folded::of(text);
    let until = PHRASES.set("until");
    let mut ends = Vec::new();
    PHRASES.find(&folded, |set, at| {
        if set == until {
            ends.push(folded.source(at).end as usize);
        }
    });
    ends.into_iter().find_map(|end| {
        let after: String = text.get(end..)?.chars().take(40).take_while(|c| *c != '\n').collect();
        let found = date::date(&after, hints)?;
        (after[..found.at.start].split_whitespace().count() <= 2).then_some(found.date)
    })
}
