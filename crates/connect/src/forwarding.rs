//! Mail of dedicated addresses passed on to the person's real mailbox, each whole inside a mail of our
//! own; by the host's submission, or by a mailbox of hers.
//!
//! Neither SRS nor ARC: with both the mail keeps its author's From under our machine's name, so that
//! it is believed only where the author signed it and we broke nothing (SRS), or where our seal is
//! trusted (ARC), which a small host's is nowhere. A mail of our own with the other inside is judged
//! by our own name alone, and what is inside can still be checked (docs/host.md).

use crate::outward::Outward;
use crate::submission::{self, Wrapped};
use crate::{Error, Result, oauth};
use mesinfos_vault::mailboxes::{Access, Mailbox, Secret};
use mesinfos_vault::{Passed, Vault, Waits};
use sha2::{Digest, Sha256};

/// A larger mail stays in the vault, and the note says so: most providers take 25 MB.
const MAIL_BYTES: i64 = 18 << 20;

/// By whom mails go out.
#[derive(Clone, Debug)]
pub struct Route {
    /// Where they are handed in; without a login, to a server on this machine.
    pub access: Access,
    /// Its password or token.
    pub secret: Secret,
    /// The address that they are sent from, and that gets what cannot be delivered.
    pub from: String,
}

impl Route {
    /// By a mailbox of hers.
    ///
    /// # Errors
    /// Those of a consent that has ended; [`Error::Forbidden`] when it sends no mails.
    pub fn of(vault: &Vault, mailbox: &Mailbox, outward: &Outward) -> Result<Route> {
        let (Some(access), Some(from)) = (mailbox.outward(), mailbox.address.clone()) else {
            return Err(Error::Forbidden);
        };
        Ok(Route { access, secret: oauth::secret(vault, mailbox, outward)?, from })
    }

    /// Hands one in.
    fn send(&self, to: &str, name: &str, what: &What<'_>, outward: &Outward) -> Result<u16> {
        let id = submission::message_id(what.mark(&self.from), &self.from);
        let mail = Wrapped {
            from: (name, &self.from),
            to,
            subject: what.subject,
            note: what.note,
            mail: what.mail,
            id: &id,
            at_us: what.at_us,
        };
        let mail = mail.written();
        submission::hand_in(&self.access, &self.secret, &self.from, to, &mail, outward)
    }
}

struct What<'a> {
    subject: &'a str,
    note: &'a str,
    mail: Option<&'a [u8]>,
    at_us: i64,
}

impl What<'_> {
    /// What its Message-ID is made of: the same mail sent a second time, because the first answer was
    /// lost, is the same mail.
    fn mark(&self, from: &str) -> [u8; 16] {
        let mut hash = Sha256::new();
        for part in [from.as_bytes(), self.note.as_bytes(), self.mail.unwrap_or_default()] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let hash: [u8; 32] = hash.finalize().into();
        hash.first_chunk().copied().unwrap_or_default()
    }
}

/// Sends the code by which whoever reads at `to` agrees.
///
/// # Errors
/// Those of the connection.
pub fn send_code(
    route: &Route,
    to: &str,
    (subject, note): (&str, &str),
    now_us: i64,
    outward: &Outward,
) -> Result<u16> {
    route.send(to, "MesInfos", &What { subject, note, mail: None, at_us: now_us }, outward)
}

/// What a round did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Round {
    /// Mails passed on.
    pub sent: u64,
    /// Mails that the other side will never take.
    pub failed: u64,
}

/// Passes on what waits. `note` says in her language who wrote to which address, and whether the mail
/// itself is inside; `name` is whom the mail is shown from.
///
/// # Errors
/// The first of the connection: what waits goes later.
pub fn go_on(
    vault: &Vault,
    route: &Route,
    to: &str,
    words: &dyn Fn(&Waits, bool) -> (String, String),
    now_us: i64,
    outward: &Outward,
) -> Result<Round> {
    let mut round = Round::default();
    for waits in vault.forward_waiting(now_us)? {
        let is_inside = waits.size <= MAIL_BYTES;
        let mail = if is_inside { vault.original(waits.message)? } else { None };
        let (name, note) = words(&waits, mail.is_some());
        let subject = if waits.subject.trim().is_empty() { "…" } else { waits.subject.as_str() };
        let what = What { subject, note: &note, mail: mail.as_deref(), at_us: now_us };
        match route.send(to, &name, &what, outward) {
            Ok(_) => {
                vault.forwarded(&waits, Passed::Sent, now_us)?;
                round.sent += 1;
            }
            // This mail, or this address: the other side said no for good.
            Err(Error::Declined(_)) => {
                vault.forwarded(&waits, Passed::Failed, now_us)?;
                round.failed += 1;
            }
            Err(error) => {
                vault.forwarded(&waits, Passed::Later, now_us)?;
                return Err(error);
            }
        }
    }
    Ok(round)
}
