//! Opening a sealed vault for somebody who is signed in: after a restart, or after an entry link.

use super::{Back, go, opened};
use crate::door::Counted;
use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Sent, State, Visitor, door, show as render};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// `/unseal`.
#[derive(Template)]
#[template(path = "door/unseal.html")]
struct Page {
    frame: Frame,
    back: String,
    refused: bool,
}

fn page(
    visitor: &Visitor,
    back: String,
    refused: bool,
) -> Result<impl IntoResponse + use<>, Error> {
    let title = Words::of(visitor.locale).t("unseal");
    render(&Page { frame: visitor.frame(Nav::Elsewhere, title), back, refused })
}

pub(super) async fn show(
    visitor: Visitor,
    Query(Back { back }): Query<Back>,
) -> Result<impl IntoResponse, Error> {
    page(&visitor, back, false)
}

#[derive(serde::Deserialize)]
pub(super) struct Secret {
    passphrase: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn open(
    axum::extract::State(state): axum::extract::State<State>,
    Sent(visitor, form): Sent<Secret>,
) -> Result<Response, Error> {
    let person = visitor.person;
    let attempt = state.tries().begin(vec![Counted::Person(person)], state.seconds())?;
    let is_open = state
        .hash(move |store| match store.unseal(person, &form.passphrase) {
            Ok(_) => Ok(true),
            Err(mesinfos_vault::Error::Refused) => Ok(false),
            Err(error) => Err(error),
        })
        .await?;
    if !is_open {
        tracing::warn!(target: door::LOG, way = "unsealing", "refused");
        return Ok((StatusCode::UNAUTHORIZED, page(&visitor, form.back, true)?).into_response());
    }
    attempt.right();
    opened(&state, visitor.person).await?;
    Ok(go(&form.back, []))
}
