//! Mails that she opened on our pages: what was read, where no mailbox says it.

use crate::{Result, Vault};
use mesinfos_domain::MessageId;

impl Vault {
    /// Notes that she opened this mail, in microseconds since 1970; the first time counts.
    pub fn opened(&self, mail: MessageId, at_us: i64) -> Result<()> {
        let known = self.read(|db| {
            db.first(
                "SELECT at_us FROM opened WHERE person_id = $1 AND message = $2",
                &[db.person().into(), mail.0.into()],
                |r| r.get::<i64>(0),
            )
        })?;
        if known.is_some() {
            return Ok(());
        }
        self.write(|db| {
            db.execute(
                "INSERT INTO opened (person_id, message, at_us) VALUES ($1, $2, $3)
                 ON CONFLICT (person_id, message) DO NOTHING",
                &[db.person().into(), mail.0.into(), at_us.into()],
            )?;
            Ok(())
        })
    }
}
