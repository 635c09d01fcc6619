//! The card of one thing: who sold it, what it cost, how it came, what the law gives.

use super::common::{Names, mails};
use super::order::{find, history, signature, things};
use super::{ActorRef, MailRef, OrderRow, StepRow, ThingRow, orders};
use crate::{Result, Vault};
use mesinfos_domain::{ActorKind, Date, Line, OrderId, Parcel};
use mesinfos_purchases::after_sales::after_sales;
use mesinfos_purchases::rights::rights;
use mesinfos_purchases::{AfterSales, Right};

/// Everything about one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProductCard {
    /// As in the list.
    pub row: ThingRow,
    /// The line as it was read: references, description, links.
    pub line: Line,
    /// The person corrected it.
    pub corrected: bool,
    /// The order that it belongs to.
    pub order: OrderRow,
    /// Its parcels.
    pub parcels: Vec<Parcel>,
    /// Who carried it, when the carrier wrote.
    pub carrier: Option<ActorRef>,
    /// What the law gives, today.
    pub rights: Vec<Right>,
    /// The mail that proves the purchase.
    pub proof_of_purchase: Option<MailRef>,
    /// The mail that proves the delivery.
    pub proof_of_delivery: Option<MailRef>,
    /// Its life, oldest first.
    pub history: Vec<StepRow>,
    /// What a letter to the seller needs; the words are in both languages.
    pub after_sales: AfterSales,
    /// Other things of the same order: line and name.
    pub siblings: Vec<(i64, String)>,
}

/// The card of the thing on this line of an order; `None` when there is none.
pub fn product(vault: &Vault, id: OrderId, line: i64, today: Date) -> Result<Option<ProductCard>> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let Some((id, purchase)) = find(db, id)? else { return Ok(None) };
        let Ok(place) = usize::try_from(line) else { return Ok(None) };
        let (Some(bought), Some(order), Some(file)) = (
            purchase.lines.get(place),
            orders::one(db, &names, id)?,
            after_sales(&purchase, place, today),
        ) else {
            return Ok(None);
        };
        let mut signed = Vec::new();
        for mail in mails(db, &names, &purchase.mails)? {
            signed.push((mail.id, mail.actor.clone(), signature(db, mail.actor.as_ref())?));
        }
        let carrier = signed
            .iter()
            .filter_map(|(_, actor, _)| actor.as_ref())
            .find(|actor| {
                actor.kind == ActorKind::Transport
                    && order.merchant.as_ref().is_none_or(|m| m.id != actor.id)
            })
            .cloned();
        let mut things = things(id, &purchase, order.merchant.as_ref(), today);
        let siblings = things
            .iter()
            .filter(|thing| thing.line != line)
            .map(|thing| (thing.line, thing.name.clone()))
            .collect();
        let proof = |message: Option<_>| -> Result<Option<MailRef>> {
            Ok(mails(db, &names, message.as_slice())?.pop())
        };
        Ok(Some(ProductCard {
            line: bought.line.clone(),
            corrected: bought.corrected,
            parcels: purchase.parcels.iter().map(|s| s.parcel.clone()).collect(),
            carrier,
            rights: rights(&purchase, Some(place), today),
            proof_of_purchase: proof(file.proof_of_purchase)?,
            proof_of_delivery: proof(file.proof_of_delivery)?,
            history: history(&purchase, &signed),
            after_sales: file,
            siblings,
            row: things.swap_remove(place),
            order,
        }))
    })
}
