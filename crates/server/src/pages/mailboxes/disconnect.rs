//! Forgetting a mailbox and its password; what it brought stays.

use super::retry::Which;
use crate::{Error, Sent};
use axum::response::Redirect;

pub(super) async fn remove(Sent(visitor, which): Sent<Which>) -> Result<Redirect, Error> {
    let removed = visitor
        .vault(move |vault| {
            let Some(mailbox) = vault.mailbox(&which.name)? else { return Ok(None) };
            vault.remove_mailbox(mailbox.id)?;
            Ok(Some(mailbox.id))
        })
        .await?;
    let id = removed.ok_or(Error::NotFound)?;
    visitor.state().follows().end(visitor.person, id);
    Ok(Redirect::to("/mailboxes"))
}
