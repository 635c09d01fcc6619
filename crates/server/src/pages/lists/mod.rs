//! Short lists: parcels to collect, offers, mails by filter.

mod collect;
mod mails;
mod offers;

pub(super) use collect::Parcel;
pub(super) use offers::Offer;

use crate::State;
use axum::Router;
use axum::routing::get;

/// The lists' routes.
pub(super) fn routes() -> Router<State> {
    Router::new()
        .route("/collect", get(collect::page))
        .route("/offers", get(offers::page))
        .route("/mails", get(mails::page))
}
