//! The store: one data folder, its directory, and a vault for each person.

use crate::directory::{Account, NewAccount, RecoveryCodes};
use crate::vault::Place;
use crate::{Db, Directory, Error, HostKey, Result, Vault, VaultKey, migrate};
use fs4::fs_std::FileExt;
use mesinfos_domain::PersonId;
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where data live and what opens them.
#[derive(Clone, Debug)]
pub struct Options {
    /// The data folder; made when missing (mode 0700).
    pub data: PathBuf,
    /// See [`HostKey::load_or_create`].
    pub host_key: HostKey,
    /// A PostgreSQL URL; `None`: SQLite files in the data folder.
    pub postgres: Option<String>,
}

/// A data folder, owned by this process until dropped.
pub struct Store {
    options: Options,
    directory: Directory,
    open: Mutex<HashMap<PersonId, Vault>>,
    _lock: File,
}

impl Store {
    /// Takes the folder, opens its directory and brings it to this program's schema.
    ///
    /// Errors: [`Error::Owned`] when another process has it, [`Error::WrongKey`], [`Error::TooNew`].
    pub fn open(options: Options) -> Result<Store> {
        make_folder(&options.data)?;
        let lock = take(&options.data)?;
        let db = match &options.postgres {
            Some(url) => Db::postgres(url, 0)?,
            None => {
                Db::sqlite(&options.data.join("directory.db"), &options.host_key.directory(), 0)?
            }
        };
        migrate::DIRECTORY.apply(&db, "directory")?;
        let directory = Directory::new(db);
        Ok(Store { options, directory, open: Mutex::default(), _lock: lock })
    }

    /// Accounts, sessions, links, counters.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Makes an account and the key of its vault. The first one is the host's own. Recovery codes
    /// are given for a sealed vault, once. [`Error::Taken`] when the login is in use.
    pub fn create_account(
        &self,
        new: &NewAccount<'_>,
        now_us: i64,
    ) -> Result<(Account, RecoveryCodes)> {
        self.directory.create_account(new, &self.options.host_key, now_us)
    }

    /// Opens a person's vault, making it if it is new. [`Error::Sealed`] when only its owner can:
    /// then see [`Store::unseal`].
    pub fn vault(&self, person: PersonId) -> Result<Vault> {
        if let Some(vault) = self.opened().get(&person) {
            return Ok(vault.clone());
        }
        let account = self.directory.account(person)?.ok_or(Error::NotFound("account"))?;
        let key = self.directory.key_by_host(&account, &self.options.host_key)?;
        self.keep(&account, key)
    }

    /// Opens a sealed vault with its owner's passphrase or one of the recovery codes; it stays
    /// open until [`Store::close`]. [`Error::Refused`] when the secret is not the right one.
    pub fn unseal(&self, person: PersonId, secret: &str) -> Result<Vault> {
        let account = self.directory.account(person)?.ok_or(Error::NotFound("account"))?;
        let key = self.directory.key_by_secret(&account, secret)?;
        self.keep(&account, key)
    }

    /// Forgets a vault's key and connections (sign-out of a sealed vault).
    pub fn close(&self, person: PersonId) {
        self.opened().remove(&person);
    }

    /// Erases a person: keys first, then rows or files, then the account. No way back.
    pub fn erase(&self, person: PersonId) -> Result<()> {
        let account = self.directory.account(person)?.ok_or(Error::NotFound("account"))?;
        self.close(person);
        self.directory.forget_keys(person)?;
        match self.options.postgres {
            Some(_) => self.place(&account).erase_rows()?,
            None => {
                let folder = self.folder(person);
                match std::fs::remove_dir_all(&folder) {
                    Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                        return Err(Error::file(folder)(e));
                    }
                    _ => {}
                }
            }
        }
        self.directory.forget_account(person)
    }

    /// The folder of a person's vault: `vaults/<2 hex>/<person>`.
    pub fn folder(&self, person: PersonId) -> PathBuf {
        // The last digits are random; the first are the time, the same for all.
        let name = person.to_string();
        let shard = &name[name.len() - 2..];
        self.options.data.join("vaults").join(shard).join(&name)
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.options.data
    }

    fn place(&self, account: &Account) -> Place {
        match &self.options.postgres {
            Some(url) => Place::Postgres { url: url.clone(), number: account.number },
            None => Place::Sqlite(self.folder(account.person).join("vault.db")),
        }
    }

    fn keep(&self, account: &Account, key: VaultKey) -> Result<Vault> {
        let mut opened = self.opened();
        if let Some(vault) = opened.get(&account.person) {
            return Ok(vault.clone());
        }
        if self.options.postgres.is_none() {
            make_folder(&self.folder(account.person))?;
        }
        let vault = Vault::open(account.person, self.place(account), key)?;
        opened.insert(account.person, vault.clone());
        Ok(vault)
    }

    fn opened(&self) -> MutexGuard<'_, HashMap<PersonId, Vault>> {
        // A panic elsewhere leaves a map of vaults that are each still whole.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_folder(path: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(Error::file(path))
}

fn take(data: &Path) -> Result<File> {
    let path = data.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(Error::file(&path))?;
    match FileExt::try_lock_exclusive(&file) {
        Ok(true) => Ok(file),
        Ok(false) => Err(Error::Owned(data.to_owned())),
        Err(e) => Err(Error::file(path)(e)),
    }
}
