//! Taking a correction back.

use super::back;
use crate::Error;
use crate::visitor::Sent;
use axum::extract::Path;
use axum::response::Redirect;
use mesinfos_domain::CorrectionId;

#[derive(serde::Deserialize)]
pub(super) struct Form {
    #[serde(default)]
    back: String,
}

pub(super) async fn take(
    Path(id): Path<i64>,
    Sent(visitor, form): Sent<Form>,
) -> Result<Redirect, Error> {
    let now = visitor.state().now_us();
    let undone = visitor.vault(move |vault| vault.undo(CorrectionId(id), now)).await;
    match undone {
        // Undone in another tab: the page shows how things stand.
        Ok(()) | Err(Error::NotFound) => Ok(back(&form.back, None)),
        Err(other) => Err(other),
    }
}
