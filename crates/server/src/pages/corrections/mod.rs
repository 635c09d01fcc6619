//! Corrections in place: what the person says against what was read, and taking it back.

mod choose;
mod join;
mod lines;
mod log;
mod said;
mod undo;

pub(super) use lines::Fields;

use crate::State;
use crate::pages::language::local;
use crate::pages::parts::Address;
use axum::Router;
use axum::response::Redirect;
use axum::routing::{get, post};
use mesinfos_domain::CorrectionId;

/// The routes of corrections.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/corrections", get(log::page).post(said::take))
        .route("/corrections/choose", get(choose::page))
        .route("/corrections/{id}/undo", post(undo::take))
        .route("/order/{id}/lines", post(lines::take))
        .route("/order/{id}/join", get(join::page))
}

/// Back to the page that the form stood on; it then shows what was done, with its undo.
fn back(to: &str, done: Option<CorrectionId>) -> Redirect {
    let (path, query) = local(to).split_once('?').unwrap_or((local(to), ""));
    let kept: Vec<&str> =
        query.split('&').filter(|p| !p.is_empty() && !p.starts_with("corrected=")).collect();
    let mut address = Address::new(path).to_string();
    let done = done.map(|id| format!("corrected={id}"));
    let pairs: Vec<&str> = kept.into_iter().chain(done.as_deref()).collect();
    if !pairs.is_empty() {
        address = format!("{address}?{}", pairs.join("&"));
    }
    Redirect::to(&address)
}
