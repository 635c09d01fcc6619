//! Days, months and hours as each language writes them: `lundi 4 mai` near, `4 mai 2026` far,
//! relative words only under a week.

use super::{Locale, Words};
use jiff::civil::{Date, Time};
use std::borrow::Borrow;

const FR_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const FR_SHORT: [&str; 12] = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
];
const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const EN_SHORT: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Beyond this many days a date names its year.
const NEAR: i32 = 300;

impl Words {
    /// `4 mai 2026`, whatever today is.
    pub fn date(&self, date: impl Borrow<Date>) -> String {
        let date = *date.borrow();
        format!("{} {} {}", self.day_of_month(date), self.month_name(date), date.year())
    }

    /// `4 mai 2026` with a short month: for columns that mix years.
    pub fn date_short(&self, date: impl Borrow<Date>) -> String {
        let date = *date.borrow();
        format!("{} {} {}", self.day_of_month(date), self.month_short(date), date.year())
    }

    /// `aujourd’hui`, `hier`, `demain`, `lundi 4 mai` under a week, `4 mai` under ten months,
    /// else `4 mai 2026`.
    pub fn day(&self, date: impl Borrow<Date>, today: Date) -> String {
        let date = *date.borrow();
        if let Some(word) = self.relative(date, today) {
            return word.to_owned();
        }
        match days_between(today, date).abs() {
            0..=6 => self.weekday_and_day(date),
            7..=NEAR => format!("{} {}", self.day_of_month(date), self.month_name(date)),
            _ => self.date(date),
        }
    }

    /// The same after a verb: `hier`, `le 4 mai`, `on 4 May 2025`.
    pub fn on_day(&self, date: impl Borrow<Date>, today: Date) -> String {
        let date = *date.borrow();
        if let Some(word) = self.relative(date, today) {
            return word.to_owned();
        }
        let article = if self.locale == Locale::Fr { "le" } else { "on" };
        format!("{article} {}", self.day(date, today))
    }

    /// The same for a narrow column: `hier`, `2 nov.`, `12 sept. 2025`.
    pub fn day_short(&self, date: impl Borrow<Date>, today: Date) -> String {
        let date = *date.borrow();
        if let Some(word) = self.relative(date, today) {
            return word.to_owned();
        }
        match days_between(today, date).abs() {
            0..=NEAR => format!("{} {}", self.day_of_month(date), self.month_short(date)),
            _ => self.date_short(date),
        }
    }

    /// `lundi 4 mai`.
    pub fn weekday_and_day(&self, date: impl Borrow<Date>) -> String {
        let date = *date.borrow();
        format!("{} {} {}", self.weekday(date), self.day_of_month(date), self.month_name(date))
    }

    /// `mardi 27 octobre 2026`.
    pub fn full_date(&self, date: impl Borrow<Date>) -> String {
        let date = *date.borrow();
        format!("{} {}", self.weekday(date), self.date(date))
    }

    /// `lundi`, `Monday`.
    pub fn weekday(&self, date: impl Borrow<Date>) -> &'static str {
        let day = date.borrow().weekday();
        let at = |names: [&'static str; 7]| names[day.to_monday_zero_offset() as usize];
        match self.locale {
            Locale::Fr => {
                at(["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"])
            }
            Locale::En => {
                at(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
            }
        }
    }

    /// `décembre 2025`.
    pub fn month(&self, date: impl Borrow<Date>) -> String {
        let date = *date.borrow();
        format!("{} {}", self.month_name(date), date.year())
    }

    /// `décembre`.
    pub fn month_name(&self, date: impl Borrow<Date>) -> &'static str {
        let names = if self.locale == Locale::Fr { FR_MONTHS } else { EN_MONTHS };
        names[(date.borrow().month() - 1) as usize]
    }

