//! Refused mails that are put into a folder of the mailbox's own server: which ones, where they came
//! from, and the way back. What is done on the server is done elsewhere.

use crate::refusals::{Refusals, Word, words};
use crate::{Result, Value, Vault};
use mesinfos_domain::CorrectionId;
use mesinfos_partners::{Rule, Stance};
use std::collections::BTreeMap;

/// A refusal that puts its mails into a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusalFolder {
    /// Which refusal.
    pub refusal: CorrectionId,
    /// In which mailbox: [`Mailbox::id`](crate::mailboxes::Mailbox).
    pub mailbox: i64,
    /// The folder, as the server writes it.
    pub folder: String,
    /// Whether mails of later syncs go there too.
    pub goes_on: bool,
    /// When she said so, microseconds since 1970.
    pub at_us: i64,
    /// Mails that stand there because of it.
    pub mails: i64,
}

/// One mail in a folder of a server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// The message.
    pub message: i64,
    /// Its UID there.
    pub uid: u32,
    /// Gmail's labels of it, as they are kept.
    pub labels: String,
}

/// Mails of one folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pile {
    /// The folder's `source`.
    pub source: i64,
    /// Its name, as the server writes it.
    pub folder: String,
    /// The UIDVALIDITY that the numbers belong to.
    pub validity: u32,
    /// The mails, by UID.
    pub mails: Vec<Placed>,
}

/// The numbers that mails have where they were moved to, as the server told (RFC 4315).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Landed {
    /// UIDVALIDITY of that folder.
    pub validity: u32,
    /// New UIDs by old ones.
    pub uids: BTreeMap<u32, u32>,
}

impl Placed {
    /// Whether it bore this label at Gmail when it was last looked at; `written` as the server writes
    /// names (modified UTF-7). Elsewhere mails bear none.
    pub fn has_label(&self, written: &str) -> bool {
        crate::filing::has_label(&self.labels, written)
    }
}

impl Vault {
    /// All refusals that put their mails into folders, the latest first.
    pub fn refusal_folders(&self) -> Result<Vec<RefusalFolder>> {
        self.read(|db| {
            db.query(
                "SELECT f.refusal, f.mailbox, f.folder, f.goes_on, f.at_us,
                    (SELECT COUNT(*) FROM mail_moved v WHERE v.person_id = f.person_id
                        AND v.refusal = f.refusal AND v.mailbox = f.mailbox AND v.back_us IS NULL)
                 FROM refusal_folder f WHERE f.person_id = $1
                 ORDER BY f.at_us DESC, f.refusal DESC, f.mailbox",
                &[db.person().into()],
                |r| {
                    Ok(RefusalFolder {
                        refusal: CorrectionId(r.get(0)?),
                        mailbox: r.get(1)?,
                        folder: r.get(2)?,
                        goes_on: r.get(3)?,
                        at_us: r.get(4)?,
                        mails: r.get(5)?,
                    })
                },
            )
        })
    }

    /// Writes down where a refusal puts its mails: all that it hides, what was put back before too.
    pub fn set_refusal_folder(&self, rule: &RefusalFolder) -> Result<()> {
        self.write(|db| {
            db.execute(
                "DELETE FROM mail_moved WHERE person_id = $1 AND refusal = $2 AND mailbox = $3
                    AND back_us IS NOT NULL",
                &[db.person().into(), rule.refusal.0.into(), rule.mailbox.into()],
            )?;
            db.execute(
                "INSERT INTO refusal_folder (person_id, refusal, mailbox, folder, goes_on, at_us)
                 VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (person_id, refusal, mailbox) DO UPDATE SET
                    folder = excluded.folder, goes_on = excluded.goes_on, at_us = excluded.at_us",
                &[
                    db.person().into(),
                    rule.refusal.0.into(),
                    rule.mailbox.into(),
                    (&rule.folder).into(),
                    rule.goes_on.into(),
                    rule.at_us.into(),
                ],
            )
        })?;
        Ok(())
    }

