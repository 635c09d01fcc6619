//! Search: the card of the thing first, then actors, then mails.

mod narrow;
mod show;

use crate::State;
use axum::Router;
use axum::routing::get;

/// Search's route.
pub(super) fn routes() -> Router<State> {
    Router::new().route("/search", get(show::page))
}
