//! Pausing, closing, opening again; to whom an address was given; whether mail makes addresses.

use crate::{Error, Sent};
use axum::response::Redirect;
use mesinfos_vault::directory::AddressState;
use mesinfos_vault::views;

#[derive(serde::Deserialize)]
pub(super) struct Set {
    address: String,
    state: String,
}

pub(super) async fn set(Sent(visitor, set): Sent<Set>) -> Result<Redirect, Error> {
    let Some(state) = AddressState::from_code(&set.state) else {
        return Err(Error::Invalid("no such state of an address".into()));
    };
    let done = visitor
        .store(move |store, vault| {
            store.directory().set_address(vault.person(), &set.address, state)
        })
        .await?;
    if done { Ok(Redirect::to("/addresses")) } else { Err(Error::NotFound) }
}

#[derive(serde::Deserialize)]
pub(super) struct Given {
    address: String,
    label: String,
}

pub(super) async fn given(Sent(visitor, given): Sent<Given>) -> Result<Redirect, Error> {
    let now = visitor.state().now_us();
    let done = visitor
        .store(move |store, vault| {
            let known = store.directory().dedicated(&given.address)?;
            if known.is_none_or(|k| k.person != vault.person()) {
                return Ok(false);
            }
            let label: String = given.label.trim().chars().take(200).collect();
            let actor = views::actor_named(vault, &label)?.map(|a| a.id);
            vault.set_given_address(&given.address, &label, actor, now)?;
            Ok(true)
        })
        .await?;
    if done { Ok(Redirect::to("/addresses")) } else { Err(Error::NotFound) }
}

#[derive(serde::Deserialize)]
pub(super) struct FirstMail {
    makes: u8,
}

pub(super) async fn first_mail(Sent(visitor, asked): Sent<FirstMail>) -> Result<Redirect, Error> {
    visitor
        .store(move |store, vault| {
            store.directory().let_mail_make_addresses(vault.person(), asked.makes == 1)
        })
        .await?;
    Ok(Redirect::to("/addresses#first-mail"))
}
