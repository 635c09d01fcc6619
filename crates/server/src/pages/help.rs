//! Help: the keys, how to ask, and how to leave.

use super::{Frame, Nav};
use crate::words::Words;
use crate::{Error, State, Visitor, show};
use askama::Template;
use axum::Router;
use axum::response::IntoResponse;
use axum::routing::get;

/// Help's routes.
pub(super) fn routes() -> Router<State> {
    Router::new().route("/help", get(page))
}

async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let title = Words::of(visitor.locale).t("help-name");
    show(&Help { frame: visitor.frame(Nav::Elsewhere, title) })
}

/// `/help`.
#[derive(Template, Debug)]
#[template(path = "help.html")]
pub struct Help {
    /// What stands around it.
    pub frame: Frame,
}

impl Help {
    /// Each key of `assets/keys.js` with the sentence that says what it does.
    pub(crate) const KEYS: [(&'static str, &'static str); 8] = [
        ("/", "key-search"),
        ("j", "key-next"),
        ("k", "key-previous"),
        ("Enter", "key-open"),
        ("e", "key-correct"),
        ("r", "key-refuse"),
        ("u", "key-undo"),
        ("?", "key-help"),
    ];
}
