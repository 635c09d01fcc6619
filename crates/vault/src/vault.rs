//! One person's vault: a writer, several readers, and the key of its originals.

use crate::erasing::Standing;
use crate::facts::sums;
use crate::migrate::{FORMS, SUMS, Steps};
use crate::search::{forms, starts};
use crate::{Db, Engine, Error, Result, VaultKey, reread, sealing, upgrade};
use mesinfos_domain::PersonId;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A person's vault. Cheap to clone; all clones are the same vault.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    person: PersonId,
    standing: Arc<Standing>,
    place: Place,
    key: VaultKey,
    writer: Mutex<Db>,
    readers: Mutex<Vec<Db>>,
    intake: Mutex<()>,
}

/// Where a vault's rows live.
pub(crate) enum Place {
    Sqlite(PathBuf),
    Postgres {
        url: String,
        number: i64,
        /// The host says that a copy was taken.
        copied: bool,
    },
}

/// In a file of its own a person is always number 1: a moved file stays right.
const ALONE: i64 = 1;
/// Readers kept open between uses.
pub(crate) const READERS: usize = 4;

impl Place {
    fn connect(&self, key: &VaultKey) -> Result<Db> {
        match self {
            Place::Sqlite(path) => Db::sqlite(path, &key.database(), ALONE),
            Place::Postgres { url, number, .. } => Db::postgres(url, *number),
        }
    }

    /// Deletes every row of the person, in every table that has a `person_id`.
    pub(crate) fn erase_rows(&self) -> Result<()> {
        let Place::Postgres { url, number, .. } = self else { return Ok(()) };
        let db = Db::postgres(url, *number)?;
        db.transaction(|db| {
            let tables = db.query(
                "SELECT CAST(table_name AS TEXT) FROM information_schema.columns
                 WHERE column_name = 'person_id' AND table_schema = current_schema()",
                &[],
                |r| r.get::<String>(0),
            )?;
            for table in tables {
                db.execute(
                    &format!("DELETE FROM {table} WHERE person_id = $1"),
                    &[db.person().into()],
                )?;
            }
            Ok(())
        })
    }
}

impl Vault {
    /// Opens it and brings it to these steps' schema; an older one is copied first.
    pub(crate) fn open(
        person: PersonId,
        standing: Arc<Standing>,
        place: Place,
        key: VaultKey,
        steps: Steps,
    ) -> Result<Vault> {
        if let Place::Sqlite(path) = &place
            && upgrade::missing(path)?
        {
            return Err(Error::HalfRestored(path.clone()));
        }
        let mut writer = place.connect(&key)?;
        if let Some(found) = steps.outdated(&writer, "vault")? {
            match &place {
                Place::Sqlite(path) => {
                    drop(writer);
                    upgrade::keep_copy(path, &key.database(), found, steps.newest())?;
                    writer = place.connect(&key)?;
                }
                Place::Postgres { copied: false, .. } => return Err(Error::CopyFirst),
                Place::Postgres { copied: true, .. } => {}
            }
        }
        steps.apply(&writer, "vault")?;
        // Not where the schema changes: in PostgreSQL that is once for all, this for each vault.
        if steps.newest() >= FORMS && forms::are_missing(&writer)? {
            writer.transaction(|db| forms::make(db).and_then(|()| starts::miss(db)))?;
        }
        if steps.newest() >= SUMS && sums::are_missing(&writer)? {
            writer.transaction(sums::make)?;
        }
        if let Some(version) = reread::unsaid_reader(&writer)? {
            writer.transaction(|db| reread::say_reader(db, version))?;
        }
        Ok(Vault(Arc::new(Inner {
            person,
            standing,
            place,
            key,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            intake: Mutex::default(),
        })))
    }

    /// Whose it is.
    pub fn person(&self) -> PersonId {
        self.0.person
    }

    /// Reads: what `work` sees is one moment, whatever is written meanwhile.
    pub fn read<T>(&self, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        self.0.standing.holds()?;
        let idle = self.lock(&self.0.readers).pop();
        let db = match idle {
            Some(db) => db,
            None => self.0.place.connect(&self.0.key)?,
        };
        let answer = db.snapshot(work);
        let mut readers = self.lock(&self.0.readers);
        // A connection that met an error may be broken (a server restarted): the next is new.
        if readers.len() < READERS && answer.is_ok() {
            readers.push(db);
        }
        answer
    }

    /// Reads on a connection of its own. What one that was used before remembers of a text index may be older
    /// than the file: SQLite's own check does not ask, and would take it for damage.
    pub(crate) fn read_anew<T>(&self, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        self.0.standing.holds()?;
        self.0.place.connect(&self.0.key)?.snapshot(work)
    }

    /// Writes: all of `work` or nothing of it; durable when this returns.
    pub fn write<T>(&self, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        self.0.standing.while_it_holds(|| {
            let mut writer = self.lock(&self.0.writer);
            let answer = writer.transaction(work);
            if matches!(answer, Err(Error::Postgres(_))) {
                *writer = self.0.place.connect(&self.0.key)?;
            }
            answer
        })
    }

    /// Which engine stands behind.
    pub fn engine(&self) -> Engine {
        match self.0.place {
            Place::Sqlite(_) => Engine::Sqlite,
            Place::Postgres { .. } => Engine::Postgres,
        }
    }

    /// The key that seals bodies on PostgreSQL; none in SQLite, where SQLCipher seals all.
    pub(crate) fn content_key(&self) -> Option<[u8; 32]> {
        match self.0.place {
            Place::Sqlite(_) => None,
            Place::Postgres { .. } => Some(self.0.key.content()),
        }
    }

    /// The turn to take mail in: an import holds what it knows of actors and numbers in memory, so
    /// that of two at once the second waits.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.lock(&self.0.intake)
    }

    /// The key that seals passwords and tokens, on both engines: a copied row is worth nothing.
    pub(crate) fn secret_key(&self) -> [u8; 32] {
        self.0.key.secrets()
    }

    /// Opens what was sealed to this vault while it was closed.
    pub(crate) fn open_sealed(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        sealing::open_with(&self.0.key, self.0.person.to_string().as_bytes(), sealed)
    }

    fn lock<'a, T>(&self, what: &'a Mutex<T>) -> MutexGuard<'a, T> {
        // A panic inside a transaction rolled it back; the connection itself is whole.
        what.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
