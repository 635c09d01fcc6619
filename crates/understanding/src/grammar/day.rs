//! Days that a mail names by its own day ("until Friday", "demain"), and times of day.

use super::date::Found;
use super::fold::{fold, words};
use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use std::ops::Range;

/// Names of the days of the week, folded, in five languages. A name that is an everyday word too
/// (`sun`, `mar`) is left out.
const WEEK: [(Weekday, &[&str]); 7] = [
    (Weekday::Monday, &["lundi", "monday", "montag", "lunes", "lunedi"]),
    (Weekday::Tuesday, &["mardi", "tuesday", "dienstag", "martes", "martedi"]),
    (Weekday::Wednesday, &["mercredi", "wednesday", "mittwoch", "miercoles", "mercoledi"]),
    (Weekday::Thursday, &["jeudi", "thursday", "donnerstag", "jueves", "giovedi"]),
    (Weekday::Friday, &["vendredi", "friday", "freitag", "viernes", "venerdi"]),
    (Weekday::Saturday, &["samedi", "saturday", "samstag", "sonnabend", "sabado", "sabato"]),
    (Weekday::Sunday, &["dimanche", "sunday", "sonntag", "domingo", "domenica"]),
];

/// Words for today, tomorrow and the day after, folded.
const NEXT: [(i64, &[&str]); 3] = [
    (0, &["aujourd", "today", "tonight", "heute", "hoy", "oggi", "stasera"]),
    (1, &["demain", "tomorrow", "morgen", "manana", "domani"]),
    (2, &["ubermorgen", "dopodomani"]),
];

/// Days named so in a text, seen from the day of its mail; the next such day of the week, never
/// that day itself.
pub fn relative(text: &str, near: Date) -> Vec<Found> {
    let folded = fold(text);
    // Folding changes lengths: the words of both are the same, one by one.
    words(&folded)
        .zip(words(text))
        .filter_map(|((_, name), (at, word))| {
            let date = day(name, near)?;
            Some(Found { at: at..at + word.len(), date, has_year: false })
        })
        .collect()
}

fn day(name: &str, near: Date) -> Option<Date> {
    if let Some((days, _)) = NEXT.iter().find(|(_, names)| names.contains(&name)) {
        return near.checked_add(days.days()).ok();
    }
    near.nth_weekday(1, weekday(name)?).ok()
}

/// The day of the week that a folded word names.
pub fn weekday(name: &str) -> Option<Weekday> {
    WEEK.iter().find(|(_, names)| names.contains(&name)).map(|(day, _)| *day)
}

/// Whether a word names a day of the week, whole or cut short: `Wednesday`, `Wed`, `Mi`.
pub fn is_weekday(word: &str) -> bool {
    let folded = fold(word);
    let is_short = (2..=4).contains(&folded.len());
    WEEK.iter()
        .any(|(_, names)| names.iter().any(|n| *n == folded || is_short && n.starts_with(&*folded)))
}

/// Times of day in a text: `17h30`, `9:45`, `18.30 Uhr`, `5.30pm`, `14 h`.
pub fn times(text: &str) -> Vec<(Range<usize>, Time)> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let number = |r: Range<usize>| text[r].parse::<i8>().ok();
    let mut found = Vec::new();
    let mut i = 0;
    while i < bytes.len() {
        let count = digits(i);
        if count == 0 {
            i += 1;
            continue;
        }
        let (start, mut end) = (i, i + count);
        i = end;
        // Inside a longer number, a date, a price.
        if count > 2 || text[..start].ends_with(['.', ',', '/', '-', ':', '€', '$', '£']) {
            continue;
        }
        let Some(mut hour) = number(start..end) else { continue };
        let rest = &text[end..];
        let sign = rest.chars().next().filter(|c| matches!(c, ':' | '.' | 'h' | 'H'));
        let minutes = sign.map(|_| digits(end + 1)).filter(|n| *n == 2);
        let mut minute = 0;
        if minutes.is_some() {
            minute = number(end + 1..end + 3).unwrap_or(60);
            end += 3;
        }
        let tail = text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let folded: String = tail.chars().take(4).flat_map(char::to_lowercase).collect();
        let half = if folded.starts_with("am") || folded.starts_with("a.m") {
            Some(0)
        } else if folded.starts_with("pm") || folded.starts_with("p.m") {
            Some(12)
        } else {
            None
        };
        let said = matches!(sign, Some('h' | 'H'))
            && (minutes.is_some() || !tail[1..].starts_with(char::is_alphabetic))
            || minutes.is_some() && sign == Some(':')
            || folded.starts_with("uhr")
            || half.is_some()
            || minutes.is_none()
                && folded.starts_with('h')
                && !tail[1..].starts_with(char::is_alphabetic);
        if let Some(half) = half.filter(|_| (1..=12).contains(&hour)) {
            hour = hour % 12 + half;
        }
        // `14.03.2026` is a day.
        let goes_on = text[end..].starts_with(['.', ':']) && digits((end + 1).min(bytes.len())) > 0;
        if said
            && !goes_on
            && let Ok(time) = Time::new(hour, minute, 0, 0)
        {
            found.push((start..end, time));
            i = end;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekday_is_the_next_one() {
        let monday = jiff::civil::date(2026, 3, 9);
        for (text, day) in [
            ("until Friday", 13),
            ("jusqu'à lundi", 16),
            ("bis Mittwoch bereit", 11),
            ("mañana", 10),
            ("oggi", 9),
            ("übermorgen", 11),
        ] {
            let found = relative(text, monday);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].date, jiff::civil::date(2026, 3, day), "{text}");
        }
        assert!(relative("Sun Valley, Mar Menor", monday).is_empty());
    }

    #[test]
    fn times_of_day_are_told_from_prices_and_dates() {
        for (text, said) in [
            ("le 12 mars à 17h30", "17:30:00"),
            ("jeudi à 14 h, salle 2", "14:00:00"),
            ("um 10.20 Uhr", "10:20:00"),
            ("at 5.30pm", "17:30:00"),
            ("from 3pm", "15:00:00"),
            ("alle 9:45", "09:45:00"),
        ] {
            let found = times(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].1.to_string(), said, "{text}");
        }
        for text in ["14.03.2026", "12,50 €", "5 hommes", "99h10", "3.5 kg", "10:20:30:40"] {
            assert!(times(text).is_empty(), "{text}: {:?}", times(text));
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}|[0-9hH:. pmUr]{0,30}") {
            let _ = (times(&text), relative(&text, jiff::civil::date(2026, 3, 9)));
        }
    }
}
