//! Where a parcel waits, with which code and until when; the day it is expected.

use super::sheet::{Sheet, Span};
use crate::grammar::date::{self, Hints};
use crate::grammar::day;
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Hit, Role};
use mesinfos_domain::{Date, Parcel};
use std::ops::Range;

/// Rows that are looked at.
const ROWS: usize = 400;

/// Fills in what a mail about one parcel says of its arrival, and gives where each was read.
/// `is_ready` says that the mail announces a parcel to collect: then weaker words count too.
pub fn arrival(
    sheet: &Sheet,
    hints: Hints,
    is_ready: bool,
    own_number: Option<&str>,
    parcel: &mut Parcel,
) -> Vec<(&'static str, Span)> {
    let lines = lines(sheet);
    let mut facts = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let text = sheet.at(&line.span);
        if text.len() > 400 {
            continue;
        }
        let folded = fold(text);
        let hits = lexicon::hits(&folded);
        let strong = |h: &&Hit| h.words > 1 || h.start == 0 || is_ready;
        let label = |r: Role| hits.iter().filter(strong).find(|h| h.roles.has(r));
        let near = || beside(sheet, &lines, i);
        if parcel.pickup_until.is_none()
            && let Some(hit) = label(Role::PickupUntil)
            && let Some((found, span)) = last_day(sheet, line, hit, &folded, near, hints)
        {
            parcel.pickup_until = Some(found);
            facts.push(("pickupUntil", span));
        } else if parcel.expected.is_none()
            && let Some(hit) = hits.iter().find(|h| h.roles.has(Role::Expected))
            && let Some((found, span)) = last_day(sheet, line, hit, &folded, near, hints)
            && hints.near.is_none_or(|today| found >= today)
        {
            parcel.expected = Some(found);
            facts.push(("expectedArrival", span));
        }
        if parcel.pickup_code.is_none()
            && let Some(hit) = label(Role::PickupCode)
        {
            let taken = |c: &str| {
                let same = |n: Option<&str>| n.is_some_and(|n| super::parcels::plain(n) == c);
                same(parcel.number.as_deref()) || same(own_number)
            };
            let found = code_after(text, &folded, hit)
                .map(|(code, r)| (code, Sheet::part(&line.span, &r)))
                .or_else(|| {
                    let mut whole = near().into_iter().filter(|_| ends_with(text, &folded, hit));
                    whole.find_map(|s| Some((whole_code(sheet.at(&s))?, s)))
                });
            if let Some((code, span)) = found.filter(|(c, _)| !taken(c)) {
                parcel.pickup_code = Some(code);
                facts.push(("pickupCode", span));
            }
        }
        if parcel.pickup_point.is_none()
            && hits.iter().any(|h| h.roles.has(Role::PickupPoint) && h.start <= 6)
            && let Some((point, span)) = point(sheet, &lines, i, hints)
        {
            parcel.pickup_point = Some(point);
            facts.push(("pickupPoint", span));
        }
    }
    facts
}

/// A line of a cell.
struct Line {
    span: Span,
    row: usize,
    cell: usize,
}

fn lines(sheet: &Sheet) -> Vec<Line> {
    let mut out = Vec::new();
    for row in 0..sheet.rows.len().min(ROWS) {
        for (cell, c) in sheet.cells_of(row).iter().enumerate() {
            out.extend(sheet.lines_of(&c.span).map(|span| Line { span, row, cell }));
        }
    }
    out
}

/// Where the value of a label may stand, likeliest first: the next line of its cell, the next cell,
/// the cell below in a row of as many, the two lines that follow.
fn beside(sheet: &Sheet, lines: &[Line], at: usize) -> Vec<Span> {
    let line = &lines[at];
    let mut out = Vec::new();
    let cells = sheet.cells_of(line.row);
    let next = lines.get(at + 1);
    out.extend(next.filter(|n| (n.row, n.cell) == (line.row, line.cell)).map(|n| n.span.clone()));
    let first = |span: &Span| sheet.lines_of(span).next();
    out.extend(cells.get(line.cell + 1).and_then(|c| first(&c.span)));
    if cells.len() > 1 && line.row + 1 < sheet.rows.len() {
        let below = sheet.cells_of(line.row + 1);
        let same = below.get(line.cell).filter(|_| below.len() == cells.len());
        out.extend(same.and_then(|c| first(&c.span)));
    }
    out.extend(lines[at + 1..].iter().take(2).map(|l| l.span.clone()));
    out
}

/// Where the words of a label end in the text that it was folded from.
fn end_of(text: &str, folded: &str, hit: &Hit) -> Option<usize> {
    let last = words(folded).take_while(|(at, _)| *at < hit.end).count().checked_sub(1)?;
    words(text).nth(last).map(|(at, word)| at + word.len())
}

