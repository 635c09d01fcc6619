//! How many counted mails of each actor, month and category: what pages sum.

use super::About;
use crate::{Db, Result};
use mesinfos_domain::Category;
use std::collections::BTreeMap;

/// Counts of messages not yet written.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<(i64, i64, &'static str), (i64, i64)>);

impl Tally {
    pub fn count(&mut self, actor: Option<i64>, about: &About, category: Category) {
        let key = (actor.unwrap_or(0), month(about.at_us), category.code());
        let (mails, last) = self.0.entry(key).or_default();
        *mails += 1;
        *last = about.message.max(*last);
    }

    pub fn flush(&mut self, db: &Db) -> Result<()> {
        for ((actor, month, category), (mails, last)) in std::mem::take(&mut self.0) {
            add(db, (actor, month, category), mails, last)?;
        }
        Ok(())
    }
}

/// Adds to (or takes from) one count. A count of nothing stays as a row: sums do not see it.
pub(crate) fn add(
    db: &Db,
    (actor, month, category): (i64, i64, &str),
    mails: i64,
    last: i64,
) -> Result<()> {
    db.execute(
        "INSERT INTO tally (person_id, actor, month, category, mails, last)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (person_id, actor, month, category) DO UPDATE SET
            mails = tally.mails + excluded.mails,
            last = CASE WHEN excluded.last > tally.last THEN excluded.last ELSE tally.last END",
        &[
            db.person().into(),
            actor.into(),
            month.into(),
            category.into(),
            mails.into(),
            last.into(),
        ],
    )?;
    Ok(())
}

/// Months since January 1970, UTC.
pub(crate) fn month(at_us: i64) -> i64 {
    let at = jiff::Timestamp::from_microsecond(at_us).unwrap_or_default();
    let day = jiff::tz::TimeZone::UTC.to_datetime(at).date();
    (i64::from(day.year()) - 1970) * 12 + i64::from(day.month()) - 1
}

#[cfg(test)]
mod tests {
    #[test]
    fn months_are_counted_from_1970() {
        assert_eq!(super::month(0), 0);
        assert_eq!(super::month(-1), -1);
        assert_eq!(super::month(1_795_510_800_000_000), 56 * 12 + 10);
    }
}
