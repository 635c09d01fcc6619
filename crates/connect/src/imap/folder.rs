//! What a mailbox is followed by: its folders, one folder opened, its messages listed and fetched.

use super::client::Client;
use super::command::{folder, is_name, set};
use super::reply::{Counts, Fetched, Reply};
use crate::Result;
use mesinfos_reading::mailbox::{Role, imap_name};
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
        let asked = match since {
            Some((validity, seq)) if self.is_quick() => format!(" (QRESYNC ({validity} {seq}))"),
            _ if self.can("CONDSTORE") || self.is_quick() => " (CONDSTORE)".to_owned(),
            _ => String::new(),
        };
        let mut standing = Standing::default();
        self.must(&format!("EXAMINE {}{asked}", folder(name)), &mut |_, reply| {
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

    /// Moves messages to another folder (RFC 6851), or copies them and deletes exactly those. The
    /// folder must have been opened with [`Client::select`].
    ///
    /// # Errors
    /// Those of the connection.
    pub fn r#move(&mut self, uids: &[u32], to: &str) -> Result<()> {
        let (set, to) = (set(uids), folder(to));
        if self.can("MOVE") {
            return self.must(&format!("UID MOVE {set} {to}"), &mut |_, _| Ok(()));
        }
        self.must(&format!("UID COPY {set} {to}"), &mut |_, _| Ok(()))?;
        self.must(&format!("UID STORE {set} +FLAGS.SILENT (\\Deleted)"), &mut |_, _| Ok(()))?;
        // Without UIDPLUS an EXPUNGE would take along what others marked: it is left to them.
        if self.can("UIDPLUS") {
            self.must(&format!("UID EXPUNGE {set}"), &mut |_, _| Ok(()))?;
        }
        Ok(())
    }

    /// Opens a folder to change it.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn select(&mut self, name: &str) -> Result<()> {
        self.must(&format!("SELECT {}", folder(name)), &mut |_, _| Ok(()))
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
    Some(Listed { name, role, is_view: is_all || has("\\flagged"), is_all, counts: None })
}
