//! What is due: on home the soonest, on its own page all of it.

use crate::pages::parts::{Address, Pager};
use crate::pages::{Frame, Nav};
use crate::words::{Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use jiff::civil::Date;
use mesinfos_vault::views::{self, DueRow, DueWhat};

/// How far the page looks.
const DAYS: i32 = 365;
/// Rows a page: with this many it weighs 40 kB.
const ROWS: usize = 100;
/// Within these days a row is marked.
const SOON: i32 = 7;

/// A line of what is due.
pub(crate) struct Due {
    pub day: Date,
    pub when: String,
    pub is_soon: bool,
    pub what: String,
    pub more: String,
    pub address: String,
    pub act: String,
}

/// `/due`.
#[derive(Template)]
#[template(path = "home/due.html")]
struct Page {
    frame: Frame,
    lede: String,
    due: Vec<Due>,
    pager: Pager,
}

#[derive(serde::Deserialize)]
pub(super) struct Asked {
    page: Option<u64>,
}

/// The soonest first, so many rows a page; the lede says how many there are in all.
pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let found = visitor.vault(move |vault| views::due(vault, today, DAYS)).await?;
    let w = Words::of(visitor.locale);
    let here = Address::new("/due");
    let pager = Pager::new(found.len() as u64, ROWS as u64, asked.page.unwrap_or(1), &here);
    let before = pager.first().saturating_sub(1) as usize;
    let shown = found.get(before..pager.last() as usize).unwrap_or_default();
    show(&Page {
        lede: w.n("due-lede", found.len()),
        due: rows(w, shown, today),
        pager,
        frame: visitor.frame(Nav::Home, w.t("due-name")),
    })
}

/// The lines as they are read.
pub(crate) fn rows(w: &Words, found: &[DueRow], today: Date) -> Vec<Due> {
    found.iter().map(|row| one(w, row, today)).collect()
}

fn one(w: &Words, row: &DueRow, today: Date) -> Due {
    let key = match row.what {
        DueWhat::Pickup => "due-pickup",
        DueWhat::Withdrawal => "due-withdrawal",
        DueWhat::Guarantee => "due-guarantee",
        DueWhat::Refund => "due-refund",
        DueWhat::LateDelivery => "due-late",
        DueWhat::Booking => "due-booking",
        DueWhat::Document => "due-document",
        DueWhat::Offer => "due-offer",
    };
    let about = match row.others {
        0 => isolate(&row.about).into_owned(),
        n => w.say("order-thing-and").arg("thing", isolate(&row.about)).arg("n", n).to_string(),
    };
    let who = row.actor.as_ref().map(|a| isolate(&a.name).into_owned()).unwrap_or_default();
    let mut more =
        vec![w.say(&format!("{key}-more")).arg("who", who).arg("about", &about).to_string()];
    more.extend(row.money.map(|m| w.money(m)));
    more.extend(row.article.map(|a| w.say("article").arg("number", a.number).to_string()));
    let address = match (row.order, row.line, row.message) {
        (Some(order), Some(line), _) => format!("/thing/{order}/{line}"),
        (Some(order), None, _) => format!("/order/{order}"),
        (_, _, Some(mail)) => format!("/mail/{mail}"),
        _ => "/due".into(),
    };
    let until = today.until(row.day).map_or(i32::MAX, |span| span.get_days());
    Due {
        day: row.day,
        when: w.day_short(row.day, today),
        is_soon: until <= SOON,
        what: w
            .say(key)
            .arg("about", about.trim())
            .to_string()
            .trim_end_matches([' ', '\u{a0}', ':'])
            .to_owned(),
        more: more.into_iter().filter(|m| !m.trim().is_empty()).collect::<Vec<_>>().join(", "),
        address,
        act: w.t(&format!("{key}-act")),
    }
}
