//! The text index itself: FTS5 in SQLite, tsvector in PostgreSQL.

use super::words::IndexText;
use super::{forms, starts};
use crate::{Db, Engine, Result};

/// A tsvector holds 1 MB; what stands further down in a longer mail is not indexed there.
const POSTGRES_BYTES: usize = 400 << 10;

/// Indexes messages, and remembers the forms of their words. On SQLite ascending numbers are far
/// cheaper: sort before.
pub(crate) fn insert(db: &Db, texts: &[(i64, &IndexText)]) -> Result<()> {
    for &(message, text) in texts {
        match db.engine() {
            Engine::Sqlite => {
                db.execute(
                    "INSERT INTO word_index (rowid, text) VALUES ($1, $2)",
                    &[message.into(), (&text.words).into()],
                )?;
                db.execute(
                    "INSERT INTO start_index (rowid, text) VALUES ($1, $2)",
                    &[message.into(), (&text.starts).into()],
                )?
            }
            Engine::Postgres => db.execute(
                "INSERT INTO text_index (person_id, message, words)
                 VALUES ($1, $2, to_tsvector('simple', $3))
                 ON CONFLICT (person_id, message) DO NOTHING",
                &[db.person().into(), message.into(), cut(&text.words).into()],
            )?,
        };
    }
    forms::insert(db, texts.iter().flat_map(|(_, text)| &text.forms).collect())
}

/// Whether segments of the index are merged sixteen at a time, which writes each word about twice,
/// rather than four at a time. The merging goes on while mails are understood, by the thread that
/// writes: nothing is left to be done at the end, when the other processors would wait.
pub(crate) fn put_off_merging(db: &Db, put_off: bool) -> Result<()> {
    if db.engine() == Engine::Postgres {
        return Ok(());
    }
    let (auto, crisis) = if put_off { (16, 64) } else { (4, 16) };
    for (sql, value) in [
        ("INSERT INTO word_index (word_index, rank) VALUES ('automerge', $1)", auto),
        ("INSERT INTO start_index (start_index, rank) VALUES ('automerge', $1)", auto),
        ("INSERT INTO thing_index (thing_index, rank) VALUES ('automerge', $1)", auto),
        ("INSERT INTO word_index (word_index, rank) VALUES ('crisismerge', $1)", crisis),
        ("INSERT INTO start_index (start_index, rank) VALUES ('crisismerge', $1)", crisis),
        ("INSERT INTO thing_index (thing_index, rank) VALUES ('crisismerge', $1)", crisis),
        // Words are gathered in memory and written in segments, fewer and larger ones than by default.
        ("INSERT INTO word_index (word_index, rank) VALUES ('hashsize', $1)", GATHERED),
        ("INSERT INTO start_index (start_index, rank) VALUES ('hashsize', $1)", GATHERED),
    ] {
        db.execute(sql, &[value.into()])?;
    }
    Ok(())
}

/// Bytes of words held in memory before a segment is written, in each index: four times as many as
/// two megabytes halve the work of merging, more win nothing.
const GATHERED: i64 = 8 << 20;

/// Pages of 4 kB merged in one step of [`compact`]: a transaction of some ten megabytes.
const STEP_PAGES: i64 = 2000;

/// How segments are merged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Merge {
    /// All to one: the first step of it. Further ones are [`Merge::On`].
    All,
    /// Goes on with what was begun, or with a level that holds many.
    On,
}

/// Merges the index's segments, a step at a time. Whether there is more to do. An import leaves a
/// segment for each second of it, and each repeats the commonest words.
pub(crate) fn compact(db: &Db, how: Merge) -> Result<bool> {
    if db.engine() == Engine::Postgres {
        return Ok(false);
    }
    let changes = || -> Result<i64> {
        Ok(db.first("SELECT total_changes()", &[], |r| r.get::<i64>(0))?.unwrap_or(0))
    };
    let before = changes()?;
    // A negative number of pages begins an optimisation, which positive ones then carry on.
    let pages = if how == Merge::All { -STEP_PAGES } else { STEP_PAGES };
    for sql in [
        "INSERT INTO word_index (word_index, rank) VALUES ('merge', $1)",
        "INSERT INTO start_index (start_index, rank) VALUES ('merge', $1)",
        "INSERT INTO thing_index (thing_index, rank) VALUES ('merge', $1)",
    ] {
        db.execute(sql, &[pages.into()])?;
    }
    // Each of the three statements is a change by itself; merging makes more.
    Ok(changes()? - before > 3 || how == Merge::All)
}

