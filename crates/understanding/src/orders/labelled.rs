//! What stands before a sum, above or behind it, and says what it is.

use super::attribute;
use super::figures::Figure;
use super::sheet::{Cell, Sheet, Span};
use crate::grammar::date::{self, Hints};
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Label, Role};
use crate::grammar::{money, tracking};

/// Only where a date stands counts here, not which.
const HINTS: Hints = Hints { language: mesinfos_domain::Language::En, near: None };

/// What stands before (or else above, or behind) a figure and says what it is.
pub(super) fn label_of(
    sheet: &Sheet,
    row: usize,
    f: &Figure,
    previous: Option<&Figure>,
) -> Option<(Role, Span, usize)> {
    let cells = sheet.cells_of(row);
    let cell = &cells[f.cell];
    let line =
        sheet.lines_of(&cell.span).find(|l| l.start <= f.span.start && f.span.end <= l.end)?;
    let mut from = line.start;
    if let Some(p) = previous.filter(|p| p.cell == f.cell && p.span.end > line.start) {
        from = p.span.end.min(f.span.start);
        if p.is_struck || !sheet.at(&(from..f.span.start)).chars().any(char::is_alphabetic) {
            // A second figure after the same label: `12,90 € 25,80 €`.
            return p
                .role
                .filter(|_| p.is_struck || f.is_struck)
                .map(|r| (r, p.label.clone(), p.strength));
        }
    }
    // `(TVA de 8,10 EUR incluse)`: what the bracket holds is its own label.
    let opened = sheet.at(&(from..f.span.start)).rfind(['(', '[']).map(|at| from + at as u32 + 1);
    let is_label = |at: &u32| {
        let inside = sheet.at(&(*at..f.span.start));
        has_letters(inside) && !inside.contains([')', ']'])
    };
    let before = opened.filter(is_label).unwrap_or(from)..f.span.start;
    let behind = behind(sheet, f, &line);
    if has_letters(sheet.at(&before)) {
        // `(inkl. 9,15 € MwSt.)`: the words on both sides make the label.
        if let Some(after) = &behind
            && (previous.is_some_and(|p| p.cell == f.cell) || before.start > from)
            && sheet.at(&before).chars().count() <= 14
        {
            let l = lexicon::label(sheet.at(after));
            if l.has(Role::Tax) && l.coverage() >= 50 {
                return Some((Role::Tax, after.clone(), 70));
            }
        }
        // `Total inc VAT £29.83 | £178.95`: the label's own figure is the tax that it speaks of.
        let is_in_label = cells[f.cell + 1..].iter().any(|c| {
            let text = sheet.at(&c.span);
            !has_letters(text) && !money::sums(text).is_empty()
        });
        let last = sheet.at(&before).trim_end_matches([' ', ':', '(', '\u{a0}']);
        let last = lexicon::label(last.split_whitespace().next_back().unwrap_or_default());
        if is_in_label && f.unit.is_some() && (last.has(Role::Tax) || last.has(Role::WithTax)) {
            return Some((Role::Tax, before, 70));
        }
        return judge(sheet, &before).or_else(|| {
            // `… disponible : 419,81 € TTC`
            let after = behind?;
            let first = sheet.at(&after).split_whitespace().take(2).collect::<Vec<_>>().join(" ");
            let l = lexicon::label(&first);
            (l.has(Role::WithTax) && !l.has(Role::Tax) && row_is_sentence(sheet, &line))
                .then_some((Role::Total, after, 45))
        });
    }
    // Several columns of label and value below each other are not parallel: the label is above.
    if let Some(label) = parallel(sheet, cells, f.cell, &line)
        && let Some(found) = judge(sheet, &label)
    {
        return Some(found);
    }
    // The line above in the same cell.
    let above = sheet.lines_of(&cell.span).take_while(|l| l.end <= line.start).last();
    if let Some(above) = above {
        return judge(sheet, &above).filter(|(_, _, s)| *s >= 60);
    }
    // Cells to the left, nearest first.
    let mut is_counted = false;
    for left in cells[..f.cell].iter().rev() {
        let text = sheet.at(&left.span);
        if attribute::count(text).is_some() {
            is_counted = true;
            continue;
        }
        if !has_letters(text) {
            continue;
        }
        // `Total (inc. £6.33 VAT) | £37.99`: what stands before the label's own figure.
        if let Some(sum) = money::sums(text).first() {
            let head = text[..sum.at.start].split('(').next().unwrap_or_default();
            let span = left.span.start..left.span.start + head.trim_end().len() as u32;
            match judge(sheet, &span).filter(|(_, _, strength)| *strength >= 50) {
                Some(found) if !is_counted && f.cell + 1 == cells.len() => return Some(found),
                _ => continue,
            }
        }
        // `DHL Paket | 1 | 4,50 €`: the way it is sent, sold like a product.
        if is_counted
            && text.split_whitespace().count() <= 2
            && tracking::carrier_named(text).is_some()
        {
            return Some((Role::Shipping, left.span.clone(), 100));
        }
        return judge(sheet, &left.span);
    }
    let after = f.span.end..line.end;
    let is_followed = has_letters(sheet.at(&after));
    if is_followed {
        let l = lexicon::label(sheet.at(&after));
        if let Some(role) = l.sum_role().filter(|_| l.coverage() >= 60) {
            return Some((role, after, l.coverage() / 2 + 20));
        }
    }
    if f.cell > 0 || is_followed && sheet.is_html {
        return None;
    }
    // A line that is a label, then a line that is the figure.
    let above = row.checked_sub(1)?;
    let label = sheet.cells_of(above);
    // `… Soit un total de`, and the figure begins the next line of a wrapped sentence.
    if let [one] = label
        && !sheet.is_html
        && sheet.rows[above].table == sheet.rows[row].table
        && is_followed
        && let Some((role, at)) = in_sentence(sheet.at(&one.span))
    {
        return Some((role, one.span.start + at as u32..one.span.end, 55));
    }
    if label.len() == cells.len() && label.len() == 1 && !is_followed {
        let span = &label[0].span;
        if money::sums(sheet.at(span)).is_empty() {
            // `Remboursé` below a product says what became of it, not what its price is.
            let said = |role| role == Role::Refund && !sheet.at(span).trim().contains(' ');
            return judge(sheet, span).filter(|(role, _, s)| *s >= 80 && !said(*role));
        }
    }
    None
}

