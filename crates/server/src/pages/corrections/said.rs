//! What a small form says: wrong actor, wrong drawer, no order, a sum that is right, two orders or
//! two actors that are one, a mail that is another order's, a name, an address of one's own.

use crate::pages::Back;
use crate::{Error, Sent};
use mesinfos_domain::{ActorId, ActorKind, Category, MessageId, OrderId};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::views;

/// One form for all: `kind` says which of the others count.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct Form {
    kind: String,
    message: Option<i64>,
    order: Option<i64>,
    /// The order that `order` is one with.
    other: Option<i64>,
    address: String,
    /// `1`: the address is hers.
    mine: String,
    /// Empty: a person.
    actor: String,
    into: Option<i64>,
    category: String,
    name: String,
    sort: String,
}

pub(super) async fn take(Sent(visitor, form): Sent<Form>) -> Result<Back, Error> {
    let today = visitor.today();
    let word = visitor
        .vault(move |vault| {
            let mails = match form.order {
                Some(id) => views::order(vault, OrderId(id), today)?.map(|o| o.purchase.mails),
                None => form.message.map(|m| vec![MessageId(m)]),
            };
            let other = match form.other {
                Some(id) => views::order(vault, OrderId(id), today)?.map(|o| o.purchase.mails),
                None => None,
            };
            let other = other.and_then(|mails| mails.first().copied());
            Ok(correction(&form, mails.unwrap_or_default(), other))
        })
        .await?;
    let word = word.ok_or_else(|| Error::Invalid("a correction that says nothing".into()))?;
    visitor.says(word, "/corrections").await
}

fn correction(
    form: &Form,
    messages: Vec<MessageId>,
    other: Option<MessageId>,
) -> Option<Correction> {
    let message = form.message.map(MessageId);
    let actor = form.actor.parse().ok().map(ActorId);
    Some(match form.kind.as_str() {
        "actor" => Correction::Actor { message: message?, actor },
        "category" => Correction::Category {
            message: message?,
            category: Category::from_code(&form.category)?,
        },
        "not_an_order" => Correction::NotAnOrder { messages },
        "confirmed" => Correction::Confirmed { messages },
        "merge_orders" => Correction::MergeOrders { first: *messages.first()?, second: other? },
        "split_order" => Correction::SplitOrder { message: message? },
        "own_address" => Correction::OwnAddress {
            address: form.address.trim().to_lowercase(),
            is_mine: form.mine == "1",
        },
        "merge_actors" => Correction::MergeActors { part: actor?, whole: ActorId(form.into?) },
        "actor_details" => Correction::ActorDetails {
            actor: actor?,
            name: Some(form.name.trim().to_owned()).filter(|n| !n.is_empty()),
            sort: ActorKind::from_code(&form.sort),
        },
        _ => return None,
    })
}
