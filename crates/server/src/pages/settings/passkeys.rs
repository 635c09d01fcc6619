//! Making and removing passkeys. Both take the passphrase again (ASVS 7.5.1): a browser left open must
//! not give somebody a way in that lasts, nor take one away.

use super::show;
use super::show::Refused;
use crate::door::passkey::{Ceremony, party, secret};
use crate::{Error, Guest, Nothing, Sent, door};
use axum::Json;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use mesinfos_vault::directory::NewPasskey;
use serde_json::{Value, json};
use webauthn_rs::prelude::{CredentialID, RegisterPublicKeyCredential};
use webauthn_rs_proto::ResidentKeyRequirement;

/// Passkeys of one person: more is a mistake or worse.
const MOST: usize = 20;

pub(super) async fn ask(
    headers: HeaderMap,
    guest: Guest,
    Sent(visitor, Nothing {}): Sent<Nothing>,
) -> Result<Json<Value>, Error> {
    let state = visitor.state().clone();
    let party = party(&headers, state.reach()).ok_or(Error::NotFound)?;
    let person = visitor.person;
    let known = state.ask(move |store| store.directory().passkeys(person)).await?;
    let known: Vec<CredentialID> = known.into_iter().map(|p| p.credential).collect();
    let (mut options, asked) = party
        .start_passkey_registration(person.0, &visitor.name, &visitor.name, Some(known))
        .map_err(|e| Error::Broken(format!("passkey: {e}")))?;
    // Kept by the authenticator together with whose it is: nobody types a name to sign in.
    if let Some(wanted) = &mut options.public_key.authenticator_selection {
        wanted.resident_key = Some(ResidentKeyRequirement::Required);
        wanted.require_resident_key = true;
    }
    let making = Ceremony::Making { session: visitor.session.clone(), asked: Box::new(asked) };
    let ceremony = state.ceremonies().begin(making, guest.address, state.seconds())?;
    Ok(Json(json!({ "ceremony": ceremony, "options": options.public_key })))
}

#[derive(serde::Deserialize)]
pub(super) struct Made {
    #[serde(default)]
    name: String,
    /// The passphrase in use.
    #[serde(default)]
    old: String,
    ceremony: String,
    /// The new credential, as JSON (WebAuthn level 3, 5.1.8.1).
    credential: String,
    #[serde(default)]
    secret: String,
}

pub(super) async fn add(
    headers: HeaderMap,
    Sent(visitor, made): Sent<Made>,
) -> Result<Response, Error> {
    let state = visitor.state().clone();
    let (now, person) = (state.seconds(), visitor.person);
    let party = party(&headers, state.reach()).ok_or(Error::NotFound)?;
    let credential = serde_json::from_str::<RegisterPublicKeyCredential>(&made.credential).ok();
    let verified = match (state.ceremonies().end(&made.ceremony, now), credential) {
        (Some(Ceremony::Making { session, asked }), Some(credential))
            if session == visitor.session =>
        {
            party.finish_passkey_registration(&credential, &asked).ok()
        }
        _ => None,
    };
    let Some(passkey) = verified else {
        let page = show::with(&visitor, Some(Refused::Passkey("passkey-not-made")), None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let body = serde_json::to_string(&passkey).map_err(|e| Error::Broken(e.to_string()))?;
    let name: String = made.name.trim().chars().take(60).collect();
    let (secret, now_us) = (secret(&made.secret), state.now_us());
    let kept = visitor
        .confirmed(made.old, move |store, old| {
            if store.directory().passkeys(person)?.len() >= MOST {
                return Err(mesinfos_vault::Error::Taken("every place for a passkey"));
            }
            let credential = passkey.cred_id().as_ref();
            let new = NewPasskey { person, credential, name: &name, body: &body };
            store.add_passkey(&new, old, secret.as_ref(), now_us)
        })
        .await?;
    if kept.is_none() {
        let page = show::with(&visitor, Some(Refused::Passkey("settings-old-wrong")), None).await?;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    }
    tracing::info!(target: door::LOG, "a passkey was made");
    Ok(to_settings("/settings?done=passkey"))
}

#[derive(serde::Deserialize)]
pub(super) struct Which {
    id: String,
    /// The passphrase in use.
    #[serde(default)]
    old: String,
}

pub(super) async fn remove(Sent(visitor, which): Sent<Which>) -> Result<Response, Error> {
    let person = visitor.person;
    let removed = visitor
        .confirmed(which.old, move |store, _| {
            let directory = store.directory();
            let all = directory.passkeys(person)?;
            match all.iter().find(|p| show::id(&p.credential) == which.id) {
                Some(passkey) => directory.remove_passkey(person, &passkey.credential),
                None => Ok(false),
            }
        })
        .await?;
    let Some(removed) = removed else {
        let page = show::with(&visitor, Some(Refused::Passkey("settings-old-wrong")), None).await?;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    };
    if !removed {
        return Err(Error::NotFound);
    }
    tracing::info!(target: door::LOG, "a passkey was removed");
    Ok(to_settings("/settings?done=passkey-removed"))
}

fn to_settings(to: &'static str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}
