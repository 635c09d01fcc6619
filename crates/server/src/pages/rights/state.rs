//! How a request stands, in words; and the rights of one actor with what was asked of it.

use crate::words::Words;
use mesinfos_partners::rights::{Next, Right, State};
use mesinfos_vault::views::{ActorCard, RequestRow};

/// A right on an actor's page: what it gives, and the last request.
pub struct Asked {
    /// Its code, for the form.
    pub code: &'static str,
    /// "Voir ce qu’ils savent de vous".
    pub name: String,
    /// "article 15".
    pub article: String,
    /// The last request, when there is one: its address, how it stands, whether it is late.
    pub last: Option<(String, String, bool)>,
}

/// The six rights, each with the last request made of this actor.
pub fn rights_of(w: &Words, card: &ActorCard) -> Vec<Asked> {
    let asked = |right: Right| Asked {
        code: right.code(),
        name: name(w, right),
        article: w.say("article").arg("number", right.article().to_string()).to_string(),
        last: card.requests.iter().find(|r| r.request.right == right).map(|r| {
            let (words, is_late) = state(w, r);
            (format!("/rights/{}", r.request.id), words, is_late)
        }),
    };
    Right::ALL.map(asked).into()
}

pub(super) fn name(w: &Words, right: Right) -> String {
    w.t(&format!("right-{}", right.code()))
}

/// How it stands, and whether that is late.
pub(super) fn state(w: &Words, row: &RequestRow) -> (String, bool) {
    match row.state {
        State::Draft => (w.t("rights-draft"), false),
        State::Waiting { until, left, is_extended } => {
            let key = if is_extended { "rights-extended" } else { "rights-waiting" };
            let said = w.say(key).arg("left", i64::from(left)).arg("until", w.date(until));
            (said.to_string(), false)
        }
        State::Overdue { until, late } => {
            let said = w.say("rights-overdue").arg("n", i64::from(late));
            (said.arg("until", w.date(until)).to_string(), true)
        }
        State::Answered { on, late } => {
            let key = if late { "rights-answered-late" } else { "rights-answered" };
            (w.n(key, w.date(on)), false)
        }
        State::Complained { on } => (w.n("rights-complained", w.date(on)), true),
        State::Closed { on } => (w.n("rights-closed", w.date(on)), false),
    }
}

pub(super) fn next(w: &Words, next: Next) -> String {
    w.t(match next {
        Next::Send => "rights-next-send",
        Next::Wait => "rights-next-wait",
        Next::Remind => "rights-next-remind",
        Next::Complain => "rights-next-complain",
        Next::Read => "rights-next-read",
        Next::Nothing => "rights-next-nothing",
    })
}
