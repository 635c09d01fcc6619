//! Mail of dedicated addresses passed on to the person's real mailbox: to whom, once whoever reads
//! there has agreed, and which mails wait. What is sent is sent elsewhere.

mod guard;
mod queue;

pub use guard::is_forwardable;
pub(crate) use queue::note;
pub use queue::{Passed, Waits};

use crate::{Error, Result, Row, Vault};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// A code is good for a day, for so many tries; so many are sent in a day.
const DAY_US: i64 = 86_400_000_000;
const TRIES: i64 = 5;
const CODES: i64 = 3;

/// How it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Forwarding {
    /// To which address.
    pub target: String,
    /// Which mailbox of hers sends; `None`: the host's submission.
    pub mailbox: Option<i64>,
    /// Whether whoever reads there agreed.
    pub is_confirmed: bool,
    /// Why it stopped, or why the last mail did not go: a stable word.
    pub trouble: Option<String>,
    /// Mails passed on.
    pub sent: i64,
    /// Mails that wait.
    pub waiting: i64,
    /// Mails that the other side would not take.
    pub failed: i64,
}

/// What became of a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Confirmed {
    /// It is the one.
    Done,
    /// It is not.
    Wrong,
    /// None waits any more: too old, or tried too often.
    Over,
}

impl Vault {
    /// How forwarding stands; `None`: nothing is passed on.
    pub fn forwarding(&self) -> Result<Option<Forwarding>> {
        self.read(|db| {
            db.first(
                "SELECT f.target, f.mailbox, f.confirmed_us, f.trouble,
                    (SELECT COUNT(*) FROM mail_forwarded m WHERE m.person_id = f.person_id
                        AND m.state = 'sent'),
                    (SELECT COUNT(*) FROM mail_forwarded m WHERE m.person_id = f.person_id
                        AND m.state = 'waiting'),
                    (SELECT COUNT(*) FROM mail_forwarded m WHERE m.person_id = f.person_id
                        AND m.state = 'failed')
                 FROM forwarding f WHERE f.person_id = $1 AND f.target <> ''",
                &[db.person().into()],
                forwarding,
            )
        })
    }

    /// Notes that a code is about to be sent there: nothing else is until it comes back.
    ///
    /// # Errors
    /// [`Error::Taken`] when enough codes were sent today.
    pub fn ask_forwarding(
        &self,
        target: &str,
        mailbox: Option<i64>,
        code: &str,
        now_us: i64,
    ) -> Result<()> {
        self.write(|db| {
            let before = db.first(
                "SELECT codes, since_us FROM forwarding WHERE person_id = $1",
                &[db.person().into()],
                |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?)),
            )?;
            let today = before.filter(|(_, since)| now_us.saturating_sub(*since) < DAY_US);
            let (codes, since) = today.unwrap_or((0, now_us));
            if codes >= CODES {
                return Err(Error::Taken("all codes of today"));
            }
            db.execute(
                "INSERT INTO forwarding (person_id, target, mailbox, code, codes, since_us, asked_us,
                    tries, confirmed_us, trouble)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 0, NULL, NULL)
                 ON CONFLICT (person_id) DO UPDATE SET target = excluded.target,
                    mailbox = excluded.mailbox, code = excluded.code, codes = excluded.codes,
                    since_us = excluded.since_us, asked_us = excluded.asked_us, tries = 0,
                    confirmed_us = NULL, trouble = NULL",
                &[
                    db.person().into(),
                    target.into(),
                    mailbox.into(),
                    hashed(code).as_slice().into(),
                    (codes + 1).into(),
                    since.into(),
                    now_us.into(),
                ],
            )?;
            queue::forget_waiting(db)
        })
    }

    /// Takes the code that was sent there: from then on mails are passed on.
    pub fn confirm_forwarding(&self, code: &str, now_us: i64) -> Result<Confirmed> {
        self.write(|db| {
            let waits = db.first(
                "SELECT code, asked_us, tries FROM forwarding
                 WHERE person_id = $1 AND target <> '' AND code IS NOT NULL",
                &[db.person().into()],
                |r| Ok((r.get::<Vec<u8>>(0)?, r.get::<i64>(1)?, r.get::<i64>(2)?)),
            )?;
            let Some((known, asked_us, tries)) = waits else { return Ok(Confirmed::Over) };
            if tries >= TRIES || now_us.saturating_sub(asked_us) > DAY_US {
                return Ok(Confirmed::Over);
            }
            if !bool::from(hashed(code).ct_eq(known.as_slice())) {
                db.execute(
                    "UPDATE forwarding SET tries = tries + 1 WHERE person_id = $1",
                    &[db.person().into()],
                )?;
                return Ok(Confirmed::Wrong);
            }
            db.execute(
                "UPDATE forwarding SET code = NULL, confirmed_us = $2, trouble = NULL
                 WHERE person_id = $1",
                &[db.person().into(), now_us.into()],
            )?;
            Ok(Confirmed::Done)
        })
    }

    /// Passes nothing on any more; what waited stays in the vault only.
    pub fn stop_forwarding(&self) -> Result<()> {
        self.write(|db| {
            db.execute(
                "UPDATE forwarding SET target = '', code = NULL, confirmed_us = NULL, trouble = NULL
                 WHERE person_id = $1",
                &[db.person().into()],
            )?;
            queue::forget_waiting(db)
        })
    }

    /// Notes what stands in the way; with `ends` nothing more is passed on until a code comes back.
    pub fn forwarding_trouble(&self, trouble: Option<&str>, ends: bool) -> Result<()> {
        self.write(|db| {
            db.execute(
                "UPDATE forwarding SET trouble = $2, confirmed_us =
                    CASE WHEN $3 THEN NULL ELSE confirmed_us END
                 WHERE person_id = $1",
                &[db.person().into(), trouble.into(), ends.into()],
            )
        })?;
        Ok(())
    }
}

/// Letters are typed as they come: capitals and spaces are no difference.
fn hashed(code: &str) -> [u8; 32] {
    let plain: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    Sha256::digest(plain.to_lowercase().as_bytes()).into()
}

fn forwarding(r: &Row<'_>) -> Result<Forwarding> {
    Ok(Forwarding {
        target: r.get(0)?,
        mailbox: r.get(1)?,
        is_confirmed: r.get::<Option<i64>>(2)?.is_some(),
        trouble: r.get(3)?,
        sent: r.get(4)?,
        waiting: r.get(5)?,
        failed: r.get(6)?,
    })
}
