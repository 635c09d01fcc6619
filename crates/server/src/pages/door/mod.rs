//! The pages at the door: first run, sign-in, entry link, unsealing, sign-out, and the last one.

mod enter;
mod erased;
mod passkey;
mod sign_in;
mod sign_out;
mod unseal;
mod welcome;

use super::{Frame, language};
use crate::{Error, Guest, State, door};
use axum::Router;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use mesinfos_domain::PersonId;
use mesinfos_vault::directory::NewSession;

/// The door's routes.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/welcome", get(welcome::show).post(welcome::create))
        .route("/sign-in", get(sign_in::show).post(sign_in::try_it))
        .route("/sign-in/passkey/ask", post(passkey::ask))
        .route("/sign-in/passkey", post(passkey::enter))
        .route("/enter", get(enter::show).post(enter::use_link))
        .route("/unseal", get(unseal::show).post(unseal::open))
        .route("/sign-out", post(sign_out::leave))
        .route("/erased", get(erased::show))
}

/// Where to go after the door.
#[derive(serde::Deserialize, Default)]
pub(super) struct Back {
    #[serde(default)]
    back: String,
}

/// Opens a session with a new token, ends the one that this browser held (ASVS 7.2.4), remembers that
/// this browser was let in, and goes on to `to`. `way` is how the person came in, for the log.
async fn let_in(
    state: &State,
    guest: &Guest,
    person: PersonId,
    way: &'static str,
    to: &str,
) -> Result<Response, Error> {
    let (device, now, held) = (guest.device.clone(), state.now_us(), guest.held.clone());
    let (token, account) = state
        .ask(move |store| {
            let directory = store.directory();
            if let Some(held) = held {
                directory.close_session(&held)?;
            }
            let new = NewSession { person, device: &device, lasts_us: door::IDLE_US };
            Ok((directory.open_session(&new, now)?, directory.account(person)?))
        })
        .await?;
    let number = account.as_ref().map(|a| a.number);
    tracing::info!(target: door::LOG, way, account = number, "signed in");
    let seconds = door::LONGEST_US / 1_000_000;
    let cookie = door::set(&token, seconds, state.reach())
        .ok_or_else(|| Error::Broken("a token is no header value".into()))?;
    let known =
        account.and_then(|a| guest.known.remember(&a.login, state.seconds(), state.reach()));
    Ok(go(to, [Some(cookie), known]))
}

/// A sealed vault was opened: what was cut short in it goes on.
async fn opened(state: &State, person: PersonId) -> Result<(), Error> {
    let begun = state.clone();
    let task = tokio::task::spawn_blocking(move || begun.go_on_with(&begun.store().vault(person)?));
    task.await.map_err(|e| Error::Broken(e.to_string()))?
}

/// 303 to a path of our own, with these cookies.
fn go(to: &str, cookies: impl IntoIterator<Item = Option<HeaderValue>>) -> Response {
    let mut response = Redirect::to(language::local(to)).into_response();
    let cookies = cookies.into_iter().flatten().map(|c| (header::SET_COOKIE, c));
    response.headers_mut().extend(cookies);
    response
}

/// The frame of a page at the door.
fn frame(state: &State, guest: &Guest, here: &str, title: &str) -> Frame {
    let frame = Frame::open(guest.locale, state.today(), here, "");
    let title = frame.w.t(title);
    frame.titled(title)
}

/// Whether nobody has an account yet: then the first-run page is all there is.
async fn is_empty(state: &State) -> Result<bool, Error> {
    state.ask(|store| Ok(store.directory().accounts()?.is_empty())).await
}
