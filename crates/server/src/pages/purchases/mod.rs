//! Purchases: every thing bought, and the card of one with its after-sales file.

mod file;
mod list;
mod show;

pub(super) use list::{Thing, thing};

use crate::State;
use axum::Router;
use axum::routing::get;

/// The things' routes.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/purchases", get(list::page))
        .route("/thing/{order}/{line}", get(show::show))
        .route("/thing/{order}/{line}/file", get(file::file))
}