    /// `déc.`, `Dec`.
    pub fn month_short(&self, date: impl Borrow<Date>) -> &'static str {
        let names = if self.locale == Locale::Fr { FR_SHORT } else { EN_SHORT };
        names[(date.borrow().month() - 1) as usize]
    }

    /// A range of months: `de juin à novembre 2026`, `de décembre 2025 à novembre 2026`.
    pub fn months(&self, from: impl Borrow<Date>, to: impl Borrow<Date>) -> String {
        let (from, to) = (*from.borrow(), *to.borrow());
        let first = match from.year() == to.year() {
            true => self.month_name(from).to_owned(),
            false => self.month(from),
        };
        if self.month(from) == self.month(to) {
            return self.month(to);
        }
        match self.locale {
            Locale::Fr if first.starts_with(['a', 'o']) => {
                format!("d’{first} à {}", self.month(to))
            }
            Locale::Fr => format!("de {first} à {}", self.month(to)),
            Locale::En => format!("{first} to {}", self.month(to)),
        }
    }

    /// `19 h 04`, `7.04 pm`.
    pub fn time(&self, time: impl Borrow<Time>) -> String {
        let time = *time.borrow();
        let (hour, minute) = (time.hour(), time.minute());
        match self.locale {
            Locale::Fr if minute == 0 => format!("{hour}\u{a0}h"),
            Locale::Fr => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
            Locale::En => {
                let half = if hour < 12 { "am" } else { "pm" };
                let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
                match minute {
                    0 => format!("{twelve}\u{a0}{half}"),
                    _ => format!("{twelve}:{minute:02}\u{a0}{half}"),
                }
            }
        }
    }

    /// How long from one day to another, in the unit one would say: `10 jours`, `8 mois`, `2 ans`.
    pub fn span(&self, from: Date, to: impl Borrow<Date>) -> String {
        let days = days_between(from, *to.borrow()).abs();
        match days {
            0..=90 => self.n("span-days", days),
            91..=729 => self.n("span-months", days / 30),
            _ => self.n("span-years", days / 365),
        }
    }

    /// How long something takes: `45 s`, `2 min`, rounded up.
    pub fn lasting(&self, seconds: impl Borrow<i64>) -> String {
        let seconds = *seconds.borrow();
        match seconds {
            ..=90 => self.n("span-seconds", seconds.max(0)),
            _ => self.n("span-minutes", seconds.saturating_add(59) / 60),
        }
    }

    fn relative(&self, date: Date, today: Date) -> Option<&'static str> {
        match (days_between(today, date), self.locale) {
            (0, Locale::Fr) => Some("aujourd’hui"),
            (0, Locale::En) => Some("today"),
            (-1, Locale::Fr) => Some("hier"),
            (-1, Locale::En) => Some("yesterday"),
            (1, Locale::Fr) => Some("demain"),
            (1, Locale::En) => Some("tomorrow"),
            _ => None,
        }
    }

    fn day_of_month(&self, date: Date) -> String {
        match (self.locale, date.day()) {
            (Locale::Fr, 1) => "1er".to_owned(),
            (_, day) => day.to_string(),
        }
    }
}

/// Whole days from one date to the other; negative backwards.
fn days_between(from: Date, to: Date) -> i32 {
    // Two civil dates are at most 19,998 years apart: the count in days always fits.
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_near_day_has_its_name_and_a_far_one_its_year() {
        let (fr, en) = (Words::of(Locale::Fr), Words::of(Locale::En));
        let today = date(2026, 11, 23);
        assert_eq!(fr.day(date(2026, 11, 23), today), "aujourd’hui");
        assert_eq!(fr.day(date(2026, 11, 22), today), "hier");
        assert_eq!(fr.day(date(2026, 11, 19), today), "jeudi 19 novembre");
        assert_eq!(fr.day(date(2026, 11, 1), today), "1er novembre");
        assert_eq!(fr.day(date(2025, 5, 4), today), "4 mai 2025");
        assert_eq!(fr.on_day(date(2025, 5, 4), today), "le 4 mai 2025");
        assert_eq!(fr.on_day(date(2026, 11, 22), today), "hier");
        assert_eq!(en.on_day(date(2026, 11, 19), today), "on Thursday 19 November");
        assert_eq!(en.day(date(2026, 11, 25), today), "Wednesday 25 November");
        assert_eq!(fr.day_short(date(2026, 11, 2), today), "2 nov.");
        assert_eq!(en.day_short(date(2025, 9, 12), today), "12 Sep 2025");
    }

    #[test]
    fn months_hours_and_spans() {
        let (fr, en) = (Words::of(Locale::Fr), Words::of(Locale::En));
        assert_eq!(
            fr.months(date(2025, 12, 1), date(2026, 11, 1)),
            "de décembre 2025 à novembre 2026"
        );
        assert_eq!(fr.months(date(2026, 4, 1), date(2026, 11, 1)), "d’avril à novembre 2026");
        assert_eq!(en.months(date(2026, 6, 1), date(2026, 11, 1)), "June to November 2026");
        assert_eq!(fr.time(Time::constant(19, 4, 0, 0)), "19\u{a0}h\u{a0}04");
        assert_eq!(en.time(Time::constant(0, 30, 0, 0)), "12:30\u{a0}am");
        assert_eq!(fr.span(date(2026, 11, 23), date(2027, 2, 3)), "72\u{a0}jours");
        assert_eq!(en.span(date(2026, 11, 23), date(2026, 11, 24)), "1\u{a0}day");
    }
}
