//! One attachment: saved under a cleaned name, or opened where it can do nothing.

use super::{bytes, shut};
use crate::mail::{Shown, clean_name, disposition, shown};
use crate::{Error, Visitor};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_domain::MessageId;
use mesinfos_reading::{Attachment, Mail};

/// An attachment's description and its content.
async fn part(
    visitor: &Visitor,
    id: MessageId,
    which: impl FnOnce(&Attachment) -> bool + Clone + Send + 'static,
) -> Result<(Attachment, Vec<u8>), Error> {
    let bytes = bytes(visitor, id).await?;
    let found = tokio::task::spawn_blocking(move || {
        let mail = Mail::read(&bytes);
        let attachment = mail.attachments.into_iter().find(|a| which.clone()(a))?;
        let content = Mail::content(&bytes, attachment.part)?;
        Some((attachment, content))
    });
    found.await.map_err(|e| Error::Broken(e.to_string()))?.ok_or(Error::NotFound)
}

pub(super) async fn save(
    visitor: Visitor,
    Path((id, number)): Path<(MessageId, u32)>,
) -> Result<Response, Error> {
    let (attachment, content) = part(&visitor, id, move |a| a.part == number).await?;
    let name = clean_name(attachment.name.as_deref(), number);
    // Never under the type that the mail gives: a browser that opens it all the same sees bytes.
    let headers = shut("application/octet-stream", &disposition("attachment", &name))?;
    Ok((headers, content).into_response())
}

pub(super) async fn open(
    visitor: Visitor,
    Path((id, number)): Path<(MessageId, u32)>,
) -> Result<Response, Error> {
    let (attachment, content) = part(&visitor, id, move |a| a.part == number).await?;
    let name = clean_name(attachment.name.as_deref(), number);
    let media_type = match shown(&attachment.media_type, &content) {
        Some(Shown::Picture(media_type)) => media_type,
        Some(Shown::Pdf) => "application/pdf",
        Some(Shown::Text) => "text/plain; charset=utf-8",
        // It is not what it says: it can still be saved.
        None => return Ok(Redirect::to(&format!("/mail/{id}/part/{number}")).into_response()),
    };
    Ok((shut(media_type, &disposition("inline", &name))?, content).into_response())
}

/// A picture by its Content-ID, for the cards of things: pictures only, whatever the mail says.
pub(super) async fn picture(
    visitor: Visitor,
    Path((id, content_id)): Path<(MessageId, String)>,
) -> Result<Response, Error> {
    let named = move |a: &Attachment| a.content_id.as_deref() == Some(content_id.as_str());
    let (attachment, content) = part(&visitor, id, named).await?;
    let Some(Shown::Picture(media_type)) = shown(&attachment.media_type, &content) else {
        return Err(Error::NotFound);
    };
    let mut headers = shut(media_type, "inline")?;
    // What a mail holds never changes; other persons of this browser are kept out by the session.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600"));
    headers.insert(header::VARY, HeaderValue::from_static("cookie"));
    Ok((headers, content).into_response())
}
