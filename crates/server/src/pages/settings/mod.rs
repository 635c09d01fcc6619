//! Settings: where one is signed in, the passphrase, the passkeys, and erasing it all.

mod addresses;
mod erase;
mod passkeys;
mod passphrase;
mod sessions;
mod show;

use crate::State;
use axum::Router;
use axum::routing::{get, post};

/// The routes of settings.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/settings", get(show::page))
        .route("/settings/addresses", get(addresses::page))
        .route("/settings/sessions/end", post(sessions::end))
        .route("/settings/sessions/end-others", post(sessions::end_others))
        .route("/settings/passphrase", post(passphrase::change))
        .route("/settings/passkeys/ask", post(passkeys::ask))
        .route("/settings/passkeys/add", post(passkeys::add))
        .route("/settings/passkeys/remove", post(passkeys::remove))
}

/// A large vault takes longer to erase than a page.
pub(super) fn slow_routes() -> Router<State> {
    Router::new().route("/settings/erase", get(erase::page).post(erase::erase))
}
