//! The last twelve months: how many mails came of whom and in which drawer, and how many were opened,
//! by what a mailbox says (\Seen of IMAP, Status of an mbox, the flags of a Maildir) or here. What came
//! with a file that says nothing of reading (most mbox exports, loose .eml) is neither read nor unread.

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
    /// Opened nowhere, as a mailbox says.
    pub unread: i64,
    /// Opened in a mailbox: the others of `opened` were opened here only.
    there: i64,
}

/// What is not read, by actor (each under the one that it is part of; 0 for persons).
pub(super) type Unread = HashMap<i64, CategoryCounts>;

/// A mail `m` that she opened on our pages.
const HERE: &str = "EXISTS (SELECT 1 FROM opened o WHERE o.person_id = $1 AND o.message = m.id)";
/// Whether a mail `m` was read, as its mailboxes say: 2 read, 1 not read, 0 none says. A server says it of
/// each mail; so do we of what is delivered to us.
const TOLD: &str = "(SELECT COALESCE(MAX(CASE
        WHEN r.flags LIKE '%S%' THEN 2
        WHEN r.flags LIKE '%N%' OR r.source IN (SELECT s.id FROM source s
            WHERE s.person_id = $1 AND s.kind IN ('imap', 'address')) THEN 1
        ELSE 0 END), 0)
    FROM arrival r WHERE r.person_id = $1 AND r.message = m.id)";

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

    /// What is true of an unread mail `m` alone, its number apart; with the least number that it has.
    /// `None` where nothing tells.
    pub fn is_unread(&self) -> Option<(String, i64)> {
        let told = match self.read_by {
            ReadBy::Nobody => return None,
            ReadBy::Mailbox => "= 1",
            ReadBy::Here(_) => "< 2",
        };
        Some((format!("NOT {HERE} AND {TOLD} {told}"), self.from))
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
            let mails = match self.read_by {
                ReadBy::Mailbox => group.unread,
                _ => group.mails - group.opened,
            };
            unread.entry(names.main(group.actor)).or_default().add(group.category, mails);
        }
        Ok(unread)
    }
}

fn groups(db: &Db, from: i64) -> Result<Vec<Group>> {
    // The places of mails stand in their order: those that tell something are read in one go, and joined.
    let sql = "WITH told AS MATERIALIZED (
            SELECT r.message AS message, MAX(CASE WHEN r.flags LIKE '%S%' THEN 2 ELSE 1 END) AS told
            FROM arrival r WHERE r.person_id = $1 AND r.message >= $2
                AND (r.flags LIKE '%S%' OR r.flags LIKE '%N%' OR r.source IN (SELECT s.id FROM source s
                    WHERE s.person_id = $1 AND s.kind IN ('imap', 'address')))
            GROUP BY r.message),
         here AS MATERIALIZED (
            SELECT o.message AS message FROM opened o WHERE o.person_id = $1 AND o.message >= $2),
         mail AS MATERIALIZED (
            SELECT COALESCE(m.actor, 0) AS actor, m.category AS category,
                COALESCE(t.told, 0) AS told, h.message IS NOT NULL AS here
            FROM message m LEFT JOIN told t ON t.message = m.id LEFT JOIN here h ON h.message = m.id
            WHERE m.person_id = $1 AND m.id >= $2 AND m.is_counted)
         SELECT actor, category, COUNT(*), COUNT(*) FILTER (WHERE told = 2),
            COUNT(*) FILTER (WHERE told < 2 AND here), COUNT(*) FILTER (WHERE told = 1 AND NOT here)
         FROM mail GROUP BY actor, category";
    db.query(sql, &[db.person().into(), from.into()], |r| {
        let (there, here) = (r.get::<i64>(3)?, r.get::<i64>(4)?);
        Ok(Group {
            actor: r.get(0)?,
            category: category(&r.get::<String>(1)?),
            mails: r.get(2)?,
            opened: there + here,
            unread: r.get(5)?,
            there,
        })
    })
}
