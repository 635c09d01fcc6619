//! Numbers behind a sign or a noun that no list of labels knows: `Contribution n° 17639644`,
//! `Trajet PK-106547`, `(pledge D6964-1826)`.

use super::attribute;
use super::number::{Number, in_subject, push};
use super::sheet::{Sheet, Span};
use crate::grammar::code;
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Hit, Role};
use crate::grammar::tracking;
use crate::letter::foot;
use std::ops::Range;

/// Signs that mean a number, lower case.
const SIGNS: [&str; 9] = ["n°", "nº", "n.º", "n.°", "no.", "nr.", "n.", "№", "num."];
/// What a till prints: a ticket is a purchase where a total is, and a question to a desk elsewhere.
const TILL: [&str; 6] = ["ticket", "bon", "kassenbon", "beleg", "scontrino", "tique"];
/// Nouns of these roles have numbers of their own.
const OTHERS: [Role; 7] = [
    Role::OtherNumber,
    Role::Tracking,
    Role::Carrier,
    Role::Sku,
    Role::Gtin,
    Role::Balance,
    Role::Person,
];
/// Rows from the top in which a mail names what it is about.
const ROWS: usize = 30;

/// What a mail says of money: without it a sign in a subject is a question to a desk.
#[derive(Clone, Copy)]
pub struct Money {
    /// It prints a price.
    pub is_priced: bool,
    /// It prints a total.
    pub is_summed: bool,
}

/// Numbers behind a sign, whatever the noun before it.
pub(super) fn by_sign(subject: &str, sheet: &Sheet, money: Money, out: &mut Vec<Number>) {
    let (priced, sells) = (money.is_priced, money.is_summed);
    let known: Vec<String> = out.iter().map(|n| n.value.clone()).collect();
    let is_new = |value: &str| !known.iter().any(|k| k == value);
    if priced && !super::unlabelled::is_answer(subject) {
        for r in signed(subject, sells).into_iter().filter(|r| is_new(&subject[r.clone()])) {
            push(out, &subject[r.clone()], Role::Invoice, in_subject(subject, &r), 20);
        }
    }
    for (index, row) in sheet.rows.iter().enumerate().take(ROWS) {
        for cell in sheet.cells_of(index) {
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                if text.len() > 600 || foot::has_legal_form(text) {
                    continue;
                }
                // `N° de bon : BC-89-89007`
                let led = attribute::pair(text).and_then(|(label, value)| {
                    let at = value.as_ptr() as usize - text.as_ptr() as usize;
                    let is_led = without_sign(label).is_some_and(|noun| is_named(noun, sells));
                    let r =
                        code::number(value).filter(|r| is_led && r.start == 0 && r.len() >= 4)?;
                    Some(at + r.start..at + r.end)
                });
                for r in signed(text, sells).into_iter().chain(led) {
                    if is_new(&text[r.clone()]) {
                        let span = Sheet::part(&line, &r);
                        push(out, &text[r], Role::Invoice, sheet.source(&span), 14);
                    }
                }
            }
        }
        // `Contribution n° | C-2266926`, cell by cell.
        let mut filled = sheet.cells_of(index).iter().filter(|c| !c.span.is_empty());
        if let (Some(label), Some(value), None) = (filled.next(), filled.next(), filled.next())
            && let Some(noun) = without_sign(sheet.at(&label.span))
            && is_named(noun, sells)
            && let Some(r) = code::number(sheet.at(&value.span)).filter(|r| r.start == 0)
            && r.len() >= 4
            && is_new(&sheet.at(&value.span)[r.clone()])
        {
            let number = sheet.at(&value.span)[r.clone()].to_owned();
            let span = Sheet::part(&value.span, &r);
            push(out, &number, Role::Invoice, sheet.source(&span), 14);
        }
        // `Transaction n°`, wrapped before its number.
        let text = sheet.at(&row.span);
        let ends = SIGNS.iter().any(|s| fold_ends(text, s));
        let next = sheet.rows.get(index + 1).filter(|_| ends);
        if let Some(next) = next
            && text.len() <= 200
            && is_named(
                &text[..text.len() - text.split(' ').next_back().map_or(0, str::len)],
                sells,
            )
            && let Some(r) = code::number(sheet.at(&next.span)).filter(|r| r.start == 0)
            && r.len() >= 4
        {
            let value = sheet.at(&next.span)[r.clone()].to_owned();
            if is_new(&value) {
                let span = Sheet::part(&next.span, &r);
                push(out, &value, Role::Invoice, sheet.source(&span), 12);
            }
        }
    }
}

/// `Contribution n°` as `Contribution`, `N° de bon` as `bon`; `Nº de envío` is a parcel's.
fn without_sign(label: &str) -> Option<&str> {
    let is_other = |h: &Hit| OTHERS.into_iter().any(|r| h.roles.has(r));
    if label.len() > 60 || lexicon::hits(&fold(label)).iter().any(is_other) {
        return None;
    }
    let label = label.trim().trim_end_matches([':', ' ', '\u{a0}']);
    let is_sign = |word: &str| SIGNS.contains(&word.to_lowercase().as_str());
    let (noun, last) = label.rsplit_once([' ', '\u{a0}', '-'])?;
    if is_sign(last) {
        return Some(noun.trim_end());
    }
    let (first, noun) = label.split_once([' ', '\u{a0}'])?;
    (is_sign(first) && noun.split_whitespace().count() <= 3).then_some(noun)
}

