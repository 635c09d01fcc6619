//! Two orders that are one: which is the other.

use crate::pages::orders::Row;
use crate::pages::{Frame, Nav};
use crate::words::{Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use mesinfos_domain::OrderId;
use mesinfos_purchases::calendar::after;
use mesinfos_vault::search;
use mesinfos_vault::views::{self, OrderRow, OrdersAsked, PageAsked};

/// Orders of the same merchant, or of the same weeks, that are proposed.
const SHOWN: usize = 12;
const DAYS: i32 = 45;

/// `/order/{id}/join`, then `?q=` for a number or a merchant.
#[derive(Template)]
#[template(path = "corrections/join.html")]
struct Page {
    frame: Frame,
    id: OrderId,
    q: String,
    lede: String,
    orders: Vec<Row>,
}

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

pub(super) async fn page(
    visitor: Visitor,
    Path(id): Path<OrderId>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let (today, q) = (visitor.today(), asked.q.trim().to_owned());
    let sought = q.clone();
    let found = visitor
        .vault(move |vault| {
            let Some(card) = views::order(vault, id, today)? else { return Ok(None) };
            let mut others = match sought.is_empty() {
                true => near(vault, &card.row)?,
                false => called(vault, &sought, today)?,
            };
            others.retain(|o| o.id != card.row.id);
            others.truncate(SHOWN);
            Ok(Some((card.row, others)))
        })
        .await?;
    let (row, others) = found.ok_or(Error::NotFound)?;
    let w = Words::of(visitor.locale);
    let merchant =
        row.merchant.as_ref().map_or_else(|| w.t("merchant-unknown"), |m| m.name.clone());
    show(&Page {
        lede: w.say("join-lede").arg("merchant", isolate(&merchant)).to_string(),
        orders: others.iter().map(|o| Row::new(w, o, today)).collect(),
        id: row.id,
        q,
        frame: visitor.frame(Nav::Purchases, w.t("join-name")),
    })
}

/// The merchant's own orders first, then what was ordered in the same weeks.
fn near(vault: &mesinfos_vault::Vault, row: &OrderRow) -> mesinfos_vault::Result<Vec<OrderRow>> {
    let page = PageAsked { number: 0, size: 100 };
    let weeks = OrdersAsked {
        from: Some(after(row.placed, -DAYS)),
        to: Some(after(row.placed, DAYS)),
        page,
        ..OrdersAsked::default()
    };
    let mut all = views::orders(vault, &weeks)?.orders.rows;
    let merchant = row.merchant.as_ref().map(|m| m.id);
    all.sort_by_key(|o| {
        let is_other = o.merchant.as_ref().map(|m| m.id) != merchant;
        (is_other, row.placed.until(o.placed).map_or(i32::MAX, |s| s.get_days().abs()))
    });
    Ok(all)
}

/// Orders of this number, of this thing or of this merchant.
fn called(
    vault: &mesinfos_vault::Vault,
    q: &str,
    today: jiff::civil::Date,
) -> mesinfos_vault::Result<Vec<OrderRow>> {
    let query = search::Query::parse(q);
    let mut all = views::found(vault, &query, SHOWN as i64, today)?.orders;
    if let Some(actor) = vault.search_actors(q, 1)?.first() {
        let of = OrdersAsked { merchant: Some(actor.id), ..OrdersAsked::default() };
        all.extend(views::orders(vault, &of)?.orders.rows);
    }
    Ok(all)
}
