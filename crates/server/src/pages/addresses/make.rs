//! An address for an actor, or for a word of hers, in one click.

use crate::door::percent;
use crate::{Error, Sent};
use axum::response::Redirect;
use mesinfos_domain::ActorId;
use mesinfos_vault::directory::Dedicated;
use mesinfos_vault::{Error as VaultError, NewAddress, views};

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    label: String,
    actor: Option<i64>,
}

pub(super) async fn make(Sent(visitor, asked): Sent<Asked>) -> Result<Redirect, Error> {
    let now = visitor.state().now_us();
    let made: Option<Dedicated> = visitor
        .store(move |store, vault| {
            let label: String = asked.label.trim().chars().take(200).collect();
            let named = match asked.actor {
                Some(id) => Some(ActorId(id)),
                None => views::actor_named(vault, &label)?.map(|a| a.id),
            };
            match store.give_address(vault, &NewAddress { label: &label, actor: named }, now) {
                Ok(made) => Ok(Some(made)),
                // The page says what the host would have to do.
                Err(VaultError::NoMailDomain) => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await?;
    Ok(match made {
        Some(made) => Redirect::to(&format!("/addresses?made={}", percent(&made.address))),
        None => Redirect::to("/addresses"),
    })
}
