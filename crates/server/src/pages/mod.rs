//! The pages: a struct for each, filled by its handler and rendered by the template of the same
//! name; all stand in the [`Frame`].

mod actors;
mod addresses;
mod answer;
mod corrections;
mod door;
mod find;
mod frame;
pub mod help;
mod home;
mod import;
pub mod language;
mod lists;
mod mail;
mod mailboxes;
mod orders;
mod partners;
pub mod parts;
mod purchases;
mod rights;
mod settings;

pub(crate) use answer::Back;
pub use frame::{Frame, Nav, Notice, Strip, VaultMode};

use crate::State;
use axum::Router;
use axum::routing::get;

/// Every page: each resource adds the `routes()` of its module here.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route(language::ROUTE, get(language::set))
        .merge(actors::routes())
        .merge(addresses::routes())
        .merge(corrections::routes())
        .merge(door::routes())
        .merge(find::routes())
        .merge(help::routes())
        .merge(home::routes())
        .merge(import::routes())
        .merge(mail::routes())
        .merge(mailboxes::routes())
        .merge(lists::routes())
        .merge(orders::routes())
        .merge(partners::routes())
        .merge(purchases::routes())
        .merge(rights::routes())
        .merge(settings::routes())
}

/// What may take longer than a page: uploads, downloads, progress that is followed, mails handed in.
pub(crate) fn slow_routes() -> Router<State> {
    Router::new()
        .merge(addresses::slow_routes())
        .merge(import::slow_routes())
        .merge(mailboxes::slow_routes())
        .merge(partners::slow_routes())
        .merge(rights::slow_routes())
        .merge(settings::slow_routes())
}
