//! What expires or is awaited, with its day and its article.

use super::common::{Names, day, money, unknown};
use super::{ActorRef, awaited, collect};
use crate::refusals::Refusals;
use crate::{Db, Result, Vault, days};
use mesinfos_domain::{Date, MessageId, Money, OrderId};
use mesinfos_purchases::calendar::{after, last_day};
use mesinfos_purchases::rights::{CONFORMITY, DELIVERY, REFUND, WITHDRAWAL};
use mesinfos_purchases::{Article, Known};
use std::collections::HashSet;

/// One thing to do before a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DueRow {
    /// The last day on which it can be done (or, for a refund, by which it is owed).
    pub day: Date,
    /// What.
    pub what: DueWhat,
    /// What it is about: the product's name, the place, the code, the document's kind.
    pub about: String,
    /// With whom.
    pub actor: Option<ActorRef>,
    /// How much is at stake.
    pub money: Option<Money>,
    /// How many more things of the same order the day concerns.
    pub others: i64,
    /// The order to open.
    pub order: Option<OrderId>,
    /// The line of the order that it concerns.
    pub line: Option<i64>,
    /// The mail to open.
    pub message: Option<MessageId>,
    /// The text that gives the right.
    pub article: Option<Article>,
    /// How the day that starts the right is known.
    pub known: Known,
}

/// What is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum DueWhat {
    /// Last day to collect a parcel.
    Pickup,
    /// Last day to send a thing back (L221-18).
    Withdrawal,
    /// End of the legal guarantee (L217-3).
    Guarantee,
    /// A refund is owed by this day (L221-24), or was.
    Refund,
    /// Delivery was owed by this day (L216-1) and no mail says that it came.
    LateDelivery,
    /// A journey, a night, a table, a show begins on this day.
    Booking,
    /// A document waits until this day.
    Document,
    /// An offer ends.
    Offer,
}

/// What is due from `today` on within so many days, soonest first; refunds and deliveries that
/// were owed before today come first of all.
pub fn due(vault: &Vault, today: Date, within: i32) -> Result<Vec<DueRow>> {
    vault.read(|db| list(db, &Names::load(db)?, today, within))
}

pub(super) fn list(db: &Db, names: &Names, today: Date, within: i32) -> Result<Vec<DueRow>> {
    let end = after(today, within);
    let mut rows = pickups(db, names, today)?;
    rows.extend(withdrawals(db, names, today)?);
    rows.extend(guarantees(db, names, today, end)?);
    rows.extend(refunds(db, names, today)?);
    rows.extend(late(db, names, today)?);
    rows.extend(bookings(db, names, today, end)?);
    rows.extend(documents(db, names, today)?);
    rows.extend(codes(db, names, today)?);
    rows.retain(|row| row.day <= end);
    rows.sort_by(|a, b| (a.day, a.what, &a.about).cmp(&(b.day, b.what, &b.about)));
    Ok(rows)
}

fn pickups(db: &Db, names: &Names, today: Date) -> Result<Vec<DueRow>> {
    let parcels = collect::waiting(db, names, today)?;
    Ok(parcels
        .into_iter()
        .filter_map(|p| {
            Some(DueRow {
                day: p.until.filter(|until| *until >= today)?,
                what: DueWhat::Pickup,
                about: p.place.or(p.carrier).unwrap_or_default(),
                actor: p.merchant,
                money: None,
                others: 0,
                order: Some(p.order),
                line: None,
                message: p.message,
                article: None,
                known: Known::Seen,
            })
        })
        .collect())
}

/// Purchases received in the last weeks; the day is moved past Saturdays, Sundays and holidays.
fn withdrawals(db: &Db, names: &Names, today: Date) -> Result<Vec<DueRow>> {
    let (from, to) = (after(today, -20).to_string(), today.to_string());
    let ordered = after(today, -150).to_string();
    let rows = db.query(
        "SELECT p.id, p.actor, p.received, p.received_by, p.currency, p.total, l.name, l.position
         FROM purchase p JOIN purchase_line l ON l.person_id = p.person_id AND l.purchase = p.id
         WHERE p.person_id = $1 AND p.date >= $2 AND p.received >= $3 AND p.received <= $4
            AND l.guaranteed_until IS NOT NULL AND l.is_kept AND l.state <> 'returning'
         ORDER BY p.id, l.position",
        &[db.person().into(), (&ordered).into(), (&from).into(), (&to).into()],
        |r| {
            let received = day(r.get(2)?).unwrap_or(today);
            let known = r.get::<String>(3)?;
            let currency: Option<String> = r.get(4)?;
            Ok(DueRow {
                day: last_day(received, 14),
                what: DueWhat::Withdrawal,
                about: r.get(6)?,
                actor: names.get(Some(r.get(1)?)),
                money: money(r.get(5)?, currency.as_deref()),
                others: 0,
                order: Some(OrderId(r.get(0)?)),
                line: Some(r.get(7)?),
                message: None,
                article: Some(WITHDRAWAL),
                known: Known::from_code(&known).ok_or_else(|| unknown("day of receipt"))?,
            })
        },
    )?;
    // One row an order, named by its first thing: the days are the same for all of them.
    Ok(together(rows.into_iter().filter(|row| row.day >= today).collect()))
}

