//! The copy of a sent mail in the mailbox's own folder of sent mails, where all her programs see it.

use crate::imap::Client;
use crate::outward::Outward;
use crate::{Error, Result};
use mesinfos_reading::mailbox::Role;
use mesinfos_vault::mailboxes::{Access, Secret};

/// Puts a copy there, unless the server has kept one by itself; whether there is one now. `id` is the
/// mail's Message-ID, without angle brackets.
///
/// # Errors
/// Those of the connection.
pub fn keep_copy(
    access: &Access,
    secret: &Secret,
    mail: &[u8],
    id: &str,
    outward: &Outward,
) -> Result<bool> {
    let mut client = Client::open(access, secret, outward)?;
    let kept = keep(&mut client, mail, id);
    client.close();
    kept
}

fn keep(client: &mut Client, mail: &[u8], id: &str) -> Result<bool> {
    // Gmail keeps what it sends.
    if client.can("X-GM-EXT-1") {
        return Ok(true);
    }
    let listed = client.list()?;
    let Some(sent) = listed.iter().find(|l| l.role == Role::Sent && !l.is_view) else {
        return Ok(false);
    };
    client.examine(&sent.name, None)?;
    if client.has_message(id)? {
        return Ok(true);
    }
    match client.append(&sent.name, mail) {
        Ok(()) => Ok(true),
        Err(Error::Broken(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
