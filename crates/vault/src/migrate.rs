//! Migrations: one folder for both engines, forward only, never edited once released.

use crate::db::dialect;
use crate::{Db, Engine, Error, Result};

/// The steps of one kind of database, oldest first; a step's version is its place, from 1.
#[derive(Clone, Copy)]
pub(crate) struct Steps(pub &'static [&'static str]);

/// What a program knows of both kinds.
#[derive(Clone, Copy)]
pub(crate) struct Schemas {
    pub directory: Steps,
    pub vault: Steps,
}

/// What this program knows.
pub(crate) const OURS: Schemas = Schemas { directory: DIRECTORY, vault: VAULT };

/// The first schema of a vault that holds the forms of words: the index of an older one has none yet.
pub(crate) const FORMS: i64 = 11;
/// The first that keeps what pages add up: an older one has no sums yet.
pub(crate) const SUMS: i64 = 13;

/// A person's vault.
const VAULT: Steps = Steps(&[
    include_str!("../migrations/vault/0001_schema.sql"),
    include_str!("../migrations/vault/0002_partners.sql"),
    include_str!("../migrations/vault/0003_mailbox.sql"),
    include_str!("../migrations/vault/0004_address.sql"),
    include_str!("../migrations/vault/0005_asked.sql"),
    include_str!("../migrations/vault/0006_letters.sql"),
    include_str!("../migrations/vault/0007_moves.sql"),
    include_str!("../migrations/vault/0008_opened.sql"),
    include_str!("../migrations/vault/0009_filing.sql"),
    include_str!("../migrations/vault/0010_forwarding.sql"),
    include_str!("../migrations/vault/0011_forms.sql"),
    include_str!("../migrations/vault/0012_pages.sql"),
    include_str!("../migrations/vault/0013_sums.sql"),
]);

/// What is nobody's private data.
const DIRECTORY: Steps = Steps(&[
    include_str!("../migrations/directory/0001_schema.sql"),
    include_str!("../migrations/directory/0002_addresses.sql"),
    include_str!("../migrations/directory/0003_forwarding.sql"),
]);

impl Steps {
    /// The newest version that this program knows.
    pub fn newest(&self) -> i64 {
        self.0.len() as i64
    }

    /// The version of a database; 0 when it is empty. `kind` is `vault` or `directory`: on
    /// PostgreSQL both live in one database.
    pub fn version(db: &Db, kind: &str) -> Result<i64> {
        let there = db.first(
            match db.engine() {
                Engine::Sqlite => {
                    "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'"
                }
                Engine::Postgres => {
                    "SELECT COUNT(*) FROM pg_tables
                     WHERE tablename = 'schema_version' AND schemaname = current_schema()"
                }
            },
            &[],
            |r| r.get::<i64>(0),
        )?;
        if there == Some(0) {
            return Ok(0);
        }
        let version =
            db.first("SELECT version FROM schema_version WHERE kind = $1", &[kind.into()], |r| {
                r.get::<i64>(0)
            })?;
        Ok(version.unwrap_or(0))
    }

    /// Whether a database that holds something is older than this program: its version. An
    /// upgrade then takes a copy before [`Steps::apply`].
    pub fn outdated(&self, db: &Db, kind: &str) -> Result<Option<i64>> {
        let found = Self::version(db, kind)?;
        Ok((0 < found && found < self.newest()).then_some(found))
    }

    /// Brings a database to the newest version, each step in its own transaction.
    pub fn apply(&self, db: &Db, kind: &str) -> Result<()> {
        let found = Self::version(db, kind)?;
        if found > self.newest() {
            return Err(Error::TooNew { found, known: self.newest() });
        }
        for (i, step) in self.0.iter().enumerate().skip(found as usize) {
            db.transaction(|db| {
                db.batch(
                    "CREATE TABLE IF NOT EXISTS schema_version (
                        kind TEXT NOT NULL PRIMARY KEY, version BIGINT NOT NULL)",
                )?;
                db.batch(&dialect::part(db.engine(), step))?;
                if db.engine() == Engine::Postgres {
                    guard(db)?;
                }
                db.execute(
                    "INSERT INTO schema_version (kind, version) VALUES ($1, $2)
                     ON CONFLICT (kind) DO UPDATE SET version = excluded.version",
                    &[kind.into(), (i as i64 + 1).into()],
                )?;
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// Row-level security on each table that has a `person_id`: found, not listed, so that none is
/// forgotten.
fn guard(db: &Db) -> Result<()> {
    let tables = db.query(
        "SELECT CAST(table_name AS TEXT) FROM information_schema.columns c
         WHERE column_name = 'person_id' AND table_schema = current_schema()
         AND NOT EXISTS (SELECT 1 FROM pg_policies p
                         WHERE p.tablename = c.table_name AND p.schemaname = c.table_schema)",
        &[],
        |r| r.get::<String>(0),
    )?;
    for table in tables {
        db.batch(&format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
             ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
             CREATE POLICY own_rows ON {table} USING (
                person_id = CAST(NULLIF(current_setting('app.person_id', true), '') AS BIGINT))"
        ))?;
    }
    Ok(())
}