/// One row for the things of one order that have one day, named by the first.
fn together(rows: Vec<DueRow>) -> Vec<DueRow> {
    let mut kept: Vec<DueRow> = Vec::with_capacity(rows.len());
    for row in rows {
        match kept.last_mut().filter(|k| k.order == row.order && k.day == row.day) {
            Some(first) => first.others += 1,
            None => kept.push(row),
        }
    }
    kept
}

/// Below this price nobody writes to a seller after two years: hundredths of the main unit.
const WORTH_A_LETTER: i64 = 3000;

fn guarantees(db: &Db, names: &Names, today: Date, end: Date) -> Result<Vec<DueRow>> {
    let (from, to) = (today.to_string(), end.to_string());
    let rows = db.query(
        "SELECT purchase, position, actor, name, price, currency, received_by, guaranteed_until
         FROM purchase_line WHERE person_id = $1 AND guaranteed_until >= $2
            AND guaranteed_until <= $3 AND is_kept AND price >= $4
         ORDER BY guaranteed_until, purchase, position",
        &[db.person().into(), (&from).into(), (&to).into(), WORTH_A_LETTER.into()],
        |r| {
            let currency: Option<String> = r.get(5)?;
            let known = r.get::<Option<String>>(6)?.unwrap_or_default();
            Ok(DueRow {
                day: day(r.get(7)?).unwrap_or(today),
                what: DueWhat::Guarantee,
                about: r.get(3)?,
                actor: names.get(Some(r.get(2)?)),
                money: money(r.get(4)?, currency.as_deref()),
                others: 0,
                order: Some(OrderId(r.get(0)?)),
                line: Some(r.get(1)?),
                message: None,
                article: Some(CONFORMITY),
                known: Known::from_code(&known).ok_or_else(|| unknown("day of receipt"))?,
            })
        },
    )?;
    let mut rows = together(rows);
    for row in rows.iter_mut().filter(|row| row.others > 0) {
        row.money = None;
    }
    Ok(rows)
}

/// Announced in the last year and seen in no mail. They are few and have an index (`purchase_unseen`);
/// by the day of the order, all of two years would be opened.
fn refunds(db: &Db, names: &Names, today: Date) -> Result<Vec<DueRow>> {
    let (ordered, since) = (after(today, -730).to_string(), after(today, -365).to_string());
    db.query(
        "SELECT p.id, p.actor, p.unseen_since, p.unseen, p.currency, p.number, l.name
         FROM purchase p LEFT JOIN purchase_line l
            ON l.person_id = p.person_id AND l.purchase = p.id AND l.position = 0
         WHERE p.person_id = $1 AND p.date || '' >= $2 AND p.is_refund_unseen AND p.unseen_since >= $3",
        &[db.person().into(), (&ordered).into(), (&since).into()],
        |r| {
            let announced = day(r.get(2)?).unwrap_or(today);
            let currency: Option<String> = r.get(4)?;
            let thing: Option<String> = r.get(6)?;
            Ok(DueRow {
                day: last_day(announced, 14),
                what: DueWhat::Refund,
                about: thing.or(r.get(5)?).unwrap_or_default(),
                actor: names.get(Some(r.get(1)?)),
                money: money(r.get(3)?, currency.as_deref()),
                others: 0,
                order: Some(OrderId(r.get(0)?)),
                line: None,
                message: None,
                article: Some(REFUND),
                known: Known::Seen,
            })
        },
    )
}

/// A day that a mail promised is past by less than a month and no mail says that the goods came.
/// Where no day was promised nothing is claimed: most shops write nothing on delivery.
fn late(db: &Db, names: &Names, today: Date) -> Result<Vec<DueRow>> {
    let (ordered, from) = (after(today, -150).to_string(), after(today, -30).to_string());
    let now = today.to_string();
    let mut rows = db.query(
        "SELECT p.id, p.actor, c.expected, p.total, p.currency, c.number, c.message
         FROM purchase p JOIN purchase_parcel c
            ON c.person_id = p.person_id AND c.purchase = p.id
         WHERE p.person_id = $1 AND p.date >= $2 AND p.received_by <> 'seen'
            AND c.delivered IS NULL AND NOT c.is_waiting AND c.expected >= $3 AND c.expected < $4
         ORDER BY p.id, c.position",
        &[db.person().into(), (&ordered).into(), (&from).into(), (&now).into()],
        |r| {
            let currency: Option<String> = r.get(4)?;
            Ok(DueRow {
                day: day(r.get(2)?).unwrap_or(today),
                what: DueWhat::LateDelivery,
                about: r.get::<Option<String>>(5)?.unwrap_or_default(),
                actor: names.get(Some(r.get(1)?)),
                money: money(r.get(3)?, currency.as_deref()),
                others: 0,
                order: Some(OrderId(r.get(0)?)),
                line: None,
                message: Some(MessageId(r.get(6)?)),
                article: Some(DELIVERY),
                known: Known::Expected,
            })
        },
    )?;
    rows.dedup_by_key(|row| row.order);
    Ok(rows)
}

