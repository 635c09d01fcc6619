//! Verifying a vault: its file, each original against its hash, each row against its neighbours.

use crate::{Db, Engine, Result, Value, Vault, originals};
use mesinfos_domain::MessageId;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// What was verified, and what is wrong. All is well when `damaged` and `problems` are empty.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Verified {
    /// Messages whose original was read and hashed.
    pub messages: u64,
    /// Bytes of these.
    pub bytes: u64,
    /// Arrivals that are kept.
    pub arrivals: u64,
    /// Messages whose original is missing or is not what arrived: restore them from a backup.
    pub damaged: Vec<MessageId>,
    /// What else does not agree, in English, with how many rows.
    pub problems: Vec<String>,
}

impl Verified {
    /// Whether nothing is wrong.
    pub fn is_well(&self) -> bool {
        self.damaged.is_empty() && self.problems.is_empty()
    }
}

/// Rows that may not be: what each says, and a query that counts them.
const NEVER: [(&str, &str); 9] = [
    (
        "messages without original",
        "SELECT COUNT(*) FROM message m WHERE m.person_id = $1 AND NOT EXISTS (
            SELECT 1 FROM original o WHERE o.person_id = $1 AND o.message = m.id)",
    ),
    (
        "originals without message",
        "SELECT COUNT(*) FROM original o WHERE o.person_id = $1 AND NOT EXISTS (
            SELECT 1 FROM message m WHERE m.person_id = $1 AND m.id = o.message)",
    ),
    (
        "messages that never arrived",
        "SELECT COUNT(*) FROM message m WHERE m.person_id = $1 AND NOT EXISTS (
            SELECT 1 FROM arrival a WHERE a.person_id = $1 AND a.message = m.id)",
    ),
    (
        "messages without facts",
        "SELECT COUNT(*) FROM message m WHERE m.person_id = $1 AND m.reader > 0 AND NOT EXISTS (
            SELECT 1 FROM understood u WHERE u.person_id = $1 AND u.message = m.id)",
    ),
    (
        "counted mails that the monthly counts do not know",
        "SELECT ABS((SELECT COUNT(*) FROM message WHERE person_id = $1 AND is_counted
                AND reader > 0)
            - (SELECT CAST(COALESCE(SUM(mails), 0) AS BIGINT) FROM tally WHERE person_id = $1))",
    ),
    (
        "purchases that the kept sums do not know",
        "SELECT ABS((SELECT COUNT(*) FROM purchase WHERE person_id = $1)
            - (SELECT CAST(COALESCE(SUM(orders), 0) AS BIGINT) FROM tally_purchase WHERE person_id = $1))",
    ),
    (
        "things that the kept sums do not know",
        "SELECT ABS((SELECT COUNT(*) FROM purchase_line WHERE person_id = $1)
            - (SELECT CAST(COALESCE(SUM(lines), 0) AS BIGINT) FROM tally_thing WHERE person_id = $1))",
    ),
    (
        "mails of a connected mailbox that are not here",
        "SELECT COUNT(*) FROM mailbox_mail h WHERE h.person_id = $1 AND NOT EXISTS (
            SELECT 1 FROM arrival a WHERE a.person_id = $1 AND a.message = h.message
            AND a.source = h.source AND a.gone_us IS NULL)",
    ),
    (
        "lines of no purchase",
        "SELECT COUNT(*) FROM purchase_line l WHERE l.person_id = $1 AND NOT EXISTS (
            SELECT 1 FROM purchase p WHERE p.person_id = $1 AND p.id = l.purchase)",
    ),
];

impl Vault {
    /// Reads all that is kept. `progress` gets messages done and all there are.
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Verified> {
        let mut verified = Verified::default();
        if self.engine() == Engine::Sqlite {
            self.read_anew(|db| file(db, &mut verified.problems))?;
        }
        self.read(|db| {
            for (what, sql) in NEVER {
                let found = count(db, sql)?;
                if found > 0 {
                    verified.problems.push(format!("{found} {what}"));
                }
            }
            verified.arrivals =
                count(db, "SELECT COUNT(*) FROM arrival WHERE person_id = $1")? as u64;
            Ok(())
        })?;
        let all = self.read(|db| {
            db.query(
                "SELECT id, hash FROM message WHERE person_id = $1 ORDER BY id",
                &[db.person().into()],
                |r| Ok((r.get::<i64>(0)?, r.get::<Vec<u8>>(1)?)),
            )
        })?;
        let seal = self.content_key();
        let total = all.len() as u64;
        for part in all.chunks(500) {
            self.read(|db| {
                for (id, hash) in part {
                    let id = MessageId(*id);
                    match originals::bytes(db, seal.as_ref(), id, usize::MAX) {
                        Ok(Some(bytes)) if *Sha256::digest(&bytes) == **hash => {
                            verified.bytes += bytes.len() as u64;
                        }
                        _ => verified.damaged.push(id),
                    }
                    verified.messages += 1;
                }
                Ok(())
            })?;
            progress(verified.messages, total);
        }
        Ok(verified)
    }
}

/// SQLite's own checks: pages, trees, and SQLCipher's seal on each page.
fn file(db: &Db, problems: &mut Vec<String>) -> Result<()> {
    let said = db.query("PRAGMA integrity_check", &[], |r| r.get::<String>(0))?;
    problems.extend(said.into_iter().filter(|s| s != "ok"));
    let seals = db.query("PRAGMA cipher_integrity_check", &[], |r| r.get::<String>(0))?;
    problems.extend(seals);
    Ok(())
}

fn count(db: &Db, sql: &str) -> Result<i64> {
    Ok(db.first(sql, &[Value::from(db.person())], |r| r.get::<i64>(0))?.unwrap_or(0))
}
