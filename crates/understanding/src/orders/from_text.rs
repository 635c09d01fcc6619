//! Plain text to a sheet: lines are rows, wide gaps, tabs and bars part cells.

use super::sheet::{Cell, Drawn, Sheet, Span, trimmed};
use crate::grammar::lexicon;
use mesinfos_reading::Page;

/// Lines at most.
const ROWS: usize = 20_000;

/// Lays out the text of a page without HTML.
pub fn sheet(page: &Page) -> Sheet {
    let mut sheet = Sheet::default();
    let mut paragraph = 1;
    let written: Vec<(u32, &str)> = page.lines().take(ROWS).collect();
    let unwrapped = unwrapped(&page.text, &written);
    let lines = unwrapped.as_deref().map_or_else(|| written.clone(), lines_of);
    let mut i = 0;
    let mut ruler: Option<Vec<usize>> = None;
    while i < lines.len() {
        let (at, line) = lines[i];
        if let Some(next) = lines.get(i + 1).and_then(|(_, l)| drawn_columns(l)) {
            ruler = Some(next);
        }
        if let Some(columns) = ruler.as_ref().filter(|_| !is_rule(line)) {
            if push_columns(&mut sheet, at, line, columns, paragraph) {
                i += 1;
                continue;
            }
        } else if line.trim().is_empty() {
            ruler = None;
        } else if drawn_columns(line).is_some() {
            // Titles and values are one table.
            i += 1;
            continue;
        }
        let quoted = line.trim_start_matches(['>', ' ']);
        let lead = (line.len() - quoted.len()) as u32;
        if is_rule(quoted) {
            paragraph += 1;
            i += 1;
            continue;
        }
        // Tables that a converter wrote one cell a line: a run of titles, then values by as many.
        if let Some(used) = stacked_table(&mut sheet, &lines[i..], paragraph) {
            i += used;
            paragraph += 1;
            continue;
        }
        push_row(&mut sheet, at + lead, quoted, paragraph);
        i += 1;
    }
    sheet.links = page.links.iter().map(|l| (l.text.clone(), l.href.clone())).collect();
    // Line by line: the page has lost line ends, marks of quoting and what stands before an inner mail.
    sheet.pieces = written
        .iter()
        .map(|(at, line)| {
            let span = *at..at + line.len() as u32;
            (span.clone(), page.source_of(span))
        })
        .collect();
    sheet.text = unwrapped.unwrap_or_else(|| page.text.clone());
    sheet
}

/// The text with the line ends that part a label from its value made spaces, byte for byte as long;
/// `None` when there is none. A line was wrapped where the next word would have gone over the width that
/// its paragraph keeps.
fn unwrapped(text: &str, lines: &[(u32, &str)]) -> Option<String> {
    let mut out: Option<String> = None;
    let is_break = |l: &str| l.trim().is_empty();
    for paragraph in lines.split(|(_, l)| is_break(l)) {
        let chars = |l: &str| l.trim_end().chars().count();
        let width = paragraph.iter().map(|(_, l)| chars(l)).max().unwrap_or(0);
        if paragraph.len() < 2 || !(60..=100).contains(&width) {
            continue;
        }
        for pair in paragraph.windows(2) {
            let ((at, line), (next_at, next)) = (pair[0], pair[1]);
            let word = next.split_whitespace().next().map_or(0, |w| w.chars().count());
            let end = at as usize + line.len();
            let is_whole = |l: &str| {
                split(l).len() == 1 && l.starts_with(char::is_alphanumeric) && !l.contains("://")
            };
            if chars(line) >= 50
                && chars(line) + 1 + word > width
                && end + 1 == next_at as usize
                && is_whole(line)
                && is_whole(next)
                && leads_on(line)
                && !line.trim_end().ends_with(['.', '!', '?', ':', ';', '€', '$', '£'])
                && !line.trim_end().ends_with(|c: char| c.is_ascii_digit())
            {
                out.get_or_insert_with(|| text.to_owned()).replace_range(end..end + 1, " ");
            }
        }
    }
    out
}

