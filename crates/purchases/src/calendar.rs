//! Days that the law counts: French public holidays, and periods by Regulation (EEC) 1182/71.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Sunday of Easter in the Gregorian calendar (Meeus, Jones and Butcher's method).
fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    // The method gives a day of March or April for every year, so the fallback is never met.
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).unwrap_or(Date::constant(2000, 4, 23))
}

/// The eleven legal holidays of metropolitan France (Code du travail, L3133-1).
pub fn is_holiday(day: Date) -> bool {
    const FIXED: [(i8, i8); 8] =
        [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
    if FIXED.contains(&(day.month(), day.day())) {
        return true;
    }
    // Easter Monday, Ascension, Whit Monday.
    let easter = easter(day.year());
    [1, 39, 50].into_iter().any(|n| after(easter, n) == day)
}

/// Neither Saturday, Sunday nor holiday (Regulation 1182/71, article 2).
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// `days` later, within the years that a date can hold.
pub fn after(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// `years` later; 29 February gives the 28th.
pub fn years_after(day: Date, years: i32) -> Date {
    day.saturating_add(years.years())
}

/// From `from` to `to`, in days.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The last day of a period of `days` that an event starts: the day of the event is not counted
/// (article 3 (1)); a last day that is no working day gives way to the next one (article 3 (4)).
pub fn last_day(event: Date, days: i32) -> Date {
    let mut day = after(event, days);
    while !is_working_day(day) && day < Date::MAX {
        day = after(day, 1);
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_period_ends_on_a_working_day() {
        assert_eq!(last_day(date(2026, 5, 1), 14), date(2026, 5, 15));
        assert_eq!(last_day(date(2026, 5, 2), 14), date(2026, 5, 18), "a Saturday");
        assert_eq!(last_day(date(2026, 4, 30), 14), date(2026, 5, 15), "Ascension");
        assert_eq!(last_day(date(2025, 12, 11), 14), date(2025, 12, 26), "Christmas");
    }

    #[test]
    fn holidays_that_move() {
        for day in [date(2026, 4, 6), date(2026, 5, 14), date(2026, 5, 25), date(2024, 4, 1)] {
            assert!(is_holiday(day), "{day}");
        }
        assert!(!is_holiday(date(2026, 4, 3)), "Good Friday is a working day in Paris");
    }

    #[test]
    fn two_years_after_a_leap_day() {
        assert_eq!(years_after(date(2024, 2, 29), 2), date(2026, 2, 28));
    }
}
