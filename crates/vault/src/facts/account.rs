//! One purchase as rows: what pages sum, filter and open.

use super::sums::{self, Turn};
use crate::{Db, Result, Value, fold};
use mesinfos_domain::{Line, Role, Sensitivity};
use mesinfos_purchases::addition::line_total;
use mesinfos_purchases::rights::guaranteed_until;
use mesinfos_purchases::{BoughtLine, Counted, Nature, Payment, Purchase, counted};

/// The purchase that a message is written in.
pub(crate) fn purchase_of(db: &Db, message: i64) -> Result<Option<i64>> {
    db.first(
        "SELECT purchase FROM purchase_mail WHERE person_id = $1 AND message = $2",
        &[db.person().into(), message.into()],
        |r| r.get(0),
    )
}

/// Deletes every row of a purchase.
pub(super) fn delete(db: &Db, purchase: i64) -> Result<()> {
    sums::take(db, purchase, Turn::Deleted)?;
    for sql in [
        "DELETE FROM purchase WHERE person_id = $1 AND id = $2",
        "DELETE FROM purchase_body WHERE person_id = $1 AND purchase = $2",
        "DELETE FROM purchase_line WHERE person_id = $1 AND purchase = $2",
        "DELETE FROM purchase_parcel WHERE person_id = $1 AND purchase = $2",
        "DELETE FROM purchase_mail WHERE person_id = $1 AND purchase = $2",
    ] {
        db.execute(sql, &[db.person().into(), purchase.into()])?;
    }
    Ok(())
}

/// Writes a purchase that has no rows. `actor` is the merchant's number as in `message`.
pub(super) fn write(
    db: &Db,
    purchase: &Purchase,
    actor: i64,
    sensitivity: Sensitivity,
) -> Result<()> {
    let Some(first) = purchase.mails.first() else { return Ok(()) };
    let head = Head { person: db.person(), id: first.0, actor, sensitivity: sensitivity.code() };
    write_row(db, purchase, &head)?;
    let body = serde_json::to_string(purchase)
        .map_err(|e| crate::Error::Invalid(format!("a purchase does not serialise: {e}")))?;
    db.execute(
        "INSERT INTO purchase_body (person_id, purchase, body) VALUES ($1, $2, $3)",
        &[head.person.into(), head.id.into(), (&body).into()],
    )?;
    for (i, line) in purchase.lines.iter().enumerate().filter(|_| gives_things(purchase)) {
        write_line(db, purchase, &head, i, line)?;
    }
    write_parcels(db, purchase, &head)?;
    for mail in &purchase.mails {
        db.execute(
            "INSERT INTO purchase_mail (person_id, message, purchase) VALUES ($1, $2, $3)",
            &[head.person.into(), mail.0.into(), head.id.into()],
        )?;
    }
    sums::take(db, head.id, Turn::Written)
}

struct Head {
    person: i64,
    id: i64,
    actor: i64,
    sensitivity: &'static str,
}

/// Whether its lines are things of the person's: bought, and no booking or bill.
fn gives_things(purchase: &Purchase) -> bool {
    purchase.nature == Nature::Order && purchase.role == Role::Buyer
}

fn write_row(db: &Db, purchase: &Purchase, head: &Head) -> Result<()> {
    let (spent, doubtful) = match counted(purchase) {
        Counted::Spent(amount) => (Some(amount.0), None),
        Counted::Doubtful(amount) => (None, Some(amount.0)),
        Counted::No | Counted::Beside(_) | Counted::Unknown => (None, None),
    };
    let confirmed = purchase.refunds.iter().filter(|r| r.confirmed.is_some()).count() as i64;
    let unseen = purchase.refunds.iter().find(|r| r.confirmed.is_none());
    let unseen_since = unseen.map(|r| r.day.to_string());
    let currency = purchase.currency.map(|c| c.to_string());
    let date = purchase.placed.to_string();
    let received = purchase.received.map(|r| r.day.to_string());
    let (mut things, mut returned, mut guaranteed, mut value) = (0, 0, 0, 0);
    let mut until = None;
    for (i, line) in purchase.lines.iter().enumerate().filter(|_| gives_things(purchase)) {
        if !line.state.is_kept() {
            returned += line.units();
            continue;
        }
        things += line.units();
        if let Some(day) = guaranteed_until(purchase, i) {
            until = Some(day);
            guaranteed += line.units();
            value += line_total(&line.line).map_or(0, |a| a.0);
        }
    }
    let until = until.map(|d| d.to_string());
    let last_us = purchase.history.last().map_or(0, |s| s.at.as_microsecond());
    db.execute(
        "INSERT INTO purchase (person_id, id, actor, kind, is_sale, date, last_us, number, status,
            payment, proof, currency, total, spent, doubtful, refunded, refunds, is_refund_unseen,
            unseen, unseen_since, received, received_by, guaranteed_until, lines, things, returned,
            guaranteed, guaranteed_value, mails, sensitivity)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30)",
        &[
            head.person.into(),
            head.id.into(),
            head.actor.into(),
            purchase.nature.code().into(),
            (purchase.role == Role::Seller).into(),
            (&date).into(),
            last_us.into(),
            purchase.number.as_deref().into(),
            purchase.status.code().into(),
            payment(purchase.payment).into(),
            proof(purchase.proof).into(),
            currency.as_deref().into(),
            purchase.total.map(|a| a.0).into(),
            spent.into(),
            doubtful.into(),
            purchase.refunded().0.into(),
            confirmed.into(),
            unseen.is_some().into(),
            unseen.and_then(|r| r.amount).map(|a| a.0).into(),
            unseen_since.as_deref().into(),
            received.as_deref().into(),
            purchase.received.map(|r| r.known.code()).into(),
            until.as_deref().into(),
            (purchase.lines.len() as i64).into(),
            things.into(),
            returned.into(),
            guaranteed.into(),
            value.into(),
            (purchase.mails.len() as i64).into(),
            head.sensitivity.into(),
        ],
    )?;
    Ok(())
}

