//! Erasing a person: what she leaves is nothing, whoever was still at work in her vault.

use crate::{Error, Result, Store};
use mesinfos_domain::PersonId;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Whether a person is still here: shared by all that holds her vault, so that an import or a mailbox that
/// is being followed cannot write one row more once she is erased.
#[derive(Default)]
pub(crate) struct Standing {
    is_erased: AtomicBool,
    writing: Mutex<()>,
}

impl Standing {
    /// [`Error::NotFound`] once she is erased.
    pub(crate) fn holds(&self) -> Result<()> {
        match self.is_erased.load(Ordering::Acquire) {
            true => Err(Error::NotFound("account")),
            false => Ok(()),
        }
    }

    /// Writes while she is here: an erasure waits for the end of it, and nothing is written after.
    pub(crate) fn while_it_holds<T>(&self, write: impl FnOnce() -> Result<T>) -> Result<T> {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.holds()?;
        write()
    }

    fn end(&self) {
        let _turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        self.is_erased.store(true, Ordering::Release);
    }
}

/// How each person stands, for as long as this process has the folder.
#[derive(Default)]
pub(crate) struct Standings(Mutex<HashMap<PersonId, Arc<Standing>>>);

impl Standings {
    pub(crate) fn of(&self, person: PersonId) -> Arc<Standing> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(person).or_default())
    }
}

impl Store {
    /// Erases a person: keys and addresses first, then rows or files and what she was sending, then the
    /// account. No way back. Killed in between, the next start ends it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such person; those of the disk and of the database: called again
    /// it goes on.
    pub fn erase(&self, person: PersonId) -> Result<()> {
        let account = self.directory().account(person)?.ok_or(Error::NotFound("account"))?;
        self.standings().of(person).end();
        // After this nobody opens it any more: who was opening it had the map.
        self.close(person);
        self.directory().forget_keys(person)?;
        self.place(&account).erase_rows()?;
        // Beside the database stand the copies that upgrades took; on PostgreSQL there is no folder.
        remove(&self.folder(person))?;
        remove(&self.uploads(person))?;
        self.directory().forget_account(person)
    }

    /// The folder of what a person is sending: `uploads/<person>`.
    pub fn uploads(&self, person: PersonId) -> std::path::PathBuf {
        self.data().join("uploads").join(person.to_string())
    }

    /// Ends erasures that were cut short. A person whose vault has no key left is being erased: an account
    /// is never made without one.
    pub(crate) fn end_erasures(&self) -> Result<()> {
        for person in self.directory().without_keys()? {
            self.erase(person)?;
        }
        Ok(())
    }
}

fn remove(folder: &Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::file(folder)(e)),
        _ => Ok(()),
    }
}
