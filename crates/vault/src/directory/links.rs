//! Links that sign in once: a long token for the address, a short code for typing.

use super::{Directory, accounts::parse, as_typed, hash, token, typed_code};
use crate::Result;
use mesinfos_domain::PersonId;

/// A link to show once.
#[derive(Clone, Debug)]
pub struct EntryLink {
    /// For `/enter#TOKEN`.
    pub token: String,
    /// For typing, `abcd-efgh`: 40 bits; the caller limits the tries.
    pub code: String,
}

impl Directory {
    /// A new link for this person, good once until `now_us + lasts_us`.
    pub fn create_link(&self, person: PersonId, lasts_us: i64, now_us: i64) -> Result<EntryLink> {
        let link = EntryLink { token: token()?, code: typed_code(2)? };
        self.db().transaction(|db| {
            db.execute("DELETE FROM entry_link WHERE expires_us <= $1", &[now_us.into()])?;
            db.execute(
                "INSERT INTO entry_link (token_hash, code_hash, person, expires_us, used_us)
                 VALUES ($1, $2, $3, $4, NULL)",
                &[
                    (&hash(&link.token)).into(),
                    (&hash(&as_typed(&link.code))).into(),
                    (&person.to_string()).into(),
                    now_us.saturating_add(lasts_us).into(),
                ],
            )?;
            Ok(())
        })?;
        Ok(link)
    }

    /// Uses a link by its token or its typed code: who enters; `None` when it is unknown, used or
    /// too old.
    pub fn use_link(&self, token_or_code: &str, now_us: i64) -> Result<Option<PersonId>> {
        let by_token = hash(token_or_code.trim());
        let by_code = hash(&as_typed(token_or_code));
        // One statement: of two uses at once, one changes the row.
        let person = self.db().first(
            "UPDATE entry_link SET used_us = $3
             WHERE (token_hash = $1 OR code_hash = $2) AND used_us IS NULL AND expires_us > $3
             RETURNING person",
            &[(&by_token).into(), (&by_code).into(), now_us.into()],
            |r| r.get::<String>(0),
        )?;
        person.as_deref().map(parse).transpose()
    }
}