fn fold_ends(text: &str, sign: &str) -> bool {
    let text = text.trim_end();
    let at = text.len().checked_sub(sign.len()).filter(|at| text.is_char_boundary(*at));
    at.is_some_and(|at| {
        text[at..].to_lowercase() == sign && text[..at].ends_with(char::is_whitespace)
    })
}

/// The numbers of one text that stand right behind a sign and a noun, or in a bracket of their own.
fn signed(text: &str, sells: bool) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive([' ', '\u{a0}', '-', '(']) {
        let start = at;
        at += word.len();
        let token = word.trim_end_matches([' ', '\u{a0}']).trim_end_matches([':', ' ']);
        let low = token.to_lowercase();
        if out.len() >= 4 || !SIGNS.contains(&low.as_str()) {
            continue;
        }
        let before = text[..start].trim_end_matches([' ', '\u{a0}', '-']);
        if !(before.ends_with('(') || is_named(before, sells)) {
            continue;
        }
        if let Some(r) = code::number(&text[at..]).filter(|r| r.start <= 2 && r.len() >= 4) {
            out.push(at + r.start..at + r.end);
        }
    }
    out
}

/// Whether a sentence that goes before a sign ends with a noun that a purchase may have.
fn is_named(before: &str, sells: bool) -> bool {
    let sentence = before.rsplit(['.', '!', '?', '\n']).next().unwrap_or_default();
    let folded = fold(sentence);
    let Some((at, last)) = words(&folded).last() else { return false };
    let is_till = sells && TILL.contains(&last);
    let is_other = |h: &Hit| h.end > at && OTHERS.into_iter().any(|r| h.roles.has(r));
    last.len() >= 3
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && tracking::carrier_named(last).is_none()
        && (is_till || !lexicon::hits(&folded).iter().any(is_other))
}

/// A noun and a number that make a line, a pair of cells or a bracket. Without a sign the number
/// must look like one, and the mail must sell.
pub(super) fn by_noun(sheet: &Sheet, sells: bool, out: &mut Vec<Number>) {
    for index in 0..sheet.rows.len().min(ROWS) {
        let cells = sheet.cells_of(index);
        let filled: Vec<&Span> =
            cells.iter().map(|c| &c.span).filter(|s| !sheet.at(s).trim().is_empty()).collect();
        if let [label, value] = filled[..]
            && sells
            && is_noun(sheet.at(label))
            && let Some(r) = strong(sheet.at(value))
        {
            let span = Sheet::part(value, &r);
            push(out, &sheet.at(value)[r], Role::Invoice, sheet.source(&span), 6);
        }
        for span in filled {
            for line in sheet.lines_of(span) {
                let text = sheet.at(&line);
                let pair = Some(0..text.len()).filter(|_| sells && text.len() <= 60);
                let bracket = text
                    .find('(')
                    .and_then(|from| Some(from + 1..from + text[from..].find(')')?))
                    .filter(|b| b.len() <= 40 && text.len() <= 300);
                for part in [pair, bracket].into_iter().flatten() {
                    let inner = &text[part.clone()];
                    let Some(at) = inner.rfind([' ', '\u{a0}']) else { continue };
                    if let Some(r) = strong(&inner[at..]).filter(|_| is_noun(&inner[..at])) {
                        let from = part.start + at;
                        let r = from + r.start..from + r.end;
                        let span = Sheet::part(&line, &r);
                        push(out, &text[r], Role::Invoice, sheet.source(&span), 6);
                    }
                }
            }
        }
        if !out.is_empty() {
            return;
        }
    }
}

/// One or two words that name no number of another sort: `Trajet`, `Ride`, `Ticket :`.
fn is_noun(text: &str) -> bool {
    let text = text.trim().trim_end_matches([':', ' ', '\u{a0}']);
    let folded = fold(text);
    let all: Vec<&str> = words(&folded).map(|(_, w)| w).collect();
    let plain = text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\''));
    let other = |h: &Hit| !h.roles.is_only(Role::Stop);
    let is_till = all.last().is_some_and(|w| TILL.contains(w));
    matches!(all.len(), 1 | 2)
        && plain
        && text.len() >= 3
        && (is_till || !lexicon::hits(&folded).iter().any(other))
}

/// A text that is a number and looks like one: six digits, or five beside letters; no phone.
fn strong(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let token = text.trim();
    let digits = token.bytes().filter(u8::is_ascii_digit).count();
    let has_letters = token.bytes().any(|b| b.is_ascii_uppercase());
    let is_phone = token.starts_with('0') && digits == 10 || token.starts_with('+');
    (code::is_number(token)
        && !token.contains(',')
        && (digits >= 6 || digits >= 5 && has_letters)
        && !is_phone
        && !token.contains('.'))
    .then(|| start..start + token.len())
}
