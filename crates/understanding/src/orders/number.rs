//! The order's number, and those of bookings and bills.

use super::numbered::{Money, by_noun, by_sign};
use super::sheet::{Cell, Sheet, Span};
use super::unlabelled::{
    alone, at_the_end, behind_sign, by_bare_label, follows_label, is_answer, signed,
};
use crate::grammar::code;
use crate::grammar::date::{self, Hints};
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Hit, Role};
use mesinfos_domain::{Place, Source};
use std::ops::Range;

/// A number with how sure its label makes it.
#[derive(Clone, Debug)]
pub struct Number {
    /// As printed, without its mark.
    pub value: String,
    /// Where.
    pub source: Source,
    /// Merit: label, place, shape.
    pub merit: i32,
    /// What its label calls it.
    pub role: Role,
}

/// All numbers with an order-like label in one text. `folded` hits are mapped back by words.
fn numbers_in(text: &str, out: &mut Vec<(Role, std::ops::Range<usize>, usize)>) {
    if !may_hold_one(text) {
        return;
    }
    let without_links;
    let text = if text.contains("://") {
        without_links = blank_links(text);
        &without_links
    } else {
        text
    };
    let folded = fold(text);
    let hits = lexicon::hits(&folded);
    let wanted = |h: &Hit| {
        [Role::Order, Role::Booking, Role::Invoice, Role::Contract]
            .into_iter()
            .find(|r| h.roles.has(*r))
    };
    // The nth word of the folded text is the nth of the original.
    let mut original: Option<Vec<(usize, &str)>> = None;
    let mut folded_words = Vec::new();
    for (i, hit) in hits.iter().enumerate().take(60) {
        let Some(role) = wanted(hit) else { continue };
        let original = original.get_or_insert_with(|| {
            folded_words = words(&folded).map(|(at, _)| at).collect();
            words(text).collect()
        });
        if original.len() != folded_words.len() {
            return;
        }
        let last = folded_words.partition_point(|at| *at < hit.end).saturating_sub(1);
        let Some((at, word)) = original.get(last) else { continue };
        let mut from = at + word.len();
        // `votre commande Atelier Brume n°6343`: a few words may stand between label and mark.
        let rest = &text[from..];
        let stop = rest.find(['.', '!', '?', '\n', ';']).map_or(rest.len(), |s| {
            if rest[s..].starts_with('.') && rest[..s].ends_with(['n', 'N', 'r', 'o']) {
                rest.len()
            } else {
                s
            }
        });
        // `votre commande ayant pour référence X`, `Commande concernée : X`
        if code::number(rest).is_none()
            && let Some(skip) = past_link_words(&rest[..stop])
        {
            from += skip;
        }
        let rest = &text[from..];
        let stop = stop.saturating_sub(text.len() - rest.len() - (at + word.len()));
        let mark = rest.find(['#', '°', 'º']).filter(|m| *m < stop && *m <= 60);
        if code::number(rest).is_none()
            && let Some(m) = mark
        {
            let blocked = hits.iter().any(|h| {
                h.start >= hit.end && h.roles.has(Role::OtherNumber) && h.start < hit.end + m
            });
            if blocked {
                continue;
            }
            from += m;
            // `Pedido #MSPWL`: the sign makes a number of what would be a word.
            if !text[from..].starts_with('#') {
                from += text[from..].chars().next().map_or(0, char::len_utf8);
            }
        } else if hits.get(i + 1).is_some_and(|n| {
            n.roles.has(Role::OtherNumber) && folded[hit.end..n.start].trim().is_empty()
        }) {
            // `Commande du client n° 12`: another label between takes the number.
            continue;
        }
        let here = &text[from..];
        // `Date de début d’adhésion : 22 mars 2025`
        let is_day = |r: &std::ops::Range<usize>| {
            let near = here.char_indices().nth(40).map_or(here, |(end, _)| &here[..end]);
            r.len() <= 2 && date::date(near, HINTS).is_some_and(|d| d.at.start == r.start)
        };
        if let Some(r) =
            code::number(here).or_else(|| code::short_reference(here)).filter(|r| !is_day(r))
        {
            out.push((role, from + r.start..from + r.end, hit.words));
        }
    }
}

const HINTS: Hints = Hints { language: mesinfos_domain::Language::En, near: None };

