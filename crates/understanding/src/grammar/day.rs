//! Days that a mail names by its own day: "until Friday", "demain", "übermorgen".

use super::date::Found;
use super::fold::{fold, words};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

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
}
