//! The deposit: mails that were acknowledged and wait for their vault, each sealed to its owner.

use super::Directory;
use crate::Result;
use mesinfos_domain::PersonId;

/// What waits for a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    /// How many mails.
    pub mails: i64,
    /// Their bytes, sealed.
    pub bytes: i64,
}

impl Directory {
    /// Notes to which key a person's mails are sealed.
    pub(crate) fn publish_deposit_key(&self, person: PersonId, public: &[u8]) -> Result<()> {
        self.db().execute(
            "INSERT INTO deposit_key (person, public) VALUES ($1, $2)
             ON CONFLICT (person) DO UPDATE SET public = excluded.public",
            &[(&person.to_string()).into(), public.into()],
        )?;
        Ok(())
    }

    /// To which key a person's mails are sealed; none until her vault was opened once.
    pub(crate) fn deposit_key(&self, person: PersonId) -> Result<Option<Vec<u8>>> {
        self.db().first(
            "SELECT public FROM deposit_key WHERE person = $1",
            &[(&person.to_string()).into()],
            |r| r.get::<Vec<u8>>(0),
        )
    }

    /// What waits for a person.
    pub fn waiting(&self, person: PersonId) -> Result<Waiting> {
        let found = self.db().first(
            "SELECT COUNT(*), CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM deposit
             WHERE person = $1",
            &[(&person.to_string()).into()],
            |r| Ok(Waiting { mails: r.get(0)?, bytes: r.get(1)? }),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Keeps one; durable when it returns. Whether there is still somebody to keep it for.
    pub(crate) fn keep_deposit(
        &self,
        person: PersonId,
        sealed: &[u8],
        now_us: i64,
    ) -> Result<bool> {
        let owner = person.to_string();
        self.db().transaction(|db| {
            let of = "SELECT 1 FROM deposit_key WHERE person = $1";
            if db.first(of, &[(&owner).into()], |_| Ok(()))?.is_none() {
                return Ok(false);
            }
            let id = db.first(
                "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) + 1 FROM deposit WHERE person = $1",
                &[(&owner).into()],
                |r| r.get::<i64>(0),
            )?;
            db.execute(
                "INSERT INTO deposit (person, id, at_us, size, sealed)
                 VALUES ($1, $2, $3, $4, $5)",
                &[
                    (&owner).into(),
                    id.unwrap_or(1).into(),
                    now_us.into(),
                    (sealed.len() as i64).into(),
                    sealed.into(),
                ],
            )?;
            Ok(true)
        })
    }

    /// The next ones after `after`, by number: at least one when there is one, and not many more
    /// bytes than `bytes`.
    pub(crate) fn deposits(
        &self,
        person: PersonId,
        after: i64,
        most: i64,
        bytes: i64,
    ) -> Result<Vec<(i64, Vec<u8>)>> {
        let owner = person.to_string();
        let db = self.db();
        let sizes = db.query(
            "SELECT id, size FROM deposit WHERE person = $1 AND id > $2 ORDER BY id LIMIT $3",
            &[(&owner).into(), after.into(), most.into()],
            |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?)),
        )?;
        let mut sum = 0;
        let fits = sizes.iter().take_while(|(_, size)| {
            sum += size;
            sum <= bytes
        });
        let take = fits.count().max(1).min(sizes.len());
        let Some((last, _)) = take.checked_sub(1).and_then(|i| sizes.get(i)) else {
            return Ok(Vec::new());
        };
        db.query(
            "SELECT id, sealed FROM deposit WHERE person = $1 AND id > $2 AND id <= $3
             ORDER BY id",
            &[(&owner).into(), after.into(), (*last).into()],
            |r| Ok((r.get::<i64>(0)?, r.get::<Vec<u8>>(1)?)),
        )
    }

    /// Lets go of those that are in the vault.
    pub(crate) fn drop_deposits(&self, person: PersonId, ids: &[i64]) -> Result<()> {
        let owner = person.to_string();
        self.db().transaction(|db| {
            for id in ids {
                db.execute(
                    "DELETE FROM deposit WHERE person = $1 AND id = $2",
                    &[(&owner).into(), (*id).into()],
                )?;
            }
            Ok(())
        })
    }
}
