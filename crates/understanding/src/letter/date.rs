//! The date of a quoted mail, as mail programs print it in five languages.

use jiff::civil::{Date, DateTime, Time};

/// The first three or four letters tell the months of five languages apart.
const MONTHS: &[(&str, i8)] = &[
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("mrz", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mag", 5),
    ("juin", 6),
    ("jun", 6),
    ("giu", 6),
    ("juil", 7),
    ("jul", 7),
    ("lug", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("ott", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("déc", 12),
    ("dez", 12),
    ("dic", 12),
];

/// Microseconds since 1970 (UTC) of a printed date; `offset` in minutes east of UTC is used when
/// it names no zone. A date without a time is that day's noon.
pub fn read(printed: &str, offset: i32) -> Option<i64> {
    let lower = printed.to_lowercase();
    let tokens = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
        .map(|t| t.trim_matches('.'))
        .filter(|t| !t.is_empty());
    let (mut day, mut month, mut year, mut time, mut zone) = (None, None, None, None, None);
    let mut afternoon = None;
    let mut before_day = None;
    for token in tokens {
        let digits = token.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º' || c == '°');
        if token.contains(':') && time.is_none() {
            time = clock(token);
        } else if let Some((y, m, d)) = numeric(token) {
            (year, month, day) = (Some(y), Some(m), Some(d));
        } else if let Some(minutes) = zone_of(token) {
            zone = Some(minutes);
        } else if token == "pm" || token == "am" {
            afternoon = Some(token == "pm");
        } else if let Ok(n) = digits.parse::<i16>() {
            if (1..=31).contains(&n) && day.is_none() {
                day = Some(n as i8);
            } else if (1990..2200).contains(&n) {
                year = Some(n);
            }
        } else if month.is_none() {
            // "mar. 4 févr.": what begins like a month before the day may be a weekday, so a
            // month after it counts first.
            let named = MONTHS.iter().find(|(m, _)| token.starts_with(m)).map(|(_, n)| *n);
            if day.is_some() {
                month = named;
            } else {
                before_day = named.or(before_day);
            }
        }
    }
    let date = Date::new(year?, month.or(before_day)?, day?).ok()?;
    let mut time = time.unwrap_or(Time::constant(12, 0, 0, 0));
    if let Some(pm) = afternoon {
        let hour = time.hour() % 12 + if pm { 12 } else { 0 };
        time = Time::new(hour, time.minute(), time.second(), 0).ok()?;
    }
    let civil = DateTime::from_parts(date, time);
    let utc = jiff::tz::Offset::UTC.to_timestamp(civil).ok()?;
    Some(utc.as_microsecond() - i64::from(zone.unwrap_or(offset)) * 60_000_000)
}

fn clock(token: &str) -> Option<Time> {
    let mut parts =
        token.split(':').map(|p| p.trim_matches(|c: char| !c.is_ascii_digit()).parse::<i8>());
    let hour = parts.next()?.ok()?;
    let minute = parts.next()?.ok()?;
    let second = parts.next().and_then(Result::ok).unwrap_or(0);
    Time::new(hour, minute, second.min(59), 0).ok()
}

/// `2025-03-31`, `31/03/2025`, `31.03.2025`; with slashes the day comes first unless it cannot.
fn numeric(token: &str) -> Option<(i16, i8, i8)> {
    let mut parts = token.split(['-', '/', '.']);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    let (a, b, c) = (a.parse::<i16>().ok()?, b.parse::<i8>().ok()?, c.get(..c.len().min(4))?);
    let c = c.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<i16>().ok()?;
    if a > 31 {
        return Some((a, b, i8::try_from(c).ok()?));
    }
    let year = if c < 100 { 2000 + c } else { c };
    let a = i8::try_from(a).ok()?;
    Some(if b > 12 { (year, a, b) } else { (year, b, a) })
}

fn zone_of(token: &str) -> Option<i32> {
    let rest = token.strip_prefix("gmt").or_else(|| token.strip_prefix("utc")).unwrap_or(token);
    if rest.is_empty() {
        return Some(0);
    }
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let n: i32 = digits.parse().ok()?;
    let minutes = if digits.len() <= 2 { n * 60 } else { n / 100 * 60 + n % 100 };
    (minutes <= 14 * 60).then_some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn utc(printed: &str) -> Option<String> {
        let t = read(printed, 60)?;
        Some(jiff::Timestamp::from_microsecond(t).ok()?.to_string())
    }

    #[test]
    fn dates_of_five_languages_are_read() {
        for (printed, expected) in [
            ("Tue, 19 Mar 2019 21:02:00 +0200", "2019-03-19T19:02:00Z"),
            ("lun. 3 mars 2025 à 14:02", "2025-03-03T13:02:00Z"),
            ("mardi 1er avril 2025 14:02", "2025-04-01T13:02:00Z"),
            ("Monday, March 3, 2025 2:02 PM", "2025-03-03T13:02:00Z"),
            ("Montag, 3. März 2025 14:02", "2025-03-03T13:02:00Z"),
            ("martes, 4 de marzo de 2025 14:02", "2025-03-04T13:02:00Z"),
            ("martedì 4 marzo 2025 14:02", "2025-03-04T13:02:00Z"),
            ("28 décembre 2024", "2024-12-28T11:00:00Z"),
            ("mar. 4 févr. 2025 à 14:02", "2025-02-04T13:02:00Z"),
            ("31.03.2025 09:12", "2025-03-31T08:12:00Z"),
            ("31/03/2025 09:12", "2025-03-31T08:12:00Z"),
            ("2025-03-31 09:12", "2025-03-31T08:12:00Z"),
        ] {
            assert_eq!(utc(printed).as_deref(), Some(expected), "{printed}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        assert_eq!(read("bientôt", 0), None);
        assert_eq!(read("99/99/9999 99:99", 0), None);
    }
}
