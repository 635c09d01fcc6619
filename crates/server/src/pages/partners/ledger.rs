//! The ledger: each refusal, since when, what it hides, and whether it is respected.

use super::what;
use crate::pages::{Frame, Nav};
use crate::words::{Choice, Html, Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::IntoResponse;
use mesinfos_domain::{ActorKind, Category};
use mesinfos_partners::silence::Silence;
use mesinfos_partners::{Rule, Stance};
use mesinfos_vault::days;
use mesinfos_vault::views::{self, Ledger, LedgerRow, Watched};

/// `/refusals`.
#[derive(Template)]
#[template(path = "partners/ledger.html")]
struct Page {
    frame: Frame,
    lede: Html,
    rows: Vec<Row>,
    accepted: Vec<Accepted>,
    newcomers: [(&'static str, String, bool); 3],
    sorts: Vec<Choice>,
    drawers: Vec<Choice>,
}

struct Row {
    id: i64,
    what: String,
    address: String,
    since: String,
    hidden: String,
    tells: Vec<(&'static str, String)>,
    watched: Vec<Line>,
}

struct Accepted {
    id: i64,
    what: String,
    since: String,
}

/// One actor that insists.
struct Line {
    id: i64,
    name: String,
    says: String,
    asked: String,
    mail: i64,
}

/// Actors told one by one under each refusal.
const WATCHED: usize = 12;

pub(super) async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let book = visitor.vault(views::ledger).await?;
    let w = Words::of(visitor.locale);
    let is_newcomers = |rule: &Rule| matches!(rule, Rule::Newcomers { .. });
    let chosen = book.rows.iter().map(|r| &r.word).chain(book.accepted.iter().map(|(w, _)| w));
    let latest = chosen.filter(|word| is_newcomers(&word.rule)).max_by_key(|word| word.id);
    let choice = match latest.map(|word| (word.stance, word.rule.category())) {
        Some((Stance::Refused, None)) => "all",
        Some((Stance::Refused, Some(_))) => "letters",
        _ => "accept",
    };
    let page = Page {
        lede: lede(w, &book),
        rows: book
            .rows
            .iter()
            .filter(|r| !is_newcomers(&r.word.rule) || latest.is_some_and(|l| l.id == r.word.id))
            .map(|r| row(w, r))
            .collect(),
        accepted: book
            .accepted
            .iter()
            .filter(|(word, _)| !is_newcomers(&word.rule))
            .map(|(word, actor)| Accepted {
                id: word.id.0,
                what: what(w, &word.rule, actor.as_ref().map_or("", |a| &a.name)),
                since: w.date(days::day(word.at_us)),
            })
            .collect(),
        newcomers: ["accept", "letters", "all"]
            .map(|code| (code, w.t(&format!("newcomers-{code}")), code == choice)),
        sorts: w.kinds(ActorKind::Merchant),
        drawers: w.categories(Category::Newsletter),
        frame: visitor.frame(Nav::Refusals, w.t("nav-refusals")),
    };
    show(&page)
}

fn lede(w: &Words, book: &Ledger) -> Html {
    if book.rows.is_empty() {
        return w.say("refusals-none").html();
    }
    let sum = |f: fn(&LedgerRow) -> i64| book.rows.iter().map(f).sum::<i64>();
    let insist = sum(|r| {
        let again = |w: &&Watched| matches!(w.silence, Silence::Insists { .. });
        r.watched.iter().filter(again).count() as i64
    });
    w.say("refusals-lede")
        .arg("hidden", book.hidden)
        .arg("ceased", sum(|r| r.ceased))
        .arg("insist", insist)
        .html()
}

fn row(w: &Words, r: &LedgerRow) -> Row {
    let name = r.actor.as_ref().map_or("", |a| &a.name);
    let insist = r.watched.iter().filter(|w| matches!(w.silence, Silence::Insists { .. }));
    let count = insist.clone().count();
    let mut tells = Vec::new();
    let mut tell = |tone, key: &str, n: i64| {
        if n > 0 {
            tells.push((tone, w.n(key, n)));
        }
    };
    tell("ok", "refusals-ceased", r.ceased);
    tell("bad", "refusals-insist", count as i64);
    tell("", "refusals-waiting", r.waiting);
    Row {
        id: r.word.id.0,
        what: what(w, &r.word.rule, name),
        address: match &r.word.rule {
            Rule::Actor { actor } | Rule::Drawer { actor, .. } => format!("/actor/{actor}"),
            _ => String::new(),
        },
        since: w.date(days::day(r.word.at_us)),
        hidden: w.number(r.hidden),
        tells,
        watched: insist.take(WATCHED).filter_map(|one| line(w, one)).collect(),
    }
}

fn line(w: &Words, one: &Watched) -> Option<Line> {
    let Silence::Insists { after } = one.silence else { return None };
    let first = one.first.as_ref()?;
    let day = |at: jiff::Timestamp| w.date(days::day(at.as_microsecond()));
    Some(Line {
        id: one.actor.id.0,
        name: one.actor.name.clone(),
        says: w
            .say("refusals-again")
            .arg("n", one.again)
            .arg("day", day(first.at))
            .arg("after", i64::from(after))
            .to_string(),
        asked: match &one.asked {
            Some(step) => {
                let day = w.date(days::day(step.at_us));
                let evidence = isolate(&step.evidence).into_owned();
                w.say("refusals-asked").arg("day", day).arg("evidence", evidence).to_string()
            }
            None => w.t("refusals-not-asked"),
        },
        mail: one.last.as_ref().unwrap_or(first).id.0,
    })
}
