//! A mailbox filed by organisation and drawer: shown before she agrees, then done within its syncs,
//! and all put back at one click.

use super::retry::follow;
use crate::pages::{Frame, Nav};
use crate::words::{Words, drawers};
use crate::{Error, Sent, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use mesinfos_connect as connect;
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::{Filed, Filing, FilingPlan, Shape, Vault};
use std::collections::BTreeMap;

/// So many folders are shown by name.
const SHOWN: usize = 12;
/// Ages to choose from, in days.
const AGES: [i64; 4] = [0, 7, 30, 90];
const AGE: i64 = 30;

/// `/mailboxes/filing?mailbox=1&root=MesInfos&shape=actor-drawer&after=30`.
#[derive(serde::Deserialize, Clone, Default)]
#[serde(default)]
pub(super) struct Asked {
    mailbox: i64,
    root: String,
    shape: String,
    after: Option<i64>,
}

#[derive(Template)]
#[template(path = "mailboxes/filing.html")]
struct Page {
    frame: Frame,
    name: String,
    mailbox: i64,
    /// "1 240 mails dans 61 dossiers".
    lede: String,
    root: String,
    shapes: Vec<(&'static str, String, bool)>,
    ages: Vec<(i64, String, bool)>,
    /// Folders with the most mails, and how many in each.
    folders: Vec<(String, String)>,
    /// The folders that are not shown.
    others: Option<String>,
    left_out: Option<String>,
    by_label: bool,
    is_on: bool,
    refused: Option<&'static str>,
}

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Error> {
    with(&visitor, asked, None).await
}

async fn with(
    visitor: &Visitor,
    asked: Asked,
    refused: Option<&'static str>,
) -> Result<Html<String>, Error> {
    let w = Words::of(visitor.locale);
    let (now, wanted) = (visitor.state().now_us(), asked);
    let drawers = drawers(visitor.locale);
    let found = visitor
        .vault(move |vault| {
            let Some(mailbox) = of(vault, wanted.mailbox)? else { return Ok(None) };
            let before = vault.filing(mailbox.id)?;
            let filing = filing(&wanted, before.as_ref(), drawers);
            let plan = vault.filing_plan(&filing, now)?;
            Ok(Some((mailbox, filing, plan, before.is_some_and(|f| !f.filing.is_back))))
        })
        .await?;
    let (mailbox, filing, plan, is_on) = found.ok_or(Error::NotFound)?;
    let mut frame = visitor.frame(Nav::Import, w.t("filing-name"));
    frame.here = format!("/mailboxes/filing?mailbox={}", mailbox.id);
    let folder = |f: &(String, i64)| (f.0.replace('/', " / "), w.n("filing-mails", f.1));
    let rest = plan.folders.iter().skip(SHOWN);
    let (n, mails) = rest.fold((0, 0), |(n, mails), f| (n + 1, mails + f.1));
    let others = w.say("filing-others").arg("n", n).arg("mails", mails).to_string();
    let age = |days: i64| (days, w.n("filing-age", days), days == filing.after_days);
    show(&Page {
        frame,
        name: mailbox.name,
        mailbox: mailbox.id,
        lede: lede(w, &plan),
        shapes: Shape::ALL
            .map(|s| (s.code(), w.t(&format!("filing-by-{}", s.code())), s == filing.shape))
            .into(),
        ages: AGES.map(age).into(),
        folders: plan.folders.iter().take(SHOWN).map(folder).collect(),
        others: (n > 0).then_some(others),
        left_out: (plan.left_out > 0).then(|| w.n("filing-left-out", plan.left_out)),
        by_label: plan.by_label,
        root: filing.root,
        is_on,
        refused,
    })
}

fn lede(w: &Words, plan: &FilingPlan) -> String {
    let key = if plan.by_label { "filing-lede-labels" } else { "filing-lede" };
    w.say(key).arg("n", plan.mails).arg("folders", plan.folders.len()).to_string()
}

/// She agrees: the folder is made, and the mailbox's sync does the rest.
pub(super) async fn agree(Sent(visitor, asked): Sent<Asked>) -> Result<Response, Error> {
    let (kept, drawers) = (asked.clone(), drawers(visitor.locale));
    let outcome = visitor
        .outward(move |vault, state| {
            let mailbox = of(vault, asked.mailbox)?.ok_or(Error::NotFound)?;
            let before = vault.filing(mailbox.id)?;
            let wanted = Filing {
                at_us: state.now_us(),
                is_back: false,
                ..filing(&asked, before.as_ref(), drawers)
            };
            match connect::filing::prepare(vault, &mailbox, wanted, &state.outward()) {
                Ok(filing) => {
                    vault.set_filing(&filing)?;
                    Ok(Ok((vault.clone(), mailbox)))
                }
                Err(error) => Ok(Err(word(&error))),
            }
        })
        .await?;
    match outcome {
        Ok((vault, mailbox)) => {
            follow(&visitor, &vault, &mailbox)?;
            Ok(Redirect::to("/mailboxes").into_response())
        }
        Err(why) => {
            let page = with(&visitor, kept, Some(why)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// All goes back where it was.
pub(super) async fn back(Sent(visitor, asked): Sent<Asked>) -> Result<Redirect, Error> {
    let found = visitor
        .vault(move |vault| {
            let Some(mailbox) = of(vault, asked.mailbox)? else { return Ok(None) };
            Ok(vault.end_filing(mailbox.id)?.then(|| (vault.clone(), mailbox)))
        })
        .await?;
    let (vault, mailbox) = found.ok_or(Error::NotFound)?;
    follow(&visitor, &vault, &mailbox)?;
    Ok(Redirect::to("/mailboxes"))
}

fn of(vault: &Vault, mailbox: i64) -> mesinfos_vault::Result<Option<Mailbox>> {
    Ok(vault.mailboxes()?.into_iter().find(|m| m.id == mailbox))
}

/// What she asks for; what she leaves out is as it is, or as it is proposed.
fn filing(asked: &Asked, before: Option<&Filed>, drawers: BTreeMap<String, String>) -> Filing {
    let known = before.map(|f| &f.filing);
    let root = match asked.root.trim() {
        "" => known.map_or("MesInfos", |f| f.root.as_str()),
        root => root,
    };
    let shape = Shape::from_code(&asked.shape);
    let shape = shape.or(known.map(|f| f.shape)).unwrap_or(Shape::ActorAndDrawer);
    let after = asked.after.or(known.map(|f| f.after_days)).unwrap_or(AGE).clamp(0, 36_500);
    let proposed = Filing::proposed(asked.mailbox, root, shape, after);
    let same = known.filter(|f| f.root == root).map(|f| (f.prefix.clone(), f.delimiter.clone()));
    let (prefix, delimiter) = same.unwrap_or((proposed.prefix.clone(), proposed.delimiter.clone()));
    // Her first words for drawers stay: another language would move every mail.
    let drawers = known.map_or(drawers, |f| f.drawers.clone());
    Filing { prefix, delimiter, drawers, ..proposed }
}

fn word(error: &connect::Error) -> &'static str {
    match error {
        connect::Error::Forbidden => "filing-forbidden",
        connect::Error::Broken(_) => "filing-broken",
        _ => "filing-failed",
    }
}

/// How far a filing is, for the page of mailboxes: a sentence, and what went wrong.
pub(super) fn state(w: &Words, filed: &Filed) -> (String, Option<String>) {
    let key = match (filed.filing.is_back, filed.left) {
        (true, _) => "filing-going-back",
        (false, 0) => "filing-done",
        (false, _) => "filing-under-way",
    };
    let says = w.say(key).arg("n", filed.mails).arg("folders", filed.folders);
    let says = says.arg("left", filed.left).arg("root", filed.filing.root.as_str()).to_string();
    let trouble = filed.trouble.as_deref().map(|t| w.t(&format!("mailboxes-trouble-{t}")));
    (says, trouble)
}
