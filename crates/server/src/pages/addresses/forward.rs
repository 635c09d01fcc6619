//! Passing mail of dedicated addresses on: asked for, confirmed by a code, ended.

use crate::door::percent;
use crate::{Error, Nothing, Sent, State, Visitor};
use axum::response::Redirect;
use mesinfos_vault::{Forwarding, Vault};

/// What the page shows of it.
pub(super) struct Shown {
    pub forwarding: Option<Forwarding>,
    /// Whether the host sends for people.
    pub by_host: bool,
    /// Mailboxes of hers that can send: number and address.
    pub senders: Vec<(i64, String)>,
}

pub(super) async fn shown(visitor: &Visitor) -> Result<Shown, Error> {
    let (person, state) = (visitor.person, visitor.state().clone());
    visitor
        .vault(move |vault| {
            let account = state.store().directory().account(person)?;
            let account = account.ok_or(mesinfos_vault::Error::NotFound("account"))?;
            state.forwarder(vault, &account, |f| {
                let senders = f.senders()?.into_iter();
                Ok(Shown {
                    forwarding: vault.forwarding()?,
                    by_host: f.has_host()?,
                    senders: senders.map(|m| (m.id, m.address.unwrap_or(m.name))).collect(),
                })
            })
        })
        .await
}

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    target: String,
    /// A mailbox of hers; 0: the host.
    #[serde(default)]
    by: i64,
}

pub(super) async fn ask(Sent(visitor, asked): Sent<Asked>) -> Result<Redirect, Error> {
    let by = Some(asked.by).filter(|by| *by > 0);
    with(&visitor, move |vault, state, account| {
        state.forwarder(vault, account, |f| f.ask(&asked.target, by))
    })
    .await
}

#[derive(serde::Deserialize)]
pub(super) struct Code {
    code: String,
}

pub(super) async fn confirm(Sent(visitor, typed): Sent<Code>) -> Result<Redirect, Error> {
    with(&visitor, move |vault, state, account| {
        state.forwarder(vault, account, |f| f.confirm(&typed.code))
    })
    .await
}

pub(super) async fn end(Sent(visitor, Nothing {}): Sent<Nothing>) -> Result<Redirect, Error> {
    visitor.vault(|vault| vault.stop_forwarding()).await?;
    Ok(Redirect::to("/addresses?forward=ended#forward"))
}

async fn with(
    visitor: &Visitor,
    work: impl FnOnce(
        &Vault,
        &State,
        &mesinfos_vault::directory::Account,
    ) -> mesinfos_vault::Result<&'static str>
    + Send
    + 'static,
) -> Result<Redirect, Error> {
    let person = visitor.person;
    let said = visitor
        .outward(move |vault, state| {
            let account = state.store().directory().account(person)?.ok_or(Error::NotFound)?;
            Ok(state.turns().with(person, || work(vault, state, &account))?)
        })
        .await?;
    Ok(Redirect::to(&format!("/addresses?forward={}#forward", percent(said))))
}
