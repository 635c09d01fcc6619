//! What happened to an order, mail by mail, and the days on which its rights end.

use crate::words::Words;
use jiff::civil::Date;
use mesinfos_domain::{Currency, Money};
use mesinfos_purchases::{Right, RightState};
use mesinfos_vault::views::StepRow;

/// An event, and the mail that says it.
pub(crate) struct Step {
    pub when: String,
    pub what: String,
    pub who: String,
    pub mail: i64,
}

/// A right with its last day.
pub(crate) struct End {
    pub day: Date,
    pub is_ahead: bool,
    pub when: String,
    pub what: String,
    pub article: String,
}

/// The events, oldest first.
pub(crate) fn steps(
    w: &Words,
    history: &[StepRow],
    currency: Option<Currency>,
    today: Date,
) -> Vec<Step> {
    let step = |row: &StepRow| {
        let step = &row.step;
        let mut what = w.t(&format!("step-{}", step.status.code().replace('_', "-")));
        if let (Some(amount), Some(currency)) = (step.amount, currency) {
            what = format!("{what}, {}", w.money(Money { amount, currency }));
        }
        let signed = row.signed_by.as_ref().map(|_| w.t("step-signed")).unwrap_or_default();
        let who = [step.writer.clone(), step.parcel.clone().unwrap_or_default(), signed];
        Step {
            when: w.day_short(step.day, today),
            what,
            who: who.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", "),
            mail: step.message.0,
        }
    };
    history.iter().map(step).collect()
}

/// The last days of these rights, soonest first; those that no day ends are left out.
pub(crate) fn ends(w: &Words, rights: &[Right], today: Date) -> Vec<End> {
    let end = |right: &Right| {
        let day = right.until?;
        if matches!(right.state, RightState::None | RightState::NotYet) {
            return None;
        }
        Some(End {
            day,
            is_ahead: day >= today,
            when: w.day_short(day, today),
            what: w.t(&format!("right-{}-end", right.kind.code().replace('_', "-"))),
            article: w.say("article").arg("number", right.article.number).to_string(),
        })
    };
    let mut ends: Vec<End> = rights.iter().filter_map(end).collect();
    ends.sort_by_key(|end| end.day);
    ends
}
