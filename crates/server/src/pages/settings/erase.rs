//! Erasing one's account and vault (GDPR, article 17, for oneself): what goes and what stays is said first.
//!
//! It asks for the passphrase again and for the name of the account: a browser left open must not be enough.
//! Where there is no passphrase, having just signed in stands for it.

use crate::door;
use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Sent, Visitor, show};
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Response};
use mesinfos_vault::directory::Account;
use mesinfos_vault::fold;

/// How long a sign-in stands for a passphrase.
const FRESH_US: i64 = 600 * 1_000_000;

/// `/settings/erase`.
#[derive(Template)]
#[template(path = "settings/erase.html")]
struct Page {
    frame: Frame,
    name: String,
    /// Dedicated addresses, which will take no mail any more.
    addresses: usize,
    has_passphrase: bool,
    /// Whether it may be done now: with a passphrase, or soon after signing in.
    is_fresh: bool,
    refused: Option<&'static str>,
}

pub(super) async fn page(visitor: Visitor) -> Result<Html<String>, Error> {
    let about = about(&visitor).await?;
    with(&visitor, about, None)
}

/// What the page tells, and what is checked.
struct About {
    account: Account,
    addresses: usize,
    is_fresh: bool,
}

async fn about(visitor: &Visitor) -> Result<About, Error> {
    let (person, session) = (visitor.person, visitor.session.clone());
    let now = visitor.state().now_us();
    visitor
        .state()
        .ask(move |store| {
            let directory = store.directory();
            let account = directory.account(person)?;
            let account = account.ok_or(mesinfos_vault::Error::NotFound("account"))?;
            let sessions = directory.sessions(person, now)?;
            let own = sessions.iter().find(|s| s.id == session);
            Ok(About {
                is_fresh: account.has_passphrase
                    || own.is_some_and(|s| now - s.created_us <= FRESH_US),
                account,
                addresses: directory.addresses(person)?.len(),
            })
        })
        .await
}

fn with(
    visitor: &Visitor,
    about: About,
    refused: Option<&'static str>,
) -> Result<Html<String>, Error> {
    let frame = visitor.frame(Nav::Settings, Words::of(visitor.locale).t("erase-name"));
    show(&Page {
        frame,
        name: about.account.name,
        addresses: about.addresses,
        has_passphrase: about.account.has_passphrase,
        is_fresh: about.is_fresh,
        refused,
    })
}

#[derive(serde::Deserialize)]
pub(super) struct Erase {
    #[serde(default)]
    name: String,
    /// The passphrase in use.
    #[serde(default)]
    old: String,
}

pub(super) async fn erase(Sent(visitor, form): Sent<Erase>) -> Result<Response, Error> {
    let about = about(&visitor).await?;
    if fold::key(&form.name) != about.account.login {
        let page = with(&visitor, about, Some("erase-name-wrong"))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if !about.is_fresh {
        return Ok((StatusCode::UNAUTHORIZED, with(&visitor, about, None)?).into_response());
    }
    if visitor.confirmed(form.old, |_, _| Ok(())).await?.is_none() {
        let page = with(&visitor, about, Some("settings-old-wrong"))?;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    }
    let (state, person) = (visitor.state().clone(), visitor.person);
    // Begun, it ends: also when the browser does not wait for it.
    let erased = tokio::task::spawn_blocking(move || state.erase(person)).await;
    erased.map_err(|e| Error::Broken(format!("an erasure panicked: {e}")))??;
    let cookie = door::clear(visitor.state().reach());
    let cookie = AppendHeaders(cookie.map(|c| (header::SET_COOKIE, c)));
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/erased")], cookie).into_response())
}
