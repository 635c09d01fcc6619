//! The store: one data folder, its directory, and a vault for each person.

use crate::directory::{Account, NewAccount, NewPasskey, PasskeySecret, RecoveryCodes};
use crate::erasing::Standings;
use crate::migrate::{OURS, Schemas};
use crate::sealing;
use crate::upgrade::{self, PutBack};
use crate::vault::Place;
use crate::{Db, Directory, Error, HostKey, Mode, Result, Vault, VaultKey};
use fs4::fs_std::FileExt;
use mesinfos_domain::PersonId;
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Where data live and what opens them.
#[derive(Clone, Debug)]
pub struct Options {
    /// The data folder; made when missing (mode 0700).
    pub data: PathBuf,
    /// See [`HostKey::load_or_create`].
    pub host_key: HostKey,
    /// A PostgreSQL URL; `None`: SQLite files in the data folder.
    pub postgres: Option<String>,
    /// The host says that a copy of that PostgreSQL was taken: an upgrade may change it.
    pub copied: bool,
}

/// A data folder, owned by this process until dropped.
pub struct Store {
    options: Options,
    directory: Directory,
    schemas: Schemas,
    open: Mutex<HashMap<PersonId, Vault>>,
    standings: Standings,
    _lock: File,
}

impl Store {
    /// Takes the folder, opens its directory and brings it to this program's schema.
    ///
    /// What an upgrade would change is copied first (see `upgrade`).
    ///
    /// Errors: [`Error::Owned`] when another process has it, [`Error::WrongKey`], [`Error::TooNew`],
    /// [`Error::CopyFirst`], [`Error::HalfRestored`].
    pub fn open(options: Options) -> Result<Store> {
        Store::open_knowing(options, OURS)
    }

    pub(crate) fn open_knowing(options: Options, schemas: Schemas) -> Result<Store> {
        make_folder(&options.data)?;
        let lock = take(&options.data)?;
        let path = options.data.join("directory.db");
        let key = options.host_key.directory();
        let connect = || match &options.postgres {
            Some(url) => Db::postgres(url, 0),
            None => Db::sqlite(&path, &key, 0),
        };
        if options.postgres.is_none() && upgrade::missing(&path)? {
            return Err(Error::HalfRestored(path));
        }
        let mut db = connect()?;
        if let Some(found) = schemas.directory.outdated(&db, "directory")? {
            if options.postgres.is_some() && !options.copied {
                return Err(Error::CopyFirst);
            }
            if options.postgres.is_none() {
                drop(db);
                upgrade::keep_copy(&path, &key, found, schemas.directory.newest())?;
                db = connect()?;
            }
        }
        schemas.directory.apply(&db, "directory")?;
        let directory = Directory::new(db);
        let (open, standings) = (Mutex::default(), Standings::default());
        let store = Store { options, directory, schemas, open, standings, _lock: lock };
        store.end_erasures()?;
        Ok(store)
    }

    /// Puts the directory and every vault back as they were before an upgrade that this program
    /// does not understand. What the newer program wrote is set aside, not erased. No key is needed:
    /// sealed vaults go back too. Empty when there is nothing to go back to.
    ///
    /// Errors: [`Error::Owned`]; [`Error::Invalid`] on PostgreSQL, whose copies are not ours.
    pub fn restore_before_upgrade(options: &Options) -> Result<Vec<PutBack>> {
        Store::restore_knowing(options, OURS)
    }

    pub(crate) fn restore_knowing(options: &Options, schemas: Schemas) -> Result<Vec<PutBack>> {
        if options.postgres.is_some() {
            return Err(Error::Invalid(
                "the data are in PostgreSQL: go back with the copy taken before the upgrade \
                 (`pg_restore --clean --create`)"
                    .into(),
            ));
        }
        let _lock = take(&options.data)?;
        let mut done = Vec::new();
        for folder in vault_folders(&options.data)? {
            let vault = folder.join("vault.db");
            done.extend(upgrade::put_back(&vault, schemas.vault.newest())?);
        }
        // Last: until it is back, an older program opens nothing.
        let directory = options.data.join("directory.db");
        done.extend(upgrade::put_back(&directory, schemas.directory.newest())?);
        Ok(done)
    }

