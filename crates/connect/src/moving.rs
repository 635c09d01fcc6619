//! Refused mails, put into a folder of the mailbox's own server when the person says so, and back.
//! Nothing is ever deleted: a server that can neither move (RFC 6851) nor expunge exactly what was
//! copied (RFC 4315) is left as it is.

use crate::imap::Client;
use crate::outward::Outward;
use crate::{Error, Result, oauth};
use mesinfos_reading::mailbox::{Role, imap_name, imap_written};
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::{Pile, Placed, RefusalFolder, Vault};

/// So many mails are moved by one command.
const BATCH: usize = 500;

/// The server's name of a folder that refused mails may be put into, made when it is not there. The
/// person writes it as she reads it.
///
/// # Errors
/// [`Error::Forbidden`] for the inbox, the trash and the like; those of the connection.
pub fn folder(vault: &Vault, mailbox: &Mailbox, name: &str, outward: &Outward) -> Result<String> {
    let name = name.trim();
    let is_odd = name.is_empty() || name.chars().count() > 100 || name.contains(char::is_control);
    if is_odd || name.contains(['"', '\\', '*', '%']) {
        return Err(Error::Forbidden);
    }
    let mut client = open(vault, mailbox, outward)?;
    let found = found_or_made(&mut client, name);
    client.close();
    found
}

fn found_or_made(client: &mut Client, name: &str) -> Result<String> {
    let listed = client.list()?;
    let same = listed.iter().find(|l| imap_name(&l.name) == name);
    if let Some(known) = same {
        let is_place = known.role == Role::Ordinary && !known.name.eq_ignore_ascii_case("INBOX");
        let is_place = is_place && (!known.is_view || client.can("X-GM-EXT-1"));
        return if is_place { Ok(known.name.clone()) } else { Err(Error::Forbidden) };
    }
    // A name that means the trash to some program would have its mails deleted.
    if Role::of_folder(name) != Role::Ordinary || name.eq_ignore_ascii_case("INBOX") {
        return Err(Error::Forbidden);
    }
    let written = imap_written(name);
    client.create(&written)?;
    Ok(written)
}

/// Moves the mails that a refusal hides into its folder; how many.
///
/// # Errors
/// Those of the connection; what was moved until then can be put back.
pub fn put_away(
    vault: &Vault,
    mailbox: &Mailbox,
    rule: &RefusalFolder,
    now_us: i64,
    outward: &Outward,
) -> Result<u64> {
    let piles = vault.refused_mails(rule)?;
    if piles.is_empty() {
        return Ok(0);
    }
    let mut client = open(vault, mailbox, outward)?;
    let moved = put_away_with(vault, mailbox, &mut client, rule, piles, now_us);
    client.close();
    moved
}

/// The same for all refusals that go on, at the end of a sync: its connection is there.
pub(crate) fn go_on(
    vault: &Vault,
    mailbox: &Mailbox,
    client: &mut Client,
    now_us: i64,
) -> Result<u64> {
    let mut moved = 0;
    for rule in vault.refusal_folders()? {
        if rule.goes_on && rule.mailbox == mailbox.id {
            let piles = vault.refused_mails(&rule)?;
            moved += put_away_with(vault, mailbox, client, &rule, piles, now_us)?;
        }
    }
    Ok(moved)
}

fn put_away_with(
    vault: &Vault,
    mailbox: &Mailbox,
    client: &mut Client,
    rule: &RefusalFolder,
    piles: Vec<Pile>,
    now_us: i64,
) -> Result<u64> {
    let mut moved = 0;
    let is_gmail = client.can("X-GM-EXT-1");
    for mut pile in piles {
        if is_gmail {
            // Its one folder of all mail is no place to move from: a label is put on, and the inbox's
            // taken off.
            pile.mails.retain(|m| m.has_label("Inbox"));
        }
        if pile.mails.is_empty() || !opened(client, &pile)? {
            continue;
        }
        for batch in batches(&pile) {
            vault.mails_move(rule, &batch, now_us)?;
            let uids = uids(&batch.mails);
            if is_gmail {
                client.label(&uids, Some(&rule.folder), Some("\\Inbox"))?;
            } else {
                carry(vault, mailbox, client, &batch, &rule.folder, now_us)?;
            }
            moved += uids.len() as u64;
        }
    }
    Ok(moved)
}

/// Puts back what a refusal moved, as far as it stands in its folder; how many. The mailbox should
/// have been brought up to date before: what is not known to stand there stays.
///
/// # Errors
/// Those of the connection.
pub fn put_back(
    vault: &Vault,
    mailbox: &Mailbox,
    rule: &RefusalFolder,
    now_us: i64,
    outward: &Outward,
) -> Result<u64> {
    let mut client = open(vault, mailbox, outward)?;
    let back = put_back_with(vault, mailbox, &mut client, rule, now_us);
    client.close();
    back
}

fn put_back_with(
    vault: &Vault,
    mailbox: &Mailbox,
    client: &mut Client,
    rule: &RefusalFolder,
    now_us: i64,
) -> Result<u64> {
    let mut back = 0;
    let is_gmail = client.can("X-GM-EXT-1");
    for (to, pile) in vault.moved_mails(rule, is_gmail)? {
        if !opened(client, &pile)? {
            continue;
        }
        for batch in batches(&pile) {
            let uids = uids(&batch.mails);
            if is_gmail {
                client.label(&uids, Some("\\Inbox"), Some(&rule.folder))?;
            } else {
                carry(vault, mailbox, client, &batch, &to, now_us)?;
            }
            vault.mails_back(rule, &batch.mails, now_us)?;
            back += uids.len() as u64;
        }
    }
    Ok(back)
}

/// Moves the mails of the open folder, and notes where they stand now.
pub(crate) fn carry(
    vault: &Vault,
    mailbox: &Mailbox,
    client: &mut Client,
    batch: &Pile,
    to: &str,
    now_us: i64,
) -> Result<()> {
    let landed = client.r#move(&uids(&batch.mails), to)?;
    vault.mails_moved(mailbox, batch, to, landed.as_ref(), now_us)?;
    Ok(())
}

pub(crate) fn open(vault: &Vault, mailbox: &Mailbox, outward: &Outward) -> Result<Client> {
    let secret = oauth::secret(vault, mailbox, outward)?;
    Client::open(&mailbox.access, &secret, outward)
}

/// Opens a pile's folder; whether its numbers still mean the same mails.
pub(crate) fn opened(client: &mut Client, pile: &Pile) -> Result<bool> {
    Ok(client.select(&pile.folder)?.counts.validity == Some(pile.validity))
}

pub(crate) fn batches(pile: &Pile) -> impl Iterator<Item = Pile> + '_ {
    pile.mails.chunks(BATCH).map(|mails| Pile {
        source: pile.source,
        folder: pile.folder.clone(),
        validity: pile.validity,
        mails: mails.to_vec(),
    })
}

pub(crate) fn uids(mails: &[Placed]) -> Vec<u32> {
    mails.iter().map(|m| m.uid).collect()
}
