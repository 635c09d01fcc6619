//! Every thing, with its picture, price, merchant, state, and how long it is guaranteed.

use crate::pages::parts::{Address, Pager, Tone, bar, state};
use crate::pages::{Frame, Nav};
use crate::words::{Html, Words};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_domain::ActorId;
use mesinfos_purchases::ThingState;
use mesinfos_purchases::rights::CONFORMITY;
use mesinfos_vault::views::{self, PageAsked, Picture, PurchasesAsked, PurchasesBy, ThingRow};

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    merchant: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: Option<u64>,
}

/// `/purchases`.
#[derive(Template)]
#[template(path = "purchases/list.html")]
struct Page {
    frame: Frame,
    lede: Html,
    asked: Asked,
    here: Address,
    shows: Vec<(String, String, bool)>,
    merchants: Vec<(String, String, bool)>,
    years: Vec<(String, bool)>,
    sorts: Vec<(&'static str, String, bool)>,
    things: Vec<Thing>,
    pager: Pager,
    /// What the things kept cost, a figure for each currency.
    totals: Vec<String>,
}

/// A thing as a line.
pub(crate) struct Thing {
    pub address: String,
    pub name: String,
    pub variant: String,
    pub from: String,
    pub picture: Option<String>,
    pub state: Html,
    pub received: String,
    /// The order's address, and the day it was bought on.
    pub order: String,
    pub bought: String,
    /// The last day of the guarantee, and the same in a sentence.
    pub guaranteed: String,
    pub guarantee: String,
    pub is_guaranteed: bool,
    pub left: Html,
    pub is_soon: bool,
    pub price: String,
}

const SHOWS: [&str; 6] = ["", "guaranteed", "on_its_way", "to_collect", "returned", "refunded"];
const SORTS: [(&str, &str); 4] = [
    ("", "purchases-by-latest"),
    ("guarantee", "purchases-by-guarantee"),
    ("price", "purchases-by-price"),
    ("name", "purchases-by-name"),
];
const SIZE: i64 = 40;
/// Two years of guarantee: what a bar is measured by.
const WHOLE: i64 = 731;
const SOON: i64 = 90;

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let here = Address::new("/purchases")
        .with("q", &asked.q)
        .with("merchant", &asked.merchant)
        .with("year", &asked.year)
        .with("show", &asked.show)
        .with("sort", &asked.sort);
    let wanted = query(&asked);
    let found = visitor.vault(move |vault| views::purchases(vault, &wanted, today)).await?;
    let w = Words::of(visitor.locale);
    let sums = w.list(&found.sums.iter().map(|m| w.money(*m)).collect::<Vec<_>>());
    let lede = w
        .say("purchases-lede")
        .arg("kept", found.kept)
        .arg("guaranteed", found.guaranteed)
        .arg("sums", sums.as_str())
        .html();
    let total = u64::try_from(found.things.total).unwrap_or(0);
    let page = Page {
        lede,
        shows: SHOWS
            .iter()
            .map(|s| {
                let key = if s.is_empty() { "all".to_owned() } else { s.replace('_', "-") };
                let address = here.with("show", s).to_string();
                (address, w.t(&format!("purchases-show-{key}")), asked.show == *s)
            })
            .collect(),
        merchants: found
            .merchants
            .iter()
            .map(|(m, _)| (m.id.to_string(), m.name.clone(), asked.merchant == m.id.to_string()))
            .collect(),
        years: found.years.iter().map(|y| (y.to_string(), asked.year == y.to_string())).collect(),
        sorts: SORTS.map(|(v, key)| (v, w.t(key), asked.sort == v)).to_vec(),
        things: found.things.rows.iter().map(|t| thing(w, t, today)).collect(),
        pager: Pager::new(total, SIZE as u64, asked.page.unwrap_or(1), &here),
        totals: found.sums.iter().map(|m| w.money(*m)).collect(),
        here,
        asked,
        frame: visitor.frame(Nav::Purchases, w.t("nav-purchases")),
    };
    show(&page)
}

