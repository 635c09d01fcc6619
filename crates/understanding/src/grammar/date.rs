//! Dates as mails write them, in five languages, with or without year.

use super::fold::fold;
use jiff::ToSpan;
use jiff::civil::Date;
use mesinfos_domain::Language;
use std::ops::Range;

/// A date found in text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// The day.
    pub date: Date,
    /// Whether the text gave the year.
    pub has_year: bool,
}

/// What helps where digits alone do not say.
#[derive(Clone, Copy, Debug)]
pub struct Hints {
    /// `10/12` is the tenth of December except in American English.
    pub language: Language,
    /// The mail's own day: the year that fits is the one nearest to it.
    pub near: Option<Date>,
}

/// The day of an instant in microseconds since 1970 (UTC).
pub fn day_of(micros: i64) -> Option<Date> {
    let t = jiff::Timestamp::from_microsecond(micros).ok()?;
    Some(jiff::tz::TimeZone::UTC.to_datetime(t).date())
}

/// Beginnings of month names, folded; the first that begins a word names the month.
const MONTHS: &[(&str, i8)] = &[
    ("janv", 1),
    ("jan", 1),
    ("januar", 1),
    ("january", 1),
    ("janvier", 1),
    ("janner", 1),
    ("ene", 1),
    ("enero", 1),
    ("gen", 1),
    ("genn", 1),
    ("gennaio", 1),
    ("feb", 2),
    ("fev", 2),
    ("fevr", 2),
    ("fevrier", 2),
    ("february", 2),
    ("februar", 2),
    ("febrero", 2),
    ("febbraio", 2),
    ("febbr", 2),
    ("mar", 3),
    ("mars", 3),
    ("march", 3),
    ("marz", 3),
    ("maerz", 3),
    ("mrz", 3),
    ("marzo", 3),
    ("apr", 4),
    ("april", 4),
    ("avr", 4),
    ("avril", 4),
    ("abr", 4),
    ("abril", 4),
    ("aprile", 4),
    ("mai", 5),
    ("may", 5),
    ("mayo", 5),
    ("mag", 5),
    ("magg", 5),
    ("maggio", 5),
    ("jun", 6),
    ("june", 6),
    ("juni", 6),
    ("juin", 6),
    ("junio", 6),
    ("giu", 6),
    ("giugno", 6),
    ("jul", 7),
    ("july", 7),
    ("juli", 7),
    ("juil", 7),
    ("juill", 7),
    ("juillet", 7),
    ("julio", 7),
    ("lug", 7),
    ("luglio", 7),
    ("aug", 8),
    ("august", 8),
    ("aou", 8),
    ("aout", 8),
    ("ago", 8),
    ("agosto", 8),
    ("sep", 9),
    ("sept", 9),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("set", 9),
    ("sett", 9),
    ("settembre", 9),
    ("oct", 10),
    ("october", 10),
    ("octobre", 10),
    ("octubre", 10),
    ("okt", 10),
    ("oktober", 10),
    ("ott", 10),
    ("ottobre", 10),
    ("nov", 11),
    ("november", 11),
    ("novembre", 11),
    ("noviembre", 11),
    ("dec", 12),
    ("december", 12),
    ("decembre", 12),
    ("dez", 12),
    ("dezember", 12),
    ("dic", 12),
    ("diciembre", 12),
    ("dicembre", 12),
];

fn month(word: &str) -> Option<i8> {
    // Nearly every word: no month begins so.
    let first = word.bytes().next()?;
    if first.is_ascii() && !b"adefgjlmnos".contains(&first.to_ascii_lowercase()) {
        return None;
    }
    let folded = fold(word);
    MONTHS.iter().find(|(name, _)| *name == folded).map(|(_, m)| *m)
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    digits: bool,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let mut begin: Option<(usize, bool)> = None;
    for (i, c) in text.char_indices().chain([(text.len(), '\0')]) {
        let kind = if c.is_ascii_digit() {
            Some(true)
        } else if c.is_alphabetic() {
            Some(false)
        } else {
            None
        };
        if let Some((from, digits)) = begin
            && kind != Some(digits)
        {
            out.push(Token { text: &text[from..i], start: from, digits });
            begin = None;
        }
        if begin.is_none()
            && let Some(k) = kind
        {
            begin = Some((i, k));
        }
    }
    out
}

/// All dates of a text, in order. Linear.
pub fn dates(text: &str, hints: Hints) -> Vec<Found> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match date_at(text, &tokens, i, hints) {
            Some((date, has_year, used)) => {
                let last = tokens[i + used - 1];
                found.push(Found {
                    at: tokens[i].start..last.start + last.text.len(),
                    date,
                    has_year,
                });
                i += used;
            }
            None => i += 1,
        }
    }
    found
}

