//! The ledger of requests, the latest first.

use super::state;
use crate::pages::{Frame, Nav};
use crate::words::{Html, Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::IntoResponse;
use mesinfos_partners::rights::State;
use mesinfos_vault::views;

/// `/rights`.
#[derive(Template)]
#[template(path = "rights/list.html")]
struct Page {
    frame: Frame,
    lede: Html,
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    what: String,
    who: String,
    stands: String,
    is_late: bool,
    next: String,
    made: String,
}

pub(super) async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let today = visitor.today();
    let found = visitor.vault(move |vault| views::requests(vault, today)).await?;
    let w = Words::of(visitor.locale);
    let late = found.iter().filter(|r| matches!(r.state, State::Overdue { .. })).count();
    let open = found
        .iter()
        .filter(|r| matches!(r.state, State::Waiting { .. } | State::Overdue { .. }))
        .count();
    let lede = match found.is_empty() {
        true => w.say("rights-none").html(),
        false => {
            let drafts = found.iter().filter(|r| r.state == State::Draft).count();
            let said = w.say("rights-lede").arg("open", open).arg("late", late);
            said.arg("drafts", drafts).html()
        }
    };
    let rows = found.iter().map(|r| {
        let (stands, is_late) = state::state(w, r);
        Row {
            id: r.request.id,
            what: state::name(w, r.request.right),
            who: r.actor.as_ref().map(|a| isolate(&a.name).into_owned()).unwrap_or_default(),
            stands,
            is_late,
            next: state::next(w, r.next),
            made: w.day_short(r.request.made_on, today),
        }
    });
    let rows = rows.collect();
    show(&Page { frame: visitor.frame(Nav::Refusals, w.t("rights-name")), lede, rows })
}
