//! Connecting a mailbox: first its address, then, with the server filled in, its password.

use super::show::{Found, with};
use crate::{Error, Sent};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_connect::provider;
use mesinfos_vault::mailboxes::{Access, Secret, Security, Way};

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    address: String,
}

pub(super) async fn find(Sent(visitor, asked): Sent<Asked>) -> Result<Response, Error> {
    let address = asked.address.trim().to_owned();
    let Some(found) = provider::of(&address) else {
        let page = with(&visitor, None, Some("mailboxes-no-address"), address).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let found = Found {
        note: found.note.code().map(|code| format!("mailboxes-note-{code}")),
        access: found.access,
        is_known: found.is_known,
    };
    Ok(with(&visitor, Some(found), None, address).await?.into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Named {
    address: String,
    host: String,
    port: u16,
    security: String,
    login: String,
    password: String,
}

pub(super) async fn add(Sent(visitor, form): Sent<Named>) -> Result<Response, Error> {
    let access = Access {
        host: form.host.trim().to_owned(),
        port: form.port,
        security: Security::from_code(&form.security),
        login: form.login.trim().to_owned(),
        way: Way::Password,
    };
    let name = form.address.trim().to_owned();
    // Passwords for programs are shown in groups: the spaces are no part of them.
    let secret = Secret::new(form.password.trim().to_owned());
    if name.is_empty() || access.host.is_empty() || secret.expose().is_empty() {
        return Err(Error::Invalid("a mailbox needs its address, server and password".into()));
    }
    let (now, kept, how) = (visitor.state().now_us(), name.clone(), access.clone());
    let added = visitor
        .vault(move |vault| match vault.add_mailbox(&kept, &how, &secret, now) {
            Err(mesinfos_vault::Error::Taken(_)) => Ok(None),
            Ok(_) => Ok(vault.mailbox(&kept)?.map(|mailbox| (vault.clone(), mailbox))),
            Err(error) => Err(error),
        })
        .await?;
    let Some((vault, mailbox)) = added else {
        let found = Found { access, note: None, is_known: true };
        let page = with(&visitor, Some(found), Some("mailboxes-taken"), name).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    super::retry::follow(&visitor, &vault, &mailbox)?;
    Ok(Redirect::to("/mailboxes").into_response())
}
