//! One mail: what was read in it, its body in a frame, its attachments.

mod body;
mod facts;
mod original;
mod part;
mod show;

pub(super) use show::signed_by;

use crate::{Error, State, Visitor};
use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::routing::get;
use mesinfos_domain::{Fact, MessageId};
use mesinfos_reading::Mail;

/// The routes of a mail.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/mail/{id}", get(show::page))
        .route("/mail/{id}/body", get(body::page))
        .route("/mail/{id}/original", get(original::save))
        .route("/mail/{id}/part/{part}", get(part::save))
        .route("/mail/{id}/part/{part}/open", get(part::open))
        .route("/mail/{id}/picture/{content_id}", get(part::picture))
}

/// What an attachment or an original may do in a browser: nothing. Same for those that are saved,
/// in case a browser opens them all the same.
const SHUT: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox";

/// The mail's bytes; 404 for another's as for none.
async fn bytes(visitor: &Visitor, id: MessageId) -> Result<Vec<u8>, Error> {
    visitor.vault(move |vault| vault.original(id)).await?.ok_or(Error::NotFound)
}

/// The mail's bytes, the mail, and where its facts were read.
async fn read(visitor: &Visitor, id: MessageId) -> Result<(Vec<u8>, Mail, Vec<Fact>), Error> {
    let read = visitor
        .vault(move |vault| {
            let Some(bytes) = vault.original(id)? else { return Ok(None) };
            let card = mesinfos_vault::views::message(vault, id)?;
            let facts = card.map(|c| c.facts.into_iter().map(|f| f.fact).collect());
            let mail = Mail::read(&bytes);
            Ok(Some((bytes, mail, facts.unwrap_or_default())))
        })
        .await?;
    read.ok_or(Error::NotFound)
}

/// The headers of bytes that somebody else wrote.
fn shut(media_type: &str, disposition: &str) -> Result<HeaderMap, Error> {
    let value = |text: &str| {
        HeaderValue::from_str(text).map_err(|_| Error::Broken("no header value".into()))
    };
    Ok(HeaderMap::from_iter([
        (header::CONTENT_TYPE, value(media_type)?),
        (header::CONTENT_DISPOSITION, value(disposition)?),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SHUT)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ]))
}
