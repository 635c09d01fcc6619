//! Mails filed in the mailbox itself, by organisation and drawer, within the rounds of its sync; and
//! put back where they were. Nothing is ever deleted, folders that are empty in the end neither: a
//! server cannot be asked to delete a folder only if nothing has come into it meanwhile.

use crate::imap::{Client, Listed};
use crate::moving::{batches, carry, open, opened, uids};
use crate::outward::Outward;
use crate::{Error, Result};
use mesinfos_reading::mailbox::{Role, imap_name, imap_written};
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::{Filed, Filing, Vault};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// A filing as this server can hold it: its folder is made, and what parts levels there is known.
///
/// # Errors
/// [`Error::Forbidden`] for the inbox, the trash and the like, or a name that cannot be one; those of
/// the connection.
pub fn prepare(
    vault: &Vault,
    mailbox: &Mailbox,
    wanted: Filing,
    outward: &Outward,
) -> Result<Filing> {
    let root = path(&wanted.root)?;
    let mut client = open(vault, mailbox, outward)?;
    let prepared = prepare_with(&mut client, Filing { root, ..wanted });
    client.close();
    prepared
}

fn prepare_with(client: &mut Client, wanted: Filing) -> Result<Filing> {
    // Better known now than after the first mail.
    let can_move = ["X-GM-EXT-1", "MOVE", "UIDPLUS"].iter().any(|c| client.can(c));
    if !can_move {
        return Err(Error::Broken("neither MOVE nor UIDPLUS"));
    }
    let listed = client.list()?;
    let delimiter = listed.iter().find_map(|l| l.delimiter.clone()).unwrap_or_else(|| "/".into());
    let filing = Filing { delimiter, prefix: String::new(), ..wanted };
    let inside = format!("INBOX{}", filing.delimiter);
    let under_inbox = Filing { prefix: inside.clone(), ..filing.clone() };
    // Some servers have all folders inside the inbox (RFC 2342); they refuse others.
    let mut others = listed.iter().filter(|l| !l.name.eq_ignore_ascii_case("INBOX")).peekable();
    let is_inside = others.peek().is_some() && others.all(|l| l.name.starts_with(&inside));
    let filing = if is_inside { under_inbox.clone() } else { filing };
    let mut names = names(&listed);
    match make(client, &mut names, &root(&filing)) {
        Err(Error::Broken(_)) if !is_inside => {
            make(client, &mut names, &root(&under_inbox))?;
            Ok(under_inbox)
        }
        made => made.map(|()| filing),
    }
}

/// Her word for a folder, level by level.
fn path(root: &str) -> Result<String> {
    let levels: Vec<&str> = root.split('/').map(str::trim).filter(|l| !l.is_empty()).collect();
    let path = levels.join("/");
    let is_odd = path.is_empty()
        || path.chars().count() > 100
        || path.contains(|c: char| c.is_control() || matches!(c, '"' | '\\' | '*' | '%'))
        || path.eq_ignore_ascii_case("INBOX")
        || Role::of_folder(&path) != Role::Ordinary;
    if is_odd { Err(Error::Forbidden) } else { Ok(path) }
}

fn root(filing: &Filing) -> String {
    let levels: Vec<String> = filing.root.split('/').map(imap_written).collect();
    format!("{}{}", filing.prefix, levels.join(&filing.delimiter))
}

fn names(listed: &[Listed]) -> BTreeSet<String> {
    listed.iter().map(|l| imap_name(&l.name).into_owned()).collect()
}

/// Makes a folder that is not there.
fn make(client: &mut Client, names: &mut BTreeSet<String>, written: &str) -> Result<()> {
    if names.insert(imap_name(written).into_owned()) { client.create(written) } else { Ok(()) }
}