/// The cheap refusal: neither a digit nor four capitals in a row, which a reference without digits
/// has at least.
fn may_hold_one(text: &str) -> bool {
    let mut capitals = 0;
    text.bytes().any(|b| {
        match b {
            b'A'..=b'Z' => capitals += 1,
            b'-' => {}
            _ => capitals = 0,
        }
        b.is_ascii_digit() || capitals >= 4
    })
}

/// The same text, of the same length, with blanks for addresses of pages: their numbers are not
/// the mail's.
fn blank_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | '<')) {
        match part.find("://") {
            Some(_) => out.extend(std::iter::repeat_n(' ', part.len())),
            None => out.push_str(part),
        }
    }
    out
}

/// Words that mean a number, of whatever.
pub(super) const LINKS: &[&str] = &[
    "reference",
    "ref",
    "references",
    "numero",
    "number",
    "nummer",
    "nr",
    "no",
    "n",
    "referenz",
    "referencia",
    "riferimento",
    "rif",
    "id",
    "code",
    "codigo",
    "codice",
    "web",
    "internet",
    "online",
];

/// `Ihre Bestellnummer lautet 4711`.
const COPULAS: &[&str] = &["lautet", "ist", "is", "est", "es"];
const ARTICLES: [&str; 7] = ["le", "la", "the", "die", "el", "il", "l"];

/// Where the words that may part a label from its number end.
fn past_link_words(text: &str) -> Option<usize> {
    let list: Vec<(usize, &str)> = words(text).take(8).collect();
    let is_digits =
        |i: usize| list.get(i).is_some_and(|(_, w)| w.bytes().any(|b| b.is_ascii_digit()));
    // `Votre numéro de commande est le 10083742`
    if let [(_, verb), (at, article), ..] = list[..]
        && COPULAS.contains(&fold(verb).as_str())
        && ARTICLES.contains(&fold(article).as_str())
        && is_digits(2)
    {
        return Some(at + article.len());
    }
    for (i, (at, w)) in list.iter().enumerate().take(7) {
        let follows = is_digits(1);
        let word = fold(w);
        let links = LINKS.contains(&word.as_str()) && (i > 0 || follows);
        if links || follows && COPULAS.contains(&word.as_str()) {
            return Some(at + w.len());
        }
    }
    let colon = text.find(':').filter(|c| *c <= 60)?;
    let between = words(&text[..colon]).count();
    (1..=3).contains(&between).then_some(colon)
}

/// Whether a line names an order or a bill by its number.
pub fn names_one(text: &str) -> bool {
    let mut found = Vec::new();
    numbers_in(text, &mut found);
    found.iter().any(|(_, at, _)| {
        at.len() >= 4 && text[at.clone()].bytes().filter(u8::is_ascii_digit).count() >= 3
    })
}

/// The provenance of a part of a subject.
pub(super) fn in_subject(subject: &str, part: &Range<usize>) -> Source {
    Source {
        place: Place::Subject,
        start: part.start as u32,
        end: part.end as u32,
        words: subject[part.clone()].to_owned(),
    }
}

