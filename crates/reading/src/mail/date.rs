//! When a mail was sent: the Date header, or where it makes no sense the last relay's.

use super::Mail;
use mail_parser::DateTime;

/// Mail is older than the web, not older than computers' clocks.
const YEARS: std::ops::RangeInclusive<u16> = 1970..=2105;

/// Fills `date` and `date_offset` from the headers.
pub(super) fn read(mail: &mut Mail) {
    let written = mail.header("date").map(str::to_owned);
    let mut date = written.as_deref().and_then(parse);
    if date.is_none() {
        let code = if written.is_some_and(|w| !w.is_empty()) {
            "mail-date-unreadable"
        } else {
            "mail-date-missing"
        };
        // The first Received header is the last relay's (RFC 5321, 4.4); its date follows a `;`.
        date = mail
            .headers_named("received")
            .find_map(|r| r.rsplit_once(';').and_then(|(_, date)| parse(date)));
        let place = if date.is_some() { "Received" } else { "Date" };
        mail.note(code, place);
    }
    if let Some((micros, offset)) = date {
        mail.date = Some(micros);
        mail.date_offset = offset;
    }
}

/// A date as RFC 5322 writes it: microseconds since 1970 and minutes east of UTC.
fn parse(text: &str) -> Option<(i64, i32)> {
    let text = text.trim();
    // A year that no calendar of mail has would be read as another one.
    let is_odd_year = |word: &str| {
        word.len() >= 4
            && word.bytes().all(|c| c.is_ascii_digit())
            && !word.parse().is_ok_and(|year| YEARS.contains(&year))
    };
    if text.len() > 200 || text.split_whitespace().any(is_odd_year) {
        return None;
    }
    let d = DateTime::parse_rfc822(text)
        .filter(is_sound)
        .or_else(|| DateTime::parse_rfc3339(text).filter(is_sound))?;
    let minutes = i32::from(d.tz_hour) * 60 + i32::from(d.tz_minute);
    let offset = if d.tz_before_gmt { -minutes } else { minutes };
    Some((d.to_timestamp().checked_mul(1_000_000)?, offset))
}

fn is_sound(d: &DateTime) -> bool {
    let days = match d.month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    // A leap second is a real time.
    let is_leap = d.second == 60;
    let d = DateTime { second: if is_leap { 59 } else { d.second }, ..*d };
    d.is_valid() && YEARS.contains(&d.year) && d.day <= days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_make_no_sense_are_refused() {
        assert_eq!(parse("Tue, 24 Nov 2026 10:00:00 +0100"), Some((1_795_510_800_000_000, 60)));
        for bad in [
            "Tue, 32 Mar 2026 10:00:00 +0100",
            "1 Jan 0000 00:00:00 +0000",
            "1 Jan 99999 00:00:00 +0000",
            "yesterday",
            "",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
