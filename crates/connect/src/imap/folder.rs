//! What a mailbox is followed by: its folders, one folder opened, its messages listed and fetched.

use super::client::Client;
use super::command::{folder, is_name, quoted, set};
use super::reply::{Copied, Counts, Fetched, Reply};
use crate::{Error, Result};
use mesinfos_reading::mailbox::{Role, imap_name};
use mesinfos_vault::Landed;
use std::ops::RangeInclusive;

/// A folder that the server lists.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    /// As the server writes it.
    pub name: String,
    /// What it is for: by special use (RFC 6154), else by its name.
    pub role: Role,
    /// Holds all mails of the mailbox once more, or those with a star: no place of its own.
    pub is_view: bool,
    /// `\All`.
    pub is_all: bool,
    /// What parts the levels of its name.
    pub delimiter: Option<String>,
    /// What it counts, when the server told with the list (RFC 5819).
    pub counts: Option<Counts>,
}

/// A folder as it was opened.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Standing {
    /// What it counts.
    pub counts: Counts,
    /// Gone since the state that was told (QRESYNC).
    pub vanished: Vec<RangeInclusive<u32>>,
    /// Changed or new since then.
    pub changed: Vec<Fetched>,
}

impl Client {
    /// All folders that can be opened, with what they count where the server tells it along.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn list(&mut self) -> Result<Vec<Listed>> {
        let mut back = Vec::new();
        if self.can("SPECIAL-USE") {
            back.push("SPECIAL-USE".to_owned());
        }
        if self.can("LIST-STATUS") {
            let seq = if self.can("CONDSTORE") || self.is_quick() { " HIGHESTMODSEQ" } else { "" };
            back.push(format!("STATUS (MESSAGES UIDNEXT UIDVALIDITY{seq})"));
        }
        let command = match self.can("LIST-EXTENDED") && !back.is_empty() {
            true => format!("LIST \"\" \"*\" RETURN ({})", back.join(" ")),
            false => "LIST \"\" \"*\"".to_owned(),
        };
        let mut listed: Vec<Listed> = Vec::new();
        self.must(&command, &mut |_, reply| {
            match reply {
                Reply::Folder { name, delimiter, attributes } => {
                    listed.extend(self::listed(name, delimiter.as_deref(), &attributes));
                }
                Reply::Standing { name, counts } => {
                    if let Some(of) = listed.iter_mut().find(|l| l.name == name) {
                        of.counts = Some(counts);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(listed)
    }

    /// Opens a folder to read: nothing in it changes by our looking. `since`: UIDVALIDITY and
    /// HIGHESTMODSEQ of the last time, for QRESYNC.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn examine(&mut self, name: &str, since: Option<(u32, u64)>) -> Result<Standing> {
        self.standing("EXAMINE", name, since)
    }

    /// Opens a folder to change it.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn select(&mut self, name: &str) -> Result<Standing> {
        self.standing("SELECT", name, None)
    }

    fn standing(
        &mut self,
        command: &str,
        name: &str,
        since: Option<(u32, u64)>,
    ) -> Result<Standing> {
        let asked = match since {
            Some((validity, seq)) if self.is_quick() => format!(" (QRESYNC ({validity} {seq}))"),
            _ if self.can("CONDSTORE") || self.is_quick() => " (CONDSTORE)".to_owned(),
            _ => String::new(),
        };
        let mut standing = Standing::default();
        self.must(&format!("{command} {}{asked}", folder(name)), &mut |_, reply| {
            match reply {
                Reply::Told { counts, .. } => {
                    let now = &mut standing.counts;
                    now.validity = counts.validity.or(now.validity);
                    now.next_uid = counts.next_uid.or(now.next_uid);
                    now.mod_seq = counts.mod_seq.or(now.mod_seq);
                }
                Reply::Exists(n) => standing.counts.messages = Some(n),
                Reply::Vanished(ranges) => standing.vanished.extend(ranges),
                Reply::Fetched(one) => standing.changed.push(one),
                _ => {}
            }
            Ok(())
        })?;
        Ok(standing)
    }

    /// `UID FETCH`: what the server says of the messages of a set, as it comes.
    ///
    /// # Errors
    /// Those of the connection, and of `on`.
    pub fn fetch(
        &mut self,
        uids: &str,
        what: &str,
        on: &mut dyn FnMut(Fetched) -> Result<()>,
    ) -> Result<()> {
        self.must(&format!("UID FETCH {uids} {what}"), &mut |_, reply| match reply {
            Reply::Fetched(one) => on(one),
            _ => Ok(()),
        })
    }

    /// Whether the open folder has a mail with this Message-ID, given without angle brackets.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn has_message(&mut self, id: &str) -> Result<bool> {
        let Some(id) = quoted(id) else { return Ok(false) };
        let mut is_there = false;
        self.must(&format!("UID SEARCH HEADER Message-ID {id}"), &mut |_, reply| {
            is_there |= matches!(reply, Reply::Found(uids) if !uids.is_empty());
            Ok(())
        })?;
        Ok(is_there)
    }

    /// Adds a mail, marked as read, to a folder (RFC 3501, 6.3.11).
    ///
    /// # Errors
    /// Those of the connection; [`crate::Error::Broken`] when the server does not take it.
    pub fn append(&mut self, name: &str, mail: &[u8]) -> Result<()> {
        let command = format!("APPEND {} (\\Seen) {{{}}}", folder(name), mail.len());
        let mut left = Some(mail);
        self.must(&command, &mut |client, reply| match (reply, left.take()) {
            (Reply::GoOn, Some(mail)) => client.send_bytes(&[mail, b"\r\n"].concat()),
            (_, unsent) => {
                left = unsent;
                Ok(())
            }
        })
    }

    /// Moves messages to another folder (RFC 6851), or copies them and deletes exactly those (RFC
    /// 4315). The folder must have been opened with [`Client::select`]. Where they are now, when the
    /// server tells.
    ///
    /// # Errors
    /// [`crate::Error::Broken`] when the server can neither; those of the connection.
    pub fn r#move(&mut self, uids: &[u32], to: &str) -> Result<Option<Landed>> {
        let (set, to) = (set(uids), folder(to));
        let landed = |copied: Option<Copied>| {
            copied.map(|c| Landed { validity: c.validity, uids: c.uids(uids) })
        };
        if self.can("MOVE") {
            let copied = self.copied(&format!("UID MOVE {set} {to}"))?;
            return Ok(landed(copied));
        }
        // Without UIDPLUS an EXPUNGE would take along what others marked as deleted.
        if !self.can("UIDPLUS") {
            return Err(Error::Broken("neither MOVE nor UIDPLUS"));
        }
        let copied = self.copied(&format!("UID COPY {set} {to}"))?;
        self.must(&format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)"), &mut |_, _| Ok(()))?;
        self.must(&format!("UID EXPUNGE {set}"), &mut |_, _| Ok(()))?;
        Ok(landed(copied))
    }

