//! The log: everything that the person said, the latest first, and its undo.

use crate::pages::partners::what;
use crate::pages::{Frame, Nav};
use crate::words::{Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::IntoResponse;
use mesinfos_partners::Stance;
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::views::{self, CorrectionRow};

/// `/corrections`.
#[derive(Template)]
#[template(path = "corrections/log.html")]
struct Page {
    frame: Frame,
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    what: String,
    about: String,
    address: String,
    day: String,
    is_undone: bool,
}

pub(super) async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let rows = visitor.vault(views::corrections).await?;
    let w = Words::of(visitor.locale);
    let rows = rows.iter().map(|r| row(&visitor, w, r)).collect();
    show(&Page { frame: visitor.frame(Nav::Settings, w.t("log-name")), rows })
}

fn row(visitor: &Visitor, w: &Words, row: &CorrectionRow) -> Row {
    let at = jiff::Timestamp::from_microsecond(row.made.at_us).unwrap_or_default();
    let day = visitor.state().zone().to_datetime(at).date();
    let actor = row.actor.as_ref();
    let actor_name = actor.map(|a| isolate(&a.name).into_owned()).unwrap_or_default();
    let mail =
        row.mail.as_ref().map(|m| (isolate(&m.subject).into_owned(), format!("/mail/{}", m.id)));
    let by_actor = actor.map(|a| (actor_name.clone(), format!("/actor/{}", a.id)));
    let by_order = row
        .order
        .map(|id| (mail.as_ref().map(|m| m.0.clone()).unwrap_or_default(), format!("/order/{id}")));
    let about = match &row.made.correction {
        Correction::OwnAddress { address, .. } => {
            Some((isolate(address).into_owned(), "/settings".to_owned()))
        }
        Correction::Line { .. } | Correction::Confirmed { .. } => by_order.or(mail),
        _ => mail.or(by_actor),
    };
    let (about, address) = about.unwrap_or_default();
    Row {
        id: row.made.id.0,
        what: said(w, row, actor.map_or("", |a| &a.name)),
        about,
        address,
        day: w.day(day, visitor.today()),
        is_undone: row.made.is_undone,
    }
}

/// What she said; of partners the rule itself.
fn said(w: &Words, row: &CorrectionRow, name: &str) -> String {
    match &row.made.correction {
        Correction::Partner { rule, stance } => {
            let key = if *stance == Stance::Refused { "log-refused" } else { "log-accepted" };
            w.n(key, what(w, rule, name))
        }
        other => w.t(&format!("log-{}", other.code().replace('_', "-"))),
    }
}
