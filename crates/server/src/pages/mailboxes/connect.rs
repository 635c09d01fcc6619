//! Connecting a mailbox: first its address, then, with the server filled in, its password.

use super::consent;
use super::show::{Found, with};
use crate::{Error, Sent};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_connect::discovery;
use mesinfos_connect::provider::{Note, Source};
use mesinfos_vault::mailboxes::{Access, Outgoing, Secret, Security, Way};

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    address: String,
}

pub(super) async fn find(Sent(visitor, asked): Sent<Asked>) -> Result<Response, Error> {
    let address = asked.address.trim().to_owned();
    // Only now, because she asks, is the domain of her address asked for its servers.
    let asked = address.clone();
    let found = visitor
        .outward(move |_, state| {
            Ok(discovery::find(&asked, &state.to_strangers(), state.directory()))
        })
        .await?;
    let Some(found) = found else {
        let page = with(&visitor, None, Some("mailboxes-no-address"), address).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let consent = consent::begin(&visitor, &found, &address)?;
    let found = Found {
        takes_password: found.note != Note::OAuth,
        // What its note says of passwords is no matter where none is needed.
        consent,
        note: found.note.code().map(|code| format!("mailboxes-note-{code}")),
        access: found.access,
        outgoing: found.outgoing,
        source: found.source,
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
    /// Empty: no mails are sent from this mailbox.
    #[serde(default)]
    out_host: String,
    #[serde(default = "submissions")]
    out_port: u16,
    #[serde(default)]
    out_security: String,
}

/// RFC 8314, 3.3.
fn submissions() -> u16 {
    465
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
    let outgoing = Outgoing {
        host: form.out_host.trim().to_owned(),
        port: form.out_port,
        security: Security::from_code(&form.out_security),
    };
    let (now, kept, how) = (visitor.state().now_us(), name.clone(), access.clone());
    let out = Some(outgoing.clone()).filter(|o| !o.host.is_empty());
    let added = visitor
        .vault(move |vault| match vault.add_mailbox(&kept, &how, &secret, now) {
            Err(mesinfos_vault::Error::Taken(_)) => Ok(None),
            Ok(id) => {
                vault.set_outgoing(id, &kept, out.as_ref())?;
                Ok(vault.mailbox(&kept)?.map(|mailbox| (vault.clone(), mailbox)))
            }
            Err(error) => Err(error),
        })
        .await?;
    let Some((vault, mailbox)) = added else {
        let found = Found {
            access,
            outgoing,
            note: None,
            source: Source::Table,
            takes_password: true,
            consent: None,
        };
        let page = with(&visitor, Some(found), Some("mailboxes-taken"), name).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    super::retry::follow(&visitor, &vault, &mailbox)?;
    Ok(Redirect::to("/mailboxes").into_response())
}
