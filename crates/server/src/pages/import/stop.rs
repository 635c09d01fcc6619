//! Stopping an import: what is kept stays, and it can go on.

use crate::{Error, Nothing, Sent};
use axum::response::{IntoResponse, Redirect};
use std::time::Duration;

pub(super) async fn stop(
    Sent(visitor, Nothing {}): Sent<Nothing>,
) -> Result<impl IntoResponse, Error> {
    let imports = visitor.state().imports();
    imports.stop(visitor.person);
    // Most stop within a moment: the page then shows the report at once.
    for _ in 0..20 {
        if imports.of(visitor.person).is_none() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(Redirect::to("/import"))
}
