//! The SQLite side: SQLCipher with a raw key, write-ahead log, full synchronisation.

use super::row::{Kind, Row};
use super::{Engine, Value, dialect};
use crate::{Error, Result};
use rusqlite::{Connection, ErrorCode, Statement, params_from_iter};
use std::fmt::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

/// Older ones can lose a commit when a checkpoint meets a reset of the log.
const OLDEST: i32 = 3_051_003;

pub fn open(path: &Path, key: &[u8; 32]) -> Result<Connection> {
    if rusqlite::version_number() < OLDEST {
        return Err(Error::OldSqlite(rusqlite::version()));
    }
    private(path)?;
    let connection = Connection::open(path)?;
    let mut hex = String::with_capacity(64);
    for byte in key {
        let _ = write!(hex, "{byte:02x}"); // Writing to a String never fails.
    }
    // Larger pages carry less of SQLCipher's 80 bytes each and make trees flatter.
    connection.execute_batch(&format!(
        "PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_page_size = 16384;"
    ))?;
    // A wrong key shows at the first read only.
    connection
        .query_row("SELECT COUNT(*) FROM sqlite_master", [], |r| r.get::<_, i64>(0))
        .map_err(|e| wrong_key(e, path))?;
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -16384;
         PRAGMA journal_size_limit = 67108864;",
    )?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

/// Only its owner may open the file, whatever the umask is and wherever a copy of it goes. SQLite gives its
/// log and its shared memory the mode of the file; what an earlier program left wider is narrowed.
fn private(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        let wrong = Error::file(path);
        let narrow = std::fs::Permissions::from_mode(0o600);
        let new = std::fs::File::options().write(true).create_new(true).mode(0o600).open(path);
        match new {
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                std::fs::set_permissions(path, narrow.clone()).map_err(wrong)?;
                for end in ["-wal", "-shm"] {
                    let mut beside = path.as_os_str().to_owned();
                    beside.push(end);
                    match std::fs::set_permissions(&beside, narrow.clone()) {
                        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                            return Err(Error::file(beside)(e));
                        }
                        _ => {}
                    }
                }
            }
            other => drop(other.map_err(wrong)?),
        }
    }
    Ok(())
}

fn wrong_key(error: rusqlite::Error, path: &Path) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::WrongKey(path.to_owned()),
        _ => error.into(),
    }
}

pub fn execute(connection: &Connection, sql: &str, values: &[Value<'_>]) -> Result<u64> {
    let mut statement = prepare(connection, sql)?;
    Ok(statement.execute(params_from_iter(values))? as u64)
}

pub fn each(
    connection: &Connection,
    sql: &str,
    values: &[Value<'_>],
    mut read: impl FnMut(&Row<'_>) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let mut statement = prepare(connection, sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    while let Some(row) = rows.next()? {
        if read(&Row(Kind::Sqlite(row)))?.is_break() {
            break;
        }
    }
    Ok(())
}

fn prepare<'c>(
    connection: &'c Connection,
    sql: &str,
) -> Result<impl std::ops::DerefMut<Target = Statement<'c>>> {
    Ok(connection.prepare_cached(&dialect::text(Engine::Sqlite, sql))?)
}
