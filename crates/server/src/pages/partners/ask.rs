//! Asking an organisation to stop by a mail to the address that it gives: shown before it is sent.

use crate::pages::language::local;
use crate::pages::{Back, Frame, Nav};
use crate::sending::{self, Draft, Sender};
use crate::words::{Words, isolate};
use crate::{Error, SentTo, Visitor, show};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::IntoResponse;
use mesinfos_domain::{MessageId, Way};
use mesinfos_partners::mailto::Mailto;
use mesinfos_vault::views::{self, ActorRef, MessageCard};
use mesinfos_vault::{SentLetter, Step};

/// `/mail/{id}/ask`.
#[derive(Template)]
#[template(path = "partners/ask.html")]
struct Page {
    frame: Frame,
    id: MessageId,
    lede: String,
    mail: Mailto,
    /// The same for the person's own mail program.
    mailto: String,
    senders: Vec<(i64, String)>,
    back: String,
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    back: String,
}

/// The organisation and the mail that it wants; none where a mail gives no address to write to.
fn wanted(card: &MessageCard) -> Option<(ActorRef, Mailto)> {
    let actor = card.actor.clone().filter(|_| card.suspected_fraud.is_none())?;
    let address = card.unsubscribe.as_ref()?.mailto.as_deref()?;
    Some((actor, Mailto::read(address)?))
}

/// The mail that would be sent, and from where.
pub(super) async fn page(
    visitor: Visitor,
    Path(id): Path<MessageId>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Error> {
    let (actor, mail, address, senders) = visitor
        .vault(move |vault| {
            let none = || mesinfos_vault::Error::NotFound("mail");
            let card = views::message(vault, id)?.ok_or_else(none)?;
            let (actor, mail) = wanted(&card).ok_or_else(none)?;
            let address = card.unsubscribe.and_then(|u| u.mailto).unwrap_or_default();
            // The address that they write to is the one that they know.
            let to = card.headers.iter().filter(|h| h.name == "To").map(|h| h.value.to_lowercase());
            let known: Vec<String> = to
                .flat_map(|v| v.split([',', '<', '>', ' ']).map(str::to_owned).collect::<Vec<_>>())
                .collect();
            Ok((actor, mail, address, sending::senders(vault, &known)?))
        })
        .await?;
    let w = Words::of(visitor.locale);
    show(&Page {
        lede: w.say("ask-lede").arg("who", isolate(&actor.name).into_owned()).to_string(),
        frame: visitor.frame(Nav::Refusals, w.t("way-name")),
        id,
        mail,
        mailto: address,
        senders: sending::choices(&senders),
        back: local(&asked.back).to_owned(),
    })
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Form {
    mailbox: i64,
}

/// A second click within this time is the first one's.
const SAME_US: i64 = 60_000_000;

/// Her click: it is sent, and what came of it is noted.
pub(super) async fn send(
    SentTo(visitor, id, form): SentTo<MessageId, Form>,
) -> Result<Back, Error> {
    let (name, mailbox) = (visitor.name.clone(), form.mailbox);
    let said = visitor
        .in_turn(move |vault, state| {
            // What is sent is read in the vault, never in the form.
            let card = views::message(vault, id)?.ok_or(Error::NotFound)?;
            let (actor, mail) = wanted(&card).ok_or(Error::NotFound)?;
            let sender = Sender::of(vault, mailbox)?;
            let now = state.now_us();
            let is_done = |s: &Step| s.mail == Some(id) && now - s.at_us < SAME_US;
            if card.asked.taken.as_ref().is_some_and(is_done) {
                return Ok("done");
            }
            let (to, subject, body) = (&mail.to, &mail.subject, &mail.body);
            let draft = Draft { name: &name, to, subject, body, follows: None };
            let gone = match sender.send(vault, state, &draft) {
                Ok(gone) => gone,
                Err(error) => return Ok(error.code()),
            };
            vault.asked_to_stop(&Step {
                actor: actor.id,
                at_us: now,
                way: Way::Mailto,
                evidence: mail.to.clone(),
                status: Some(gone.status),
                mail: Some(id),
            })?;
            vault.letter_sent(&SentLetter {
                at_us: now,
                sender: sender.address.clone(),
                recipient: mail.to.clone(),
                message_id: gone.id.clone(),
                actor: actor.id,
                request: None,
            })?;
            Ok(if sender.keep_copy(state, &gone) { "done" } else { "no-copy" })
        })
        .await?;
    Ok(visitor.back_or(&format!("/mail/{id}")).saying("sent", said))
}
