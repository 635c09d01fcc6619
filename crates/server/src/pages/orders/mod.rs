//! Orders: the list, and one order with the addition that proves it.

mod addition;
mod list;
mod row;
mod show;
mod story;

pub(super) use row::Row;
pub(super) use story::{End, Step, ends, steps};

use crate::State;
use axum::Router;
use axum::routing::get;

/// The orders' routes.
pub(super) fn routes() -> Router<State> {
    Router::new().route("/orders", get(list::page)).route("/order/{id}", get(show::page))
}
