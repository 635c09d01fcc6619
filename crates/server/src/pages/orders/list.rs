//! All orders, and what the filter adds up to.

use super::Row;
use crate::pages::parts::{Address, Pager};
use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_domain::ActorId;
use mesinfos_purchases::Nature;
use mesinfos_vault::views::{self, OrdersAsked, PageAsked};

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    merchant: Option<i64>,
    #[serde(default)]
    show: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    page: Option<u64>,
}

/// `/orders`.
#[derive(Template)]
#[template(path = "orders/list.html")]
struct Page {
    frame: Frame,
    lede: String,
    doubtful: Option<String>,
    shows: Vec<(String, String, bool)>,
    orders: Vec<Row>,
    pager: Pager,
    /// Nothing is filtered: an empty list is an empty vault.
    is_bare: bool,
}

/// The lists that one can ask for; the first is all.
const SHOWS: [&str; 7] = ["", "counted", "doubtful", "refund", "booking", "bill", "transfer"];

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let here = Address::new("/orders")
        .with("merchant", asked.merchant.map(|m| m.to_string()).unwrap_or_default())
        .with("year", &asked.year)
        .with("show", &asked.show);
    let wanted = query(&asked);
    let found = visitor.vault(move |vault| views::orders(vault, &wanted)).await?;
    let w = Words::of(visitor.locale);
    let today = visitor.today();
    let sums = |all: &[mesinfos_domain::Money]| {
        w.list(&all.iter().map(|m| w.money(m)).collect::<Vec<_>>())
    };
    // Bookings, bills and transfers are not spent: their list adds up what they cost.
    let sum = match wanted_nature(&asked) {
        Some(_) => sums(&found.totals),
        None if asked.show == "doubtful" => sums(&found.doubtful),
        None => sums(&found.spent),
    };
    let key = match wanted_nature(&asked) {
        _ if sum.is_empty() => "orders-lede-bare".to_owned(),
        Some(nature) => format!("orders-lede-{}", nature.code()),
        None => "orders-lede".to_owned(),
    };
    let key = if w.knows(&key) { key.as_str() } else { "orders-lede" };
    let lede = w.say(key).arg("n", found.orders.total).arg("sums", sum);
    let total = u64::try_from(found.orders.total).unwrap_or(0);
    let page = Page {
        lede: lede.to_string(),
        doubtful: (!found.doubtful.is_empty() && asked.show.is_empty())
            .then(|| w.n("orders-doubtful", sums(&found.doubtful))),
        shows: SHOWS
            .iter()
            .map(|s| {
                let key = if s.is_empty() { "all" } else { s };
                let address = here.with("show", s).to_string();
                (address, w.t(&format!("orders-show-{key}")), asked.show == *s)
            })
            .collect(),
        orders: found.orders.rows.iter().map(|o| Row::new(w, o, today)).collect(),
        pager: Pager::new(total, 40, asked.page.unwrap_or(1), &here),
        is_bare: asked.merchant.is_none() && asked.show.is_empty() && asked.year.is_empty(),
        frame: visitor.frame(Nav::Purchases, w.t("orders-name")),
    };
    show(&page)
}

fn wanted_nature(asked: &Asked) -> Option<Nature> {
    Nature::ALL.into_iter().find(|n| n.code() == asked.show)
}

fn query(asked: &Asked) -> OrdersAsked {
    let year: Option<i16> = asked.year.parse().ok();
    let day = |month, day| year.and_then(|y| Date::new(y, month, day).ok());
    OrdersAsked {
        merchant: asked.merchant.map(ActorId),
        from: day(1, 1),
        to: day(12, 31),
        nature: wanted_nature(asked),
        counted: asked.show == "counted",
        doubtful: asked.show == "doubtful",
        refund_unseen: asked.show == "refund",
        page: PageAsked { number: asked.page.unwrap_or(1).saturating_sub(1) as i64, size: 40 },
    }
}
