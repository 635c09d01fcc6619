//! The last page: the account is gone. It knows nobody, so anybody may see it.

use super::frame;
use crate::pages::Frame;
use crate::{Error, Guest, State, show as render};
use askama::Template;
use axum::response::IntoResponse;

/// `/erased`.
#[derive(Template)]
#[template(path = "door/erased.html")]
struct Page {
    frame: Frame,
}

pub(super) async fn show(
    axum::extract::State(state): axum::extract::State<State>,
    guest: Guest,
) -> Result<impl IntoResponse, Error> {
    render(&Page { frame: frame(&state, &guest, "/erased", "erased") })
}
