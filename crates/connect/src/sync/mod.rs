//! A mailbox followed: what is new is fetched, what changed or went is noted, nothing is asked twice.
//!
//! What is here decides what is fetched: a sync that was killed, cut or refused half-way is simply
//! run again. [`survey`] says of each folder what is missing, [`fetch`] hands it to the vault's
//! import, and only then is it written that the folder is whole.

mod fetch;
mod survey;
mod views;

use crate::imap::{self, Client, Traffic};
use crate::{Error, Result, filing, moving, oauth};
use mesinfos_vault::import::{self, Report, Watch};
use mesinfos_vault::mailboxes::{Folder, Mailbox};
use mesinfos_vault::{Error as VaultError, Vault};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use survey::Todo;

/// How to follow a mailbox.
#[derive(Clone, Debug)]
pub struct Options {
    /// How to connect.
    pub imap: imap::Options,
    /// Now, microseconds since 1970.
    pub now_us: i64,
    /// How often to begin again without having got anything.
    pub attempts: u32,
    /// The first wait before beginning again; it doubles, up to a minute.
    pub pause: Duration,
    /// Threads that understand; 0: as many as there are processors.
    pub threads: usize,
}

impl Options {
    /// For now, with the patience of a person.
    pub fn new(imap: imap::Options, now_us: i64) -> Options {
        Options { imap, now_us, attempts: 4, pause: Duration::from_secs(1), threads: 0 }
    }
}

/// What a sync did.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct Synced {
    /// What the new messages gave.
    pub report: Report,
    /// Folders that are followed.
    pub folders: u64,
    /// Of these, as they were.
    pub unchanged: u64,
    /// Mails that went from a folder; they stay in the vault.
    pub gone: u64,
    /// Mails whose flags or labels the server told anew.
    pub changed: u64,
    /// Refused mails that were moved to the folder that she chose.
    pub moved: u64,
    /// Mails that were filed where she wants them, or put back.
    pub filed: u64,
    /// On the wire, all connections together.
    pub traffic: Traffic,
    /// How often the connection had to be made again.
    pub begun_again: u64,
}

const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// Brings the vault up to date with a mailbox, and notes how it went.
///
/// # Errors
/// What still stands after all attempts; what was got until then is kept.
pub fn sync(
    vault: &Vault,
    mailbox: &Mailbox,
    options: &Options,
    watch: &mut Watch<'_>,
) -> Result<Synced> {
    let mut synced = Synced::default();
    let outcome = with_patience(vault, mailbox, options, watch, &mut synced);
    let (got, trouble) = (synced.report.new_messages, outcome.as_ref().err().map(Error::code));
    vault.mailbox_synced(mailbox.id, got, trouble, options.now_us)?;
    outcome.map(|()| synced)
}

/// Waits for news of the inbox, `most` long at most; whether there are any. It opens a connection
/// of its own and listens (IDLE), or only waits where the server cannot tell.
///
/// # Errors
/// Those of the connection.
pub fn wait_for_news(
    vault: &Vault,
    mailbox: &Mailbox,
    options: &imap::Options,
    most: Duration,
    stop: &AtomicBool,
) -> Result<bool> {
    let secret = oauth::secret(vault, mailbox, options)?;
    let mut client = Client::open(&mailbox.access, &secret, options)?;
    let counts = client.examine("INBOX", None)?.counts;
    let known = vault.mailbox_folders(mailbox.id)?.into_iter().find(|f| f.name == "INBOX");
    // What came between the sync and this listening is not announced any more.
    let missed = known.is_some_and(|f| {
        counts.next_uid.is_some_and(|n| n != f.next_uid)
            || counts.messages.is_some_and(|n| n != f.messages)
    });
    let news = missed || client.idle(most, stop)?;
    client.close();
    Ok(news)
}

fn with_patience(
    vault: &Vault,
    mailbox: &Mailbox,
    options: &Options,
    watch: &mut Watch<'_>,
    synced: &mut Synced,
) -> Result<()> {
    let mut left = options.attempts;
    let mut pause = options.pause;
    loop {
        let before = synced.report.arrivals;
        match once(vault, mailbox, options, watch, synced) {
            Err(error) if error.is_passing() => {
                if synced.report.arrivals > before {
                    (left, pause) = (options.attempts, options.pause);
                }
                left = left.saturating_sub(1);
                if left == 0 {
                    return Err(error);
                }
                tracing::info!(trouble = error.code(), "a mailbox is begun again");
                wait(pause, watch.stop)?;
                pause = (pause * 2).min(LONGEST_PAUSE);
                synced.begun_again += 1;
            }
            outcome => return outcome,
        }
    }
}

fn wait(pause: Duration, stop: &AtomicBool) -> Result<()> {
    let step = Duration::from_millis(100);
    let mut left = pause;
    while !left.is_zero() {
        if stop.load(Ordering::Relaxed) {
            return Err(Error::Stopped);
        }
        let now = step.min(left);
        std::thread::sleep(now);
        left -= now;
    }
    Ok(())
}

