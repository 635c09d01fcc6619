//! Her word on partners from a small form: accepting, newcomers, having asked somebody to stop.

use crate::pages::Back;
use crate::{Error, Sent, SentTo};
use mesinfos_domain::{ActorId, Category, Way};
use mesinfos_partners::{Rule, Stance};
use mesinfos_vault::Step;
use mesinfos_vault::corrections::Correction;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Accepted {
    actor: i64,
    category: String,
}

/// An actor, or one of its drawers, is accepted.
pub(super) async fn accept(Sent(visitor, form): Sent<Accepted>) -> Result<Back, Error> {
    let actor = ActorId(form.actor);
    let rule = match Category::from_code(&form.category) {
        Some(category) => Rule::Drawer { actor, category },
        None => Rule::Actor { actor },
    };
    visitor.says(Correction::Partner { rule, stance: Stance::Accepted }, "/refusals").await
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Newcomers {
    what: String,
}

/// What holds for actors that write for the first time.
pub(super) async fn newcomers(Sent(visitor, form): Sent<Newcomers>) -> Result<Back, Error> {
    let (category, stance) = match form.what.as_str() {
        "accept" => (None, Stance::Accepted),
        "letters" => (Some(Category::Newsletter), Stance::Refused),
        "all" => (None, Stance::Refused),
        _ => return Err(Error::Invalid("no such choice".into())),
    };
    let rule = Rule::Newcomers { category };
    visitor.says(Correction::Partner { rule, stance }, "/refusals").await
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    way: String,
    evidence: String,
}

/// She asked an actor to stop: from now on its silence is counted.
pub(super) async fn asked(
    SentTo(visitor, actor, form): SentTo<ActorId, Asked>,
) -> Result<Back, Error> {
    let way = Way::from_code(&form.way).ok_or(Error::Invalid("no such way".into()))?;
    let at_us = visitor.state().now_us();
    let step = Step::by_herself(actor, at_us, way, form.evidence);
    visitor.vault(move |vault| vault.asked_to_stop(&step)).await?;
    Ok(visitor.back_or(&format!("/actor/{actor}")))
}
