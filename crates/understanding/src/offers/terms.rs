//! What an offer gives, from how much on, and until when.

use super::wording::{Set, Wording};
use crate::grammar::{date, money};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use mesinfos_domain::{Amount, Benefit, Language};
use std::ops::Range;

/// The civil day and language that a letter's words are read with.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// The day that the mail was written.
    pub day: Option<Date>,
    /// Its language.
    pub language: Language,
}

/// The conditions of an offer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Terms {
    /// What it gives.
    pub benefit: Option<Benefit>,
    /// The least purchase.
    pub minimum: Option<Amount>,
    /// The last day.
    pub until: Option<Date>,
}

/// Reads the terms in each of these ranges in turn: what the first says counts.
pub fn read(text: &str, places: &[Range<usize>], wording: &Wording, when: When) -> Terms {
    let mut terms = Terms::default();
    for place in places {
        if terms.benefit.is_none() {
            terms.benefit = benefit(text, place, wording);
        }
        if terms.minimum.is_none() {
            terms.minimum = minimum(text, place, wording).map(|(_, amount)| amount);
        }
        if terms.until.is_none() {
            terms.until = until(text, place, wording, when);
        }
    }
    terms
}

/// Whether a range of text promises a share, a sum or free delivery.
pub fn gives_something(text: &str, range: &Range<usize>, wording: &Wording) -> bool {
    benefit(text, range, wording).is_some()
}

/// What a range of text promises.
pub fn benefit(text: &str, range: &Range<usize>, wording: &Wording) -> Option<Benefit> {
    // "72 % cacao" gives nothing; "-20 %" does without another word.
    let gives = |at: &Range<usize>| {
        text[..at.start].trim_end_matches(' ').ends_with(['-', '−', '–'])
            || is_given(text, at, wording)
    };
    let percent = percents(text, range).find(|(at, _)| !is_tax(text, at, wording) && gives(at));
    if let Some((_, percent)) = percent {
        return Some(Benefit::Percent(percent));
    }
    let least = minimum(text, range, wording);
    if wording.within(range, &[Set::Gives]) {
        let sum = money::sums(&text[range.clone()]).into_iter().find(|s| {
            let start = range.start + s.at.start;
            s.unit.is_some()
                && s.amount.0 != 0
                && least.as_ref().is_none_or(|(at, _)| *at != start)
                && is_given(text, &(start..range.start + s.at.end), wording)
        });
        if let Some(sum) = sum {
            return Some(Benefit::Amount(sum.amount.abs()));
        }
    }
    if let Some(amount) = compound(&text[range.clone()]) {
        return Some(Benefit::Amount(amount));
    }
    wording.within(range, &[Set::FreeShipping]).then_some(Benefit::FreeShipping(true))
}

/// A sum inside a word: "5-€-Gutschein", "10-Euro-Bon", "a £5-off voucher".
fn compound(text: &str) -> Option<Amount> {
    text.split_whitespace().find_map(|word| {
        let mut parts = word.split(['-', '‑', '–']).map(|p| p.trim_matches(['"', '(', '„']));
        let (sum, unit, what) = (parts.next()?, parts.next()?, parts.next()?);
        let is_unit = matches!(unit, "€" | "EUR" | "Euro" | "euros" | "Fr" | "CHF" | "£" | "$");
        let named = what.chars().filter(|c| c.is_alphabetic()).count() > 2;
        let amount: i64 = sum.parse().ok().filter(|n| (1..1_000).contains(n))?;
        (is_unit && named).then_some(Amount(amount * 100))
    })
}

/// Whether words that give stand close to a sum: "10 € offerts", "a voucher of £5".
fn is_given(text: &str, sum: &Range<usize>, wording: &Wording) -> bool {
    let start = floor(text, sum.start.saturating_sub(60));
    let end = ceil(text, (sum.end + 40).min(text.len()));
    let line_start = text[start..sum.start].rfind('\n').map_or(start, |i| start + i + 1);
    let line_end = text[sum.end..end].find('\n').map_or(end, |i| sum.end + i);
    wording.within(&(line_start..line_end), &[Set::Gives])
}

