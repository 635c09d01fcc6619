//! What can go wrong, named after what the caller can do about it.

use std::path::PathBuf;

/// The crate's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What can go wrong, named after what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process owns the data folder: hand the command over to it, or stop it.
    #[error("another MesInfos already uses {0}")]
    Owned(PathBuf),
    /// The key does not open this file: give the right one. Nothing was changed.
    #[error("this key does not open {0}")]
    WrongKey(PathBuf),
    /// The vault is sealed: ask the person to sign in with the passphrase or a recovery code.
    #[error("this vault is sealed until its owner signs in")]
    Sealed,
    /// The passphrase, code or token is not the right one.
    #[error("not the right passphrase, code or link")]
    Refused,
    /// The data was written by a newer program: upgrade, or `mesinfos restore --before-upgrade`.
    #[error(
        "these data were written by a newer MesInfos (schema {found}, this program knows {known}): \
         upgrade the program, or go back with `mesinfos restore --before-upgrade`"
    )]
    TooNew {
        /// The schema found.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// A roll back was cut short: run `mesinfos restore --before-upgrade` again. Nothing is lost.
    #[error(
        "{0} is missing and its copy is there: a roll back was cut short; run \
         `mesinfos restore --before-upgrade` again"
    )]
    HalfRestored(PathBuf),
    /// An upgrade would change a PostgreSQL: copy it first, then say so.
    #[error(
        "this program is newer than the data in PostgreSQL and would change them, with no way back \
         of its own: copy the database first (`pg_dump --format=custom`, as a superuser), then start once with \
         MESINFOS_DATABASE_COPIED=yes"
    )]
    CopyFirst,
    /// No such row for this person.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The name is taken: choose another.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// A search or a correction that makes no sense: show the sentence.
    #[error("{0}")]
    Invalid(String),
    /// The person, or the program's end, stopped the work; what was acknowledged is kept.
    #[error("stopped")]
    Stopped,
    /// Stored bytes are not what was stored: restore from a backup.
    #[error("damaged data: {0}; restore from a backup")]
    Damaged(String),
    /// This program was linked with an SQLite that can lose commits: build it as the repository says.
    #[error("SQLite {0} is too old: 3.51.3 or later is needed")]
    OldSqlite(&'static str),
    /// This host takes no mail, so nobody has an address here: the host names a domain.
    #[error(
        "this host takes no mail for anybody: start it with `mesinfos serve --mail-domain DOMAIN \
         --lmtp 127.0.0.1:2424` (docs/host.md, \"Dedicated addresses\")"
    )]
    NoMailDomain,
    /// The disk or a file refused.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite refused.
    #[error("database: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL refused.
    #[error("database: {}", in_full(.0))]
    Postgres(#[from] postgres::Error),
}

impl Error {
    /// For `map_err` on file operations.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.into();
        move |source| Error::File { path, source }
    }
}

/// `postgres::Error` shows only "db error": what the server said is one level below.
fn in_full(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(e) => format!("{} ({})", e.message(), e.code().code()),
        None => error.to_string(),
    }
}
