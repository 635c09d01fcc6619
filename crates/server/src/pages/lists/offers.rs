//! Offers that can still be used.

use crate::pages::parts::{Address, Pager};
use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_domain::{Benefit, Currency, Money};
use mesinfos_vault::views::{self, OfferRow, OffersAsked, PageAsked};

/// An offer in words.
pub(crate) struct Offer {
    pub code: Option<String>,
    pub gives: String,
    pub description: String,
    pub until: Option<String>,
    pub over: bool,
    pub actor: Option<(i64, String)>,
    pub mail: i64,
}

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    over: String,
    #[serde(default)]
    page: Option<u64>,
}

/// `/offers`.
#[derive(Template)]
#[template(path = "lists/offers.html")]
struct Page {
    frame: Frame,
    offers: Vec<Offer>,
    pager: Pager,
    over_too: bool,
}

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let over_too = asked.over == "1";
    let number = asked.page.unwrap_or(1).saturating_sub(1) as i64;
    let wanted = OffersAsked { actor: None, over_too, page: PageAsked { number, size: 40 } };
    let found = visitor.vault(move |vault| views::offers(vault, &wanted, today)).await?;
    let w = Words::of(visitor.locale);
    let here = Address::new("/offers").with("over", &asked.over);
    let total = u64::try_from(found.total).unwrap_or(0);
    let page = Page {
        offers: found.rows.iter().map(|o| Offer::new(w, o, today)).collect(),
        pager: Pager::new(total, 40, asked.page.unwrap_or(1), &here),
        over_too,
        frame: visitor.frame(Nav::Offers, w.t("nav-offers")),
    };
    show(&page)
}

impl Offer {
    /// The offer in words.
    pub fn new(w: &Words, row: &OfferRow, today: Date) -> Offer {
        let offer = &row.offer;
        let euros = |amount| w.money(Money { amount, currency: Currency::EUR });
        let mut gives = match offer.benefit {
            Some(Benefit::Percent(n)) => w.n("offer-percent", w.percent(n)),
            Some(Benefit::Amount(amount)) => w.n("offer-amount", euros(amount)),
            Some(Benefit::FreeShipping(_)) => w.t("offer-shipping"),
            None => String::new(),
        };
        if let Some(least) = offer.minimum_purchase {
            gives = format!("{gives} {}", w.n("offer-least", euros(least)));
        }
        Offer {
            code: offer.code.clone(),
            gives: gives.trim().to_owned(),
            description: offer.description.clone(),
            until: offer.valid_until.map(|day| {
                // A day with its name, never "until tomorrow": these stand after an article.
                let is_near = today.until(day).is_ok_and(|s| (0..7).contains(&s.get_days()));
                let said = if is_near { w.weekday_and_day(day) } else { w.date(day) };
                w.n(if row.over { "offer-was" } else { "offer-until" }, said)
            }),
            over: row.over,
            actor: row.actor.as_ref().map(|a| (a.id.0, a.name.clone())),
            mail: row.message.0,
        }
    }
}
