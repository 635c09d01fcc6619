//! Dedicated addresses: made in one click, paused, closed, and what came to each.

mod carry;
mod change;
mod forward;
mod make;
mod show;
mod tell;

use crate::State;
use axum::Router;
use axum::routing::{get, post};

/// The routes of dedicated addresses.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/addresses", get(show::page))
        .route("/addresses/make", post(make::make))
        .route("/addresses/set", post(change::set))
        .route("/addresses/given", post(change::given))
        .route("/addresses/first-mail", post(change::first_mail))
        .route("/addresses/forward/confirm", post(forward::confirm))
        .route("/addresses/forward/end", post(forward::end))
        .route("/addresses/tell", get(tell::page))
        .route("/addresses/tell.csv", get(carry::file))
}

/// What waits for a mail server.
pub(super) fn slow_routes() -> Router<State> {
    Router::new().route("/addresses/forward", post(forward::ask))
}
