//! Ending a session on another device, or on this one.

use crate::{Error, Nothing, Sent, door};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};

#[derive(serde::Deserialize)]
pub(super) struct Which {
    id: String,
}

/// Ends every session but this one.
pub(super) async fn end_others(
    Sent(visitor, Nothing {}): Sent<Nothing>,
) -> Result<impl IntoResponse, Error> {
    let (person, own, now) = (visitor.person, visitor.session.clone(), visitor.state().now_us());
    let ended = visitor.state().ask(move |store| {
        let directory = store.directory();
        let others: Vec<_> = directory.sessions(person, now)?;
        for other in others.iter().filter(|s| s.id != own) {
            directory.revoke_session(person, &other.id)?;
        }
        Ok(())
    });
    ended.await?;
    tracing::info!(target: door::LOG, "all other sessions were ended");
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/settings?done=others")]))
}

pub(super) async fn end(Sent(visitor, which): Sent<Which>) -> Result<impl IntoResponse, Error> {
    let is_this = which.id == visitor.session;
    let person = visitor.person;
    let ended =
        visitor.state().ask(move |s| s.directory().revoke_session(person, &which.id)).await?;
    if !ended {
        return Err(Error::NotFound);
    }
    let cookie = if is_this { door::clear(visitor.state().reach()) } else { None };
    let cookie = AppendHeaders(cookie.map(|c| (header::SET_COOKIE, c)));
    let to = if is_this { "/sign-in" } else { "/settings" };
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)], cookie))
}
