//! Choosing a new passphrase: all sessions end with the old one, and this browser gets a new one.

use super::show::{self, Refused};
use crate::door::passphrase;
use crate::{Error, Sent, door};
use axum::http::StatusCode;
use axum::response::{AppendHeaders, IntoResponse, Response};
use mesinfos_vault::directory::NewSession;

#[derive(serde::Deserialize)]
pub(super) struct Change {
    #[serde(default)]
    old: String,
    new: String,
}

pub(super) async fn change(Sent(visitor, form): Sent<Change>) -> Result<Response, Error> {
    if let Err(weak) = passphrase::judge(&form.new, &[&visitor.name]) {
        let page = show::with(&visitor, Some(Refused::Passphrase(weak.key())), None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (person, device) = (visitor.person, visitor.device.clone());
    let now_us = visitor.state().now_us();
    let token = visitor
        .confirmed(form.old, move |store, old| {
            let directory = store.directory();
            directory.change_passphrase(person, Some(old), &form.new)?;
            let new = NewSession { person, device: &device, lasts_us: door::IDLE_US };
            directory.open_session(&new, now_us)
        })
        .await?;
    let Some(token) = token else {
        let page =
            show::with(&visitor, Some(Refused::Passphrase("settings-old-wrong")), None).await?;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    };
    tracing::info!(target: door::LOG, "a passphrase was changed");
    let cookie = door::set(&token, door::LONGEST_US / 1_000_000, visitor.state().reach());
    let cookie = AppendHeaders(cookie.map(|c| (axum::http::header::SET_COOKIE, c)));
    let to = [(axum::http::header::LOCATION, "/settings?done=passphrase")];
    Ok((StatusCode::SEE_OTHER, to, cookie).into_response())
}