impl Page {
    /// Nothing is filtered: an empty list is an empty vault.
    fn is_bare(&self) -> bool {
        let a = &self.asked;
        [&a.q, &a.merchant, &a.year, &a.show].iter().all(|f| f.is_empty())
    }
}

fn query(asked: &Asked) -> PurchasesAsked {
    PurchasesAsked {
        words: (!asked.q.trim().is_empty()).then(|| asked.q.clone()),
        merchant: asked.merchant.parse().ok().map(ActorId),
        year: asked.year.parse().ok(),
        state: ThingState::ALL.into_iter().find(|s| s.code() == asked.show),
        kept: false,
        guaranteed: asked.show == "guaranteed",
        by: match asked.sort.as_str() {
            "guarantee" => PurchasesBy::Guarantee,
            "price" => PurchasesBy::Price,
            "name" => PurchasesBy::Name,
            _ => PurchasesBy::Latest,
        },
        page: PageAsked { number: asked.page.unwrap_or(1).saturating_sub(1) as i64, size: SIZE },
    }
}

/// A thing in words.
pub(crate) fn thing(w: &Words, t: &ThingRow, today: Date) -> Thing {
    let days =
        t.guaranteed_until.map(|until| i64::from(today.until(until).map_or(0, |s| s.get_days())));
    let merchant = t.merchant.as_ref().map_or_else(|| w.t("merchant-unknown"), |m| m.name.clone());
    let from = match &t.seller {
        Some(seller) => w
            .say("thing-through")
            .arg("merchant", merchant)
            .arg("seller", seller.name.as_str())
            .to_string(),
        None => merchant,
    };
    let tone = match t.state {
        ThingState::Delivered | ThingState::Refunded => Tone::Ok,
        ThingState::OnItsWay | ThingState::ToCollect => Tone::Going,
        ThingState::Unpaid | ThingState::Returned => Tone::Bad,
        ThingState::Cancelled => Tone::No,
        // No mail says that it came: no tick.
        ThingState::SupposedDelivered | ThingState::Ordered | ThingState::Returning => Tone::Plain,
    };
    let quantity = match t.quantity {
        1000 | 0 => String::new(),
        q => w.say("thing-times").arg("n", w.quantity(q)).to_string(),
    };
    Thing {
        address: format!("/thing/{}/{}", t.order, t.line),
        name: t.name.clone(),
        variant: [t.variant.clone().unwrap_or_default(), quantity]
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        from,
        picture: match &t.picture {
            // Only what the mail itself carried; nothing is fetched.
            Some(Picture::Inline { message, content_id }) => {
                Some(Address::new(format!("/mail/{message}/picture/{content_id}")).to_string())
            }
            _ => None,
        },
        state: state(tone, &w.t(&format!("thing-{}", t.state.code().replace('_', "-")))),
        received: t.received.map(|r| w.day_short(r.day, today)).unwrap_or_default(),
        order: format!("/order/{}", t.order),
        bought: w.n("thing-bought-on", w.date(t.placed)),
        guarantee: match (t.guaranteed_until, days) {
            (Some(until), Some(0..)) => w
                .say("thing-guaranteed-by")
                .arg("day", w.date(until))
                .arg("article", CONFORMITY.number)
                .to_string(),
            (Some(until), _) => w.n("thing-lede-over", w.date(until)),
            _ => String::new(),
        },
        is_guaranteed: days.is_some_and(|d| d >= 0),
        guaranteed: t.guaranteed_until.map(|d| w.date_short(d)).unwrap_or_default(),
        left: match days {
            Some(days) if days > 0 => bar(&[("", (days * 1000 / WHOLE) as u64)], "left"),
            _ => Html::default(),
        },
        is_soon: days.is_some_and(|d| (0..=SOON).contains(&d)),
        price: t.price.map(|m| w.money(m)).unwrap_or_default(),
    }
}
