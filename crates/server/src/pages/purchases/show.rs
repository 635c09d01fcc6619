//! The card of a thing: what it is, who answers for it, until when.

use super::list::{Thing, thing};
use crate::pages::orders::{End, Step, ends, steps};
use crate::pages::{Frame, Nav};
use crate::words::{Words, kebab};
use crate::{Error, Visitor, show as render};
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_domain::OrderId;
use mesinfos_purchases::{Caveat, Right, RightKind, RightState};
use mesinfos_vault::views::{self, ProductCard};

/// `/thing/{order}/{line}`.
#[derive(Template)]
#[template(path = "purchases/show.html")]
struct Page {
    frame: Frame,
    card: ProductCard,
    thing: Thing,
    bought: String,
    lede: String,
    seller: String,
    rights: Vec<Row>,
    /// Its life: what happened, and the days on which its rights end.
    steps: Vec<Step>,
    ends: Vec<End>,
    parcels: Vec<(String, String)>,
    can_claim: bool,
    address: String,
}

/// A right, its day and its text.
struct Row {
    what: String,
    when: String,
    article: String,
    caveats: Vec<String>,
    is_over: bool,
}

pub(super) async fn show(
    visitor: Visitor,
    Path((order, line)): Path<(OrderId, i64)>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let card = card(&visitor, order, line, today).await?;
    let w = Words::of(visitor.locale);
    let thing = thing(w, &card.row, today);
    let page = Page {
        bought: bought(w, &card),
        lede: lede(w, &card, today),
        seller: card.after_sales.seller.clone(),
        rights: card.rights.iter().filter_map(|r| right(w, r)).collect(),
        steps: steps(w, &card.history, None, today),
        ends: ends(w, &card.rights, today),
        parcels: card
            .parcels
            .iter()
            .map(|p| (p.carrier.clone().unwrap_or_default(), p.number.clone().unwrap_or_default()))
            .collect(),
        can_claim: card.after_sales.ground.is_some(),
        address: format!("/thing/{order}/{line}"),
        frame: visitor.frame(Nav::Purchases, thing.name.clone()),
        thing,
        card,
    };
    render(&page)
}

pub(super) async fn card(
    visitor: &Visitor,
    order: OrderId,
    line: i64,
    today: Date,
) -> Result<ProductCard, Error> {
    let found = visitor.vault(move |vault| views::product(vault, order, line, today)).await?;
    found.ok_or(Error::NotFound)
}

/// "Acheté 449,00 € le 28 janvier 2025, reçu le 3 février 2025".
fn bought(w: &Words, card: &ProductCard) -> String {
    let price = card.row.price.map(|m| w.money(m)).unwrap_or_default();
    let key = if card.row.received.is_some() { "thing-bought-received" } else { "thing-bought" };
    w.say(key)
        .arg("price", price)
        .arg("day", w.date(card.row.placed))
        .arg("received", card.row.received.map(|r| w.date(r.day)).unwrap_or_default())
        .to_string()
}

/// How long it is guaranteed; or why it is not.
fn lede(w: &Words, card: &ProductCard, today: Date) -> String {
    let state = card.row.state;
    if !state.is_kept() {
        return w.t(&format!("thing-lede-{}", state.code().replace('_', "-")));
    }
    let Some(right) = card.rights.iter().find(|r| r.kind == RightKind::Conformity) else {
        return w.t("thing-lede-consumed");
    };
    let key = match right.caveats.contains(&Caveat::PerhapsConsumed) {
        true => "thing-lede-perhaps",
        false => "thing-lede-guaranteed",
    };
    match right.until {
        Some(until) if until >= today => {
            w.say(key).arg("span", w.span(today, until)).arg("day", w.date(until)).to_string()
        }
        Some(until) => w.n("thing-lede-over", w.date(until)),
        None => w.t("thing-lede-none"),
    }
}

fn right(w: &Words, r: &Right) -> Option<Row> {
    if r.state == RightState::None {
        return None;
    }
    let code = r.kind.code().replace('_', "-");
    Some(Row {
        what: w.t(&format!("right-{code}")),
        when: match r.until {
            Some(day) => w.n("right-until", w.date(day)),
            None => w.t("right-no-day"),
        },
        article: w.say("article").arg("number", r.article.number).to_string(),
        caveats: (r.kind == RightKind::HiddenDefects)
            .then(|| w.t("right-hidden-more"))
            .into_iter()
            .chain(r.caveats.iter().map(|c| w.t(&kebab(&format!("caveat{c:?}")))))
            .collect(),
        is_over: r.state == RightState::Over,
    })
}
