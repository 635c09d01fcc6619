//! What a command asks of a data folder: done here when nobody owns the folder, by its owner
//! otherwise, with the same lines printed.

use crate::{account, actor, address, import, mailbox, search, upkeep};
use anyhow::{Context, Result, bail};
use mesinfos_domain::PersonId;
use mesinfos_server::words::Locale;
use mesinfos_vault::directory::Account;
use mesinfos_vault::{Store, Vault};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

/// A command that works on a vault.
#[derive(Serialize, Deserialize, Debug)]
pub struct Request {
    /// Whose vault; the only person's when none is named.
    pub person: Option<String>,
    /// What to do.
    pub task: Task,
}

/// What to do.
#[derive(Serialize, Deserialize, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Bring mails.
    Import {
        /// Absolute paths.
        paths: Vec<PathBuf>,
        /// Also what is as it was.
        full: bool,
    },
    /// Find mails.
    Search {
        /// As typed.
        query: String,
        /// How many at most.
        limit: usize,
    },
    /// Who writes, and who may.
    Actor(actor::What),
    /// Dedicated addresses.
    Address(address::What),
    /// Bring connected mailboxes up to date: one by name, or all.
    Sync {
        /// Which.
        mailbox: Option<String>,
    },
    /// Connect a mailbox.
    Connect(mailbox::New),
    /// Tell which mailboxes are connected.
    Mailboxes,
    /// Forget a mailbox.
    Disconnect {
        /// Which.
        name: String,
    },
    /// File the mails of a mailbox on its server.
    File(mailbox::File),
    /// Put them back.
    Unfile {
        /// Which mailbox.
        name: String,
    },
    /// Erase the account and its vault.
    EraseAccount {
        /// The name of the account, typed again.
        confirm: String,
    },
    /// Derive all facts again from the originals.
    Reread,
    /// Check every original and the database.
    Verify,
}

/// What a task says while it works. Lines are for programs (`--json`), words for people.
pub enum Said {
    /// One JSON object.
    Line(Value),
    /// Progress, replaced by the next.
    Progress {
        /// From 0 to 1.
        share: f64,
        /// In words.
        words: String,
    },
    /// A sentence.
    Words(String),
}

/// How a task ended: docs/contracts.md, "Command line".
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// All done.
    Done,
    /// Done, with mails that were not understood.
    Partly,
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> ExitCode {
        match ended {
            Ended::Done => ExitCode::SUCCESS,
            Ended::Partly => ExitCode::from(3),
        }
    }
}

/// Does what is asked. `erase` erases a person: who serves has more to end than the store.
pub fn perform(
    store: &Store,
    request: &Request,
    erase: &dyn Fn(PersonId) -> Result<()>,
    stop: &AtomicBool,
    say: &mut dyn FnMut(Said),
) -> Result<Ended> {
    let person = request.person.as_deref();
    // Before any vault is opened: a sealed one goes without its passphrase, as its folder would.
    if let Task::EraseAccount { confirm } = &request.task {
        return account::perform(store, person, confirm, erase, say);
    }
    let vault = vault(store, person)?;
    match &request.task {
        Task::Import { paths, full } => import::perform(&vault, paths, *full, stop, say),
        Task::Search { query, limit } => search::perform(&vault, query, *limit, say),
        Task::Actor(what) => actor::perform(&vault, what, say),
        Task::Address(what) => address::perform(store, &vault, what, say),
        Task::Sync { mailbox } => mailbox::sync(&vault, mailbox.as_deref(), stop, say),
        Task::Connect(new) => mailbox::add(&vault, new, say),
        Task::Mailboxes => mailbox::list(&vault, say),
        Task::Disconnect { name } => mailbox::remove(&vault, name, say),
        Task::File(file) => mailbox::file(&vault, file, locale(store, &vault)?, stop, say),
        Task::Unfile { name } => mailbox::unfile(&vault, name, stop, say),
        Task::EraseAccount { .. } => Ok(Ended::Done),
        Task::Reread => upkeep::reread(&vault, stop, say),
        Task::Verify => upkeep::verify(&vault, say),
    }
}

fn vault(store: &Store, person: Option<&str>) -> Result<Vault> {
    let account = account(store, person)?;
    match store.vault(account.person) {
        Err(mesinfos_vault::Error::Sealed) => {
            let passphrase = crate::passphrase::known().with_context(|| {
                format!(
                    "the vault of {} is sealed: give its passphrase with --passphrase-file or \
                     MESINFOS_PASSPHRASE, or sign in on the page first",
                    account.login
                )
            })?;
            Ok(store.unseal(account.person, &passphrase)?)
        }
        other => Ok(other?),
    }
}

/// The language of the words that she will find in her mailbox.
fn locale(store: &Store, vault: &Vault) -> Result<Locale> {
    let account = store.directory().account(vault.person())?;
    Ok(account.and_then(|a| a.locale.parse().ok()).unwrap_or_default())
}

/// Whose account is meant: the one named, or the only one.
pub fn account(store: &Store, person: Option<&str>) -> Result<Account> {
    let directory = store.directory();
    if let Some(login) = person {
        return directory
            .account_by_login(login)?
            .with_context(|| format!("nobody here signs in as {login}"));
    }
    let mut all = directory.accounts()?;
    match all.len() {
        1 => Ok(all.remove(0)),
        0 => bail!("nobody has an account here yet"),
        n => bail!("{n} persons have an account here: say whose vault with --person LOGIN"),
    }
}
