//! One folder compared with what is here of it: what went, what changed, what is missing.

use super::Synced;
use crate::imap::{Client, Counts, Fetched, set};
use crate::{Error, Result};
use mesinfos_reading::Mail;
use mesinfos_reading::mailbox::{Flags, Role};
use mesinfos_vault::Vault;
use mesinfos_vault::mailboxes::{Changed, Folder, Here, Renumbered, message_id_key};
use std::collections::{BTreeMap, HashMap};

/// A message that is not here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Missing {
    pub uid: u32,
    pub size: u64,
    pub role: Role,
    pub flags: Flags,
    pub labels: Vec<String>,
}

/// What a folder still needs, and what it will be then.
pub(super) struct Todo {
    /// Newest first.
    pub missing: Vec<Missing>,
    pub whole: Folder,
}

/// Whether all that the server counts is as when the folder was last whole.
pub(super) fn is_as_it_was(folder: &Folder, counts: Option<&Counts>) -> bool {
    let Some(counts) = counts else { return false };
    // Without HIGHESTMODSEQ a changed flag would not be seen.
    counts.mod_seq.is_some_and(|seq| seq > 0 && seq == folder.mod_seq)
        && counts.validity == Some(folder.validity)
        && counts.next_uid == Some(folder.next_uid)
        && counts.messages == Some(folder.messages)
}

/// Compares, and writes what went and what changed. `None`: nothing did, and nothing is missing.
pub(super) fn survey(
    vault: &Vault,
    client: &mut Client,
    folder: &Folder,
    role: Role,
    now_us: i64,
    synced: &mut Synced,
) -> Result<Option<Todo>> {
    let since =
        (folder.validity > 0 && folder.mod_seq > 0).then_some((folder.validity, folder.mod_seq));
    let standing = client.examine(&folder.name, since)?;
    let counts = standing.counts;
    let validity = counts.validity.unwrap_or(1);
    let messages = counts.messages.ok_or(Error::Broken("a folder without EXISTS"))?;
    let mut whole = Folder {
        validity,
        next_uid: counts.next_uid.unwrap_or(0),
        messages,
        mod_seq: counts.mod_seq.unwrap_or(0),
        trouble: None,
        ..folder.clone()
    };
    let mut look = Look { client, role, validity, next_uid: counts.next_uid.unwrap_or(u32::MAX) };
    let mut since = since;
    let mut here = vault.folder_here(folder.source)?;
    if folder.validity != validity {
        since = None;
        renumber(vault, &mut look, folder, &here, now_us)?;
        here = vault.folder_here(folder.source)?;
    }
    if let Some((_, seq)) = since {
        let changed = match look.client.is_quick() {
            true => standing.changed,
            false => look.changed_since(seq, &counts)?,
        };
        let gone: Vec<u32> = here
            .keys()
            .copied()
            .filter(|uid| standing.vanished.iter().any(|range| range.contains(uid)))
            .collect();
        let mut missing = Vec::new();
        if counts.next_uid.is_none_or(|next| next != folder.next_uid) {
            missing = look.list(folder.next_uid.max(1), &here)?.missing;
        }
        // Counted alike, nothing escaped; else the long way finds it.
        if here.len() - gone.len() + missing.len() == messages as usize {
            let is_same = gone.is_empty() && changed.is_empty() && missing.is_empty();
            let changed = look.changes(changed, &here);
            look.write(vault, folder.source, &gone, &changed, now_us, synced)?;
            let is_same = is_same && whole.mod_seq == folder.mod_seq && folder.trouble.is_none();
            return Ok((!is_same).then_some(Todo { missing, whole }));
        }
        if !gone.is_empty() {
            look.write(vault, folder.source, &gone, &[], now_us, synced)?;
            here = vault.folder_here(folder.source)?;
        }
    }
    let found = if messages == 0 { Found::default() } else { look.list(1, &here)? };
    let gone: Vec<u32> =
        here.keys().copied().filter(|uid| !found.there.contains_key(uid)).collect();
    let changed = look.changes(found.known, &here);
    look.write(vault, folder.source, &gone, &changed, now_us, synced)?;
    if found.there.len() != messages as usize {
        // Some vanished while we looked, or the server miscounts: not called whole this time.
        (whole.mod_seq, whole.messages) = (0, 0);
    }
    Ok(Some(Todo { missing: found.missing, whole }))
}

/// What a listing found.
#[derive(Default)]
struct Found {
    missing: Vec<Missing>,
    known: Vec<Fetched>,
    there: BTreeMap<u32, ()>,
}

/// Asks about the folder that is open.
struct Look<'a> {
    client: &'a mut Client,
    role: Role,
    validity: u32,
    /// No message has this number or a larger one: what came meanwhile is for the next time.
    next_uid: u32,
}