/// One round, at the end of a sync: its connection is there, and what stands where is known. How
/// many mails were filed or put back.
pub(crate) fn go_on(
    vault: &Vault,
    mailbox: &Mailbox,
    client: &mut Client,
    now_us: i64,
    stop: &AtomicBool,
) -> Result<u64> {
    let Some(filed) = vault.filing(mailbox.id)? else { return Ok(0) };
    vault.settle_filed(mailbox.id)?;
    let mut round = Round { vault, mailbox, client, now_us, stop, done: 0 };
    let outcome = match filed.filing.is_back {
        true => round.put_back(),
        false => round.file(&filed),
    };
    let done = round.done;
    if let Err(error) = outcome {
        let left = vault.filing(mailbox.id)?.map_or(0, |f| f.left);
        vault.filing_stands(mailbox.id, left, Some(error.code()))?;
        return Err(error);
    }
    Ok(done)
}

struct Round<'a> {
    vault: &'a Vault,
    mailbox: &'a Mailbox,
    client: &'a mut Client,
    now_us: i64,
    stop: &'a AtomicBool,
    done: u64,
}

impl Round<'_> {
    fn file(&mut self, filed: &Filed) -> Result<()> {
        let (vault, id) = (self.vault, self.mailbox.id);
        let plan = vault.filing_plan(&filed.filing, self.now_us)?;
        let mut left = plan.mails;
        if filed.left != left || filed.trouble.is_some() {
            vault.filing_stands(id, left, None)?;
        }
        if plan.steps.is_empty() {
            return Ok(());
        }
        if plan.by_label != self.client.can("X-GM-EXT-1") {
            return Err(Error::Broken("neither labels nor folders"));
        }
        let mut names = names(&self.client.list()?);
        for step in &plan.steps {
            self.go_on()?;
            make(self.client, &mut names, &step.to)?;
            // New numbers: the mails are known again at the next sync.
            if !opened(self.client, &step.pile)? {
                continue;
            }
            for batch in batches(&step.pile) {
                self.go_on()?;
                vault.mails_filing(id, &batch, &step.to, self.now_us)?;
                if plan.by_label {
                    let uids = uids(&batch.mails);
                    self.client.label(&uids, Some(&step.to), step.was.as_deref())?;
                } else {
                    carry(vault, self.mailbox, self.client, &batch, &step.to, self.now_us)?;
                }
                vault.mails_filed(id, &batch.mails)?;
                self.done += batch.mails.len() as u64;
                left -= batch.mails.len() as i64;
                vault.filing_stands(id, left, None)?;
            }
        }
        Ok(())
    }

    fn put_back(&mut self) -> Result<()> {
        let (vault, id) = (self.vault, self.mailbox.id);
        let by_label = self.client.can("X-GM-EXT-1");
        let piles = vault.filed_mails(id, by_label)?;
        let mut left: i64 = piles.iter().map(|(_, _, p)| p.mails.len() as i64).sum();
        vault.filing_stands(id, left, None)?;
        let names = if left == 0 { BTreeSet::new() } else { names(&self.client.list()?) };
        let mut is_whole = true;
        for (label, from, pile) in piles {
            self.go_on()?;
            if !opened(self.client, &pile)? {
                is_whole = false;
                continue;
            }
            // A folder that she has deleted since: the inbox is where mail arrives.
            let is_there = names.contains(imap_name(&from).as_ref());
            let to = if is_there { from.as_str() } else { "INBOX" };
            for batch in batches(&pile) {
                self.go_on()?;
                if by_label {
                    self.client.label(&uids(&batch.mails), None, Some(&label))?;
                } else {
                    carry(vault, self.mailbox, self.client, &batch, to, self.now_us)?;
                }
                vault.mails_unfiled(id, &batch.mails)?;
                self.done += batch.mails.len() as u64;
                left -= batch.mails.len() as i64;
                vault.filing_stands(id, left, None)?;
            }
        }
        // What is left stands elsewhere: she moved it herself since.
        if is_whole {
            vault.drop_filing(id)?;
        }
        Ok(())
    }

    fn go_on(&self) -> Result<()> {
        if self.stop.load(Ordering::Relaxed) { Err(Error::Stopped) } else { Ok(()) }
    }
}
