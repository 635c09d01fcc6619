//! Ending a session on another device, or on this one.

use crate::{Error, Sent, door};
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse};

#[derive(serde::Deserialize)]
pub(super) struct Which {
    id: String,
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
