//! One order: its history, its lines, its sum, its parcels, its mails.

use super::common::{Names, mails};
use super::message::order_facts;
use super::purchases::picture;
use super::{ActorRef, FactRow, MailRef, OrderRow, ThingRow, orders};
use crate::{Db, Error, Result, Vault, facts};
use mesinfos_domain::{Date, MessageId, Money, OrderId};
use mesinfos_purchases::addition::{Printed, add_up, line_total};
use mesinfos_purchases::rights::{guaranteed_until, rights};
use mesinfos_purchases::{Addition, Purchase, Right, Step};

/// The page of one order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderCard {
    /// As in the list.
    pub row: OrderRow,
    /// All that was understood: sums, lines, parcels, refunds.
    pub purchase: Purchase,
    /// Its lines as things, in the order of `purchase.lines`.
    pub things: Vec<ThingRow>,
    /// The sum done again from the lines, beside what the mail says.
    pub addition: Addition,
    /// What happened, oldest first.
    pub history: Vec<StepRow>,
    /// What the law gives on the whole of it, today.
    pub rights: Vec<Right>,
    /// Its mails, oldest first, with what each said.
    pub mails: Vec<OrderMailRow>,
    /// The orders just before and after at any merchant, to walk through those to check.
    pub neighbours: (Option<OrderId>, Option<OrderId>),
}

/// One event and the mail that says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StepRow {
    /// The event.
    pub step: Step,
    /// Who wrote.
    pub writer: Option<ActorRef>,
    /// The domain that signed the mail (DKIM, or the provider's word), as evidence of its actor.
    pub signed_by: Option<String>,
}

/// A mail of the order and the facts that were read in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderMailRow {
    /// The mail.
    pub mail: MailRef,
    /// Where each fact about the order was read.
    pub facts: Vec<FactRow>,
}

/// The page of an order; `None` when there is none of this number. The number of any of its mails
/// finds it too: a link to an order survives an older mail that gives it another number.
pub fn order(vault: &Vault, id: OrderId, today: Date) -> Result<Option<OrderCard>> {
    let seal = vault.content_key();
    vault.read(|db| {
        let names = Names::load(db)?;
        let Some((id, purchase)) = find(db, id)? else { return Ok(None) };
        let Some(row) = orders::one(db, &names, id)? else { return Ok(None) };
        let mut of_mails = Vec::with_capacity(purchase.mails.len());
        let mut signed = Vec::new();
        for mail in mails(db, &names, &purchase.mails)? {
            let facts = order_facts(db, seal.as_ref(), mail.id)?;
            signed.push((mail.id, mail.actor.clone(), signature(db, mail.actor.as_ref())?));
            of_mails.push(OrderMailRow { mail, facts });
        }
        Ok(Some(OrderCard {
            things: things(id, &purchase, row.merchant.as_ref(), today),
            addition: addition(&purchase),
            history: history(&purchase, &signed),
            rights: rights(&purchase, None, today),
            neighbours: neighbours(db, &row)?,
            row,
            mails: of_mails,
            purchase,
        }))
    })
}

/// A purchase by its number or by that of one of its mails.
pub(super) fn find(db: &Db, id: OrderId) -> Result<Option<(OrderId, Purchase)>> {
    if let Some(purchase) = body(db, id)? {
        return Ok(Some((id, purchase)));
    }
    let Some(other) = facts::account::purchase_of(db, id.0)? else { return Ok(None) };
    Ok(body(db, OrderId(other))?.map(|purchase| (OrderId(other), purchase)))
}

fn body(db: &Db, id: OrderId) -> Result<Option<Purchase>> {
    let json = db.first(
        "SELECT body FROM purchase_body WHERE person_id = $1 AND purchase = $2",
        &[db.person().into(), id.0.into()],
        |r| r.get::<String>(0),
    )?;
    json.map(|json| {
        serde_json::from_str(&json).map_err(|e| Error::Damaged(format!("a purchase: {e}")))
    })
    .transpose()
}

/// The lines of a purchase as things, for purchases of any nature.
pub(super) fn things(
    id: OrderId,
    purchase: &Purchase,
    merchant: Option<&ActorRef>,
    today: Date,
) -> Vec<ThingRow> {
    let thing = |(i, bought): (usize, &mesinfos_purchases::BoughtLine)| {
        let line = &bought.line;
        ThingRow {
            order: id,
            line: i as i64,
            name: line.name.clone(),
            variant: line.variant.clone(),
            quantity: line.quantity.unwrap_or(1000),
            price: line_total(line)
                .zip(purchase.currency)
                .map(|(amount, currency)| Money { amount, currency }),
            merchant: merchant.cloned(),
            seller: line.seller.clone(),
            state: bought.state.on(purchase.received, today),
            picture: picture(line.image_url.clone(), bought.pictured_in),
            placed: purchase.placed,
            received: purchase.received,
            guaranteed_until: guaranteed_until(purchase, i),
        }
    };
    purchase.lines.iter().enumerate().map(thing).collect()
}

fn addition(purchase: &Purchase) -> Addition {
    let printed = Printed {
        total: purchase.total,
        subtotal: purchase.subtotal,
        shipping: purchase.shipping,
        tax: purchase.tax,
        discount: purchase.discount,
        fees: purchase.fees,
    };
    add_up(purchase.lines.iter().map(|l| &l.line), &printed)
}

type Signed = (MessageId, Option<ActorRef>, Option<String>);

pub(super) fn history(purchase: &Purchase, signed: &[Signed]) -> Vec<StepRow> {
    let row = |step: &Step| {
        let mail = signed.iter().find(|(id, ..)| *id == step.message);
        StepRow {
            step: step.clone(),
            writer: mail.and_then(|(_, actor, _)| actor.clone()),
            signed_by: mail.and_then(|(_, _, signed)| signed.clone()),
        }
    };
    purchase.history.iter().map(row).collect()
}

/// The domain that signs this actor's mails, when one does.
pub(super) fn signature(db: &Db, actor: Option<&ActorRef>) -> Result<Option<String>> {
    let Some(actor) = actor else { return Ok(None) };
    db.first(
        "SELECT e.value FROM actor a
            JOIN actor_evidence e ON e.person_id = a.person_id AND e.actor = a.id
         WHERE a.person_id = $1 AND a.main = $2 AND e.kind IN ('dkim', 'authenticated')
         ORDER BY e.mails DESC, e.value LIMIT 1",
        &[db.person().into(), actor.id.0.into()],
        |r| r.get(0),
    )
}

fn neighbours(db: &Db, row: &OrderRow) -> Result<(Option<OrderId>, Option<OrderId>)> {
    let date = row.placed.to_string();
    let values = [db.person().into(), (&date).into(), row.id.0.into()];
    let id = |r: &crate::Row<'_>| Ok(OrderId(r.get(0)?));
    let before = db.first(
        "SELECT id FROM purchase WHERE person_id = $1 AND (date, id) < ($2, $3)
            AND kind <> 'parcel' ORDER BY date DESC, id DESC LIMIT 1",
        &values,
        id,
    )?;
    let after = db.first(
        "SELECT id FROM purchase WHERE person_id = $1 AND (date, id) > ($2, $3)
            AND kind <> 'parcel' ORDER BY date, id LIMIT 1",
        &values,
        id,
    )?;
    Ok((before, after))
}
