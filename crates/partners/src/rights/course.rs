//! The course of one request: what happened, when an answer is owed, what can be done next.
//!
//! Article 12(3): one month from receipt, which two more may follow when the organisation says so,
//! with its reasons, within that month. Periods run as Regulation (EEC, Euratom) 1182/71 has them:
//! a month ends on the day of the same number, and gives way to the next working day.

use jiff::ToSpan;
use mesinfos_domain::Date;
use mesinfos_purchases::calendar::{after, days_between, is_working_day};

/// What happened so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Course {
    /// When she sent it; a mail is received on the same day.
    pub sent: Option<Date>,
    /// When they said that they need two more months.
    pub extended: Option<Date>,
    /// When she reminded them.
    pub reminded: Option<Date>,
    /// When they answered.
    pub answered: Option<Date>,
    /// When she brought it before the supervisory authority.
    pub complained: Option<Date>,
    /// When she called it settled.
    pub closed: Option<Date>,
}

/// How it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Written, not sent.
    Draft,
    /// They still have time.
    Waiting {
        /// The last day.
        until: Date,
        /// Days left, today excluded.
        left: i32,
        /// The two more months run.
        is_extended: bool,
    },
    /// Their time is over.
    Overdue {
        /// The last day that they had.
        until: Date,
        /// For how many days.
        late: i32,
    },
    /// They answered.
    Answered {
        /// When.
        on: Date,
        /// After their time.
        late: bool,
    },
    /// It is before the supervisory authority.
    Complained {
        /// Since when.
        on: Date,
    },
    /// She called it settled.
    Closed {
        /// When.
        on: Date,
    },
}

/// What she can do next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// Send the letter, or say that she did.
    Send,
    /// Nothing but wait.
    Wait,
    /// Remind them, once.
    Remind,
    /// Complain: article 77.
    Complain,
    /// Read the answer, and say whether it settles the matter.
    Read,
    /// Nothing.
    Nothing,
}

impl Course {
    /// How it stands on `today`.
    pub fn state(&self, today: Date) -> State {
        if let Some(on) = self.closed {
            return State::Closed { on };
        }
        let Some(sent) = self.sent else { return State::Draft };
        let first = answer_by(sent);
        // Said too late, it gives them nothing.
        let is_extended = self.extended.is_some_and(|day| day <= first);
        let until = if is_extended { extended_by(sent) } else { first };
        if let Some(on) = self.answered {
            return State::Answered { on, late: on > until };
        }
        if let Some(on) = self.complained {
            return State::Complained { on };
        }
        match days_between(today, until) {
            left if left >= 0 => State::Waiting { until, left, is_extended },
            left => State::Overdue { until, late: -left },
        }
    }

    /// What she can do next.
    pub fn next(&self, today: Date) -> Next {
        match self.state(today) {
            State::Draft => Next::Send,
            State::Waiting { .. } => Next::Wait,
            State::Overdue { .. } if self.reminded.is_none() => Next::Remind,
            State::Overdue { .. } => Next::Complain,
            State::Answered { .. } => Next::Read,
            State::Complained { .. } | State::Closed { .. } => Next::Nothing,
        }
    }
}

/// The last day of the month that a request leaves for its answer.
pub fn answer_by(received: Date) -> Date {
    months_after(received, 1)
}

/// The last day when it was extended by two months.
pub fn extended_by(received: Date) -> Date {
    months_after(received, 3)
}

fn months_after(day: Date, months: i32) -> Date {
    // A month without that day ends on its own last day (article 3(2)(c)).
    let mut last = day.saturating_add(months.months());
    while !is_working_day(last) && last < Date::MAX {
        last = after(last, 1);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_ends_on_a_working_day() {
        assert_eq!(answer_by(date(2026, 10, 5)), date(2026, 11, 5));
        assert_eq!(answer_by(date(2026, 10, 3)), date(2026, 11, 3));
        assert_eq!(answer_by(date(2026, 1, 31)), date(2026, 3, 2), "28 February is a Saturday");
        assert_eq!(answer_by(date(2026, 10, 11)), date(2026, 11, 12), "11 November is a holiday");
        assert_eq!(extended_by(date(2026, 8, 31)), date(2026, 11, 30));
    }

    #[test]
    fn the_clock_of_a_request() {
        let mut course = Course::default();
        let today = date(2026, 11, 24);
        assert_eq!((course.state(today), course.next(today)), (State::Draft, Next::Send));
        course.sent = Some(date(2026, 11, 10));
        let until = date(2026, 12, 10);
        assert_eq!(course.state(today), State::Waiting { until, left: 16, is_extended: false });
        assert_eq!(course.state(until), State::Waiting { until, left: 0, is_extended: false });
        let late = date(2026, 12, 13);
        assert_eq!(course.state(late), State::Overdue { until, late: 3 });
        assert_eq!(course.next(late), Next::Remind);
        course.reminded = Some(late);
        assert_eq!(course.next(late), Next::Complain);
        course.complained = Some(late);
        assert_eq!(course.state(late), State::Complained { on: late });
        course.answered = Some(date(2026, 12, 20));
        assert_eq!(course.state(late), State::Answered { on: date(2026, 12, 20), late: true });
    }

    #[test]
    fn two_more_months_only_when_said_in_time() {
        let sent = Some(date(2026, 9, 1));
        let in_time = Course { sent, extended: Some(date(2026, 10, 1)), ..Course::default() };
        let today = date(2026, 11, 24);
        let until = date(2026, 12, 1);
        assert_eq!(in_time.state(today), State::Waiting { until, left: 7, is_extended: true });
        let too_late = Course { extended: Some(date(2026, 10, 2)), ..in_time };
        assert_eq!(too_late.state(today), State::Overdue { until: date(2026, 10, 1), late: 54 });
    }

    proptest::proptest! {
        /// However a request is dated, the last day is no earlier than a month of 28 days and no
        /// later than 31 days and the longest run of days off.
        #[test]
        fn a_month_is_a_month(days in 0..40_000i32) {
            let sent = after(date(1990, 1, 1), days);
            let between = days_between(sent, answer_by(sent));
            proptest::prop_assert!((28..=36).contains(&between), "{sent}: {between}");
            proptest::prop_assert!(is_working_day(answer_by(sent)));
        }
    }
}