/// Empties the index, before it is made again.
pub(crate) fn clear(db: &Db) -> Result<()> {
    let person = [db.person().into()];
    match db.engine() {
        Engine::Sqlite => {
            db.execute("INSERT INTO word_index (word_index) VALUES ('delete-all')", &[])?;
            db.execute("INSERT INTO start_index (start_index) VALUES ('delete-all')", &[])?
        }
        Engine::Postgres => db.execute("DELETE FROM text_index WHERE person_id = $1", &person)?,
    };
    db.execute("DELETE FROM word_form WHERE person_id = $1", &person)?;
    starts::are_made(db)
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(POSTGRES_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Which index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Index {
    /// Folded words in order.
    Words,
    /// Beginnings of words; in SQLite only.
    Starts,
}

/// What the index is asked, in its engine's own grammar. Only letters and digits of folded words
/// enter it.
pub(crate) struct Expression {
    engine: Engine,
    must: Vec<String>,
    must_not: Vec<String>,
}

impl Expression {
    /// These words in a row.
    pub fn phrase(&mut self, words: &[String]) {
        self.must.push(match self.engine {
            Engine::Sqlite => format!("\"{}\"", words.join(" ")),
            Engine::Postgres => {
                let words: Vec<String> = words.iter().map(|w| format!("'{w}'")).collect();
                format!("({})", words.join(" <-> "))
            }
        });
    }

    /// A word that begins so.
    pub fn prefix(&mut self, start: &str) {
        self.must.push(match self.engine {
            Engine::Sqlite => format!("\"{start}\" *"),
            Engine::Postgres => format!("'{start}':*"),
        });
    }

    /// One of these words.
    pub fn any(&mut self, words: &[String]) {
        let alternatives = self.alternatives(words);
        self.must.push(alternatives);
    }

    /// None of these words.
    pub fn none(&mut self, words: &[String]) {
        let alternatives = self.alternatives(words);
        self.must_not.push(alternatives);
    }

    fn alternatives(&self, words: &[String]) -> String {
        let (quote, or) = match self.engine {
            Engine::Sqlite => ('"', " OR "),
            Engine::Postgres => ('\'', " | "),
        };
        let words: Vec<String> = words.iter().map(|w| format!("{quote}{w}{quote}")).collect();
        format!("({})", words.join(or))
    }
}

/// Puts an expression together; `None` when nothing must match.
pub(crate) fn expression(engine: Engine, fill: impl FnOnce(&mut Expression)) -> Option<String> {
    let mut e = Expression { engine, must: Vec::new(), must_not: Vec::new() };
    fill(&mut e);
    if e.must.is_empty() {
        return None;
    }
    let (and, not) = match engine {
        Engine::Sqlite => (" AND ", " NOT "),
        Engine::Postgres => (" & ", " & !"),
    };
    let mut text = format!("({})", e.must.join(and));
    for without in &e.must_not {
        text.push_str(not);
        text.push_str(without);
    }
    Some(text)
}

/// The messages that match, from `range.0` up to but not with `range.1`, newest first.
pub(crate) fn matching(
    db: &Db,
    (index, expression): (Index, &str),
    range: (i64, i64),
    limit: i64,
) -> Result<Vec<i64>> {
    // A file of SQLite holds one person's index; PostgreSQL's rows say whose they are.
    let sql = match (db.engine(), index) {
        (Engine::Sqlite, Index::Words) => {
            "SELECT rowid FROM word_index WHERE word_index MATCH $1 AND rowid >= $2 AND rowid < $3
             ORDER BY rowid DESC LIMIT $4"
        }
        (Engine::Sqlite, Index::Starts) => {
            "SELECT rowid FROM start_index WHERE start_index MATCH $1 AND rowid >= $2 AND rowid < $3
             ORDER BY rowid DESC LIMIT $4"
        }
        (Engine::Postgres, _) => {
            "SELECT message FROM text_index WHERE words @@ to_tsquery('simple', $1)
             AND message >= $2 AND message < $3 AND person_id = $5
             ORDER BY message DESC LIMIT $4"
        }
    };
    let values =
        [expression.into(), range.0.into(), range.1.into(), limit.into(), db.person().into()];
    let values = if db.engine() == Engine::Sqlite { &values[..4] } else { &values[..] };
    db.query(sql, values, |r| r.get::<i64>(0))
}
