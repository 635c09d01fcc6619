//! Bringing mail: where from, how far, what was found.

mod begin;
mod report;
mod show;
mod stop;
mod upload;

use crate::State;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The routes of the import.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/import", get(show::page))
        .route("/import/progress", get(show::progress))
        .route("/import/path", post(begin::by_path))
        .route("/import/thunderbird", post(begin::by_profile))
        .route("/import/again", post(begin::again))
        .route("/import/stop", post(stop::stop))
}

/// A mailbox takes as long, and is as large, as it is.
pub(super) fn slow_routes() -> Router<State> {
    Router::new().route("/import/upload", post(upload::receive).layer(DefaultBodyLimit::disable()))
}
