//! Home: one sentence and its proof, then who, how much, what is due.

mod due;
mod show;

pub(super) use due::{Due, rows as due_rows};

use crate::State;
use axum::Router;
use axum::routing::get;

/// Home's routes.
pub(super) fn routes() -> Router<State> {
    Router::new().route("/", get(show::page)).route("/due", get(due::page))
}