    /// What signs the cookie of a browser that signed in before.
    pub fn device_key(&self) -> [u8; 32] {
        self.options.host_key.devices()
    }

    /// Accounts, sessions, links, addresses.
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

    /// Opens a sealed vault with what one of its passkeys answered to the PRF extension.
    /// [`Error::Sealed`] when this passkey only signs in.
    pub fn unseal_by_passkey(
        &self,
        person: PersonId,
        credential: &[u8],
        secret: &PasskeySecret,
    ) -> Result<Vault> {
        let account = self.directory.account(person)?.ok_or(Error::NotFound("account"))?;
        let key = self.directory.key_by_passkey(person, credential, secret)?;
        self.keep(&account, key)
    }

    /// Keeps a passkey. On a sealed vault a `secret` makes it a way in: the `passphrase` (or a
    /// recovery code) unwraps the key that is wrapped again by the secret. A watched vault needs no
    /// other way in than the host's.
    pub fn add_passkey(
        &self,
        new: &NewPasskey<'_>,
        passphrase: &str,
        secret: Option<&PasskeySecret>,
        now_us: i64,
    ) -> Result<()> {
        let account = self.directory.account(new.person)?.ok_or(Error::NotFound("account"))?;
        let key = match (account.mode, secret) {
            (Mode::Sealed, Some(secret)) => {
                Some((self.directory.key_by_secret(&account, passphrase)?, secret))
            }
            _ => None,
        };
        let opens = key.as_ref().map(|(key, secret)| (key, *secret));
        self.directory.add_passkey(new, opens, now_us)
    }

    /// Forgets a vault's key and connections (sign-out of a sealed vault).
    pub fn close(&self, person: PersonId) {
        self.opened().remove(&person);
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

    pub(crate) fn standings(&self) -> &Standings {
        &self.standings
    }

    pub(crate) fn place(&self, account: &Account) -> Place {
        match &self.options.postgres {
            Some(url) => Place::Postgres {
                url: url.clone(),
                number: account.number,
                copied: self.options.copied,
            },
            None => Place::Sqlite(self.folder(account.person).join("vault.db")),
        }
    }

    fn keep(&self, account: &Account, key: VaultKey) -> Result<Vault> {
        let mut opened = self.opened();
        if let Some(vault) = opened.get(&account.person) {
            return Ok(vault.clone());
        }
        let standing = self.standings.of(account.person);
        standing.holds()?;
        if self.options.postgres.is_none() {
            make_folder(&self.folder(account.person))?;
        }
        let public = sealing::public(&key);
        let place = self.place(account);
        let vault = Vault::open(account.person, standing, place, key, self.schemas.vault)?;
        if self.directory.deposit_key(account.person)?.as_ref() != Some(&public) {
            self.directory.publish_deposit_key(account.person, &public)?;
        }
        opened.insert(account.person, vault.clone());
        Ok(vault)
    }

    fn opened(&self) -> MutexGuard<'_, HashMap<PersonId, Vault>> {
        // A panic elsewhere leaves a map of vaults that are each still whole.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `vaults/<2 hex>/<person>`, each.
fn vault_folders(data: &Path) -> Result<Vec<PathBuf>> {
    let list = |folder: &Path| match std::fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(Error::file(folder)(e)),
        Ok(entries) => Ok(entries.flatten().map(|e| e.path()).filter(|p| p.is_dir()).collect()),
    };
    let mut found = Vec::new();
    for shard in list(&data.join("vaults"))? {
        found.extend(list(&shard)?);
    }
    found.sort();
    Ok(found)
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
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path).map_err(Error::file(&path))?;
    // A program that starts another holds the lock twice for a moment, until that one begins.
    for _ in 0..PATIENCE {
        match FileExt::try_lock_exclusive(&file) {
            Ok(true) => return Ok(file),
            Ok(false) => std::thread::sleep(Duration::from_millis(20)),
            Err(e) => return Err(Error::file(path)(e)),
        }
    }
    Err(Error::Owned(data.to_owned()))
}

/// Tries to take the lock, a fiftieth of a second apart: a second owner is told within the second.
const PATIENCE: usize = 20;
