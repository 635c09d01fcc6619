//! The last twelve months: how many mails came of whom and in which drawer, and how many were opened,
//! by what a mailbox says (\Seen of IMAP, Status of an mbox, the flags of a Maildir) or here.

use super::CategoryCounts;
use super::common::{Names, category};
use super::refusals::minute;
use crate::refusals::Refusals;
use crate::{Db, Result, days};
use mesinfos_domain::{Category, Date};
use mesinfos_purchases::calendar::years_after;
use std::collections::HashMap;

/// What tells whether a mail was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ReadBy {
    /// Nothing yet: nobody is said to be unread.
    #[default]
    Nobody,
    /// A mailbox does, and what is opened on our pages.
    Mailbox,
    /// Our pages alone: since the day on which she opened a first mail here.
    Here(Date),
}

/// Twelve months of mail.
pub(super) struct Year {
    pub rows: Vec<Group>,
    pub read_by: ReadBy,
    /// The number of the first mail of which it is known whether it was read.
    from: i64,
}

/// The mails of one actor in one drawer.
pub(super) struct Group {
    /// As in `message`; 0 for persons.
    pub actor: i64,
    pub category: Category,
    pub mails: i64,
    pub opened: i64,
    /// Opened in a mailbox: the others of `opened` were opened here only.
    there: i64,
}

/// What is not read, by actor (each under the one that it is part of; 0 for persons).
pub(super) type Unread = HashMap<i64, CategoryCounts>;

/// A mail `m` that was opened nowhere.
pub(super) const UNOPENED: &str = "NOT EXISTS (SELECT 1 FROM opened o
        WHERE o.person_id = $1 AND o.message = m.id)
    AND NOT EXISTS (SELECT 1 FROM arrival r
        WHERE r.person_id = $1 AND r.message = m.id AND r.flags LIKE '%S%')";

impl Year {
    pub fn load(db: &Db, today: Date) -> Result<Year> {
        let from = minute(days::start(years_after(today, -1)));
        let rows = groups(db, from)?;
        if rows.iter().any(|g| g.there > 0) {
            return Ok(Year { rows, read_by: ReadBy::Mailbox, from });
        }
        let since = db.first(
            "SELECT MIN(at_us) FROM opened WHERE person_id = $1",
            &[db.person().into()],
            |r| r.get::<Option<i64>>(0),
        )?;
        Ok(match since.flatten() {
            Some(us) => {
                Year { rows, read_by: ReadBy::Here(days::day(us)), from: from.max(minute(us)) }
            }
            None => Year { rows, read_by: ReadBy::Nobody, from },
        })
    }

    /// From which mail on an unread one is told; `None` where nothing tells.
    pub fn told_from(&self) -> Option<i64> {
        (self.read_by != ReadBy::Nobody).then_some(self.from)
    }

    /// What is not read of what is shown.
    pub fn unread(&self, db: &Db, names: &Names, refusals: &Refusals) -> Result<Unread> {
        let mut unread = Unread::new();
        let recent;
        let rows = match self.read_by {
            ReadBy::Nobody => return Ok(unread),
            ReadBy::Mailbox => &self.rows,
            ReadBy::Here(_) => {
                recent = groups(db, self.from)?;
                &recent
            }
        };
        for group in rows.iter().filter(|g| !refusals.refuses(g.actor, g.category)) {
            let of = unread.entry(names.main(group.actor)).or_default();
            of.add(group.category, group.mails - group.opened);
        }
        Ok(unread)
    }
}

fn groups(db: &Db, from: i64) -> Result<Vec<Group>> {
    db.query(
        "SELECT COALESCE(m.actor, 0), m.category, COUNT(*),
            COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM arrival r
                WHERE r.person_id = $1 AND r.message = m.id AND r.flags LIKE '%S%')),
            COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM opened o
                    WHERE o.person_id = $1 AND o.message = m.id)
                AND NOT EXISTS (SELECT 1 FROM arrival r
                    WHERE r.person_id = $1 AND r.message = m.id AND r.flags LIKE '%S%'))
         FROM message m WHERE m.person_id = $1 AND m.id >= $2 AND m.is_counted
         GROUP BY COALESCE(m.actor, 0), m.category",
        &[db.person().into(), from.into()],
        |r| {
            let (there, here) = (r.get::<i64>(3)?, r.get::<i64>(4)?);
            Ok(Group {
                actor: r.get(0)?,
                category: category(&r.get::<String>(1)?),
                mails: r.get(2)?,
                opened: there + here,
                there,
            })
        },
    )
}
