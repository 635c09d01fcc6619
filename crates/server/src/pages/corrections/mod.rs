//! Corrections in place: what the person says against what was read, and taking it back.

mod choose;
mod join;
mod lines;
mod log;
mod said;
mod undo;

pub(super) use lines::Fields;

use crate::State;
use axum::Router;
use axum::routing::{get, post};

/// The routes of corrections.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/corrections", get(log::page).post(said::take))
        .route("/corrections/choose", get(choose::page))
        .route("/corrections/{id}/undo", post(undo::take))
        .route("/order/{id}/lines", post(lines::take))
        .route("/order/{id}/join", get(join::page))
}