    /// Later syncs put nothing there any more.
    pub fn stop_refusal_folder(&self, rule: &RefusalFolder) -> Result<()> {
        self.write(|db| {
            db.execute(
                "UPDATE refusal_folder SET goes_on = $4
                 WHERE person_id = $1 AND refusal = $2 AND mailbox = $3",
                &[db.person().into(), rule.refusal.0.into(), rule.mailbox.into(), false.into()],
            )
        })?;
        Ok(())
    }

    /// Forgets it, once its mails are back.
    pub fn drop_refusal_folder(&self, refusal: CorrectionId, mailbox: i64) -> Result<()> {
        self.write(|db| {
            db.execute(
                "DELETE FROM refusal_folder
                 WHERE person_id = $1 AND refusal = $2 AND mailbox = $3",
                &[db.person().into(), refusal.0.into(), mailbox.into()],
            )
        })?;
        Ok(())
    }

    /// The mails that a refusal hides and that stand elsewhere than in its folder, by the folder that
    /// they stand in; those that were put back stay where they are. None when the refusal was lifted.
    pub fn refused_mails(&self, rule: &RefusalFolder) -> Result<Vec<Pile>> {
        self.read(|db| {
            let said = words(db)?;
            let word = said.iter().find(|w| w.id == rule.refusal).cloned();
            let Some(word) = word.filter(|w| w.stance == Stance::Refused) else {
                return Ok(Vec::new());
            };
            let refusals = Refusals::with(db, said)?;
            let is_hidden = hidden(&refusals, &word);
            let mut piles = Piles::default();
            let sql = format!(
                "SELECT {PLACED} FROM {PLACES}
                 WHERE h.person_id = $1 AND f.mailbox = $2 AND f.name <> $3 AND m.is_counted
                    AND a.gone_us IS NULL{is_hidden}
                    AND NOT EXISTS (SELECT 1 FROM mail_moved v WHERE v.person_id = h.person_id
                        AND v.refusal = $4 AND v.mailbox = $2 AND v.message = h.message
                        AND v.back_us IS NOT NULL)
                 ORDER BY h.source, h.uid"
            );
            let of: [Value<'_>; 4] = [
                db.person().into(),
                rule.mailbox.into(),
                (&rule.folder).into(),
                rule.refusal.0.into(),
            ];
            db.query(&sql, &of, |r| piles.take(r))?;
            Ok(piles.0)
        })
    }

    /// Writes down that mails are being moved from a folder: before they are, so that none is moved
    /// without its way back.
    pub fn mails_move(&self, rule: &RefusalFolder, pile: &Pile, now_us: i64) -> Result<()> {
        self.write(|db| {
            for mail in &pile.mails {
                db.execute(
                    "INSERT INTO mail_moved (person_id, refusal, mailbox, message, source, at_us,
                        back_us)
                     VALUES ($1, $2, $3, $4, $5, $6, NULL)
                     ON CONFLICT (person_id, refusal, mailbox, message) DO UPDATE SET
                        source = excluded.source, at_us = excluded.at_us, back_us = NULL",
                    &[
                        db.person().into(),
                        rule.refusal.0.into(),
                        rule.mailbox.into(),
                        mail.message.into(),
                        pile.source.into(),
                        now_us.into(),
                    ],
                )?;
            }
            Ok(())
        })
    }

    /// The mails that a refusal moved and that stand in its folder still, by the folder that they came
    /// from: its name stands beside each pile. Of mails with labels, wherever they stand.
    pub fn moved_mails(&self, rule: &RefusalFolder, by_label: bool) -> Result<Vec<(String, Pile)>> {
        self.read(|db| {
            let sql = format!(
                "SELECT {PLACED}, o.name FROM {PLACES}
                    JOIN mail_moved v ON v.person_id = h.person_id AND v.message = h.message
                    JOIN mailbox_folder o ON o.person_id = v.person_id AND o.source = v.source
                 WHERE h.person_id = $1 AND f.mailbox = $2 AND (f.name = $3 OR $5) AND a.gone_us IS NULL
                    AND v.refusal = $4 AND v.mailbox = $2 AND v.back_us IS NULL
                 ORDER BY v.source, h.uid"
            );
            let of: [Value<'_>; 5] = [
                db.person().into(),
                rule.mailbox.into(),
                (&rule.folder).into(),
                rule.refusal.0.into(),
                by_label.into(),
            ];
            let mut piles: Vec<(String, Piles)> = Vec::new();
            db.query(&sql, &of, |r| {
                let from: String = r.get(PLACED_COLUMNS)?;
                if piles.last().is_none_or(|(name, _)| *name != from) {
                    piles.push((from, Piles::default()));
                }
                match piles.last_mut() {
                    Some((_, pile)) => pile.take(r),
                    None => Ok(()),
                }
            })?;
            let piles = piles.into_iter();
            Ok(piles
                .flat_map(|(from, p)| p.0.into_iter().map(move |p| (from.clone(), p)))
                .collect())
        })
    }

    /// Writes down that mails are back where they came from.
    pub fn mails_back(&self, rule: &RefusalFolder, mails: &[Placed], now_us: i64) -> Result<()> {
        self.write(|db| {
            for mail in mails {
                db.execute(
                    "UPDATE mail_moved SET back_us = $5
                     WHERE person_id = $1 AND refusal = $2 AND mailbox = $3 AND message = $4",
                    &[
                        db.person().into(),
                        rule.refusal.0.into(),
                        rule.mailbox.into(),
                        mail.message.into(),
                        now_us.into(),
                    ],
                )?;
            }
            Ok(())
        })
    }
}

