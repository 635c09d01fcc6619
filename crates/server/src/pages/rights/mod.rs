//! What the person asks of organisations under the GDPR: letters, their clock, their answers.

mod list;
mod mark;
mod send;
mod show;
mod state;

pub use state::{Asked, rights_of};

use crate::State;
use axum::Router;
use axum::routing::{get, post};

/// The routes of rights.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/rights", get(list::page).post(mark::write))
        .route("/rights/{id}", get(show::page).post(mark::take))
}

/// What waits for a mail server.
pub(super) fn slow_routes() -> Router<State> {
    Router::new().route("/rights/{id}/send", post(send::send))
}