fn once(
    vault: &Vault,
    mailbox: &Mailbox,
    options: &Options,
    watch: &mut Watch<'_>,
    synced: &mut Synced,
) -> Result<()> {
    let secret = oauth::secret(vault, mailbox, &options.imap)?;
    let mut client = Client::open(&mailbox.access, &secret, &options.imap)?;
    let outcome = follow(vault, mailbox, &mut client, options, watch, synced);
    if outcome.is_ok() {
        put(vault, mailbox, &mut client, options.now_us, watch.stop, synced);
    }
    let traffic = client.close();
    synced.traffic.received += traffic.received;
    synced.traffic.sent += traffic.sent;
    synced.traffic.commands += traffic.commands;
    outcome
}

/// Moves what she wants moved. All mail is here: what cannot be moved now is at the next sync.
fn put(
    vault: &Vault,
    mailbox: &Mailbox,
    client: &mut Client,
    now_us: i64,
    stop: &AtomicBool,
    synced: &mut Synced,
) {
    match moving::go_on(vault, mailbox, client, now_us) {
        Ok(moved) => synced.moved += moved,
        Err(error) => {
            tracing::info!(trouble = error.code(), "refused mails stay where they are");
            return;
        }
    }
    match filing::go_on(vault, mailbox, client, now_us, stop) {
        Ok(filed) => synced.filed += filed,
        Err(error) => tracing::info!(trouble = error.code(), "mails are not all filed"),
    }
}

fn follow(
    vault: &Vault,
    mailbox: &Mailbox,
    client: &mut Client,
    options: &Options,
    watch: &mut Watch<'_>,
    synced: &mut Synced,
) -> Result<()> {
    let listed = views::places(client.list()?, client.can("X-GM-EXT-1"));
    let names: Vec<String> = listed.iter().map(|l| l.name.clone()).collect();
    let folders = vault.follow_folders(mailbox, &names, options.now_us)?;
    synced.folders = folders.len() as u64;
    synced.unchanged = 0;
    let mut todo = Vec::new();
    for (folder, listed) in folders.into_iter().zip(&listed) {
        if watch.stop.load(Ordering::Relaxed) {
            return Err(Error::Stopped);
        }
        if survey::is_as_it_was(&folder, listed.counts.as_ref()) {
            synced.unchanged += 1;
            continue;
        }
        match survey::survey(vault, client, &folder, listed.role, options.now_us, synced)? {
            Some(one) => todo.push(one),
            None => synced.unchanged += 1,
        }
    }
    forget_folders(vault, mailbox, &names, options.now_us, synced)?;
    if todo.iter().any(|t| !t.missing.is_empty()) {
        take_in(vault, mailbox, client, &todo, options, watch, synced)?;
    }
    if !todo.is_empty() {
        let whole: Vec<Folder> = todo.into_iter().map(|t| t.whole).collect();
        vault.folders_synced(&whole, options.now_us)?;
    }
    vault.settle_moved(watch.stop)?;
    Ok(())
}

/// Fetches what is missing into the vault: one thread hears, others understand, this one writes.
fn take_in(
    vault: &Vault,
    mailbox: &Mailbox,
    client: &mut Client,
    todo: &[Todo],
    options: &Options,
    watch: &mut Watch<'_>,
    synced: &mut Synced,
) -> Result<()> {
    let sources: Vec<(i64, String)> =
        todo.iter().map(|t| (t.whole.source, mailbox.access.path(&t.whole.name))).collect();
    let bytes = todo.iter().flat_map(|t| &t.missing).map(|m| m.size).sum();
    let stop = watch.stop;
    let mut outcome = Ok(());
    let report = vault.import_fed(
        &sources,
        bytes,
        |feeding| outcome = fetch::all(client, todo, feeding, stop),
        &import::Options { now_us: options.now_us, full: false, threads: options.threads },
        watch,
    );
    match report {
        Ok(report) => synced.report.add(report),
        Err(VaultError::Stopped) => return Err(Error::Stopped),
        Err(e) => return Err(e.into()),
    }
    outcome
}

/// Folders that the server has no more: their mails have gone from there.
fn forget_folders(
    vault: &Vault,
    mailbox: &Mailbox,
    names: &[String],
    now_us: i64,
    synced: &mut Synced,
) -> Result<()> {
    let there: BTreeSet<&String> = names.iter().collect();
    for folder in vault.mailbox_folders(mailbox.id)? {
        if there.contains(&folder.name) || folder.validity == 0 {
            continue;
        }
        let uids: Vec<u32> = vault.folder_here(folder.source)?.into_keys().collect();
        if !uids.is_empty() {
            synced.gone += uids.len() as u64;
            vault.mails_gone(folder.source, folder.validity, &uids, now_us)?;
        }
    }
    Ok(())
}