impl Look<'_> {
    fn items(&self) -> &'static str {
        match self.client.can("X-GM-EXT-1") {
            true => "UID FLAGS RFC822.SIZE X-GM-LABELS",
            false => "UID FLAGS RFC822.SIZE",
        }
    }

    /// All messages from this UID on.
    fn list(&mut self, from: u32, here: &BTreeMap<u32, Here>) -> Result<Found> {
        let mut found = Found::default();
        let what = format!("({})", self.items());
        let (role, end) = (self.role, self.next_uid);
        self.client.fetch(&format!("{from}:*"), &what, &mut |one| {
            // `from:*` gives the last message even when it is before `from`.
            let Some(uid) = one.uid.filter(|uid| (from..end).contains(uid)) else {
                return Ok(());
            };
            // Flags that change meanwhile are told by an answer of their own.
            if found.there.insert(uid, ()).is_some() {
                return Ok(());
            }
            if here.contains_key(&uid) {
                found.known.push(one);
            } else {
                let Some(size) = one.size else {
                    return Err(Error::Broken("a message without size"));
                };
                let labels = labels(one.labels);
                let flags = one.flags.unwrap_or_default();
                let role = role_of(role, &labels, flags);
                found.missing.push(Missing { uid, size: size.into(), role, flags, labels });
            }
            Ok(())
        })?;
        found.missing.sort_by_key(|m| std::cmp::Reverse(m.uid));
        Ok(found)
    }

    /// CONDSTORE without QRESYNC: flags that changed.
    fn changed_since(&mut self, seq: u64, counts: &Counts) -> Result<Vec<Fetched>> {
        if counts.mod_seq == Some(seq) || counts.messages == Some(0) {
            return Ok(Vec::new());
        }
        let what = format!("({}) (CHANGEDSINCE {seq})", self.items());
        let mut changed = Vec::new();
        self.client.fetch("1:*", &what, &mut |one| {
            changed.push(one);
            Ok(())
        })?;
        Ok(changed)
    }

    /// What to write of news about mails that are here.
    fn changes(&self, news: Vec<Fetched>, here: &BTreeMap<u32, Here>) -> Vec<Changed> {
        let of = |one: Fetched| {
            let uid = one.uid.filter(|uid| here.contains_key(uid))?;
            let flags = one.flags?;
            // Gmail's role is in its labels: without them nothing can be said.
            if self.client.can("X-GM-EXT-1") && one.labels.is_none() {
                return None;
            }
            let labels = labels(one.labels);
            Some(Changed { uid, role: role_of(self.role, &labels, flags), flags, labels })
        };
        news.into_iter().filter_map(of).collect()
    }

    fn write(
        &self,
        vault: &Vault,
        source: i64,
        gone: &[u32],
        changed: &[Changed],
        now_us: i64,
        synced: &mut Synced,
    ) -> Result<()> {
        if !gone.is_empty() {
            vault.mails_gone(source, self.validity, gone, now_us)?;
        }
        if !changed.is_empty() {
            vault.mails_changed(source, self.validity, changed)?;
        }
        synced.gone += gone.len() as u64;
        synced.changed += changed.len() as u64;
        Ok(())
    }
}

/// New numbers for a whole folder: mails are known again by Message-ID and size, where both are
/// one mail's only; what is not known again is fetched like new mail.
fn renumber(
    vault: &Vault,
    look: &mut Look<'_>,
    folder: &Folder,
    here: &BTreeMap<u32, Here>,
    now_us: i64,
) -> Result<()> {
    let mut by_mark: HashMap<(i64, u64), Vec<u32>> = HashMap::new();
    for (uid, one) in here {
        if let Some(key) = one.message_id_key {
            by_mark.entry((key, one.size)).or_default().push(*uid);
        }
    }
    let mut there: HashMap<(i64, u64), Vec<u32>> = HashMap::new();
    if !by_mark.is_empty() {
        let what = "(UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])";
        look.client.fetch("1:*", what, &mut |one| {
            let (Some(uid), Some(size), Some(head)) = (one.uid, one.size, one.body) else {
                return Ok(());
            };
            if let Some(id) = Mail::read(&head).message_id {
                there.entry((message_id_key(&id), size.into())).or_default().push(uid);
            }
            Ok(())
        })?;
    }
    let mut again = Vec::new();
    for (mark, old) in by_mark {
        if let ([old], Some([new])) = (old.as_slice(), there.get(&mark).map(Vec::as_slice)) {
            again.push(Renumbered { old: *old, new: *new });
        }
    }
    vault.renumber_folder(folder.source, folder.validity, look.validity, &again, now_us)?;
    Ok(())
}

/// Gmail writes its own labels with a backslash: `\Inbox`, `\Important`.
fn labels(labels: Option<Vec<String>>) -> Vec<String> {
    let clean = |l: String| {
        let l = l.trim_start_matches('\\').to_owned();
        mesinfos_reading::mailbox::imap_name(&l).into_owned()
    };
    labels.unwrap_or_default().into_iter().map(clean).collect()
}

/// As for mail from files: labels and flags tell where the folder does not.
fn role_of(role: Role, labels: &[String], flags: Flags) -> Role {
    match role {
        Role::Ordinary if flags.draft => Role::Drafts,
        Role::Ordinary if flags.deleted => Role::Trash,
        Role::Ordinary => Role::of_labels(labels),
        role => role,
    }
}

/// A set of UIDs for a command.
pub(super) fn uids(missing: &[Missing]) -> String {
    set(&missing.iter().map(|m| m.uid).collect::<Vec<_>>())
}