/// The first date of a text.
pub fn date(text: &str, hints: Hints) -> Option<Found> {
    dates(text, hints).into_iter().next()
}

fn date_at(
    text: &str,
    tokens: &[Token<'_>],
    i: usize,
    hints: Hints,
) -> Option<(Date, bool, usize)> {
    let t = tokens[i];
    let get = |k: usize| tokens.get(i + k).copied();
    let between = |k: usize| -> &str {
        match (tokens.get(i + k), tokens.get(i + k + 1)) {
            (Some(a), Some(b)) => &text[a.start + a.text.len()..b.start],
            _ => "\0",
        }
    };
    let soft = |s: &str| {
        s.len() <= 4 && s.chars().all(|c| c.is_whitespace() || matches!(c, '.' | ',' | '-' | '/'))
    };
    if t.digits {
        let n: i32 = t.text.parse().ok()?;
        // 2021-02-15, 2021/02/15, 20210215
        if t.text.len() == 4
            && let (Some(b), Some(c)) = (get(1), get(2))
            && b.digits
            && c.digits
            && b.text.len() <= 2
            && c.text.len() <= 2
            && matches!(between(0), "-" | "/" | ".")
            && between(1) == between(0)
        {
            let d = valid(n, b.text.parse().ok()?, c.text.parse().ok()?)?;
            return Some((d, true, 3));
        }
        if t.text.len() > 2 {
            return None;
        }
        // What stands before must not make it part of a longer number.
        if text[..t.start].ends_with(['.', '/', '-', ',', ':'])
            && text[..t.start - 1].ends_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        // 14 janvier 2021, 14. März, 1er mars, 14th of May 2021, 14 de enero de 2021
        let mut k = 1;
        if get(k).is_some_and(|w| {
            !w.digits
                && matches!(
                    fold(w.text).as_str(),
                    "er" | "st" | "nd" | "rd" | "th" | "º" | "o" | "e"
                )
        }) && between(0).is_empty()
        {
            k += 1;
        }
        while get(k).is_some_and(|w| {
            !w.digits && matches!(fold(w.text).as_str(), "de" | "of" | "di" | "del")
        }) {
            k += 1;
        }
        if let Some(w) = get(k)
            && !w.digits
            && k <= 3
            && soft(between(k - 1))
            && let Some(m) = month(w.text)
            && (1..=31).contains(&n)
        {
            let mut y = k + 1;
            while get(y).is_some_and(|w| !w.digits && matches!(fold(w.text).as_str(), "de" | "del"))
            {
                y += 1;
            }
            if let Some(year) =
                get(y).filter(|w| w.digits && w.text.len() == 4 && soft(between(y - 1)))
            {
                return Some((valid(year.text.parse().ok()?, m, n as i8)?, true, y + 1));
            }
            if let Some(year) = get(k + 1).filter(|w| {
                w.digits
                    && w.text.len() == 2
                    && matches!(between(k).trim(), "-" | "/" | "." | "'")
                    && between(k) != ". "
            }) {
                let y: i32 = year.text.parse().ok()?;
                return Some((valid(2000 + y, m, n as i8)?, true, k + 2));
            }
            return Some((fitting_year(m, n as i8, hints)?, false, k + 1));
        }
        return numeric(text, tokens, i, hints);
    }
    // January 14, 2021; Jan 14; October 13 2020
    let m = month(t.text)?;
    let day = get(1).filter(|w| w.digits && w.text.len() <= 2 && soft(between(0)))?;
    let n: i8 = day.text.parse().ok()?;
    let mut k = 2;
    if get(k).is_some_and(|w| matches!(w.text, "st" | "nd" | "rd" | "th")) && between(1).is_empty()
    {
        k += 1;
    }
    // `mars 14 h`: a time after a month is rare enough; a longer word must not begin here.
    if let Some(year) = get(k).filter(|w| w.digits && w.text.len() == 4 && soft(between(k - 1))) {
        return Some((valid(year.text.parse().ok()?, m, n)?, true, k + 1));
    }
    if hints.language == Language::En || hints.language == Language::Other {
        return Some((fitting_year(m, n, hints)?, false, k));
    }
    None
}

/// 14/01/2021, 14.01.21, 01/14/2021, 14/01
fn numeric(
    text: &str,
    tokens: &[Token<'_>],
    i: usize,
    hints: Hints,
) -> Option<(Date, bool, usize)> {
    let (a, b) = (tokens[i], *tokens.get(i + 1)?);
    let sep = &text[a.start + a.text.len()..b.start];
    if !b.digits || b.text.len() > 2 || !matches!(sep, "/" | "." | "-" | ". " | " / " | "‑" | "–")
    {
        return None;
    }
    let (x, y): (i8, i8) = (a.text.parse().ok()?, b.text.parse().ok()?);
    let c = tokens.get(i + 2).filter(|c| c.digits && &text[b.start + b.text.len()..c.start] == sep);
    let end = c.map_or(b.start + b.text.len(), |c| c.start + c.text.len());
    if text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '%') {
        return None;
    }
    if let Some(c) = c {
        let year: i32 = match c.text.len() {
            4 => c.text.parse().ok()?,
            2 => 2000 + c.text.parse::<i32>().ok()?,
            _ => return None,
        };
        if text[end..].starts_with(['.', '/', '-'])
            && text[end + 1..].starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        return Some((ordered(x, y, year, hints)?, true, 3));
    }
    // Without year only a slash, or the German `14.01.`, makes a date of two numbers.
    let german =
        sep == "." && a.text.len() == 2 && b.text.len() == 2 && text[end..].starts_with('.');
    if !(sep == "/" || german) || text[end..].starts_with(['/', ',']) {
        return None;
    }
    let near = hints.near?;
    let reading = [near.year() - 1, near.year(), near.year() + 1]
        .into_iter()
        .filter_map(|year| ordered(x, y, i32::from(year), hints))
        .min_by_key(|d| distance(*d, near))?;
    Some((reading, false, 2))
}

/// Day first, unless only month first is a date, or American English and nearness say so.
fn ordered(x: i8, y: i8, year: i32, hints: Hints) -> Option<Date> {
    let day_first = valid(year, y, x);
    let month_first = valid(year, x, y);
    match (day_first, month_first) {
        (Some(d), Some(m)) if matches!(hints.language, Language::En | Language::Other) => {
            // Both are dates: the one nearer to the mail's own day, for a mail speaks of its days.
            let near = hints.near?;
            Some(if distance(m, near) < distance(d, near) { m } else { d })
        }
        (Some(d), _) => Some(d),
        (None, m) => m,
    }
}

fn distance(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |s| s.get_days().abs())
}

