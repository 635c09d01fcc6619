//! What a vault keeps about itself, a word under a name: which server's word counts for signatures,
//! when she was last here, what is under way.

use crate::{Db, Result};

/// The word kept under `name`.
pub(crate) fn get(db: &Db, name: &str) -> Result<Option<String>> {
    db.first(
        "SELECT value FROM setting WHERE person_id = $1 AND name = $2",
        &[db.person().into(), name.into()],
        |r| r.get(0),
    )
}

/// The number kept under `name`; what is no number counts as nothing.
pub(crate) fn number(db: &Db, name: &str) -> Result<Option<i64>> {
    Ok(get(db, name)?.and_then(|value| value.parse().ok()))
}

pub(crate) fn set(db: &Db, name: &str, value: &str) -> Result<()> {
    db.execute(
        "INSERT INTO setting (person_id, name, value) VALUES ($1, $2, $3)
         ON CONFLICT (person_id, name) DO UPDATE SET value = excluded.value",
        &[db.person().into(), name.into(), value.into()],
    )?;
    Ok(())
}

pub(crate) fn clear(db: &Db, name: &str) -> Result<()> {
    db.execute(
        "DELETE FROM setting WHERE person_id = $1 AND name = $2",
        &[db.person().into(), name.into()],
    )?;
    Ok(())
}
