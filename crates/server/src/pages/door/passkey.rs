//! Signing in with a passkey: the page's script asks for a challenge and posts the answer. It needs
//! no name typed, and opens a sealed vault when the passkey can.

use super::{frame, let_in, opened};
use crate::door::passkey::{Ceremony, party, secret};
use crate::{Error, Guest, State, door, show as render};
use axum::Form;
use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use mesinfos_domain::PersonId;
use mesinfos_vault::{Mode, Store};
use serde_json::{Value, json};
use webauthn_rs::Webauthn;
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential};

pub(super) async fn ask(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
    headers: HeaderMap,
) -> Result<Json<Value>, Error> {
    let now = state.seconds();
    let party = party(&headers, state.reach()).ok_or(Error::NotFound)?;
    let (options, asked) = party
        .start_discoverable_authentication()
        .map_err(|e| Error::Broken(format!("passkey: {e}")))?;
    let ceremony =
        state.ceremonies().begin(Ceremony::Entering(Box::new(asked)), guest.address, now)?;
    Ok(Json(json!({ "ceremony": ceremony, "options": options.public_key })))
}

#[derive(serde::Deserialize)]
pub(super) struct Answer {
    ceremony: String,
    /// The credential, as JSON (WebAuthn level 3, 5.1.8.1).
    credential: String,
    /// What the PRF extension gave, in base64url; empty when the authenticator has none.
    #[serde(default)]
    secret: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn enter(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
    headers: HeaderMap,
    Form(answer): Form<Answer>,
) -> Result<Response, Error> {
    let now = state.seconds();
    let attempt = state.tries().begin(guest.nameless(), now)?;
    let party = party(&headers, state.reach()).ok_or(Error::NotFound)?;
    let asked = state.ceremonies().end(&answer.ceremony, now);
    let credential = serde_json::from_str::<PublicKeyCredential>(&answer.credential);
    let (Some(Ceremony::Entering(asked)), Ok(credential)) = (asked, credential) else {
        return refused(&state, &guest, answer.back);
    };
    let (now_us, secret) = (state.now_us(), secret(&answer.secret));
    let found = state
        .ask(move |store| {
            let Some((person, mode, id)) = verify(store, &party, *asked, &credential, now_us)?
            else {
                return Ok(None);
            };
            let is_open = match (mode, secret) {
                (Mode::Sealed, Some(secret)) => {
                    store.unseal_by_passkey(person, &id, &secret).is_ok()
                }
                _ => false,
            };
            Ok(Some((person, is_open)))
        })
        .await?;
    let Some((person, is_open)) = found else { return refused(&state, &guest, answer.back) };
    attempt.right();
    if is_open {
        opened(&state, person).await?;
    }
    let_in(&state, &guest, person, "passkey", &answer.back).await
}

/// Who holds the passkey, once its signature is verified: over our challenge, for our name, by a
/// verified owner, with a counter that has not gone back.
fn verify(
    store: &Store,
    party: &Webauthn,
    asked: DiscoverableAuthentication,
    credential: &PublicKeyCredential,
    now_us: i64,
) -> mesinfos_vault::Result<Option<(PersonId, Mode, Vec<u8>)>> {
    let Ok((user, id)) = party.identify_discoverable_authentication(credential) else {
        return Ok(None);
    };
    let (directory, person) = (store.directory(), PersonId(user));
    let (Some(account), Some(kept)) = (directory.account(person)?, directory.passkey(person, id)?)
    else {
        return Ok(None);
    };
    let Ok(mut passkey) = serde_json::from_str::<Passkey>(&kept.body) else { return Ok(None) };
    let verified = party.finish_discoverable_authentication_v2(credential, asked, &passkey);
    let Ok(verified) = verified else { return Ok(None) };
    passkey.update_credential(&verified);
    let body = serde_json::to_string(&passkey).unwrap_or(kept.body.clone());
    directory.used_passkey(&kept, &body, now_us)?;
    Ok(Some((person, account.mode, kept.credential)))
}

fn refused(state: &State, guest: &Guest, back: String) -> Result<Response, Error> {
    tracing::warn!(target: door::LOG, way = "passkey", "refused");
    let frame = frame(state, guest, "/sign-in", "sign-in");
    let page = super::sign_in::Page {
        frame,
        back,
        login: String::new(),
        refused: Some("sign-in-passkey-refused"),
    };
    Ok((StatusCode::UNAUTHORIZED, render(&page)?).into_response())
}
