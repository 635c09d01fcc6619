//! Civil days where the person lives: rights and orders count in days, mails in instants.

use jiff::tz::TimeZone;
use mesinfos_domain::{Date, Timestamp};

/// Metropolitan France, by the rule in force since 1996. A posix rule needs no time zone files on
/// the machine.
const ZONE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// The person's time zone.
pub fn zone() -> TimeZone {
    TimeZone::posix(ZONE).unwrap_or(TimeZone::UTC)
}

/// The day of an instant in microseconds since 1970.
pub fn day(at_us: i64) -> Date {
    timestamp(at_us).to_zoned_datetime(zone()).date()
}

/// The first instant of a day, in microseconds since 1970.
pub fn start(day: Date) -> i64 {
    day.to_zoned_datetime(zone()).map_or(0, |at| at.timestamp().as_microsecond())
}

/// An instant, as the domain has it; out of range it is 1970.
pub fn timestamp(at_us: i64) -> Timestamp {
    Timestamp::from_microsecond(at_us).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summer_evening_in_utc_is_the_next_day_in_paris() {
        let at: Timestamp = "2026-07-14T22:30:00Z".parse().expect("an instant");
        assert_eq!(day(at.as_microsecond()), Date::constant(2026, 7, 15));
        let winter: Timestamp = "2026-01-14T22:30:00Z".parse().expect("an instant");
        assert_eq!(day(start(Date::constant(2026, 7, 15))), Date::constant(2026, 7, 15));
        assert_eq!(day(winter.as_microsecond()), Date::constant(2026, 1, 14));
    }
}
