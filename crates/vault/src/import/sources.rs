//! The rows of what mail is read from.

use super::walk::{Source, What};
use crate::{Db, Result};

/// Makes rows for sources that are new, so that arrivals can name them.
pub(crate) fn register(db: &Db, sources: &mut [Source], now_us: i64) -> Result<()> {
    let first = db
        .first(
            "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) + 1 FROM source WHERE person_id = $1",
            &[db.person().into()],
            |r| r.get::<i64>(0),
        )?
        .unwrap_or(1);
    for (next, source) in (first..).zip(sources.iter_mut().filter(|s| s.id.is_none())) {
        let kind = match source.what {
            What::File => "file",
            What::Folder { .. } => "folder",
            What::Fed(kind) => kind,
        };
        db.execute(
            "INSERT INTO source (person_id, id, path, kind, identity, position, tail, files,
                is_complete, read_us)
             VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL, FALSE, $7)",
            &[
                db.person().into(),
                next.into(),
                (&source.path.to_string_lossy().into_owned()).into(),
                kind.into(),
                (&source.identity).into(),
                (&serde_json::to_string(&source.from).unwrap_or_default()).into(),
                now_us.into(),
            ],
        )?;
        source.id = Some(next);
    }
    Ok(())
}
