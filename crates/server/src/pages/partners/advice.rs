//! Recommendations: whom to refuse, which accounts sleep, who is loud, silent, new; each with its
//! reason and one gesture.

use crate::pages::{Frame, Nav};
use crate::words::{Html, Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::IntoResponse;
use mesinfos_vault::days;
use mesinfos_vault::views::{self, ActorRow, Advice};

/// `/advice`.
#[derive(Template)]
#[template(path = "partners/advice.html")]
struct Page {
    frame: Frame,
    lede: Html,
    groups: Vec<Group>,
}

/// Recommendations of one sort.
struct Group {
    id: &'static str,
    title: String,
    why: String,
    lines: Vec<Line>,
}

/// One recommendation.
struct Line {
    name: String,
    address: String,
    reason: String,
    /// Where the one gesture leads, and its word; a form when it changes something at once.
    go: Option<(String, String)>,
    accept: Option<i64>,
    write: Option<(i64, &'static str)>,
}

pub(super) async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let (now, today) = (visitor.state().now_us(), visitor.today());
    let found = visitor
        .vault(move |vault| {
            let new = views::visit(vault, now)?;
            views::advice(vault, today, new)
        })
        .await?;
    let w = Words::of(visitor.locale);
    let groups: Vec<Group> =
        groups(w, &found).into_iter().filter(|g| !g.lines.is_empty()).collect();
    let letters: i64 = found.unread.iter().map(|l| l.letters).sum();
    let lede = match (groups.is_empty(), letters) {
        (true, _) => w.say("advice-none").html(),
        (false, 0) => w
            .say("advice-lede")
            .arg("n", groups.iter().map(|g| g.lines.len()).sum::<usize>())
            .html(),
        (false, letters) => w
            .say("advice-lede-unread")
            .arg("letters", letters)
            .arg("actors", found.unread.len())
            .html(),
    };
    show(&Page { frame: visitor.frame(Nav::Refusals, w.t("advice-name")), lede, groups })
}

fn groups(w: &Words, a: &Advice) -> Vec<Group> {
    let refuse = |query: String| Some((format!("/refuse?{query}&back=/advice"), w.t("refuse")));
    let actor = |id: i64, name: &str, reason: String| Line {
        name: name.to_owned(),
        address: format!("/actor/{id}"),
        reason,
        go: None,
        accept: None,
        write: None,
    };
    let letters_of = |id: i64| {
        let (address, _) = refuse(format!("actor={id}&category=newsletter"))?;
        Some((address, w.t("advice-refuse-letters")))
    };
    let day = |at: jiff::Timestamp| w.date(days::day(at.as_microsecond()));
    let unread = a.unread.iter().map(|l| {
        let reason = w.say("advice-unread-row").arg("n", l.letters).arg("opened", l.opened);
        let line = actor(l.actor.id.0, &l.actor.name, reason.to_string());
        Line { go: letters_of(l.actor.id.0), ..line }
    });
    let sorts = a.sorts.iter().map(|(kind, letters, actors)| {
        let name = w.t(&format!("kinds-{}", kind.code()));
        let reason = w.say("advice-sort-row").arg("n", *letters).arg("actors", *actors).to_string();
        Line {
            address: format!("/actors?kind={}", kind.code()),
            go: refuse(format!("sort={}&category=newsletter", kind.code())),
            ..actor(0, &name, reason)
        }
    });
    let unused = a.unused.iter().map(|(row, day)| {
        let line = actor(row.actor.id.0, &row.actor.name, w.n("advice-unused-row", w.date(*day)));
        Line { write: Some((row.actor.id.0, "erasure")), ..line }
    });
    let new = a.new.iter().map(|row| {
        let reason = w.say("advice-new-row").arg("day", day(row.first));
        let reason = reason.arg("n", row.counts.total()).to_string();
        let line = actor(row.actor.id.0, &row.actor.name, reason);
        let go = refuse(format!("actor={}", row.actor.id));
        Line { go, accept: Some(row.actor.id.0), ..line }
    });
    let loudest = a.loudest.iter().map(|(who, n, letters)| {
        let reason = w.say("advice-loud-row").arg("n", *n).arg("letters", *letters).to_string();
        let go = (*letters > 0).then(|| letters_of(who.id.0)).flatten();
        Line { go, ..actor(who.id.0, &who.name, reason) }
    });
    let silent = a.silent.iter().map(|row: &ActorRow| {
        let reason = w.say("advice-silent-row").arg("day", day(row.last));
        let reason = reason.arg("n", row.counts.total()).to_string();
        let line = actor(row.actor.id.0, &row.actor.name, reason);
        Line { write: Some((row.actor.id.0, "access")), ..line }
    });
    let leaks = a.leaks.iter().map(|leak| {
        let names = leak.others.iter().map(|(a, _)| a.name.as_str());
        let unknown = leak.unknown.iter().map(|(from, _)| from.as_str());
        let others: Vec<String> =
            names.chain(unknown).map(|name| isolate(name).into_owned()).collect();
        let reason = w.say("advice-leak-row").arg("given", isolate(&leak.given_to.name));
        let reason = reason.arg("others", w.list(&others)).to_string();
        let address = leak.address.replace('+', "%2B");
        Line {
            address: format!("/actor/{}", leak.given_to.id),
            go: refuse(format!("address={address}")),
            ..actor(0, &leak.address, reason)
        }
    });
    let group = |id: &'static str, lines: Vec<Line>| Group {
        id,
        title: w.t(&format!("advice-{id}")),
        why: w.t(&format!("advice-{id}-why")),
        lines,
    };
    vec![
        group("unread", unread.collect()),
        group("new", new.collect()),
        group("leak", leaks.collect()),
        group("unused", unused.collect()),
        group("sorts", sorts.collect()),
        group("loud", loudest.collect()),
        group("silent", silent.collect()),
    ]
}
