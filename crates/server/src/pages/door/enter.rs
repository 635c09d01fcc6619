//! The entry link: `/enter#TOKEN`, posted by the page's script, or its short code typed by hand.

use super::{frame, let_in};
use crate::pages::Frame;
use crate::{Error, Guest, State, door, show as render};
use askama::Template;
use axum::Form;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// `/enter`.
#[derive(Template)]
#[template(path = "door/enter.html")]
struct Page {
    frame: Frame,
    refused: bool,
}

pub(super) async fn show(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
) -> Result<Response, Error> {
    let frame = frame(&state, &guest, "/enter", "enter");
    Ok(render(&Page { frame, refused: false })?.into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Link {
    code: String,
}

pub(super) async fn use_link(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
    Form(Link { code }): Form<Link>,
) -> Result<Response, Error> {
    let attempt = state.tries().begin(guest.nameless(), state.seconds())?;
    let now_us = state.now_us();
    let person = state.ask(move |store| store.directory().use_link(&code, now_us)).await?;
    let Some(person) = person else {
        tracing::warn!(target: door::LOG, way = "link", "refused");
        let frame = frame(&state, &guest, "/enter", "enter");
        let page = Page { frame, refused: true };
        return Ok((StatusCode::UNAUTHORIZED, render(&page)?).into_response());
    };
    attempt.right();
    let_in(&state, &guest, person, "link", "/").await
}
