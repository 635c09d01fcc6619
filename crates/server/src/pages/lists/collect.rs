//! Parcels that wait: where, with which code, until which day.

use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_vault::views::{self, ToCollect};

/// A parcel in words.
pub(crate) struct Parcel {
    pub place: String,
    pub code: Option<String>,
    pub until: Option<String>,
    pub overdue: bool,
    pub what: String,
    pub order: i64,
    pub mail: Option<i64>,
}

/// `/collect`.
#[derive(Template)]
#[template(path = "lists/collect.html")]
struct Page {
    frame: Frame,
    parcels: Vec<Parcel>,
}

pub(super) async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let found = visitor.vault(move |vault| views::to_collect(vault, today)).await?;
    let w = Words::of(visitor.locale);
    let parcels = found.iter().map(|p| Parcel::new(w, p, today)).collect();
    show(&Page { parcels, frame: visitor.frame(Nav::Collect, w.t("nav-collect")) })
}

impl Parcel {
    /// The parcel in words.
    pub fn new(w: &Words, p: &ToCollect, _today: Date) -> Parcel {
        let mut what: Vec<String> = Vec::new();
        what.extend((!p.things.is_empty()).then(|| w.list(&p.things)));
        what.extend(p.merchant.as_ref().map(|m| m.name.clone()));
        what.extend(p.carrier.clone());
        what.extend(p.number.clone());
        what.dedup();
        Parcel {
            place: p.place.clone().unwrap_or_else(|| w.t("collect-no-place")),
            code: p.code.clone(),
            until: p.until.map(|day| w.n("collect-until", w.weekday_and_day(day))),
            overdue: p.overdue,
            what: what.join(", "),
            order: p.order.0,
            mail: p.message.map(|m| m.0),
        }
    }
}
