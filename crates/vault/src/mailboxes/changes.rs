//! What changed in a server's folder: mails that went, flags, all numbers at once.

use super::{Mailbox, folders, moved};
use crate::import::fed::place;
use crate::import::folder_word;
use crate::import::prepare::{labels, letters};
use crate::{Db, Landed, Pile, Placed, Result, Value, Vault};
use mesinfos_reading::mailbox::{Flags, Role};

/// The flags, labels and role of a mail as they are now.
#[derive(Clone, Debug)]
pub struct Changed {
    /// UID.
    pub uid: u32,
    /// What its folder, or its labels, are for.
    pub role: Role,
    /// Read, answered, flagged...
    pub flags: Flags,
    /// Gmail's labels.
    pub labels: Vec<String>,
}

/// A mail known again after the server gave new numbers.
#[derive(Clone, Copy, Debug)]
pub struct Renumbered {
    /// UID under the old UIDVALIDITY.
    pub old: u32,
    /// UID under the new one.
    pub new: u32,
}

impl Vault {
    /// Mails that are no longer in a folder: these arrivals have gone, the messages stay.
    pub fn mails_gone(&self, source: i64, validity: u32, uids: &[u32], now_us: i64) -> Result<()> {
        self.write(|db| uids.iter().try_for_each(|uid| gone(db, source, validity, *uid, now_us)))
    }

    /// Mails that we moved ourselves: they have gone from there, and stand in the other folder under
    /// the numbers that the server told, so that nothing is fetched again. Where it told none, the
    /// next sync finds them there.
    pub fn mails_moved(
        &self,
        mailbox: &Mailbox,
        from: &Pile,
        to: &str,
        landed: Option<&Landed>,
        now_us: i64,
    ) -> Result<()> {
        self.write(|db| {
            let target = match landed {
                Some(landed) => Some((landed, arrive(db, mailbox, to, landed.validity, now_us)?)),
                None => None,
            };
            for mail in &from.mails {
                if let Some((landed, Some(source))) = target
                    && let Some(new) = landed.uids.get(&mail.uid)
                {
                    stands(db, from, mail, source, landed.validity, *new)?;
                }
                gone(db, from.source, from.validity, mail.uid, now_us)?;
            }
            Ok(())
        })
    }

    /// Mails whose flags or labels changed; those that are not here are passed over.
    pub fn mails_changed(&self, source: i64, validity: u32, changed: &[Changed]) -> Result<()> {
        self.write(|db| {
            for one in changed {
                let Some(message) = message(db, source, one.uid)? else { continue };
                let written = db.execute(
                    "UPDATE arrival SET flags = $5, labels = $6, folder = $7
                     WHERE person_id = $1 AND message = $2 AND source = $3 AND place = $4
                     AND (flags <> $5 OR labels <> $6 OR folder <> $7)",
                    &[
                        db.person().into(),
                        message.into(),
                        source.into(),
                        (&place(validity, one.uid)).into(),
                        (&letters(one.flags)).into(),
                        (&labels(&one.labels)).into(),
                        folder_word(one.role).into(),
                    ],
                )?;
                if written > 0 {
                    moved::mark(db, message)?;
                }
            }
            Ok(())
        })
    }

    /// UIDVALIDITY changed: mails known again get their new number, the others have gone from
    /// there. All or nothing.
    pub fn renumber_folder(
        &self,
        source: i64,
        old_validity: u32,
        validity: u32,
        known_again: &[Renumbered],
        now_us: i64,
    ) -> Result<()> {
        self.write(|db| {
            let person = Value::from(db.person());
            let mut rows = Vec::with_capacity(known_again.len());
            for one in known_again {
                let row = db.first(
                    "SELECT message, size FROM mailbox_mail
                     WHERE person_id = $1 AND source = $2 AND uid = $3",
                    &[person, source.into(), i64::from(one.old).into()],
                    |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?)),
                )?;
                let Some((message, size)) = row else { continue };
                db.execute(
                    "UPDATE arrival SET place = $5, gone_us = NULL
                     WHERE person_id = $1 AND message = $2 AND source = $3 AND place = $4",
                    &[
                        person,
                        message.into(),
                        source.into(),
                        (&place(old_validity, one.old)).into(),
                        (&place(validity, one.new)).into(),
                    ],
                )?;
                db.execute(
                    "DELETE FROM mailbox_mail WHERE person_id = $1 AND source = $2 AND uid = $3",
                    &[person, source.into(), i64::from(one.old).into()],
                )?;
                rows.push((one.new, message, size));
            }
            let left = db.query(
                "SELECT uid FROM mailbox_mail WHERE person_id = $1 AND source = $2",
                &[person, source.into()],
                |r| r.get::<i64>(0),
            )?;
            for uid in left {
                gone(db, source, old_validity, uid as u32, now_us)?;
            }
            for (uid, message, size) in rows {
                db.execute(
                    "INSERT INTO mailbox_mail (person_id, source, uid, message, size)
                     VALUES ($1, $2, $3, $4, $5)",
                    &[person, source.into(), i64::from(uid).into(), message.into(), size.into()],
                )?;
            }
            db.execute(
                "UPDATE mailbox_folder SET validity = $3, next_uid = 0, messages = 0, mod_seq = 0
                 WHERE person_id = $1 AND source = $2",
                &[person, source.into(), i64::from(validity).into()],
            )?;
            Ok(())
        })
    }
}