fn write_line(
    db: &Db,
    purchase: &Purchase,
    head: &Head,
    position: usize,
    bought: &BoughtLine,
) -> Result<()> {
    let line = &bought.line;
    let date = purchase.placed.to_string();
    let received = purchase.received.map(|r| r.day.to_string());
    let until = guaranteed_until(purchase, position).map(|d| d.to_string());
    let currency = purchase.currency.map(|c| c.to_string());
    let words = words(line, &purchase.merchant.name);
    db.execute(
        "INSERT INTO purchase_line (person_id, purchase, position, actor, date, name, words_key,
            variant, quantity, units, price, currency, image_url, pictured_in, seller_name,
            seller_is_professional, state, is_kept, received, received_by, guaranteed_until,
            sensitivity)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
            $19, $20, $21, $22)",
        &[
            head.person.into(),
            head.id.into(),
            (position as i64).into(),
            head.actor.into(),
            (&date).into(),
            (&line.name).into(),
            (&words).into(),
            line.variant.as_deref().into(),
            line.quantity.unwrap_or(1000).into(),
            bought.units().into(),
            line_total(line).map(|a| a.0).into(),
            currency.as_deref().into(),
            line.image_url.as_deref().into(),
            bought.pictured_in.map(|m| m.0).into(),
            line.seller.as_ref().map(|s| s.name.as_str()).into(),
            line.seller.as_ref().and_then(|s| s.professional).into(),
            bought.state.code().into(),
            bought.state.is_kept().into(),
            received.as_deref().into(),
            purchase.received.map(|r| r.known.code()).into(),
            until.as_deref().into(),
            head.sensitivity.into(),
        ],
    )?;
    Ok(())
}

fn write_parcels(db: &Db, purchase: &Purchase, head: &Head) -> Result<()> {
    for (i, shipment) in purchase.parcels.iter().enumerate() {
        let parcel = &shipment.parcel;
        let day = |d: Option<mesinfos_domain::Date>| d.map(|d| d.to_string());
        let (since, until) = (day(shipment.waiting_since), day(parcel.pickup_until));
        let (expected, delivered) = (day(parcel.expected), day(shipment.delivered));
        let message = shipment.mails.last().map_or(head.id, |m| m.0);
        let values: [Value<'_>; 13] = [
            head.person.into(),
            head.id.into(),
            (i as i64).into(),
            message.into(),
            shipment.is_waiting().into(),
            since.as_deref().into(),
            parcel.carrier.as_deref().into(),
            parcel.number.as_deref().into(),
            parcel.pickup_point.as_deref().into(),
            parcel.pickup_code.as_deref().into(),
            until.as_deref().into(),
            expected.as_deref().into(),
            delivered.as_deref().into(),
        ];
        db.execute(
            "INSERT INTO purchase_parcel (person_id, purchase, position, message, is_waiting,
                waiting_since, carrier, number, pickup_point, pickup_code, pickup_until, expected,
                delivered)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            &values,
        )?;
    }
    Ok(())
}

/// What a thing is found by.
fn words(line: &Line, merchant: &str) -> String {
    let parts = [
        Some(line.name.as_str()),
        line.variant.as_deref(),
        line.sku.as_deref(),
        line.gtin.as_deref(),
        line.seller.as_ref().map(|s| s.name.as_str()),
        Some(merchant),
    ];
    let all: Vec<&str> = parts.into_iter().flatten().collect();
    // An index row of PostgreSQL holds 2,700 bytes at most.
    let text: String = all.join(" ").chars().take(400).collect();
    let mut key = fold::key(&text).replace(['-', '\'', '’'], " ");
    key.truncate(key.floor_char_boundary(1600));
    key
}

fn payment(payment: Payment) -> &'static str {
    match payment {
        Payment::Unpaid => "unpaid",
        Payment::Supposed => "supposed",
        Payment::Paid => "paid",
    }
}

fn proof(proof: mesinfos_domain::Proof) -> &'static str {
    use mesinfos_domain::Proof::*;
    match proof {
        None => "none",
        Doubtful => "doubtful",
        Proved => "proved",
    }
}
