//! Numbers of messages: the minute of the mail, or the next that is free, so that newer mails have
//! larger numbers in every table and in the text index.

use crate::{Db, Result, setting};
use std::collections::BTreeMap;

/// The numbers in use, as runs without gaps: many mails of one minute cost no long search.
#[derive(Default)]
pub(crate) struct Numbers {
    /// First number of a run to the one after its last.
    runs: BTreeMap<i64, i64>,
    /// By how much a number exceeds its minute, at most: a search by date needs to know.
    slack: i64,
}

const MINUTE_US: i64 = 60_000_000;
/// The setting that keeps the slack.
const SLACK: &str = "number_slack";

impl Numbers {
    /// Those that a person's messages have.
    pub fn load(db: &Db) -> Result<Numbers> {
        let mut numbers = Numbers::default();
        for n in db.query(
            "SELECT id FROM message WHERE person_id = $1 ORDER BY id",
            &[db.person().into()],
            |r| r.get::<i64>(0),
        )? {
            numbers.take(n);
        }
        Ok(numbers)
    }

    /// A free number for a mail of this instant.
    pub fn next(&mut self, at_us: i64) -> i64 {
        let wanted = at_us.div_euclid(MINUTE_US).max(1);
        let free = match self.runs.range(..=wanted).next_back() {
            Some((_, &end)) if end > wanted => end,
            _ => wanted,
        };
        self.take(free);
        self.slack = self.slack.max(free - wanted);
        free
    }

    /// Writes what searches by date need.
    pub fn flush(&self, db: &Db) -> Result<()> {
        let known = slack(db)?;
        if self.slack > known {
            setting::set(db, SLACK, &self.slack.to_string())?;
        }
        Ok(())
    }

    /// `n` is free and becomes used.
    fn take(&mut self, n: i64) {
        let mut end = n + 1;
        if let Some(after) = self.runs.remove(&end) {
            end = after;
        }
        match self.runs.range_mut(..=n).next_back() {
            Some((_, before)) if *before == n => *before = end,
            _ => {
                self.runs.insert(n, end);
            }
        }
    }
}

/// By how much a message's number may exceed its minute.
pub(crate) fn slack(db: &Db) -> Result<i64> {
    Ok(setting::number(db, SLACK)?.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_of_one_minute_follow_each_other() {
        let mut numbers = Numbers::default();
        assert_eq!(numbers.next(10 * MINUTE_US), 10);
        assert_eq!(numbers.next(12 * MINUTE_US), 12);
        assert_eq!(numbers.next(10 * MINUTE_US + 5), 11);
        assert_eq!(numbers.next(10 * MINUTE_US), 13, "past the run that 12 has joined");
        assert_eq!(numbers.next(9 * MINUTE_US), 9);
        assert_eq!(numbers.next(9 * MINUTE_US), 14);
        assert_eq!(numbers.runs.len(), 1);
        assert_eq!(numbers.next(-5), 1, "before 1970 is the beginning");
    }
}
