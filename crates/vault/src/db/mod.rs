//! One small synchronous `Db` over SQLite (SQLCipher) and PostgreSQL: one SQL text for both.
//!
//! Texts bind `$1`, `$2`...; words in braces (`{bytes}`) differ by engine and are listed in
//! [`dialect`]. Rules that keep one text valid on both are in `docs/sql.md`.

pub mod dialect;
mod postgres;
mod row;
mod sqlite;
mod value;

pub use row::{Column, Row};
pub use value::Value;

pub(crate) use sqlite::open as sqlite_connection;

use crate::Result;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::path::Path;

/// Which database stands behind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// One encrypted file.
    Sqlite,
    /// A server.
    Postgres,
}

/// One connection. `Send`, not `Sync`: each thread borrows its own.
pub struct Db {
    inner: Inner,
    person: i64,
}

enum Inner {
    Sqlite(rusqlite::Connection),
    // The client wants `&mut self` for each call; a `Db` is lent by shared reference.
    Postgres(Box<RefCell<postgres::Connection>>),
}

impl Db {
    /// Opens (or creates) an encrypted SQLite file. The raw `key` opens it in a fraction of a
    /// millisecond; a wrong one is [`crate::Error::WrongKey`]. `person` is what [`Db::person`] says.
    pub fn sqlite(path: &Path, key: &[u8; 32], person: i64) -> Result<Db> {
        Ok(Db { inner: Inner::Sqlite(sqlite::open(path, key)?), person })
    }

    /// Connects to PostgreSQL by URL; row-level security shows this person's rows only.
    pub fn postgres(url: &str, person: i64) -> Result<Db> {
        let connection = postgres::Connection::open(url, person)?;
        Ok(Db { inner: Inner::Postgres(Box::new(RefCell::new(connection))), person })
    }

    /// Which engine.
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// The small number of the person whose rows these are, for `person_id = $1`; 0 in the directory.
    pub fn person(&self) -> i64 {
        self.person
    }

    /// Runs one statement; returns how many rows it changed.
    pub fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<u64> {
        match &self.inner {
            Inner::Sqlite(c) => sqlite::execute(c, sql, values),
            Inner::Postgres(c) => c.borrow_mut().execute(sql, values),
        }
    }

    /// All rows, each made into a `T`.
    pub fn query<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut out = Vec::new();
        self.each(sql, values, |row| {
            out.push(read(row)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(out)
    }

    /// The first row, if there is one.
    pub fn first<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut out = None;
        self.each(sql, values, |row| {
            out = Some(read(row)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(out)
    }

    /// Row by row, until `read` breaks. On SQLite rows are made as they are asked for.
    pub fn each(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        match &self.inner {
            Inner::Sqlite(c) => sqlite::each(c, sql, values, read),
            Inner::Postgres(c) => {
                let rows = c.borrow_mut().query(sql, values)?;
                postgres::each(&rows, read)
            }
        }
    }

    /// Several statements without values, for migrations.
    pub(crate) fn batch(&self, sql: &str) -> Result<()> {
        match &self.inner {
            Inner::Sqlite(c) => Ok(c.execute_batch(&dialect::text(Engine::Sqlite, sql))?),
            Inner::Postgres(c) => c.borrow_mut().batch(sql),
        }
    }

    /// Prepares and forgets: whether a text is valid on this engine.
    pub fn check(&self, sql: &str) -> Result<()> {
        match &self.inner {
            Inner::Sqlite(c) => c.prepare(&dialect::text(Engine::Sqlite, sql)).map(|_| Ok(()))?,
            Inner::Postgres(c) => c.borrow_mut().check(sql),
        }
    }

    /// One moment: what `work` reads does not change under it. Not nested.
    pub(crate) fn snapshot<T>(&self, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        self.batch(match self.engine() {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        })?;
        let answer = work(self);
        self.batch("ROLLBACK")?;
        answer
    }

    /// All of `work` or nothing of it. Not nested.
    pub fn transaction<T>(&self, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        self.batch(match self.engine() {
            // Takes the write lock at once: a later upgrade from read could fail.
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        })?;
        match work(self) {
            Ok(done) => {
                self.batch("COMMIT")?;
                Ok(done)
            }
            Err(error) => {
                // The first error is the one to tell.
                let _ = self.batch("ROLLBACK");
                Err(error)
            }
        }
    }
}
