//! Help: what one does here and where, and the keys.

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
    /// What one does here: where, the word of that page, and the sentence that says it.
    const WAYS: [(&'static str, &'static str, &'static str); 8] = [
        ("/import", "nav-import", "help-import"),
        ("/search", "nav-search", "help-search"),
        ("/due", "due-name", "help-due"),
        ("/purchases", "nav-purchases", "help-purchases"),
        ("/corrections", "log-name", "help-correct"),
        ("/refusals", "nav-refusals", "help-refuse"),
        ("/addresses", "nav-addresses", "help-addresses"),
        ("/rights", "rights-name", "help-rights"),
    ];

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
