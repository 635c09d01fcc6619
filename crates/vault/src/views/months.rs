//! Where a page of a long list of mails stands: the counts kept by month say which months come before
//! it, so that they are not read. The two thousandth page is as quick as the first.

use super::{Month, PageAsked};
use crate::Result;
use jiff::tz::TimeZone;

/// How many mails of each month (months since January 1970), the newest first. All that are earlier
/// stand under 0: their numbers begin again at 1.
pub(super) struct Months(Vec<(i64, i64)>);

/// A run of numbers, `from` among them and `below` not, that holds mails of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
    pub from: i64,
    pub below: i64,
    /// The month that it begins in.
    month: i64,
}

impl Months {
    /// From counts in any order, several to a month or less than none.
    pub fn new(mut counts: Vec<(i64, i64)>) -> Months {
        counts.iter_mut().for_each(|(month, _)| *month = (*month).max(0));
        counts.sort_unstable_by_key(|(month, _)| -month);
        counts.dedup_by(|(month, mails), (kept, sum)| {
            let is_same = month == kept;
            *sum += if is_same { *mails } else { 0 };
            is_same
        });
        counts.retain(|(_, mails)| *mails > 0);
        Months(counts)
    }

    /// The spans of a page, newest first, and how many mails of the first of them come before the page.
    ///
    /// A mail's number is no smaller than its minute and exceeds it by `slack` at most. `late` counts the
    /// mails of the list whose number is this one or larger although they were written before its minute:
    /// they stand among those of a month that is passed over.
    pub fn spans(
        &self,
        page: PageAsked,
        slack: i64,
        mut late: impl FnMut(i64) -> Result<i64>,
    ) -> Result<(Vec<Span>, i64)> {
        let (mut first, mut passed) = (0, 0);
        while let Some((_, mails)) = self.0.get(first).filter(|(_, n)| passed + n <= page.offset())
        {
            passed += mails;
            first += 1;
        }
        let (mut below, mut late_ones) = (i64::MAX, 0);
        while let Some((month, _)) = self.0.get(first).filter(|_| first > 0) {
            let end = first_number(month + 1);
            late_ones = if slack > 0 { late(end)? } else { 0 };
            if passed + late_ones <= page.offset() {
                below = end;
                break;
            }
            late_ones = 0;
            first -= 1;
            passed -= self.0[first].1;
        }
        let before = page.offset() - passed - late_ones;
        let mut left = page.offset() - passed + page.limit();
        let mut spans: Vec<Span> = Vec::new();
        for (month, mails) in self.0.iter().skip(first) {
            let from = if *month == 0 { 0 } else { first_number(*month) };
            match spans.last_mut() {
                Some(last) if last.month == month + 1 => (last.from, last.month) = (from, *month),
                Some(last) => {
                    let below = (first_number(month + 1) + slack).min(last.from);
                    spans.push(Span { from, below, month: *month });
                }
                None => spans.push(Span { from, below, month: *month }),
            }
            left -= mails;
            if left <= 0 {
                break;
            }
        }
        Ok((spans, before))
    }
}

/// The first minute of a month (UTC, as mails are counted): no mail of it has a smaller number.
pub(super) fn first_number(month: i64) -> i64 {
    let day = Month::from_index(month).map(|m| m.0);
    let at = day.and_then(|d| d.to_zoned_datetime(TimeZone::UTC).ok());
    // Beyond the years that a date can hold there is no mail.
    at.map_or(i64::MAX / 2, |at| at.timestamp().as_second().div_euclid(60))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: i64 = 10;

    fn spans(months: &[(i64, i64)], number: i64, late: i64) -> (Vec<(i64, i64)>, i64) {
        let page = PageAsked { number, size: PAGE };
        let (spans, before) =
            Months::new(months.to_vec()).spans(page, late, |_| Ok(late)).expect("no database");
        (spans.iter().map(|s| (s.from, s.below)).collect(), before)
    }

    #[test]
    fn months_before_the_page_are_passed_over() {
        let at = first_number;
        let months = [(600, 8), (603, 15), (602, 5), (599, 40), (603, 0)];
        assert_eq!(spans(&months, 0, 0), (vec![(at(603), i64::MAX)], 0));
        assert_eq!(spans(&months, 1, 0), (vec![(at(602), i64::MAX)], 10));
        assert_eq!(spans(&months, 2, 0), (vec![(at(599), at(601))], 0), "20 came before");
        assert_eq!(spans(&months, 4, 0), (vec![(at(599), at(600))], 12));
        assert_eq!(spans(&months, 7, 0), (vec![], 2), "beyond the end");
    }

    #[test]
    fn months_apart_are_read_apart() {
        let at = first_number;
        assert_eq!(
            spans(&[(603, 4), (600, 4), (590, 40)], 0, 2).0,
            [(at(603), i64::MAX), (at(600), at(601) + 2), (at(590), at(591) + 2)]
        );
    }

    #[test]
    fn a_mail_whose_number_ran_into_a_later_month_comes_before_those_of_its_own() {
        let at = first_number;
        assert_eq!(spans(&[(603, 10), (602, 30)], 1, 0), (vec![(at(602), at(603))], 0));
        // Eleven have numbers of 603 or later: the page begins with the eleventh of them.
        assert_eq!(spans(&[(603, 10), (602, 30)], 1, 1), (vec![(at(602), i64::MAX)], 10));
        assert_eq!(spans(&[(603, 10), (602, 30)], 2, 1), (vec![(at(602), at(603))], 9));
    }

    #[test]
    fn what_is_older_than_1970_stands_at_the_beginning() {
        assert_eq!(spans(&[(-13, 2), (0, 1), (-1, 3)], 0, 0), (vec![(0, i64::MAX)], 0));
        assert_eq!(first_number(0), 0);
        assert_eq!(first_number(1), 31 * 24 * 60);
    }
}
