//! If this host closes: whom to tell another address, on a page to print.

use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::IntoResponse;
use mesinfos_vault::directory::AddressState;
use mesinfos_vault::views;

/// `/addresses/tell`.
#[derive(Template)]
#[template(path = "addresses/tell.html")]
struct Page {
    frame: Frame,
    lede: String,
    /// Who has an address of hers, which, how many mails came to it; and where it leads.
    rows: Vec<(String, String, String, Option<i64>)>,
}

pub(super) async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let w = Words::of(visitor.locale);
    let all = visitor
        .store(|store, vault| {
            views::given_addresses(vault, &store.directory().addresses(vault.person())?)
        })
        .await?;
    let mut open: Vec<_> = all.into_iter().filter(|g| g.state != AddressState::Closed).collect();
    open.sort_by_key(|g| std::cmp::Reverse(g.mails));
    let rows = open.into_iter().map(|g| {
        let (name, actor) = match g.given_to {
            Some(actor) => (actor.name, Some(actor.id.0)),
            None => (g.label, None),
        };
        (name, g.address, w.n("dedicated-mails", g.mails), actor)
    });
    let rows: Vec<_> = rows.collect();
    let lede = w.n("dedicated-tell-lede", rows.len());
    let frame = visitor.frame(Nav::Addresses, w.t("dedicated-tell"));
    show(&Page { frame, lede, rows })
}
