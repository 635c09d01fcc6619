//! Who may write to the person: refusing with a preview, the ledger of refusals, recommendations.

mod advice;
mod ledger;
mod refuse;
mod said;
mod sentence;
mod way;

pub use sentence::what;
pub use way::WayOut;

use crate::State;
use axum::Router;
use axum::routing::{get, post};

/// The routes of partners.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/refuse", get(refuse::page).post(refuse::take))
        .route("/accept", post(said::accept))
        .route("/refusals", get(ledger::page))
        .route("/refusals/newcomers", post(said::newcomers))
        .route("/actor/{id}/asked", post(said::asked))
        .route("/advice", get(advice::page))
}
