//! Her word on partners from a small form: accepting, newcomers, having asked somebody to stop.

use super::refuse;
use crate::Error;
use crate::pages::language::local;
use crate::visitor::Sent;
use axum::extract::Path;
use axum::response::Redirect;
use mesinfos_domain::{ActorId, Category, Way};
use mesinfos_partners::{Rule, Stance};
use mesinfos_vault::Step;
use mesinfos_vault::corrections::Correction;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Accepted {
    actor: i64,
    category: String,
    back: String,
}

/// An actor, or one of its drawers, is accepted.
pub(super) async fn accept(Sent(visitor, form): Sent<Accepted>) -> Result<Redirect, Error> {
    let actor = ActorId(form.actor);
    let rule = match Category::from_code(&form.category) {
        Some(category) => Rule::Drawer { actor, category },
        None => Rule::Actor { actor },
    };
    let now = visitor.state().now_us();
    let word = Correction::Partner { rule, stance: Stance::Accepted };
    let id = visitor.vault(move |vault| vault.correct(&word, now)).await?;
    Ok(refuse::said(local(&form.back), id.0))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Newcomers {
    what: String,
}

/// What holds for actors that write for the first time.
pub(super) async fn newcomers(Sent(visitor, form): Sent<Newcomers>) -> Result<Redirect, Error> {
    let (category, stance) = match form.what.as_str() {
        "accept" => (None, Stance::Accepted),
        "letters" => (Some(Category::Newsletter), Stance::Refused),
        "all" => (None, Stance::Refused),
        _ => return Err(Error::Invalid("no such choice".into())),
    };
    let now = visitor.state().now_us();
    let word = Correction::Partner { rule: Rule::Newcomers { category }, stance };
    let id = visitor.vault(move |vault| vault.correct(&word, now)).await?;
    Ok(refuse::said("/refusals", id.0))
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    way: String,
    evidence: String,
    back: String,
}

/// She asked an actor to stop: from now on its silence is counted.
pub(super) async fn asked(
    Path(actor): Path<ActorId>,
    Sent(visitor, form): Sent<Asked>,
) -> Result<Redirect, Error> {
    let way = Way::from_code(&form.way).ok_or(Error::Invalid("no such way".into()))?;
    let at_us = visitor.state().now_us();
    let step = Step::by_herself(actor, at_us, way, form.evidence);
    visitor.vault(move |vault| vault.asked_to_stop(&step)).await?;
    Ok(Redirect::to(local(&form.back)))
}