/// All candidates of a mail, best first. `items` are the products' places: what is called a
/// reference there is theirs.
pub fn numbers(subject: &str, sheet: &Sheet, items: &[Span], money: Money) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut found = Vec::new();
    numbers_in(subject, &mut found);
    if is_answer(subject) {
        found.retain(|(_, r, _)| follows_label(&subject[..r.start]));
    }
    for (role, r, words) in found.drain(..) {
        push(&mut out, &subject[r.clone()], role, in_subject(subject, &r), 30 + words as i32);
    }
    for (index, row) in sheet.rows.iter().enumerate() {
        let cells = sheet.cells_of(index);
        for (c, cell) in cells.iter().enumerate() {
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                if text.len() > 2_000 {
                    continue;
                }
                numbers_in(text, &mut found);
                for (role, r, words) in found.drain(..) {
                    let span = Sheet::part(&line, &r);
                    let early = i32::from(index < 30);
                    let value = text[r].to_owned();
                    push(
                        &mut out,
                        &value,
                        role,
                        sheet.source(&span),
                        20 + words as i32 + early + 3 * i32::from(row.is_heading),
                    );
                }
                if let Some((role, span, merit)) = beside(sheet, index, c, &line) {
                    let value = sheet.at(&span).to_owned();
                    push(&mut out, &value, role, sheet.source(&span), 22 + merit);
                }
            }
        }
        if out.len() > 60 {
            break;
        }
    }
    // A contract is what a bill is about, not the bill.
    if out.iter().all(|n| n.role == Role::Contract) {
        by_sign(subject, sheet, money, &mut out);
    }
    if out.iter().all(|n| n.role == Role::Contract) {
        by_bare_label(sheet, items, &mut out);
    }
    if out.is_empty() {
        behind_sign(subject, &mut out);
    }
    if out.is_empty() {
        by_noun(sheet, money.is_summed, &mut out);
    }
    if out.is_empty() {
        at_the_end(subject, sheet, &mut out);
    }
    if out.is_empty() {
        signed(sheet, &mut out);
    }
    if out.is_empty() {
        alone(sheet, &mut out);
    }
    // Said twice is surer.
    let all: Vec<String> = out.iter().map(|n| n.value.to_uppercase()).collect();
    for n in &mut out {
        let v = n.value.to_uppercase();
        n.merit += 4 * (all.iter().filter(|o| **o == v).count().min(4) as i32 - 1);
    }
    // `#0019` in the subject is the end of `DW-7F3C-0019`.
    let is_end = |n: &Number| {
        let ends =
            |whole: &str| whole.strip_suffix(&n.value).is_some_and(|head| head.ends_with('-'));
        n.value.len() <= 6 && all.iter().any(|whole| ends(whole))
    };
    out.retain(|n| !is_end(n));
    // What a bill is about comes after the bill.
    out.sort_by_key(|n| (n.role == Role::Contract, std::cmp::Reverse(n.merit)));
    out
}

pub(super) fn push(out: &mut Vec<Number>, value: &str, role: Role, source: Source, base: i32) {
    let rank = match role {
        Role::Order => 12,
        Role::Booking => 10,
        Role::Invoice => 6,
        _ => 2,
    };
    let value = value.trim_end_matches(['.', ',', '-']).trim();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let shape = if value.len() < 3 { -8 } else { 0 }
        + if digits == 4 && value.len() == 4 && value.starts_with("20") { -10 } else { 0 };
    out.push(Number { value: value.to_owned(), source, merit: base + rank + shape, role });
}

/// The cell to the right that holds something: `Paketnummer : |   | 43379750593`.
pub(super) fn next_filled(sheet: &Sheet, row: usize, cell: usize) -> Option<&Cell> {
    let is_filled = |c: &&Cell| !sheet.at(&c.span).trim().is_empty();
    sheet.cells_of(row).iter().skip(cell + 1).find(is_filled)
}

/// A line that is only a label: the number stands in the next cell, the next line, or below.
fn beside(sheet: &Sheet, row: usize, cell: usize, line: &Span) -> Option<(Role, Span, i32)> {
    let text = sheet.at(line);
    if text.len() > 160 || text.chars().count() > 40 {
        return None;
    }
    let label = lexicon::label(text);
    if label.coverage() < 70 || label.has(Role::OtherNumber) {
        return None;
    }
    let role = [Role::Order, Role::Booking, Role::Invoice, Role::Contract]
        .into_iter()
        .find(|r| label.has(*r))?;
    let whole = |span: &Span| -> Option<Span> {
        let first = sheet.lines_of(span).next()?;
        let t = sheet.at(&first);
        // `MR7D1FM8ENH ( https://… )`: its link, in a text made of a page.
        let t = t.find("( http").map_or(t, |link| &t[..link]);
        if t.chars().count() > 48 {
            return None;
        }
        let r = code::number(t).or_else(|| code::drawn(t))?;
        (r.start <= 6).then(|| Sheet::part(&first, &r))
    };
    let cells = sheet.cells_of(row);
    // Below in the same cell.
    if let Some(next) = sheet.lines_of(&cells[cell].span).find(|l| l.start > line.end) {
        return whole(&next).map(|s| (role, s, 2));
    }
    if let Some(s) = next_filled(sheet, row, cell).and_then(|c| whole(&c.span)) {
        return Some((role, s, 4));
    }
    // Below in the next row, same column.
    let next = row + 1;
    if next < sheet.rows.len() {
        let below = sheet.cells_of(next);
        if below.len() == cells.len() {
            return below.get(cell).and_then(|c| whole(&c.span)).map(|s| (role, s, 1));
        }
    }
    None
}
