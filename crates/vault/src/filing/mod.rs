//! Mails filed in the mailbox itself, by organisation and drawer, when the person wants it: how, what
//! is still to be filed, and the way back. What is done on the server is done elsewhere.
//!
//! A mail is moved, not copied: it stays one mail in one place, takes no room twice, and is put back
//! by moving it again, where a copy could only be deleted. Gmail's labels are put on beside what is
//! there, and taken off again.

mod names;
mod plan;

pub(crate) use plan::has_label;
pub use plan::{FilingPlan, FilingStep};

use crate::moves::{PLACED, PLACED_COLUMNS, PLACES, Pile, Piles, Placed};
use crate::{Db, Error, Result, Row, Vault};
use std::collections::BTreeMap;

/// What folders are made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `MesInfos/Fnac/Opérations`.
    ActorAndDrawer,
    /// `MesInfos/Fnac`.
    Actor,
    /// `MesInfos/Opérations`.
    Drawer,
}

impl Shape {
    /// All of them.
    pub const ALL: [Shape; 3] = [Shape::ActorAndDrawer, Shape::Actor, Shape::Drawer];

    /// The word in the database and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Shape::ActorAndDrawer => "actor-drawer",
            Shape::Actor => "actor",
            Shape::Drawer => "drawer",
        }
    }

    /// From its word.
    pub fn from_code(code: &str) -> Option<Shape> {
        Shape::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// How the mails of a mailbox are filed there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filing {
    /// Which mailbox.
    pub mailbox: i64,
    /// Under which folder, as she reads it: levels parted by `/`.
    pub root: String,
    /// What the server wants before it.
    pub prefix: String,
    /// What parts levels at the server.
    pub delimiter: String,
    /// What folders are made of.
    pub shape: Shape,
    /// Younger mails stay where they are.
    pub after_days: i64,
    /// Her word for each drawer, by its code.
    pub drawers: BTreeMap<String, String>,
    /// All is being put back.
    pub is_back: bool,
    /// When she said so, in microseconds since 1970.
    pub at_us: i64,
}

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filed {
    /// What she said.
    pub filing: Filing,
    /// Mails that are filed.
    pub mails: i64,
    /// In so many folders.
    pub folders: i64,
    /// Mails still to be filed, or to be put back.
    pub left: i64,
    /// Why the last attempt failed: a stable word, as for a sync.
    pub trouble: Option<String>,
}

impl Vault {
    /// How each mailbox is filed.
    pub fn filings(&self) -> Result<Vec<Filed>> {
        self.read(|db| {
            db.query(
                "SELECT f.mailbox, f.root, f.prefix, f.delimiter, f.shape, f.after_days, f.drawers,
                    f.is_back, f.at_us, f.left_mails, f.trouble,
                    (SELECT COUNT(*) FROM mail_filed v WHERE v.person_id = f.person_id
                        AND v.mailbox = f.mailbox AND v.is_done),
                    (SELECT COUNT(DISTINCT v.folder) FROM mail_filed v
                        WHERE v.person_id = f.person_id AND v.mailbox = f.mailbox AND v.is_done)
                 FROM filing f WHERE f.person_id = $1 ORDER BY f.mailbox",
                &[db.person().into()],
                filed,
            )
        })
    }

    /// How this mailbox is filed; `None`: it is not.
    pub fn filing(&self, mailbox: i64) -> Result<Option<Filed>> {
        Ok(self.filings()?.into_iter().find(|f| f.filing.mailbox == mailbox))
    }

