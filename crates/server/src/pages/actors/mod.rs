//! Actors: who knows the person, and one of them whole.

mod list;
mod show;

use crate::State;
use axum::Router;
use axum::routing::get;

/// The actors' routes.
pub(super) fn routes() -> Router<State> {
    Router::new().route("/actors", get(list::page)).route("/actor/{id}", get(show::page))
}
