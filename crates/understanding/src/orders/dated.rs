//! The date of the order, as the mail prints it.

use super::sheet::{Sheet, Span};
use crate::grammar::date::{self, Hints};
use crate::grammar::day;
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Role};
use mesinfos_domain::{Date, Source};

/// The date of the order, as the mail prints it.
pub fn order_date(sheet: &Sheet, hints: Hints, number: Option<&str>) -> Option<(Date, Span, u8)> {
    let mut best: Option<(i32, Date, Span)> = None;
    for row in 0..sheet.rows.len().min(400) {
        let cells = sheet.cells_of(row);
        for (c, cell) in cells.iter().enumerate() {
            if !sheet.at(&cell.span).bytes().any(|b| b.is_ascii_digit()) {
                continue;
            }
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                if text.len() > 2_000 {
                    continue;
                }
                let mut from = 0;
                for d in date::dates(text, hints) {
                    let before = &text[from..d.at.start];
                    from = d.at.end;
                    let merit = date_merit(sheet, row, c, &line, before, text, &d.at, number);
                    let fits = hints
                        .near
                        .is_none_or(|n| d.date <= n.saturating_add(jiff::Span::new().days(2)));
                    if merit > 0
                        && fits
                        && (d.has_year || merit >= 6)
                        && best.as_ref().is_none_or(|(m, ..)| merit > *m)
                    {
                        best = Some((merit, d.date, Sheet::part(&line, &d.at)));
                    }
                }
            }
        }
    }
    best.map(|(m, d, s)| (d, s, (50 + 4 * m.clamp(0, 12)) as u8))
}

/// `Votre ticket de caisse – 05/02/2026`: the only day in a receipt's subject.
pub fn in_subject(subject: &str, hints: Hints) -> Option<(Date, Source)> {
    let all = date::dates(subject, hints);
    let [one] = &all[..] else { return None };
    let last = hints.near.map(|n| n.saturating_add(jiff::Span::new().days(1)));
    let source = super::number::in_subject(subject, &one.at);
    (one.has_year && last.is_none_or(|l| one.date <= l)).then_some((one.date, source))
}

#[expect(clippy::too_many_arguments, reason = "one place, described by its parts")]
fn date_merit(
    sheet: &Sheet,
    row: usize,
    cell: usize,
    line: &Span,
    before: &str,
    text: &str,
    at: &std::ops::Range<usize>,
    number: Option<&str>,
) -> i32 {
    // `Date ordered: Sunday, July 4`: the day of the week is the date's, not its label's.
    let before = match words(before).last() {
        Some((at, word)) if day::is_weekday(word) => &before[..at],
        _ => before,
    };
    let letters = before.chars().filter(|c| c.is_alphabetic()).count();
    let words_of = |t: &str| -> (bool, bool, bool) {
        let folded = fold(t);
        let all: Vec<(usize, &str)> = words(&folded).collect();
        let tail = all.iter().rev().nth(7).map_or(0, |(i, _)| *i);
        let hits = lexicon::hits(&folded[tail..]);
        let last = hits.iter().rev().find(|h| {
            h.roles.has(Role::OrderDate)
                || h.roles.has(Role::OtherDate)
                || h.roles.has(Role::Expected)
        });
        let strong = last.is_some_and(|h| {
            h.roles.has(Role::OrderDate)
                && (h.words > 1 || h.end - h.start > 4)
                && !h.roles.has(Role::OtherDate)
        });
        // `Expected delivery on`: the small word says nothing against the others.
        let another = hits.iter().any(|h| {
            (h.roles.has(Role::OtherDate) || h.roles.has(Role::Expected))
                && !h.roles.has(Role::OrderDate)
        });
        let other = !strong && (another || last.is_some_and(|h| !h.roles.has(Role::OrderDate)));
        let weak = !other && last.is_some_and(|h| h.roles.has(Role::OrderDate));
        (strong, weak, other)
    };
    let about = |t: &str| {
        let f = fold(t);
        lexicon::hits(&f).iter().any(|h| {
            h.roles.has(Role::Order) || h.roles.has(Role::Invoice) || h.roles.has(Role::Booking)
        })
    };
    let has_number = number.is_some_and(|n| text.contains(n));
    // `your order 13435 from 24.07.2021`: one small word parts the number from its date.
    let joined = number.is_some_and(|n| {
        let head = before.trim_end().trim_end_matches(char::is_alphabetic);
        head.len() < before.trim_end().len() && head.trim_end_matches([' ', ',', '(']).ends_with(n)
    });
    if joined {
        return 10;
    }
    if letters >= 2 {
        let (strong, weak, other) = words_of(before);
        let mut merit = 0;
        if strong {
            merit += 8;
        } else if weak && (about(before) || has_number) {
            merit += 7;
        } else if weak {
            merit += 2;
        } else if has_number && !other {
            merit += 6;
        }
        if other {
            return -1;
        }
        if merit > 0 && (about(before) || has_number) {
            merit += 2;
        }
        return merit;
    }
    // A date alone: a label in the cell before or above.
    let cells = sheet.cells_of(row);
    let above_in_cell =
        sheet.lines_of(&cells[cell].span).take_while(|l| l.end <= line.start).last();
    let label = above_in_cell
        .or_else(|| cell.checked_sub(1).map(|c| cells[c].span.clone()))
        .or_else(|| {
            let above = row.checked_sub(1)?;
            let up = sheet.cells_of(above);
            (up.len() == cells.len()).then(|| up[cell].span.clone())
        });
    let alone = text[at.end..].chars().filter(|c| c.is_alphabetic()).count() < 6;
    if let Some(label) = label {
        let t = sheet.at(&label);
        let (strong, weak, other) = words_of(t);
        let short = t.chars().count() < 40;
        if strong && short {
            return 9;
        }
        if weak && short {
            return 6;
        }
        if other && short {
            return -1;
        }
        // The number above or beside, the date below it.
        if number.is_some_and(|n| t.contains(n)) && alone {
            return 6;
        }
    }
    if has_number {
        return 5;
    }
    if alone && text.len() < 40 { 1 } else { 0 }
}