/// Labels over each other in one cell, their values in the next: the label on the same line.
fn parallel(sheet: &Sheet, cells: &[Cell], cell: usize, line: &Span) -> Option<Span> {
    let own: Vec<Span> = sheet.lines_of(&cells[cell].span).take(12).collect();
    let left = cells[..cell].iter().rev().find(|c| c.span.start < c.span.end)?;
    let labels: Vec<Span> = sheet.lines_of(&left.span).take(12).collect();
    let place = own.iter().position(|l| l == line)?;
    (own.len() > 1 && own.len() == labels.len()).then(|| labels[place].clone())
}

/// The words right behind a figure, up to the next figure or bracket.
fn behind(sheet: &Sheet, f: &Figure, line: &Span) -> Option<Span> {
    let text = sheet.at(&(f.span.end..line.end));
    let end = text
        .find(|c: char| c == ')' || c == ']' || c.is_ascii_digit() || c == '.')
        .map_or(text.len(), |e| if text[e..].starts_with('.') { e + 1 } else { e });
    let span = f.span.end..f.span.end + end as u32;
    has_letters(sheet.at(&span)).then_some(span)
}

/// Whether a line reads as a sentence rather than as a product with its price.
fn row_is_sentence(sheet: &Sheet, line: &Span) -> bool {
    let text = sheet.at(line);
    text.ends_with('.') && text.split_whitespace().count() >= 6
}

fn has_letters(text: &str) -> bool {
    if text.len() <= 6 && text.trim_end().ends_with(['$', '€', '£']) {
        return false; // `CA$$60.28`
    }
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2 || text.contains('%')
}

