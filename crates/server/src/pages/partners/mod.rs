//! Who may write to the person: refusing with a preview, the ledger of refusals, recommendations.

mod advice;
mod ask;
mod folder;
mod ledger;
mod refuse;
mod said;
mod sentence;
mod stop;
mod way;

pub use sentence::what;
pub use way::{WayOut, asked_so_far};

use crate::State;
use axum::Router;
use axum::routing::{get, post};

/// What waits for a mail server.
pub(super) fn slow_routes() -> Router<State> {
    Router::new()
        .route("/mail/{id}/ask", post(ask::send))
        .route("/refusals/{id}/folder", post(folder::put))
        .route("/refusals/{id}/folder/back", post(folder::back))
}

/// The routes of partners.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/refuse", get(refuse::page).post(refuse::take))
        .route("/accept", post(said::accept))
        .route("/refusals", get(ledger::page))
        .route("/refusals/newcomers", post(said::newcomers))
        .route("/actor/{id}/asked", post(said::asked))
        .route("/mail/{id}/unsubscribe", post(stop::one_click))
        .route("/mail/{id}/ask", get(ask::page))
        .route("/advice", get(advice::page))
}
