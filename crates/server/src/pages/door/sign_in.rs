//! Signing in with a passphrase.

use super::{Back, frame, go, is_empty, let_in, opened};
use crate::pages::Frame;
use crate::{Error, Guest, State, door, show as render};
use askama::Template;
use axum::Form;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use mesinfos_vault::Mode;

/// `/sign-in`.
#[derive(Template)]
#[template(path = "door/sign_in.html")]
pub(super) struct Page {
    pub(super) frame: Frame,
    pub(super) back: String,
    pub(super) login: String,
    /// The key of the sentence that says why.
    pub(super) refused: Option<&'static str>,
}

pub(super) async fn show(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
    Query(Back { back }): Query<Back>,
) -> Result<Response, Error> {
    if is_empty(&state).await? {
        return Ok(go("/welcome", []));
    }
    let frame = frame(&state, &guest, "/sign-in", "sign-in");
    Ok(render(&Page { frame, back, login: String::new(), refused: None })?.into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Try {
    login: String,
    passphrase: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn try_it(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
    Form(form): Form<Try>,
) -> Result<Response, Error> {
    let now = state.seconds();
    let attempt = state.tries().begin(guest.counted(&form.login, now), now)?;
    let (login, passphrase) = (form.login.clone(), form.passphrase);
    let account = state
        .hash(move |store| {
            let Some(account) = store.directory().sign_in(&login, &passphrase)? else {
                return Ok(None);
            };
            if account.mode == Mode::Sealed {
                store.unseal(account.person, &passphrase)?;
            }
            Ok(Some(account))
        })
        .await?;
    let Some(account) = account else {
        tracing::warn!(target: door::LOG, way = "passphrase", "refused");
        let frame = frame(&state, &guest, "/sign-in", "sign-in");
        let refused = Some("sign-in-refused");
        let page = Page { frame, back: form.back, login: form.login, refused };
        return Ok((StatusCode::UNAUTHORIZED, render(&page)?).into_response());
    };
    attempt.right();
    if account.mode == Mode::Sealed {
        opened(&state, account.person).await?;
    }
    let_in(&state, &guest, account.person, "passphrase", &form.back).await
}