/// Whether a line ends in words that a number, a day or a sum follows: `… your order`.
fn leads_on(line: &str) -> bool {
    use lexicon::Role::*;
    let folded = crate::grammar::fold::fold(line);
    let end = folded.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    let labels = [Order, Booking, Invoice, Tracking, OrderDate, Total, Sku];
    lexicon::hits(&folded)
        .last()
        .is_some_and(|last| last.end == end && labels.into_iter().any(|role| last.roles.has(role)))
}

fn lines_of(text: &str) -> Vec<(u32, &str)> {
    let mut at = 0u32;
    let lines = text.split('\n').take(ROWS).map(|line| {
        let start = at;
        at += line.len() as u32 + 1;
        (start, line)
    });
    lines.collect()
}

/// An empty line or one drawn with dashes.
fn is_rule(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}

/// Where columns begin, drawn by a rule that is parted where they are: `--- --------- ---`.
fn drawn_columns(line: &str) -> Option<Vec<usize>> {
    let rule = line.trim_end();
    let is_drawn = rule.chars().all(|c| matches!(c, '-' | '=' | '_' | ' '));
    let begins = |at: usize| at == 0 || rule.as_bytes()[at - 1] == b' ';
    let starts: Vec<usize> = rule
        .bytes()
        .enumerate()
        .filter(|(at, b)| *b != b' ' && begins(*at))
        .map(|(at, _)| at)
        .collect();
    (is_drawn && (3..=12).contains(&starts.len()) && rule.len() >= 20).then_some(starts)
}

/// Parts a line where the columns that were drawn begin, if no word stands across.
fn push_columns(sheet: &mut Sheet, at: u32, line: &str, starts: &[usize], paragraph: u32) -> bool {
    let places: Vec<usize> = line.char_indices().map(|(i, _)| i).collect();
    let byte = |column: usize| places.get(column).copied().unwrap_or(line.len());
    let is_across = |column: &usize| {
        line[..byte(*column)].ends_with(|c: char| c != ' ') && byte(*column) < line.len()
    };
    if starts[1..].iter().any(is_across) {
        return false;
    }
    let first = sheet.cells.len();
    for (column, start) in starts.iter().enumerate() {
        let end = starts.get(column + 1).map_or(line.len(), |next| byte(*next));
        let from = if column == 0 { 0 } else { byte(*start) };
        if let Some(part) = trimmed(&line[from..end]) {
            let from = at + from as u32;
            let span = from + part.start..from + part.end;
            sheet.cells.push(Cell { span, column: column as u16, width: 1, is_head: false });
        }
    }
    close(sheet, first, paragraph);
    true
}

fn push_row(sheet: &mut Sheet, at: u32, line: &str, paragraph: u32) {
    let first = sheet.cells.len();
    for (column, (start, end)) in split(line).into_iter().enumerate() {
        sheet.cells.push(Cell {
            span: at + start..at + end,
            column: column as u16,
            width: 1,
            is_head: false,
        });
    }
    close(sheet, first, paragraph);
}

fn close(sheet: &mut Sheet, first: usize, paragraph: u32) {
    let is_tabular = sheet.cells.len() - first > 1;
    let joint = u16::from(sheet.rows.last().is_some_and(|r| r.table == paragraph));
    sheet.end_row(first, Drawn { table: paragraph, joint, is_tabular, is_heading: false });
}

/// The cells of a line: parted by tabs, bars, two spaces or leader dots.
fn split(line: &str) -> Vec<(u32, u32)> {
    let mut cells = Vec::new();
    let bytes = line.as_bytes();
    let mut start = 0;
    let mut i = 0;
    while i < bytes.len() {
        let gap = match bytes[i] {
            b'\t' | b'|' => 1,
            b' ' if bytes.get(i + 1) == Some(&b' ') => {
                bytes[i..].iter().take_while(|b| **b == b' ').count()
            }
            b'.' if bytes[i..].starts_with(b"....") => {
                bytes[i..].iter().take_while(|b| **b == b'.').count()
            }
            _ => 0,
        };
        if gap > 0 {
            cells.push((start, i));
            i += gap;
            start = i;
        } else {
            i += 1;
        }
    }
    cells.push((start, bytes.len()));
    cells
        .into_iter()
        .filter_map(|(s, e)| {
            trimmed(line.get(s..e)?).map(|r| (s as u32 + r.start, s as u32 + r.end))
        })
        .collect()
}

