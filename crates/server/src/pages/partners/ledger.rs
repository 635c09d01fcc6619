//! The ledger: each refusal, since when, what it hides, and whether it is respected.

use super::{asked_so_far, what};
use crate::pages::{Frame, Nav};
use crate::words::{Choice, Html, Words, isolate};
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::IntoResponse;
use mesinfos_domain::{ActorId, ActorKind, Category, CorrectionId};
use mesinfos_partners::silence::Silence;
use mesinfos_partners::{Rule, Stance};
use mesinfos_reading::mailbox::{Role, imap_name};
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::views::{self, ActorRef, Ledger, LedgerRow, Watched};
use mesinfos_vault::{RefusalFolder, days};
use std::collections::BTreeSet;

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
    /// Connected mailboxes that refused mails may be put away in: number and name.
    mailboxes: Vec<(i64, String)>,
    /// Folders of theirs.
    folders: Vec<String>,
    /// Mails put away by refusals that were lifted since.
    left: Vec<Away>,
}

/// Mails put away in a folder.
struct Away {
    refusal: i64,
    mailbox: i64,
    says: String,
}

struct Row {
    id: i64,
    what: String,
    address: String,
    since: String,
    hidden: String,
    /// Whom the rule leaves as they were, by name.
    kept: Option<String>,
    tells: Vec<(&'static str, String)>,
    watched: Vec<Line>,
    away: Vec<Away>,
    has_mails: bool,
}

struct Accepted {
    id: i64,
    what: String,
    since: String,
}

/// One actor that insists, or that she asked to stop.
struct Line {
    id: i64,
    name: String,
    says: String,
    asked: Vec<String>,
    /// Its last mail, and whether it insists; 0 when none came.
    mail: i64,
}

/// Actors told one by one under each refusal.
const WATCHED: usize = 12;
/// Exceptions told by name on the whole page.
const KEPT: usize = 200;

pub(super) async fn page(visitor: Visitor) -> Result<impl IntoResponse, Error> {
    let (book, kept, mailboxes, folders, away) = visitor
        .vault(|vault| {
            let mailboxes = vault.mailboxes()?;
            let mut names = BTreeSet::new();
            for mailbox in &mailboxes {
                let folders = vault.mailbox_folders(mailbox.id)?;
                names.extend(folders.iter().map(|f| imap_name(&f.name).into_owned()));
            }
            let book = views::ledger(vault)?;
            let kept: Vec<ActorId> =
                book.rows.iter().flat_map(|r| excepted(&r.word.rule)).take(KEPT).copied().collect();
            let kept = match kept.is_empty() {
                true => Vec::new(),
                false => views::actor_refs(vault, &kept)?,
            };
            Ok((book, kept, mailboxes, names, vault.refusal_folders()?))
        })
        .await?;
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
            .map(|r| Row {
                away: put_away(w, &away, &mailboxes, |f| *f == r.word.id),
                kept: names(w, excepted(&r.word.rule), &kept),
                ..row(w, r)
            })
            .collect(),
        left: put_away(w, &away, &mailboxes, |f| !book.rows.iter().any(|r| r.word.id == *f)),
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
        mailboxes: mailboxes.iter().map(|m| (m.id, m.name.clone())).collect(),
        folders: folders.into_iter().filter(|f| Role::of_folder(f) == Role::Ordinary).collect(),
        frame: visitor.frame(Nav::Refusals, w.t("nav-refusals")),
    };
    show(&page)
}

/// Whom a rule leaves as they were.
fn excepted(rule: &Rule) -> &[ActorId] {
    match rule {
        Rule::Sort { except, .. } => except,
        _ => &[],
    }
}

/// "Vous gardez celles de Trottignole."
fn names(w: &Words, of: &[ActorId], all: &[ActorRef]) -> Option<String> {
    let named = all.iter().filter(|a| of.contains(&a.id));
    let named: Vec<String> = named.map(|a| isolate(&a.name).into_owned()).collect();
    (!named.is_empty()).then(|| w.n("refusals-kept", w.list(&named)))
}

/// "12 mails rangés dans « Refusés » de lea@exemple.fr, les prochains aussi."
fn put_away(
    w: &Words,
    all: &[RefusalFolder],
    mailboxes: &[Mailbox],
    is_of: impl Fn(&CorrectionId) -> bool,
) -> Vec<Away> {
    let of = all.iter().filter(|f| is_of(&f.refusal));
    of.filter_map(|f| {
        let mailbox = mailboxes.iter().find(|m| m.id == f.mailbox)?;
        let says = w
            .say(if f.goes_on { "folder-goes-on" } else { "folder-has" })
            .arg("n", f.mails)
            .arg("folder", isolate(&imap_name(&f.folder)).into_owned())
            .arg("mailbox", isolate(&mailbox.name).into_owned())
            .to_string();
        Some(Away { refusal: f.refusal.0, mailbox: f.mailbox, says })
    })
    .collect()
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
    let insists = |w: &&Watched| matches!(w.silence, Silence::Insists { .. });
    let count = r.watched.iter().filter(insists).count();
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
        away: Vec::new(),
        kept: None,
        has_mails: r.hidden > 0,
        watched: r.watched.iter().filter_map(|one| line(w, one)).take(WATCHED).collect(),
    }
}

/// "Désinscrit le 3, a encore écrit le 12": those that insist, and those that were asked to stop.
fn line(w: &Words, one: &Watched) -> Option<Line> {
    let since = one.asked.taken.as_ref().map(|step| w.date(days::day(step.at_us)));
    let mut mail = 0;
    let says = match (one.silence, &since) {
        (Silence::Insists { after }, since) => {
            let first = one.first.as_ref()?;
            mail = one.last.as_ref().unwrap_or(first).id.0;
            let key = if since.is_some() { "refusals-asked-again" } else { "refusals-again" };
            w.say(key)
                .arg("n", one.again)
                .arg("asked", since.clone().unwrap_or_default())
                .arg("day", w.date(days::day(first.at.as_microsecond())))
                .arg("after", i64::from(after))
        }
        (_, None) if one.asked.declined.is_none() => return None,
        (Silence::Ceased { days }, _) => w.say("refusals-silent").arg("days", i64::from(days)),
        (Silence::TooSoon | Silence::Unread, _) => w.say("refusals-too-soon"),
    };
    let mut asked = asked_so_far(w, &one.asked);
    if since.is_none() {
        asked.insert(0, w.t("refusals-not-asked"));
    }
    Some(Line {
        id: one.actor.id.0,
        name: one.actor.name.clone(),
        says: says.to_string(),
        asked,
        mail,
    })
}
