//! Mailboxes on a server: connected, how they are, tried again, forgotten.

mod connect;
mod consent;
mod disconnect;
mod filing;
mod retry;
mod show;

use crate::State;
use axum::Router;
use axum::routing::{get, post};

/// What waits for a mail server.
pub(super) fn slow_routes() -> Router<State> {
    Router::new().route("/mailboxes/filing", post(filing::agree).get(filing::page))
}

/// The routes of connected mailboxes.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/mailboxes", get(show::page))
        .route("/mailboxes/connect", post(connect::find))
        .route("/mailboxes/add", post(connect::add))
        .route("/mailboxes/consent/{issuer}", get(consent::back))
        .route("/mailboxes/filing/back", post(filing::back))
        .route("/mailboxes/retry", post(retry::retry))
        .route("/mailboxes/remove", post(disconnect::remove))
}
