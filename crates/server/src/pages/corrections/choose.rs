//! Which actor: the one that a mail is really from, or the one that another is part of.

use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::IntoResponse;
use mesinfos_domain::{ActorId, MessageId};
use mesinfos_vault::search::ActorHit;
use mesinfos_vault::views::{self, ActorsAsked};

/// How many are shown.
const SHOWN: usize = 20;

/// `/corrections/choose?message=5` or `?part=3`, then `&q=` for the name.
#[derive(Template)]
#[template(path = "corrections/choose.html")]
struct Page {
    frame: Frame,
    asked: Asked,
    lede: String,
    /// Where the form leads back to.
    back: String,
    found: Vec<ActorHit>,
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    message: Option<i64>,
    part: Option<i64>,
    q: String,
}

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let (today, q) = (visitor.today(), asked.q.clone());
    let (message, part) = (asked.message.map(MessageId), asked.part.map(ActorId));
    let (about, mut found) = visitor
        .vault(move |vault| {
            let about = match (message, part) {
                (Some(id), _) => views::message(vault, id)?.map(|m| m.mail.subject),
                (None, Some(id)) => views::actor_ref(vault, id)?.map(|a| a.name),
                (None, None) => None,
            };
            let found = match q.trim().is_empty() {
                false => vault.search_actors(&q, SHOWN + 1)?,
                true => loudest(views::actors(vault, &ActorsAsked::default(), today)?),
            };
            Ok((about, found))
        })
        .await?;
    let about = about.ok_or(Error::NotFound)?;
    found.retain(|hit| Some(hit.id) != part);
    found.truncate(SHOWN);
    let w = Words::of(visitor.locale);
    let about = crate::words::isolate(&about).into_owned();
    let (lede, back) = match (message, part) {
        (Some(id), _) => (w.say("choose-mail").arg("subject", about), format!("/mail/{id}")),
        _ => (w.say("choose-part").arg("name", about), "/actors".to_owned()),
    };
    let lede = lede.to_string();
    let frame = visitor.frame(Nav::Actors, w.t("choose-name"));
    show(&Page { frame, asked, lede, back, found })
}

fn loudest(actors: views::Actors) -> Vec<ActorHit> {
    let rows = actors.actors.rows.into_iter().map(|row| row.actor);
    rows.map(|a| ActorHit { id: a.id, name: a.name, domain: a.domain }).collect()
}
