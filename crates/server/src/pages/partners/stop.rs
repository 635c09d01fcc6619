//! Asking an organisation to stop, in the way that one of its mails gives: by one click.

use super::way::shown;
use crate::pages::Back;
use crate::{Error, Nothing, SentTo};
use mesinfos_connect as connect;
use mesinfos_domain::{MessageId, Way};
use mesinfos_vault::{Step, views};

/// Her click (RFC 8058): asked at once, and what came of it is noted.
pub(super) async fn one_click(
    SentTo(visitor, id, Nothing {}): SentTo<MessageId, Nothing>,
) -> Result<Back, Error> {
    let said = visitor
        .outward(move |vault, state| {
            // What the mail offers is read in the vault, never in the form.
            let card = views::message(vault, id)?.ok_or(Error::NotFound)?;
            let (Some(actor), Some(offer)) = (card.actor, card.unsubscribe) else {
                return Err(Error::NotFound);
            };
            let status = match connect::one_click(&offer, &state.to_strangers()) {
                Ok(status) => status,
                Err(error) => return Ok(error.code()),
            };
            let step = Step {
                actor: actor.id,
                at_us: state.now_us(),
                way: Way::OneClick,
                evidence: shown(&offer.link.unwrap_or_default()).to_owned(),
                status: Some(status),
                mail: Some(id),
            };
            vault.asked_to_stop(&step)?;
            Ok(if step.is_taken() { "done" } else { "declined" })
        })
        .await?;
    Ok(visitor.back_or(&format!("/mail/{id}")).saying("asked", said))
}
