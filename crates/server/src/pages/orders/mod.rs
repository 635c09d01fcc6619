//! Orders: the list, and one order with the addition that proves it.

mod addition;
mod list;
mod row;
mod show;

pub(super) use row::Row;

use crate::State;
use axum::Router;
use axum::routing::get;

/// The orders' routes.
pub(super) fn routes() -> Router<State> {
    Router::new().route("/orders", get(list::page)).route("/order/{id}", get(show::page))
}
