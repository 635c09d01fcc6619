//! Mails that a server moved: to the trash they stop counting, out of it they count again. Judged
//! once all folders were followed, because a move is seen as one mail less here and one more there.

use crate::corrections::uncount;
use crate::facts::Facts;
use crate::{Db, RereadWatch, Result, Vault};
use std::sync::atomic::AtomicBool;

/// Remembers that a message's places changed, until [`Vault::settle_moved`].
pub(crate) fn mark(db: &Db, message: i64) -> Result<()> {
    db.execute(
        "INSERT INTO mailbox_moved (person_id, message) VALUES ($1, $2)
         ON CONFLICT (person_id, message) DO NOTHING",
        &[db.person().into(), message.into()],
    )?;
    Ok(())
}

impl Vault {
    /// Gives each mail that moved the folder of the best place where it still is. One that is
    /// nowhere any more stays what it was: deleting a mail on a server takes nothing from the vault.
    pub fn settle_moved(&self, stop: &AtomicBool) -> Result<()> {
        let seal = self.content_key();
        let any = self.read(|db| {
            db.first(
                "SELECT 1 FROM mailbox_moved WHERE person_id = $1 LIMIT 1",
                &[db.person().into()],
                |_| Ok(()),
            )
        })?;
        if any.is_none() {
            return Ok(());
        }
        let _turn = self.turn();
        self.write(|db| {
            let mut facts = Facts::load(db, seal)?;
            for (message, folder, best) in moved(db)? {
                settle(db, &mut facts, message, &folder, best)?;
            }
            db.execute("DELETE FROM mailbox_moved WHERE person_id = $1", &[db.person().into()])?;
            facts.flush(db)
        })?;
        self.derive_waiting(false, &mut RereadWatch { progress: &mut |_, _| {}, stop })?;
        Ok(())
    }
}

/// As the import ranks them: a mail found in the inbox too is no mail of the trash.
const RANKS: [&str; 6] = ["inbox", "sent", "chats", "drafts", "trash", "spam"];

/// Messages whose places changed, the folder they count in, and the best where they are.
fn moved(db: &Db) -> Result<Vec<(i64, String, &'static str)>> {
    let rows = db.query(
        "SELECT m.id, m.folder, MIN(CASE a.folder WHEN 'inbox' THEN 0 WHEN 'sent' THEN 1
                WHEN 'chats' THEN 2 WHEN 'drafts' THEN 3 WHEN 'trash' THEN 4 ELSE 5 END)
         FROM mailbox_moved g
            JOIN message m ON m.person_id = g.person_id AND m.id = g.message
            JOIN arrival a ON a.person_id = g.person_id AND a.message = g.message
         WHERE g.person_id = $1 AND a.gone_us IS NULL
         GROUP BY m.id, m.folder ORDER BY m.id",
        &[db.person().into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?, r.get::<i64>(2)?)),
    )?;
    let best = |rank: i64| RANKS.get(rank as usize).copied().unwrap_or("spam");
    Ok(rows.into_iter().map(|(id, folder, rank)| (id, folder, best(rank))).collect())
}

fn settle(db: &Db, facts: &mut Facts, id: i64, folder: &str, best: &'static str) -> Result<()> {
    // Her own mail stands among sent mail by its address, wherever it lies.
    if folder == best || (folder == "sent" && best == "inbox") {
        return Ok(());
    }
    if best == "inbox" {
        // Its facts are derived next.
        db.execute(
            "UPDATE message SET folder = 'inbox', reader = 0 WHERE person_id = $1 AND id = $2",
            &[db.person().into(), id.into()],
        )?;
        return Ok(());
    }
    let counted = db.first(
        "SELECT at_us, actor, category FROM message
         WHERE person_id = $1 AND id = $2 AND is_counted",
        &[db.person().into(), id.into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<Option<i64>>(1)?, r.get::<String>(2)?)),
    )?;
    if let Some((at_us, actor, category)) = counted {
        uncount(db, facts, id, (at_us, actor, &category), best)
    } else {
        db.execute(
            "UPDATE message SET folder = $3 WHERE person_id = $1 AND id = $2",
            &[db.person().into(), id.into(), best.into()],
        )?;
        Ok(())
    }
}