/// Shares in a range: `20 %`, `-20%`, `20 pour cent`.
fn percents<'a>(
    text: &'a str,
    range: &Range<usize>,
) -> impl Iterator<Item = (Range<usize>, u8)> + 'a {
    const SIGNS: [&str; 7] =
        ["%", "pour cent", "percent", "per cent", "Prozent", "por ciento", "per cento"];
    let (start, part) = (range.start, &text[range.clone()]);
    let mut all: Vec<(Range<usize>, u8)> = SIGNS
        .iter()
        .flat_map(|sign| part.match_indices(sign))
        .filter_map(|(i, sign)| {
            let before = part[..i].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
            let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let number = &before[before.len() - digits..];
            let rest = &before[..before.len() - digits];
            // "3,90 %" is a rate.
            let fraction = rest.ends_with([',', '.'])
                && rest[..rest.len() - 1].ends_with(|c: char| c.is_ascii_digit());
            let value: u8 = number.parse().ok().filter(|n| (1..=95).contains(n))?;
            let at = start + before.len() - digits..start + i + sign.len();
            (digits <= 2 && !fraction).then_some((at, value))
        })
        .collect();
    all.sort_by_key(|(at, _)| at.start);
    all.into_iter()
}

fn is_tax(text: &str, at: &Range<usize>, wording: &Wording) -> bool {
    let start = floor(text, at.start.saturating_sub(16));
    let end = ceil(text, (at.end + 24).min(text.len()));
    wording.within(&(start..end), &[Set::Tax])
}

/// Where a sum that must be spent stands, and the sum.
fn minimum(text: &str, range: &Range<usize>, wording: &Wording) -> Option<(usize, Amount)> {
    money::sums(&text[range.clone()]).into_iter().find_map(|sum| {
        let start = range.start + sum.at.start;
        sum.unit?;
        let lead = wording.before(start, 12, &[Set::Minimum])?;
        text[lead.at.end..start]
            .chars()
            .all(|c| !c.is_alphanumeric() || c.is_whitespace())
            .then_some((start, sum.amount.abs()))
    })
}

/// The last day that a range of text names.
fn until(text: &str, range: &Range<usize>, wording: &Wording, when: When) -> Option<Date> {
    let hints = date::Hints { language: when.language, near: when.day };
    for hit in wording.all(range, &[Set::Until]) {
        let end = ceil(text, (hit.at.end + 48).min(text.len()));
        let after = &text[hit.at.end..end];
        let after = after.split('\n').next().unwrap_or(after);
        if let Some(found) = date::date(after, hints)
            && after[..found.at.start].split_whitespace().count() <= 4
        {
            return Some(found.date);
        }
        let Some(day) = when.day else { continue };
        if let Some(weekday) = after.split_whitespace().take(3).find_map(weekday) {
            return day.yesterday().ok()?.nth_weekday(1, weekday).ok();
        }
        let near = hit.at.start..end;
        if wording.all(&near, &[Set::Tonight]).any(|t| t.at.start <= hit.at.end + 12) {
            return Some(day);
        }
    }
    let day = when.day?;
    if let Some(hours) = wording
        .all(range, &[Set::Hours])
        .find(|h| wording.before(h.at.start, 12, &[Set::Lasts]).is_some())
    {
        let said = &text[hours.at.clone()];
        let count: i64 =
            said.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()?;
        let unit = said.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
        let days = match unit.chars().next()?.to_ascii_lowercase() {
            'h' | 's' | 'o' => count.checked_add(23)? / 24,
            _ => count,
        };
        return (1..=90).contains(&days).then(|| day.checked_add(days.days()).ok()).flatten();
    }
    if wording.within(range, &[Set::Weekend]) {
        return day.yesterday().ok()?.nth_weekday(1, Weekday::Sunday).ok();
    }
    None
}

fn weekday(word: &str) -> Option<Weekday> {
    crate::grammar::day::weekday(&crate::letter::words::squash(word))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