/// Whether nothing of weight follows a label in its line.
fn ends_with(text: &str, folded: &str, hit: &Hit) -> bool {
    end_of(text, folded, hit)
        .is_some_and(|end| words(&text[end..]).count() <= 3 || text.trim_end().ends_with(':'))
}

/// The day behind a label in its line, or beside the line when that says no more.
fn last_day(
    sheet: &Sheet,
    line: &Line,
    hit: &Hit,
    folded: &str,
    near: impl Fn() -> Vec<Span>,
    hints: Hints,
) -> Option<(Date, Span)> {
    let text = sheet.at(&line.span);
    let read = |text: &str| {
        let named = || day::relative(text, hints.near?).pop();
        date::dates(text, hints).pop().or_else(named)
    };
    // "le 12 mars, livraison au relais" says it before.
    let end = end_of(text, folded, hit)?;
    let behind = read(&text[end..]).map(|d| (d.date, d.at.start + end..d.at.end + end));
    if let Some((day, at)) =
        behind.or_else(|| date::dates(text, hints).pop().map(|d| (d.date, d.at)))
    {
        return Some((day, Sheet::part(&line.span, &at)));
    }
    if !ends_with(text, folded, hit) {
        return None;
    }
    near().into_iter().find_map(|span| {
        let text = sheet.at(&span);
        let found = read(text).filter(|_| text.chars().count() <= 60)?;
        Some((found.date, Sheet::part(&span, &found.at)))
    })
}

/// The code behind its label: `Code de retrait : 4821`, `the code is 48 21`.
fn code_after(text: &str, folded: &str, hit: &Hit) -> Option<(String, Range<usize>)> {
    let end = end_of(text, folded, hit)?;
    let rest = &text[end..];
    let colon = rest.find(':').filter(|c| words(&rest[..*c]).count() <= 5);
    let from = end + colon.map_or(0, |c| c + 1);
    let mut seen = 0;
    for (at, word) in words(&text[from..]) {
        let start = from + at;
        if is_code_word(word) {
            let (code, stop) = groups(text, start);
            return is_code(&code).then_some((code, start..stop));
        }
        seen += 1;
        // "is", "n°", "suivant" may stand between, a sentence may not.
        let small = word.chars().count() <= 8 && word.chars().all(char::is_lowercase);
        if seen > 2 || !small || text[from..start].contains(['.', '!', '?']) {
            return None;
        }
    }
    None
}

fn is_code_word(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && word.bytes().any(|b| b.is_ascii_digit())
        || word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// A code from here on, with its further groups: `482 917`, `M-4821`, `48-21-77`.
fn groups(text: &str, start: usize) -> (String, usize) {
    let (mut code, mut stop) = (String::new(), start);
    for (at, word) in words(&text[start..]) {
        let at = start + at;
        let between = &text[stop..at];
        let joins = code.is_empty()
            || matches!(between, " " | "\u{a0}" | "\u{202f}" | "-" | ".") && word.len() <= 4;
        if !joins || !is_code_word(word) || code.len() + word.len() > 12 {
            break;
        }
        if between == "-" {
            code.push('-');
        }
        code.push_str(word);
        stop = at + word.len();
    }
    (code, stop)
}

/// A text that is nothing but a code.
fn whole_code(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '«', '»', '“', '”', '*', ' ', '\u{a0}']);
    let start = words(text).next()?.0;
    let (code, stop) = groups(text, start);
    (start == 0 && stop == text.len() && is_code(&code)).then_some(code)
}

fn is_code(code: &str) -> bool {
    (3..=12).contains(&code.len()) && code.bytes().filter(u8::is_ascii_digit).count() >= 2
}

/// The place behind or below its label.
fn point(sheet: &Sheet, lines: &[Line], at: usize, hints: Hints) -> Option<(String, Span)> {
    let line = &lines[at];
    let text = sheet.at(&line.span);
    let cells = sheet.cells_of(line.row);
    let value = match text.split_once(':').filter(|(_, v)| !v.trim().is_empty()) {
        Some((_, v)) => {
            let begin = line.span.end - v.len() as u32;
            sheet.trim(&(begin..line.span.end))
        }
        None if text.chars().count() > 40 => return None,
        None => {
            let within = &cells[line.cell].span;
            match sheet.lines_of(within).find(|l| l.start > line.span.end) {
                Some(next) => next.start..within.end,
                None => cells.get(line.cell + 1)?.span.clone(),
            }
        }
    };
    let said: Vec<&str> = sheet.lines_of(&value).take(5).map(|l| sheet.at(&l)).collect();
    let said = said.join(", ");
    let letters = said.chars().filter(|c| c.is_alphabetic()).count();
    (letters > 3 && said.chars().count() <= 200 && date::dates(&said, hints).is_empty())
        .then_some((said, value))
}
