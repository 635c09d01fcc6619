//! Uploaded files: streamed to a folder of the person's own, read from there, then removed, also
//! when the person stops the import: they lie there in clear, and can be sent again.

use crate::mail::clean_name;
use crate::{Error, door};
use mesinfos_domain::PersonId;
use mesinfos_vault::Store;
use std::path::{Path, PathBuf};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

/// What must stay free on the disk, for the vault to take the mails.
const SPARE: u64 = 512 << 20;
/// How often the free space is looked at.
const EVERY: u64 = 32 << 20;

/// A file that is arriving. Dropped before [`Upload::finish`], it is removed.
pub struct Upload {
    path: PathBuf,
    file: File,
    since_look: u64,
    is_whole: bool,
}

impl Upload {
    /// Opens a file under the cleaned name, in a new folder that nobody else can guess or read.
    ///
    /// # Errors
    /// [`Error::Broken`] when the disk refuses.
    pub async fn begin(store: &Store, person: PersonId, name: &str) -> Result<Upload, Error> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|e| Error::Broken(format!("no randomness: {e}")))?;
        let folder = folder(store, person).join(door::hex(&random));
        let mut builder = tokio::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        builder.mode(0o700);
        builder.create(&folder).await.map_err(|e| broken(&folder, &e))?;
        // The name tells the reader what a file is (`Spam.mbox`, `mail.tar.gz`): it is kept, cleaned.
        let path = folder.join(clean_name(Some(name), 1));
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        options.mode(0o600);
        let file = options.open(&path).await.map_err(|e| broken(&path, &e))?;
        Ok(Upload { path, file, since_look: EVERY, is_whole: false })
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// [`Error::TooLarge`] when the disk would be full.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.since_look += bytes.len() as u64;
        if self.since_look >= EVERY {
            self.since_look = 0;
            let free = fs4::available_space(&self.path).map_err(|e| broken(&self.path, &e))?;
            if free < SPARE {
                return Err(Error::TooLarge);
            }
        }
        self.file.write_all(bytes).await.map_err(|e| broken(&self.path, &e))
    }

    /// The whole file, on the disk.
    ///
    /// # Errors
    /// [`Error::Broken`] when the disk refuses.
    pub async fn finish(mut self) -> Result<PathBuf, Error> {
        self.file.flush().await.map_err(|e| broken(&self.path, &e))?;
        self.file.sync_all().await.map_err(|e| broken(&self.path, &e))?;
        self.is_whole = true;
        Ok(self.path.clone())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.is_whole
            && let Some(folder) = self.path.parent()
        {
            // What a crash leaves behind is swept when the vault is opened next.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn folder(store: &Store, person: PersonId) -> PathBuf {
    store.uploads(person)
}

/// Removes uploads that were read; what the person named on the machine itself is never touched.
pub fn forget(store: &Store, person: PersonId, paths: &[PathBuf]) {
    let uploads = folder(store, person);
    for path in paths {
        let Some(own) = path.parent().filter(|p| p.parent() == Some(uploads.as_path())) else {
            continue;
        };
        if let Err(error) = std::fs::remove_dir_all(own) {
            tracing::warn!(%error, "an upload could not be removed");
        }
    }
}

/// Removes what a crash left behind: uploads that no import goes on with and that nobody has been
/// sending for an hour.
pub fn sweep(store: &Store, person: PersonId, going_on: &[PathBuf], now_us: i64) {
    const OLD_US: i64 = 3_600_000_000;
    let age = |path: &Path| -> Option<i64> {
        let changed = path.metadata().ok()?.modified().ok()?;
        let since = changed.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(now_us - i64::try_from(since.as_micros()).ok()?)
    };
    let list = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    for own in list(&folder(store, person)) {
        let files = list(&own);
        let is_wanted = files.iter().any(|file| going_on.contains(file));
        let youngest = files.iter().chain([&own]).filter_map(|file| age(file)).min();
        if !is_wanted && youngest.is_some_and(|age| age > OLD_US) {
            // Left for the next time when the disk refuses.
            let _ = std::fs::remove_dir_all(&own);
        }
    }
}

/// Whether these are uploads, of which nothing is left to go on with once an import has stopped.
pub fn are_gone(store: &Store, person: PersonId, paths: &[PathBuf]) -> bool {
    let uploads = folder(store, person);
    paths.iter().all(|path| path.starts_with(&uploads) && !path.exists())
}

fn broken(path: &Path, error: &std::io::Error) -> Error {
    Error::Broken(format!("{}: {error}", path.display()))
}
