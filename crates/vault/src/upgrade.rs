//! The copy that an upgrade leaves behind, and the way back to it.
//!
//! Going from schema 3 to 4 leaves `vault.before-upgrade-3-4.db` beside `vault.db`. Rolling back needs
//! no key: a copy that starts at what an older program knows and ends past it takes the place of the
//! file, which is set aside.
//! On PostgreSQL copies are the administrator's (`pg_dump`): one database holds everybody's rows.

use crate::db::sqlite_connection;
use crate::{Error, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// One database that was put back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PutBack {
    /// The database.
    pub path: PathBuf,
    /// Its schema now.
    pub schema: i64,
    /// Where what the newer program wrote was set aside, when there was any.
    pub set_aside: Option<PathBuf>,
}

const BEFORE: &str = "before-upgrade-";

/// Copies a database of schema `found` before it goes to `newest`: encrypted as it is, checked, and in its
/// place only when whole. Earlier copies go: one upgrade back is what is promised.
///
/// The caller owns the data folder and has not lent the database to anybody yet.
pub(crate) fn keep_copy(path: &Path, key: &[u8; 32], found: i64, newest: i64) -> Result<()> {
    let copy = named(path, &format!("{BEFORE}{found}-{newest}"));
    let part = named(path, "before-upgrade-part");
    remove(&part)?;
    let connection = sqlite_connection(path, key)?;
    // All in one file, and nobody writes while it is copied.
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); BEGIN IMMEDIATE")?;
    let copied = fs::copy(path, &part).map_err(Error::file(&part));
    connection.execute_batch("ROLLBACK")?;
    copied?;
    File::open(&part).and_then(|f| f.sync_all()).map_err(Error::file(&part))?;
    drop(connection);
    sound(&part, key)?;
    for earlier in copies(path)? {
        remove(&earlier.path)?;
    }
    fs::rename(&part, &copy).map_err(Error::file(&copy))?;
    sync_folder(path)
}

/// Every page of the copy is as its own checksum says, and SQLite finds its trees whole.
fn sound(copy: &Path, key: &[u8; 32]) -> Result<()> {
    let connection = sqlite_connection(copy, key)?;
    let wrong = |what: String| Error::Damaged(format!("{}: {what}", copy.display()));
    let mut pages = connection.prepare("PRAGMA cipher_integrity_check")?;
    if let Some(fault) = pages.query([])?.next()? {
        return Err(wrong(fault.get(0)?));
    }
    let found: String = connection.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    if found != "ok" {
        return Err(wrong(found));
    }
    // The copy was opened in its own write-ahead log: back to one file.
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}

/// Puts a database back as it was before an upgrade that this program, which knows schemas up to
/// `known`, does not understand. None when there is no such copy. Stopped halfway, it can be run
/// again; until then [`missing`] keeps an empty database from being made in the gap.
pub(crate) fn put_back(path: &Path, known: i64) -> Result<Option<PutBack>> {
    let copies = copies(path)?;
    let Some(copy) = copies.into_iter().rfind(|c| c.from <= known && known < c.to) else {
        return Ok(None);
    };
    let mut set_aside = None;
    if path.exists() {
        let aside = named(path, "after-upgrade");
        // The log first: without it the file would lose its last commits, with it nothing.
        for end in ["-wal", "-shm", ""] {
            let (from, to) = (with_end(path, end), with_end(&aside, end));
            match fs::rename(&from, &to) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::file(from)(e));
                }
                _ => {}
            }
        }
        set_aside = Some(aside);
    }
    fs::rename(&copy.path, path).map_err(Error::file(path))?;
    sync_folder(path)?;
    Ok(Some(PutBack { path: path.to_owned(), schema: copy.from, set_aside }))
}

/// Whether a database is missing while a copy of it is there: a roll back was cut short.
pub(crate) fn missing(path: &Path) -> Result<bool> {
    Ok(!path.exists() && !copies(path)?.is_empty())
}

/// What an upgrade left behind: the schemas that it led from and to.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Copy {
    from: i64,
    to: i64,
    path: PathBuf,
}

/// The copies of a database, the oldest first.
fn copies(path: &Path) -> Result<Vec<Copy>> {
    let Some(folder) = path.parent() else { return Ok(Vec::new()) };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(Error::file(folder))?,
    };
    let mut found: Vec<Copy> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let rest = name.strip_prefix(&stem)?.strip_prefix('.')?.strip_prefix(BEFORE)?;
            let (from, to) = rest.strip_suffix(".db")?.split_once('-')?;
            Some(Copy { from: from.parse().ok()?, to: to.parse().ok()?, path: entry.path() })
        })
        .collect();
    found.sort();
    Ok(found)
}

/// `vault.db` and `x` give `vault.x.db`.
fn named(path: &Path, what: &str) -> PathBuf {
    path.with_extension(format!("{what}.db"))
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn remove(path: &Path) -> Result<()> {
    for end in ["", "-wal", "-shm"] {
        match fs::remove_file(with_end(path, end)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::file(path)(e)),
            _ => {}
        }
    }
    Ok(())
}

fn sync_folder(path: &Path) -> Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder).and_then(|f| f.sync_all()).map_err(Error::file(folder)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
