//! Choosing a new passphrase: all sessions end with the old one, and this browser gets a new one.

use super::show::{self, Refused};
use crate::door::passphrase::{self, Weak};
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
    let state = visitor.state().clone();
    let (key, now, person) = (visitor.person.to_string(), state.seconds(), visitor.person);
    let wait = state.by_login().wait(&key, now);
    if wait > 0 {
        return Err(Error::Wait(wait));
    }
    if let Err(weak) = passphrase::judge(&form.new, &[&visitor.name]) {
        let refused = match weak {
            Weak::Short => "passphrase-short",
            Weak::Long => "passphrase-long",
            Weak::Common => "passphrase-common",
            Weak::Repeats => "passphrase-repeats",
        };
        let page = show::with(&visitor, Some(Refused::Passphrase(refused)), None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    state.by_login().failed(key.clone(), now);
    let (device, now_us) = (visitor.device.clone(), state.now_us());
    let token = state
        .hash(move |store| {
            let directory = store.directory();
            let Some(account) = directory.account(person)? else { return Ok(None) };
            if account.has_passphrase && directory.sign_in(&account.login, &form.old)?.is_none() {
                return Ok(None);
            }
            directory.change_passphrase(person, Some(&form.old), &form.new)?;
            let new = NewSession { person, device: &device, lasts_us: door::IDLE_US };
            directory.open_session(&new, now_us).map(Some)
        })
        .await?;
    let Some(token) = token else {
        let page =
            show::with(&visitor, Some(Refused::Passphrase("settings-old-wrong")), None).await?;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    };
    state.by_login().succeeded(&key);
    tracing::info!(target: door::LOG, "a passphrase was changed");
    let cookie = door::set(&token, door::LONGEST_US / 1_000_000, state.reach());
    let cookie = AppendHeaders(cookie.map(|c| (axum::http::header::SET_COOKIE, c)));
    let to = [(axum::http::header::LOCATION, "/settings?done=passphrase")];
    Ok((StatusCode::SEE_OTHER, to, cookie).into_response())
}
