//! Bringing a mailbox up to date at the person's word.

use crate::{Error, Sent, Visitor};
use axum::response::Redirect;
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::{Mode, Vault};

#[derive(serde::Deserialize)]
pub(super) struct Which {
    pub name: String,
}

pub(super) async fn retry(Sent(visitor, which): Sent<Which>) -> Result<Redirect, Error> {
    let found = visitor
        .vault(move |vault| Ok(vault.mailbox(&which.name)?.map(|m| (vault.clone(), m))))
        .await?;
    let (vault, mailbox) = found.ok_or(Error::NotFound)?;
    follow(&visitor, &vault, &mailbox)?;
    Ok(Redirect::to("/mailboxes"))
}

/// A watched vault listens on; a sealed one works while its owner is there, so once.
pub(super) fn follow(visitor: &Visitor, vault: &Vault, mailbox: &Mailbox) -> Result<(), Error> {
    visitor.state().follow(vault, mailbox, visitor.mode == Mode::Watched)
}
