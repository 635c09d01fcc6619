//! The person's own addresses: guessed from the mailbox, confirmed or refused in one click.

use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::IntoResponse;
use mesinfos_vault::views::{self, OwnAddress};

/// `/settings/addresses`.
#[derive(Template)]
#[template(path = "settings/addresses.html")]
struct Page {
    frame: Frame,
    lede: String,
    addresses: Vec<OwnAddress>,
}

pub(super) async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let addresses = visitor.vault(views::own_addresses).await?;
    let w = Words::of(visitor.locale);
    let open = addresses.iter().filter(|a| a.said.is_none()).count();
    let lede = match (addresses.is_empty(), open) {
        (true, _) => w.t("addresses-none"),
        (false, 0) => {
            w.n("addresses-known", addresses.iter().filter(|a| a.said == Some(true)).count())
        }
        (false, n) => w.n("addresses-guessed", n),
    };
    let frame = visitor.frame(Nav::Settings, w.t("addresses-name"));
    show(&Page { frame, lede, addresses })
}