    /// Runs a command that copies; the server's COPYUID, which may come by itself or at the end.
    fn copied(&mut self, command: &str) -> Result<Option<Copied>> {
        let mut told = None;
        let ended = self.run(command, &mut |_, reply| {
            if let Reply::Told { copied: Some(copied), .. } = reply {
                told = Some(copied);
            }
            Ok(())
        })?;
        let copied = ended.copied.clone();
        ended.well()?;
        Ok(copied.or(told))
    }

    /// Makes a folder, and has other programs show it.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn create(&mut self, name: &str) -> Result<()> {
        let name = folder(name);
        self.must(&format!("CREATE {name}"), &mut |_, _| Ok(()))?;
        // Where subscriptions are not known it is shown all the same.
        self.run(&format!("SUBSCRIBE {name}"), &mut |_, _| Ok(())).map(|_| ())
    }

    /// Puts one of Gmail's labels on messages and takes another off. `\\Inbox` is one too.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn label(&mut self, uids: &[u32], on: Option<&str>, off: Option<&str>) -> Result<()> {
        let written = |l: &str| if l.starts_with('\\') { l.to_owned() } else { folder(l) };
        for (sign, label) in [('+', on), ('-', off)] {
            let Some(label) = label else { continue };
            let (set, label) = (set(uids), written(label));
            let command = format!("UID STORE {set} {sign}X-GM-LABELS.SILENT ({label})");
            self.must(&command, &mut |_, _| Ok(()))?;
        }
        Ok(())
    }
}

fn listed(name: String, delimiter: Option<&str>, attributes: &[String]) -> Option<Listed> {
    let has = |a: &str| attributes.iter().any(|b| b == a);
    if has("\\noselect") || has("\\nonexistent") || !is_name(&name) {
        return None;
    }
    let special = attributes.iter().map(|a| Role::of_name(a)).max().unwrap_or_default();
    let role = if special == Role::Ordinary {
        let path = imap_name(&name).into_owned();
        let path =
            delimiter.filter(|d| !d.is_empty()).map_or(path.clone(), |d| path.replace(d, "/"));
        Role::of_folder(path.trim_start_matches("INBOX/"))
    } else {
        special
    };
    let is_all = has("\\all");
    let delimiter = delimiter.filter(|d| !d.is_empty()).map(str::to_owned);
    let is_view = is_all || has("\\flagged");
    Some(Listed { name, role, is_view, is_all, delimiter, counts: None })
}
