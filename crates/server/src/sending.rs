//! Mails that go out from a person's own mailbox, when she says so: which mailbox, and one after the
//! other, so that a second click finds what the first did.

use crate::{Error, State};
use mesinfos_connect::submission::{self, Letter};
use mesinfos_connect::{self as connect, provider};
use mesinfos_domain::PersonId;
use mesinfos_vault::Vault;
use mesinfos_vault::mailboxes::{Access, Mailbox, Secret};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Who is sending: a turn for each person.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<PersonId, Arc<Mutex<()>>>>);

impl Turns {
    /// Runs `work` once no other work of this person runs.
    pub fn with<T>(&self, person: PersonId, work: impl FnOnce() -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, turn| Arc::strong_count(turn) > 1);
        let turn = Arc::clone(all.entry(person).or_default());
        drop(all);
        let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
        work()
    }
}

/// A mailbox that can send: its address, and where its mails are handed in.
pub(crate) struct Sender {
    pub mailbox: Mailbox,
    pub address: String,
    out: Access,
}

/// The mailboxes that can send, those with one of these addresses first.
pub(crate) fn senders(vault: &Vault, known: &[String]) -> mesinfos_vault::Result<Vec<Sender>> {
    let mut all: Vec<Sender> = vault.mailboxes()?.into_iter().filter_map(sender).collect();
    all.sort_by_key(|s| !known.iter().any(|k| k.eq_ignore_ascii_case(&s.address)));
    Ok(all)
}

fn sender(mailbox: Mailbox) -> Option<Sender> {
    let address = mailbox.address.clone()?;
    let out = mailbox.outward().or_else(|| {
        // Connected before where mails are handed in was written down.
        let found = provider::of(&address).filter(provider::Provider::is_known)?;
        let same = found.access.host == mailbox.access.host;
        same.then(|| Mailbox { outgoing: Some(found.outgoing), ..mailbox.clone() }.outward())?
    })?;
    Some(Sender { mailbox, address, out })
}

/// As choices of a form: number and address.
pub(crate) fn choices(senders: &[Sender]) -> Vec<(i64, String)> {
    senders.iter().map(|s| (s.mailbox.id, s.address.clone())).collect()
}

/// What is sent.
pub(crate) struct Draft<'a> {
    /// Her name.
    pub name: &'a str,
    pub to: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
    /// The Message-ID of the letter that it follows.
    pub follows: Option<&'a str>,
}

/// What was taken.
pub(crate) struct Gone {
    pub status: u16,
    /// Its Message-ID.
    pub id: String,
    mail: Vec<u8>,
    secret: Secret,
}

impl Sender {
    /// The mailbox with this number.
    pub fn of(vault: &Vault, mailbox: i64) -> Result<Sender, Error> {
        let all = senders(vault, &[])?;
        all.into_iter().find(|s| s.mailbox.id == mailbox).ok_or(Error::NotFound)
    }

    /// Hands it in. Blocks.
    pub fn send(&self, vault: &Vault, state: &State, draft: &Draft<'_>) -> connect::Result<Gone> {
        let mut chance = [0; 16];
        getrandom::fill(&mut chance).map_err(|_| connect::Error::Unavailable)?;
        let id = submission::message_id(chance, &self.address);
        let letter = Letter {
            from: (draft.name, &self.address),
            to: draft.to,
            subject: draft.subject,
            body: draft.body,
            id: &id,
            follows: draft.follows,
            at_us: state.now_us(),
        };
        let mail = letter.written();
        let outward = state.outward();
        let secret = connect::oauth::secret(vault, &self.mailbox, &outward)?;
        let status =
            submission::hand_in(&self.out, &secret, &self.address, draft.to, &mail, &outward)?;
        Ok(Gone { status, id, mail, secret })
    }

    /// Puts a copy into the mailbox's sent mails; whether it stands there. What was sent is sent.
    pub fn keep_copy(&self, state: &State, gone: &Gone) -> bool {
        let access = &self.mailbox.access;
        let kept =
            submission::keep_copy(access, &gone.secret, &gone.mail, &gone.id, &state.outward());
        kept.unwrap_or_else(|error| {
            tracing::info!(trouble = error.code(), "no copy of a sent mail could be kept");
            false
        })
    }
}
