//! The original as it arrived, to keep elsewhere.

use super::{bytes, shut};
use crate::mail::{clean_name, disposition};
use crate::{Error, Visitor};
use axum::extract::Path;
use axum::response::IntoResponse;
use mesinfos_domain::MessageId;
use mesinfos_reading::Mail;

pub(super) async fn save(
    visitor: Visitor,
    Path(id): Path<MessageId>,
) -> Result<impl IntoResponse, Error> {
    let bytes = bytes(&visitor, id).await?;
    let head = &bytes[..bytes.len().min(64 << 10)];
    let subject = Mail::read(head).subject;
    let name = if subject.trim().is_empty() { id.to_string() } else { subject };
    // The subject's own dots and slashes are no path.
    let name = clean_name(Some(&format!("{}.eml", name.replace(['/', '\\'], "-"))), 1);
    Ok((shut("message/rfc822", &disposition("attachment", &name))?, bytes))
}
