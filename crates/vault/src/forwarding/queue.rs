//! Which mails wait to be passed on, and what became of them.

use super::guard::is_forwardable;
use crate::deposits::Deposit;
use crate::refusals::Refusals;
use crate::{Db, Result, Vault, views};
use mesinfos_domain::{Category, MessageId};
use mesinfos_partners::Stance;
use mesinfos_reading::canonical::{Quoting, canonical};

/// So many are passed on in an hour, and in a day: more would look like a flood to any provider.
const IN_AN_HOUR: i64 = 100;
const IN_A_DAY: i64 = 500;
const HOUR_US: i64 = 3_600_000_000;
/// After so many tries, about three days, it is given up: the mail is in the vault.
const TRIES: i64 = 24;
/// Looked at together.
const BATCH: i64 = 50;

/// A mail that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waits {
    /// Its hash: how it is named here.
    pub hash: Vec<u8>,
    /// Which mail.
    pub message: MessageId,
    /// To which of her addresses it came.
    pub address: String,
    /// Who wrote it: an organisation's name, or what stands in From; hostile as any text.
    pub who: String,
    /// Its subject.
    pub subject: String,
    /// Whether it imitates somebody.
    pub is_suspected: bool,
    /// Its size in bytes.
    pub size: i64,
}

/// What became of a mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passed {
    /// A server took it.
    Sent,
    /// It will never be taken.
    Failed,
    /// Later.
    Later,
}

/// Notes which of these are to be passed on, before they are in the vault.
pub(crate) fn note(db: &Db, mails: &[Deposit], now_us: i64) -> Result<()> {
    let target = db.first(
        "SELECT target FROM forwarding
         WHERE person_id = $1 AND target <> '' AND confirmed_us IS NOT NULL",
        &[db.person().into()],
        |r| r.get::<String>(0),
    )?;
    let Some(target) = target else { return Ok(()) };
    for mail in mails.iter().filter(|m| is_forwardable(&m.trace, &m.mail, &target)) {
        let hash = canonical(&mail.mail, Quoting::None).sha256;
        db.execute(
            "INSERT INTO mail_forwarded (person_id, hash, address, at_us, state, next_us, tries)
             VALUES ($1, $2, $3, $4, 'waiting', 0, 0)
             ON CONFLICT (person_id, hash) DO NOTHING",
            &[db.person().into(), hash.as_slice().into(), (&mail.address).into(), now_us.into()],
        )?;
    }
    Ok(())
}

pub(super) fn forget_waiting(db: &Db) -> Result<()> {
    db.execute(
        "DELETE FROM mail_forwarded WHERE person_id = $1 AND state = 'waiting'",
        &[db.person().into()],
    )?;
    Ok(())
}

impl Vault {
    /// The next ones to pass on, the oldest first, as far as the limits allow. What is refused is
    /// taken out: it is in the vault and nowhere else.
    pub fn forward_waiting(&self, now_us: i64) -> Result<Vec<Waits>> {
        self.write(|db| {
            let room = room(db, now_us)?;
            let refusals = Refusals::load(db)?;
            let names = views::Names::load(db)?;
            let rows = db.query(
                "SELECT w.hash, m.id, w.address, m.actor, m.category, m.from_name, m.from_address,
                    m.subject, m.fraud, m.size
                 FROM mail_forwarded w
                    JOIN message m ON m.person_id = w.person_id AND m.hash = w.hash
                 WHERE w.person_id = $1 AND w.state = 'waiting' AND w.next_us <= $2
                 ORDER BY w.at_us, m.id LIMIT $3",
                &[db.person().into(), now_us.into(), room.min(BATCH).into()],
                |r| {
                    let actor: Option<i64> = r.get(3)?;
                    let (name, address): (String, String) = (r.get(5)?, r.get(6)?);
                    let from = if name.is_empty() { address } else { name };
                    let waits = Waits {
                        hash: r.get(0)?,
                        message: MessageId(r.get(1)?),
                        address: r.get(2)?,
                        who: names.get(actor).map_or(from, |a| a.name),
                        subject: r.get(7)?,
                        is_suspected: r.get::<Option<String>>(8)?.is_some(),
                        size: r.get(9)?,
                    };
                    Ok((waits, actor, r.get::<String>(4)?))
                },
            )?;
            let mut waiting = Vec::with_capacity(rows.len());
            for (waits, actor, category) in rows {
                let category = Category::from_code(&category).unwrap_or(Category::Personal);
                let said = refusals.of_message(db, waits.message.0, actor, category)?;
                if said.is_some_and(|s| s.stance == Stance::Refused) {
                    set(db, &waits.hash, "refused", now_us)?;
                } else {
                    waiting.push(waits);
                }
            }
            Ok(waiting)
        })
    }

    /// Notes what became of one.
    pub fn forwarded(&self, mail: &Waits, passed: Passed, now_us: i64) -> Result<()> {
        self.write(|db| match passed {
            Passed::Sent => set(db, &mail.hash, "sent", now_us),
            Passed::Failed => set(db, &mail.hash, "failed", now_us),
            Passed::Later => {
                // A quarter of an hour more each time.
                db.execute(
                    "UPDATE mail_forwarded SET tries = tries + 1,
                        next_us = $3 + (tries + 1) * $4,
                        state = CASE WHEN tries >= $5 THEN 'failed' ELSE state END
                     WHERE person_id = $1 AND hash = $2",
                    &[
                        db.person().into(),
                        mail.hash.as_slice().into(),
                        now_us.into(),
                        (HOUR_US / 4).into(),
                        TRIES.into(),
                    ],
                )?;
                Ok(())
            }
        })
    }
}

fn set(db: &Db, hash: &[u8], state: &str, now_us: i64) -> Result<()> {
    db.execute(
        "UPDATE mail_forwarded SET state = $3, at_us = $4 WHERE person_id = $1 AND hash = $2",
        &[db.person().into(), hash.into(), state.into(), now_us.into()],
    )?;
    Ok(())
}

/// How many may go now.
fn room(db: &Db, now_us: i64) -> Result<i64> {
    let since = |span: i64| {
        let sent = db.first(
            "SELECT COUNT(*) FROM mail_forwarded
             WHERE person_id = $1 AND state = 'sent' AND at_us > $2",
            &[db.person().into(), now_us.saturating_sub(span).into()],
            |r| r.get::<i64>(0),
        )?;
        Ok::<i64, crate::Error>(sent.unwrap_or(0))
    };
    Ok((IN_AN_HOUR - since(HOUR_US)?).min(IN_A_DAY - since(24 * HOUR_US)?).max(0))
}