/// Where mails stand on servers.
pub(crate) const PLACES: &str = "mailbox_mail h
    JOIN mailbox_folder f ON f.person_id = h.person_id AND f.source = h.source
    JOIN message m ON m.person_id = h.person_id AND m.id = h.message
    JOIN arrival a ON a.person_id = h.person_id AND a.message = h.message AND a.source = h.source";
/// Of [`PLACES`], what [`Piles::take`] reads, first.
pub(crate) const PLACED: &str = "h.source, f.name, f.validity, h.message, h.uid, a.labels, a.place";
/// How many columns that is.
pub(crate) const PLACED_COLUMNS: usize = 7;

/// Rows put together by folder.
#[derive(Default)]
pub(crate) struct Piles(pub Vec<Pile>);

impl Piles {
    /// How many mails.
    pub fn len(&self) -> usize {
        self.0.iter().map(|p| p.mails.len()).sum()
    }

    /// Takes the mail of a row that begins with [`PLACED`].
    pub fn take(&mut self, r: &crate::Row<'_>) -> Result<()> {
        let (source, validity) = (r.get::<i64>(0)?, r.get::<i64>(2)? as u32);
        let (message, uid) = (r.get::<i64>(3)?, r.get::<i64>(4)? as u32);
        // The same message may stand in a folder twice: each arrival has its own place.
        if r.get::<String>(6)? != crate::import::fed::place(validity, uid) {
            return Ok(());
        }
        if self.0.last().is_none_or(|p| p.source != source) {
            self.0.push(Pile { source, folder: r.get(1)?, validity, mails: Vec::new() });
        }
        let labels = r.get(5)?;
        if let Some(pile) = self.0.last_mut() {
            pile.mails.push(Placed { message, uid, labels });
        }
        Ok(())
    }
}

/// A condition on `message m`: what this word hides, and no other. Only numbers and words of our own
/// enter the text.
fn hidden(refusals: &Refusals, word: &Word) -> String {
    if let Rule::Address { address } = &word.rule {
        let recipients = refusals.recipients_at(address);
        return format!(
            " AND EXISTS (SELECT 1 FROM message_recipient x WHERE x.person_id = m.person_id
                AND x.message = m.id AND x.recipient IN ({}))",
            crate::refusals::list(&recipients)
        );
    }
    let drawers: Vec<String> = refusals
        .held_by(word.id)
        .into_iter()
        .map(|(category, actors)| {
            let actors = crate::refusals::list(&actors);
            format!("(m.category = '{}' AND m.actor IN ({actors}))", category.code())
        })
        .collect();
    match drawers.is_empty() {
        true => " AND m.id < 0".to_owned(),
        false => format!(" AND ({})", drawers.join(" OR ")),
    }
}
