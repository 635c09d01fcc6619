//! An order as a line of a table.

use crate::pages::parts::{Tone, order_state, state};
use crate::words::{Html, Words};
use jiff::civil::Date;
use mesinfos_domain::Proof;
use mesinfos_vault::views::OrderRow;

/// What a line shows.
pub(crate) struct Row {
    pub id: i64,
    pub merchant: String,
    pub what: String,
    pub state: Html,
    pub day: String,
    pub total: String,
    /// What is left of it once confirmed refunds are taken off, when that is less.
    pub left: Option<String>,
}

impl Row {
    /// The line in words.
    pub fn new(w: &Words, o: &OrderRow, today: Date) -> Row {
        let merchant =
            o.merchant.as_ref().map_or_else(|| w.t("merchant-unknown"), |m| m.name.clone());
        let more = o.lines - 1;
        let what = match (&o.first_thing, more) {
            (Some(thing), 1..) => {
                w.say("order-thing-and").arg("thing", thing.as_str()).arg("n", more).to_string()
            }
            (Some(thing), _) => thing.clone(),
            (None, _) => w.t(&format!("nature-{}", o.nature.code())),
        };
        let state = match (o.proof, o.refund_unseen) {
            (Proof::Doubtful, _) => state(Tone::Bad, &w.t("state-doubtful")),
            (_, true) => state(Tone::Bad, &w.t("state-refund-unseen")),
            _ => order_state(w, o.status),
        };
        Row {
            id: o.id.0,
            merchant,
            what,
            state,
            day: w.day(o.placed, today),
            total: o.total.map(|m| w.money(m)).unwrap_or_default(),
            left: o
                .spent
                .filter(|spent| Some(*spent) != o.total)
                .map(|spent| w.n("order-left", w.money(spent))),
        }
    }
}
