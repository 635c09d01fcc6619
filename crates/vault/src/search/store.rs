//! The text index itself: FTS5 in SQLite, tsvector in PostgreSQL.

use super::words::IndexText;
use crate::{Db, Engine, Result};

/// A tsvector holds 1 MB; what stands further down in a longer mail is not indexed there.
const POSTGRES_BYTES: usize = 400 << 10;

/// Indexes messages. On SQLite ascending numbers are far cheaper: sort before.
pub(crate) fn insert(db: &Db, message: i64, text: &IndexText) -> Result<()> {
    match db.engine() {
        Engine::Sqlite => {
            db.execute(
                "INSERT INTO word_index (rowid, text) VALUES ($1, $2)",
                &[message.into(), (&text.words).into()],
            )?;
            db.execute(
                "INSERT INTO stem_index (rowid, text) VALUES ($1, $2)",
                &[message.into(), (&text.stems).into()],
            )?;
        }
        Engine::Postgres => {
            db.execute(
                "INSERT INTO text_index (person_id, message, words, stems)
                 VALUES ($1, $2, to_tsvector('simple', $3), to_tsvector('simple', $4))
                 ON CONFLICT (person_id, message) DO NOTHING",
                &[
                    db.person().into(),
                    message.into(),
                    cut(&text.words).into(),
                    cut(&text.stems).into(),
                ],
            )?;
        }
    }
    Ok(())
}

/// Empties the index, before it is made again.
pub(crate) fn clear(db: &Db) -> Result<()> {
    match db.engine() {
        Engine::Sqlite => {
            db.execute("INSERT INTO word_index (word_index) VALUES ('delete-all')", &[])?;
            db.execute("INSERT INTO stem_index (stem_index) VALUES ('delete-all')", &[])?;
        }
        Engine::Postgres => {
            db.execute("DELETE FROM text_index WHERE person_id = $1", &[db.person().into()])?;
        }
    }
    Ok(())
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(POSTGRES_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