    /// Files a mailbox like this from now on; what was filed in another way moves along.
    pub fn set_filing(&self, filing: &Filing) -> Result<()> {
        let drawers = serde_json::to_string(&filing.drawers)
            .map_err(|e| Error::Invalid(format!("words of drawers do not serialise: {e}")))?;
        self.write(|db| {
            db.execute(
                "INSERT INTO filing (person_id, mailbox, root, prefix, delimiter, shape, after_days,
                    drawers, is_back, at_us, left_mails, trouble)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, NULL)
                 ON CONFLICT (person_id, mailbox) DO UPDATE SET
                    root = excluded.root, prefix = excluded.prefix, delimiter = excluded.delimiter,
                    shape = excluded.shape, after_days = excluded.after_days,
                    drawers = excluded.drawers, is_back = excluded.is_back,
                    at_us = excluded.at_us, trouble = NULL",
                &[
                    db.person().into(),
                    filing.mailbox.into(),
                    (&filing.root).into(),
                    (&filing.prefix).into(),
                    (&filing.delimiter).into(),
                    filing.shape.code().into(),
                    filing.after_days.into(),
                    (&drawers).into(),
                    filing.is_back.into(),
                    filing.at_us.into(),
                ],
            )
        })?;
        Ok(())
    }

    /// Puts all back where it was, from the next sync on, and files no more; whether it was filed.
    pub fn end_filing(&self, mailbox: i64) -> Result<bool> {
        let changed = self.write(|db| {
            db.execute(
                "UPDATE filing SET is_back = $3, trouble = NULL, left_mails =
                    (SELECT COUNT(*) FROM mail_filed v WHERE v.person_id = filing.person_id
                        AND v.mailbox = filing.mailbox)
                 WHERE person_id = $1 AND mailbox = $2",
                &[db.person().into(), mailbox.into(), true.into()],
            )
        })?;
        Ok(changed > 0)
    }

    /// Notes how far it is, and what went wrong.
    pub fn filing_stands(&self, mailbox: i64, left: i64, trouble: Option<&str>) -> Result<()> {
        self.write(|db| {
            db.execute(
                "UPDATE filing SET left_mails = $3, trouble = $4
                 WHERE person_id = $1 AND mailbox = $2",
                &[db.person().into(), mailbox.into(), left.into(), trouble.into()],
            )
        })?;
        Ok(())
    }

    /// Writes down that mails are about to be filed: before they are, so that none is moved without
    /// its way back. Where a mail came from at first stays, however often it moves along.
    pub fn mails_filing(&self, mailbox: i64, pile: &Pile, to: &str, now_us: i64) -> Result<()> {
        self.write(|db| {
            for mail in &pile.mails {
                db.execute(
                    "INSERT INTO mail_filed (person_id, mailbox, message, source, folder, is_done,
                        at_us)
                     VALUES ($1, $2, $3, $4, $5, $6, $7)
                     ON CONFLICT (person_id, mailbox, message) DO UPDATE SET
                        folder = excluded.folder, is_done = excluded.is_done,
                        at_us = excluded.at_us",
                    &[
                        db.person().into(),
                        mailbox.into(),
                        mail.message.into(),
                        pile.source.into(),
                        to.into(),
                        false.into(),
                        now_us.into(),
                    ],
                )?;
            }
            Ok(())
        })
    }

    /// Writes down that mails are filed.
    pub fn mails_filed(&self, mailbox: i64, mails: &[Placed]) -> Result<()> {
        self.write(|db| {
            for mail in mails {
                db.execute(
                    "UPDATE mail_filed SET is_done = $4
                     WHERE person_id = $1 AND mailbox = $2 AND message = $3",
                    &[db.person().into(), mailbox.into(), mail.message.into(), true.into()],
                )?;
            }
            Ok(())
        })
    }

    /// What was moved when the program ended before it could say so: it stands where it should.
    pub fn settle_filed(&self, mailbox: i64) -> Result<()> {
        self.write(|db| {
            db.execute(
                "UPDATE mail_filed SET is_done = $3
                 WHERE person_id = $1 AND mailbox = $2 AND NOT is_done AND EXISTS (
                    SELECT 1 FROM mailbox_folder f
                        JOIN mailbox_mail h ON h.person_id = f.person_id AND h.source = f.source
                    WHERE f.person_id = mail_filed.person_id AND f.mailbox = mail_filed.mailbox
                        AND f.name = mail_filed.folder AND h.message = mail_filed.message)",
                &[db.person().into(), mailbox.into(), true.into()],
            )
        })?;
        Ok(())
    }

    /// Filed mails by where they stand and the folder that they came from, whose name stands beside
    /// each pile. With labels, every place of such a mail; else only what stands where it was filed:
    /// what she moved since is hers.
    pub fn filed_mails(&self, mailbox: i64, by_label: bool) -> Result<Vec<(String, String, Pile)>> {
        self.read(|db| {
            let place = if by_label { "" } else { " AND f.name = v.folder" };
            let sql = format!(
                "SELECT {PLACED}, v.folder, o.name FROM {PLACES}
                    JOIN mail_filed v ON v.person_id = h.person_id AND v.message = h.message
                    JOIN mailbox_folder o ON o.person_id = v.person_id AND o.source = v.source
                 WHERE h.person_id = $1 AND f.mailbox = $2 AND v.mailbox = $2
                    AND a.gone_us IS NULL{place}
                 ORDER BY h.source, v.folder, v.source, h.uid"
            );
            let mut piles: Vec<(String, String, Piles)> = Vec::new();
            db.query(&sql, &[db.person().into(), mailbox.into()], |r| {
                let folder: String = r.get(PLACED_COLUMNS)?;
                let from: String = r.get(PLACED_COLUMNS + 1)?;
                if piles.last().is_none_or(|(a, b, _)| *a != folder || *b != from) {
                    piles.push((folder, from, Piles::default()));
                }
                piles.last_mut().map_or(Ok(()), |(_, _, pile)| pile.take(r))
            })?;
            let each = |(to, from, piles): (String, String, Piles)| {
                piles.0.into_iter().map(move |p| (to.clone(), from.clone(), p))
            };
            Ok(piles.into_iter().flat_map(each).collect())
        })
    }

    /// Writes down that mails are back.
    pub fn mails_unfiled(&self, mailbox: i64, mails: &[Placed]) -> Result<()> {
        self.write(|db| {
            for mail in mails {
                db.execute(
                    "DELETE FROM mail_filed
                     WHERE person_id = $1 AND mailbox = $2 AND message = $3",
                    &[db.person().into(), mailbox.into(), mail.message.into()],
                )?;
            }
            Ok(())
        })
    }

    /// Forgets how a mailbox was filed, once all is back.
    pub fn drop_filing(&self, mailbox: i64) -> Result<()> {
        self.write(|db| forget(db, mailbox))
    }
}

/// Everything about the filing of a mailbox.
pub(crate) fn forget(db: &Db, mailbox: i64) -> Result<()> {
    for sql in [
        "DELETE FROM mail_filed WHERE person_id = $1 AND mailbox = $2",
        "DELETE FROM filing WHERE person_id = $1 AND mailbox = $2",
    ] {
        db.execute(sql, &[db.person().into(), mailbox.into()])?;
    }
    Ok(())
}

fn filed(r: &Row<'_>) -> Result<Filed> {
    Ok(Filed {
        filing: Filing {
            mailbox: r.get(0)?,
            root: r.get(1)?,
            prefix: r.get(2)?,
            delimiter: r.get(3)?,
            shape: Shape::from_code(&r.get::<String>(4)?).unwrap_or(Shape::ActorAndDrawer),
            after_days: r.get(5)?,
            // Words that do not read are those of the code.
            drawers: serde_json::from_str(&r.get::<String>(6)?).unwrap_or_default(),
            is_back: r.get(7)?,
            at_us: r.get(8)?,
        },
        left: r.get(9)?,
        trouble: r.get(10)?,
        mails: r.get(11)?,
        folders: r.get(12)?,
    })
}