/// Reads a table written one cell a line; returns how many lines it took.
fn stacked_table(sheet: &mut Sheet, lines: &[(u32, &str)], paragraph: u32) -> Option<usize> {
    let is_title = |l: &str| {
        let t = l.trim();
        if t.len() > 30 || t.bytes().any(|b| b.is_ascii_digit()) {
            return false;
        }
        let label = lexicon::label(t);
        label.column_role().is_some() && label.coverage() >= 60
    };
    let first = lines.first()?.1;
    if !is_title(first)
        || split(first).len() != 1
        || !lines.iter().skip(1).map(|l| l.1).find(|l| !is_rule(l)).is_some_and(is_title)
    {
        return None;
    }
    let walk = || {
        lines.iter().enumerate().filter(|(_, (_, l))| !is_rule(l)).filter_map(|(i, (at, l))| {
            trimmed(l).map(|r| (i, at + r.start, &l[r.start as usize..r.end as usize]))
        })
    };
    let count = walk().take(9).take_while(|(_, _, l)| is_title(l)).count();
    if !(3..=8).contains(&count) {
        return None;
    }
    let filled: Vec<(usize, u32, &str)> = walk().take(400).collect();
    let roles: Vec<_> =
        filled[..count].iter().map(|(_, _, l)| lexicon::label(l).column_role()).collect();
    let is_price = |r: Option<lexicon::Role>| {
        matches!(
            r,
            Some(lexicon::Role::UnitPrice | lexicon::Role::LinePrice | lexicon::Role::Price)
        )
    };
    if !roles.iter().any(|r| is_price(*r)) || !is_price(roles[count - 1]) {
        return None;
    }
    // The first column may take several lines: a name and its attributes.
    let fits = |cells: &[(usize, u32, &str)]| {
        cells.iter().zip(&roles[1..]).all(|((_, _, l), r)| {
            let sums = crate::grammar::money::sums(l).len();
            match r {
                r if is_price(*r) => sums == 1,
                Some(lexicon::Role::Quantity) => crate::grammar::quantity::whole(l).is_some(),
                _ => sums == 0,
            }
        })
    };
    let mut used = count;
    let mut rows = 0;
    loop {
        let most = if roles[0] == Some(lexicon::Role::Product) { 5 } else { 1 };
        let wide =
            (1..=most).find(|n| filled.get(used + n..used + n + count - 1).is_some_and(fits));
        let Some(wide) = wide else { break };
        if rows == 0 {
            add(sheet, &filled[..count], paragraph, true);
        }
        let (_, at, _) = filled[used];
        let (_, last, text) = filled[used + wide - 1];
        let first = at..last + text.len() as u32;
        let rest = filled[used + wide..used + wide + count - 1].iter();
        let spans = rest.map(|(_, at, l)| *at..at + l.len() as u32);
        push_cells(sheet, std::iter::once(first).chain(spans), paragraph, false);
        rows += 1;
        used += wide + count - 1;
    }
    (rows > 0).then(|| filled[used - 1].0 + 1)
}

fn add(sheet: &mut Sheet, cells: &[(usize, u32, &str)], paragraph: u32, is_head: bool) {
    let spans = cells.iter().map(|(_, at, text)| *at..at + text.len() as u32);
    push_cells(sheet, spans, paragraph, is_head);
}

fn push_cells(sheet: &mut Sheet, spans: impl Iterator<Item = Span>, paragraph: u32, is_head: bool) {
    let first = sheet.cells.len();
    for (column, span) in spans.enumerate() {
        sheet.cells.push(Cell { span, column: column as u16, width: 1, is_head });
    }
    close(sheet, first, paragraph);
}