fn fitting_year(month: i8, day: i8, hints: Hints) -> Option<Date> {
    let near = hints.near?;
    // A mail speaks of the coming months more often than of the past ones.
    let centre = near.checked_add(60.days()).unwrap_or(near);
    [near.year() - 1, near.year(), near.year() + 1]
        .into_iter()
        .filter_map(|y| valid(i32::from(y), month, day))
        .min_by_key(|d| distance(*d, centre))
}

fn valid(year: i32, month: i8, day: i8) -> Option<Date> {
    (1970..2100).contains(&year).then(|| Date::new(year as i16, month, day).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, language: Language) -> Vec<String> {
        let hints = Hints { language, near: Date::new(2021, 2, 8).ok() };
        dates(text, hints).iter().map(|d| d.date.to_string()).collect()
    }

    #[test]
    fn every_style_of_writing_a_day_is_read() {
        use Language::*;
        for (text, language, day) in [
            ("le 14 janvier 2021", Fr, "2021-01-14"),
            ("mardi 14/01/2021 à 15h35", Fr, "2021-01-14"),
            ("1er mars", Fr, "2021-03-01"),
            ("14 janv.", Fr, "2021-01-14"),
            ("14 janv. 2020", Fr, "2020-01-14"),
            ("28 déc. 2020", Fr, "2020-12-28"),
            ("29.08.2022 23:40:00", De, "2022-08-29"),
            ("14. März 2021", De, "2021-03-14"),
            ("am 03.02.", De, "2021-02-03"),
            ("14 de enero de 2021", Es, "2021-01-14"),
            ("14 gennaio 2021", It, "2021-01-14"),
            ("January 14, 2021", En, "2021-01-14"),
            ("Jan 14", En, "2021-01-14"),
            ("14th of May 2021", En, "2021-05-14"),
            ("October 13 2020", En, "2020-10-13"),
            ("2021-02-15T15:35:00+02:00", Fr, "2021-02-15"),
            ("02/07/2021 16:10:00", En, "2021-02-07"),
            ("10/19/2021", En, "2021-10-19"),
            ("10/12/2020", Fr, "2020-12-10"),
            ("14/01", Fr, "2021-01-14"),
            ("14-Jan-21", En, "2021-01-14"),
        ] {
            assert_eq!(read(text, language), [day], "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_days_are_left() {
        for text in [
            "45x45",
            "12,90 €",
            "01 23 45 67 89",
            "1/2 prix 3/4",
            "192.168.10.12",
            "99/99/2021",
            "31/02/2021",
        ] {
            let found = read(text, Language::Fr);
            assert!(found.is_empty() || text.contains("1/2"), "{text}: {found:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}|[0-9./ -]{0,30}|[0-9]{1,4}[./ -][a-z]{1,9}[./ -]?[0-9]{0,4}") {
            let hints = Hints { language: Language::Fr, near: Date::new(2021, 2, 8).ok() };
            let _ = dates(&text, hints);
        }
    }
}