fn documents(db: &Db, names: &Names, today: Date) -> Result<Vec<DueRow>> {
    let waiting = awaited::list(db, names, None, today)?;
    Ok(waiting
        .into_iter()
        .filter_map(|row| {
            Some(DueRow {
                day: row.document.until.filter(|until| *until >= today)?,
                what: DueWhat::Document,
                about: row.document.period.unwrap_or(row.document.kind),
                actor: row.actor,
                money: None,
                others: 0,
                order: None,
                line: None,
                message: Some(row.message),
                article: None,
                known: Known::Seen,
            })
        })
        .collect())
}

/// Reservations that a mail's markup gives, the latest word on each; cancelled ones are left out.
fn bookings(db: &Db, names: &Names, today: Date, end: Date) -> Result<Vec<DueRow>> {
    let (from, to) = (today.to_string(), end.to_string());
    let rows = db.query(
        "SELECT r.message, r.actor, r.starts, r.body, b.purchase FROM record r
            LEFT JOIN purchase_mail b ON b.person_id = r.person_id AND b.message = r.message
         WHERE r.person_id = $1 AND r.starts >= $2 AND r.starts <= $3
         ORDER BY r.message DESC, r.position",
        &[db.person().into(), (&from).into(), (&to).into()],
        |r| {
            let body = serde_json::from_str(&r.get::<String>(3)?).unwrap_or_default();
            let row = DueRow {
                day: day(r.get(2)?).unwrap_or(today),
                what: DueWhat::Booking,
                about: booked(&body),
                actor: names.get(r.get(1)?),
                money: None,
                others: 0,
                order: r.get::<Option<i64>>(4)?.map(OrderId),
                line: None,
                message: Some(MessageId(r.get(0)?)),
                article: None,
                known: Known::Seen,
            };
            Ok((row, r.get::<Option<i64>>(1)?, body))
        },
    )?;
    let mut seen = HashSet::new();
    Ok(rows
        .into_iter()
        .filter_map(|(row, actor, body)| {
            let text = |name: &str| body.get(name).and_then(|v| v.as_str()).unwrap_or_default();
            let number = text("reservationNumber").to_owned();
            let is_new = seen.insert((actor, number, row.day, row.about.clone()));
            let is_off = text("reservationStatus").ends_with("Cancelled");
            (is_new && !is_off).then_some(row)
        })
        .collect())
}

/// What is reserved, in the markup's own words: a name, or from where to where.
fn booked(body: &serde_json::Value) -> String {
    let Some(what) = body.get("reservationFor") else { return String::new() };
    let name = |v: &serde_json::Value| {
        ["name", "iataCode"].iter().find_map(|n| v.get(n)?.as_str().map(str::to_owned))
    };
    let stop = |sides: [&str; 4]| sides.iter().find_map(|s| name(what.get(s)?));
    let from =
        stop(["departureAirport", "departureStation", "departureBusStop", "departureBoatTerminal"]);
    let to = stop(["arrivalAirport", "arrivalStation", "arrivalBusStop", "arrivalBoatTerminal"]);
    match (from, to) {
        (Some(from), Some(to)) => format!("{from} → {to}"),
        _ => name(what).unwrap_or_default(),
    }
}

/// Codes of shops where the person has bought, in their last week; the three that end first.
fn codes(db: &Db, names: &Names, today: Date) -> Result<Vec<DueRow>> {
    let (from, to) = (today.to_string(), after(today, 7).to_string());
    let since = days::start(after(today, -200));
    let sql = format!(
        "SELECT o.message, o.actor, o.valid_until, o.code FROM offer o
         WHERE o.person_id = $1 AND o.valid_until >= $2 AND o.valid_until <= $3
            AND o.code IS NOT NULL AND o.at_us >= $4
            AND EXISTS (SELECT 1 FROM purchase p
                WHERE p.person_id = o.person_id AND p.actor = o.actor AND p.spent IS NOT NULL) {}
         ORDER BY o.valid_until, o.message, o.position LIMIT 3",
        Refusals::load(db)?.shown_of("o.message")
    );
    db.query(&sql, &[db.person().into(), (&from).into(), (&to).into(), since.into()], |r| {
        Ok(DueRow {
            day: day(r.get(2)?).unwrap_or(today),
            what: DueWhat::Offer,
            about: r.get(3)?,
            actor: names.get(r.get(1)?),
            money: None,
            others: 0,
            order: None,
            line: None,
            message: Some(MessageId(r.get(0)?)),
            article: None,
            known: Known::Seen,
        })
    })
}