/// The folder that mails were moved to, followed from now on; `None` when it is known under other
/// numbers: then only a sync can tell.
fn arrive(db: &Db, mailbox: &Mailbox, to: &str, validity: u32, now_us: i64) -> Result<Option<i64>> {
    let source = folders::follow(db, mailbox, to, now_us)?;
    db.execute(
        "UPDATE mailbox_folder SET validity = $3
         WHERE person_id = $1 AND source = $2 AND validity = 0",
        &[db.person().into(), source.into(), i64::from(validity).into()],
    )?;
    let known = db.first(
        "SELECT validity FROM mailbox_folder WHERE person_id = $1 AND source = $2",
        &[db.person().into(), source.into()],
        |r| r.get::<i64>(0),
    )?;
    Ok((known == Some(i64::from(validity))).then_some(source))
}

/// A mail stands in another folder too: the same message, one arrival more.
fn stands(db: &Db, from: &Pile, mail: &Placed, source: i64, validity: u32, uid: u32) -> Result<()> {
    db.execute(
        "INSERT INTO arrival (person_id, message, source, place, folder, labels, flags, form)
         SELECT person_id, message, $5, $6, folder, labels, flags, form FROM arrival
         WHERE person_id = $1 AND message = $2 AND source = $3 AND place = $4
         ON CONFLICT (person_id, message, source, place) DO UPDATE SET gone_us = NULL",
        &[
            db.person().into(),
            mail.message.into(),
            from.source.into(),
            (&place(from.validity, mail.uid)).into(),
            source.into(),
            (&place(validity, uid)).into(),
        ],
    )?;
    db.execute(
        "INSERT INTO mailbox_mail (person_id, source, uid, message, size)
         SELECT person_id, $4, $5, message, size FROM mailbox_mail
         WHERE person_id = $1 AND source = $2 AND uid = $3
         ON CONFLICT (person_id, source, uid) DO UPDATE SET
            message = excluded.message, size = excluded.size",
        &[
            db.person().into(),
            from.source.into(),
            i64::from(mail.uid).into(),
            source.into(),
            i64::from(uid).into(),
        ],
    )?;
    Ok(())
}

fn gone(db: &Db, source: i64, validity: u32, uid: u32, now_us: i64) -> Result<()> {
    let Some(message) = message(db, source, uid)? else { return Ok(()) };
    db.execute(
        "UPDATE arrival SET gone_us = $5
         WHERE person_id = $1 AND message = $2 AND source = $3 AND place = $4",
        &[
            db.person().into(),
            message.into(),
            source.into(),
            (&place(validity, uid)).into(),
            now_us.into(),
        ],
    )?;
    db.execute(
        "DELETE FROM mailbox_mail WHERE person_id = $1 AND source = $2 AND uid = $3",
        &[db.person().into(), source.into(), i64::from(uid).into()],
    )?;
    moved::mark(db, message)
}

fn message(db: &Db, source: i64, uid: u32) -> Result<Option<i64>> {
    db.first(
        "SELECT message FROM mailbox_mail WHERE person_id = $1 AND source = $2 AND uid = $3",
        &[db.person().into(), source.into(), i64::from(uid).into()],
        |r| r.get::<i64>(0),
    )
}