/// What a span says as a label.
fn judge(sheet: &Sheet, span: &Span) -> Option<(Role, Span, usize)> {
    let text = sheet.at(span);
    // Several lines: the first one that is a label.
    if text.contains('\n') {
        return sheet.lines_of(span).find_map(|l| judge(sheet, &l).filter(|(_, _, s)| *s >= 60));
    }
    let label = lexicon::label(text);
    // `Les Ombres du port - quantité : 1 - prix`: a product that is counted.
    let counts =
        |part: &str| attribute::value_of(part).is_some_and(|(role, ..)| role == Role::Quantity);
    if label.has(Role::Quantity) && text.split(" - ").any(counts) {
        return None;
    }
    if label.weighty >= 4
        && let Some((role, at)) = in_sentence(text)
        && role == Role::Total
    {
        let start = span.start + at as u32;
        return Some((role, start.min(span.end)..span.end, 55));
    }
    if label.weighty <= 8
        && let Some(role) = label.sum_role()
    {
        let starts = label.hits.first().is_some_and(|h| h.start <= 2);
        let coverage = label.coverage();
        if coverage >= 60 {
            return Some((role, span.clone(), coverage));
        }
        // `Pledge total`: in English and German the last word says what it is.
        let ends = label.hits.last().is_some_and(|h| h.end + 2 >= text.trim_end().len());
        // `VT Tax 7.0%`
        let rate = text.trim_end_matches([':', ' ', '%', '.', ',']);
        let rate =
            rate.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '));
        let is_rate =
            text.contains('%') && label.hits.last().is_some_and(|h| h.end + 2 >= rate.len());
        if is_rate && role == Role::Tax && label.hits.len() == 1 && label.weighty <= 4 {
            return Some((role, span.clone(), 60));
        }
        if ends && role == Role::Total && label.hits.len() == 1 && label.weighty <= 3 {
            return Some((role, span.clone(), 50));
        }
        if starts && coverage >= 30 {
            return Some((role, span.clone(), coverage.min(50)));
        }
        // `Shipping Royal Mail Tracked 24`: what is not understood is who carries.
        if starts && role == Role::Shipping && tracking::carrier_named(text).is_some() {
            return Some((role, span.clone(), 60));
        }
    }
    // `Paid on December 30, 2024`: when is no part of what.
    if let Some(day) = date::date(text, HINTS).filter(|d| d.has_year && d.at.start >= 3) {
        let label = lexicon::label(&text[..day.at.start]);
        if let Some(role) = label.sum_role().filter(|_| label.coverage() >= 60) {
            return Some((role, span.clone(), 60));
        }
    }
    in_sentence(text).map(|(role, at)| {
        let start = span.start + at as u32;
        (role, start.min(span.end)..span.end, 55)
    })
}

/// The last phrase of a sentence, when it touches the figure: `… pour un montant total de`.
fn in_sentence(text: &str) -> Option<(Role, usize)> {
    let tail_at = text.char_indices().rev().nth(60).map_or(0, |(i, _)| i);
    let tail = &text[tail_at..];
    let folded = fold(tail);
    let all: Vec<(usize, &str)> = words(&folded).collect();
    if all.len() < 3 {
        return None;
    }
    let hits = lexicon::hits(&folded);
    let after = |end: usize| all.iter().filter(|(at, _)| *at >= end).count();
    let last = hits.iter().rev().find(|h| !h.roles.is_only(Role::Stop))?;
    let between = hits
        .iter()
        .filter(|h| h.start >= last.end && h.roles.is_only(Role::Stop))
        .map(|h| h.words)
        .sum::<usize>();
    if after(last.end) > between + 1 {
        return None;
    }
    let label = Label { hits: vec![*last], unknown: 0, weighty: last.words };
    // One word is little: `beurre salé` is no sale, a `Bar Soap` not paid in cash.
    let is_little = last.words == 1 && between == 0;
    let is_strong = |r: &Role| matches!(r, Role::Total | Role::Refund | Role::Shipping);
    label.sum_role().filter(|r| !is_little || is_strong(r)).map(|r| (r, tail_at))
}
