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

const TALLY: &str = "INSERT INTO tally (person_id, actor, month, category, mails, last)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (person_id, actor, month, category) DO UPDATE SET
        mails = tally.mails + excluded.mails,
        last = CASE WHEN excluded.last > tally.last THEN excluded.last ELSE tally.last END";
const TALLY_ACTOR: &str = "INSERT INTO tally_actor (person_id, actor, category, mails, last)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person_id, actor, category) DO UPDATE SET
        mails = tally_actor.mails + excluded.mails,
        last = CASE WHEN excluded.last > tally_actor.last
            THEN excluded.last ELSE tally_actor.last END";
const TALLY_MONTH: &str = "INSERT INTO tally_month (person_id, month, category, mails, last)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person_id, month, category) DO UPDATE SET
        mails = tally_month.mails + excluded.mails,
        last = CASE WHEN excluded.last > tally_month.last
            THEN excluded.last ELSE tally_month.last END";

/// Adds to (or takes from) one count. A count of nothing stays as a row: sums do not see it.
pub(crate) fn add(
    db: &Db,
    (actor, month, category): (i64, i64, &str),
    mails: i64,
    last: i64,
) -> Result<()> {
    let person = db.person().into();
    let (actor, month, category) = (actor.into(), month.into(), category.into());
    let (mails, last) = (mails.into(), last.into());
    // The same count three times: pages read the smallest table that answers.
    for (sql, values) in [
        (TALLY, &[person, actor, month, category, mails, last][..]),
        (TALLY_ACTOR, &[person, actor, category, mails, last]),
        (TALLY_MONTH, &[person, month, category, mails, last]),
    ] {
        db.execute(sql, values)?;
    }
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
