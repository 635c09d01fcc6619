//! Sending a letter, or its reminder, from the person's own mailbox.

use crate::pages::Back;
use crate::sending::{Draft, Sender};
use crate::{Error, SentTo};
use mesinfos_partners::mailto::recipient;
use mesinfos_vault::views::{self, RequestCard};
use mesinfos_vault::{Mark, SentLetter};

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Form {
    /// `letter` or `reminder`.
    what: String,
    to: String,
    mailbox: i64,
}

/// Her click: the letter goes out as it stands in the vault, and the month begins.
pub(super) async fn send(SentTo(visitor, id, form): SentTo<i64, Form>) -> Result<Back, Error> {
    let page = Back::to(&format!("/rights/{id}"));
    let Some(to) = recipient(&form.to) else { return Ok(page.saying("sent", "no-address")) };
    let (name, today) = (visitor.name.clone(), visitor.today());
    let said = visitor
        .in_turn(move |vault, state| {
            let card = views::request(vault, id, &name, today)?.ok_or(Error::NotFound)?;
            let Some((mark, subject, body)) = due(&card, &form.what) else {
                // A second click: the first one sent it.
                return Ok("done");
            };
            if body.contains('[') && body.contains(']') && mark == Mark::Sent {
                return Ok("no-words");
            }
            let sender = Sender::of(vault, form.mailbox)?;
            let first = card.letters.first().map(|l| l.message_id.as_str());
            let draft =
                Draft { name: &name, to: &to, subject: &subject, body: &body, follows: first };
            let gone = match sender.send(vault, state, &draft) {
                Ok(gone) => gone,
                Err(error) => return Ok(error.code()),
            };
            let letter = SentLetter {
                at_us: state.now_us(),
                sender: sender.address.clone(),
                recipient: to.clone(),
                message_id: gone.id.clone(),
                actor: card.row.request.actor,
                request: Some(id),
            };
            vault.request_sent(&letter, mark, today)?;
            Ok(if sender.keep_copy(state, &gone) { "done" } else { "no-copy" })
        })
        .await?;
    Ok(page.saying("sent", said))
}

/// What is to be sent, and what that does to the request; `None` when it was sent before.
fn due(card: &RequestCard, what: &str) -> Option<(Mark, String, String)> {
    let r = &card.row.request;
    match what {
        "letter" if r.course.sent.is_none() => {
            Some((Mark::Sent, r.subject.clone(), r.body.clone()))
        }
        "reminder" if r.course.reminded.is_none() => {
            let letter = card.reminder.as_ref()?;
            Some((Mark::Reminded, letter.subject.clone(), letter.body.clone()))
        }
        _ => None,
    }
}
