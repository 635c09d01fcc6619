//! The word that logs in, made fresh before it expires.

use super::flow::refresh;
use super::{Client, Tokens};
use crate::outward::Outward;
use crate::{Error, Result};
use mesinfos_vault::Vault;
use mesinfos_vault::mailboxes::{Mailbox, Secret, Way};
use std::sync::{Arc, Mutex, PoisonError};

/// A token with less left is exchanged first.
const MARGIN_US: i64 = 120_000_000;

/// The clients that the host registered, and the clock that tells when tokens expire.
#[derive(Clone)]
pub struct Clients {
    all: Arc<[Client]>,
    now_us: Arc<dyn Fn() -> i64 + Send + Sync>,
}

impl Clients {
    /// These, by this clock (microseconds since 1970).
    pub fn new(all: Vec<Client>, now_us: impl Fn() -> i64 + Send + Sync + 'static) -> Clients {
        Clients { all: all.into(), now_us: Arc::new(now_us) }
    }

    /// The client for an IMAP server.
    pub fn of_host(&self, host: &str) -> Option<&Client> {
        let host = host.to_ascii_lowercase();
        self.all.iter().find(|c| c.issuer.hosts.contains(&host))
    }

    /// The client with this issuer.
    pub fn of_issuer(&self, code: &str) -> Option<&Client> {
        self.all.iter().find(|c| c.issuer.code == code)
    }

    pub(super) fn now_us(&self) -> i64 {
        (self.now_us)()
    }
}

impl Default for Clients {
    /// None at all.
    fn default() -> Clients {
        Clients::new(Vec::new(), || 0)
    }
}

impl std::fmt::Debug for Clients {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.all.iter().map(|c| &c.issuer.code)).finish()
    }
}

/// One exchange at a time: a second one may make the first one's worthless.
static EXCHANGE: Mutex<()> = Mutex::new(());

/// What logs in to a mailbox: its password, or a token that lasts. A token that was exchanged is kept
/// before it is used.
///
/// # Errors
/// [`Error::ConsentEnded`] when the person must agree again; those of the connection to the provider.
pub fn secret(vault: &Vault, mailbox: &Mailbox, outward: &Outward) -> Result<Secret> {
    let kept = vault.mailbox_secret(mailbox.id)?;
    if mailbox.access.way == Way::Password {
        return Ok(kept);
    }
    // A bare token, given on the command line: used as long as it lasts.
    let Some(tokens) = Tokens::opened(&kept) else { return Ok(kept) };
    if lasts(&tokens, outward) {
        return Ok(Secret::new(tokens.access.clone()));
    }
    let _one = EXCHANGE.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = vault.mailbox_secret(mailbox.id)?;
    let tokens = Tokens::opened(&kept).unwrap_or(tokens);
    if lasts(&tokens, outward) {
        return Ok(Secret::new(tokens.access.clone()));
    }
    let client = outward.clients.of_issuer(&tokens.issuer).ok_or(Error::ConsentEnded)?;
    let new = refresh(client, &tokens, outward)?;
    vault.renew_mailbox_secret(mailbox.id, &new.sealed())?;
    Ok(Secret::new(new.access.clone()))
}

fn lasts(tokens: &Tokens, outward: &Outward) -> bool {
    tokens.expires_us - outward.clients.now_us() > MARGIN_US
}
