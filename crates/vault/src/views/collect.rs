//! Parcels that wait: where, with which code, until when.

use super::ActorRef;
use super::common::{Names, day};
use crate::{Db, Result, Vault};
use mesinfos_domain::{Date, MessageId, OrderId};

/// One parcel that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToCollect {
    /// Its order.
    pub order: OrderId,
    /// The relay point or locker.
    pub place: Option<String>,
    /// The code to show there.
    pub code: Option<String>,
    /// The last day; `None` when no mail says it.
    pub until: Option<Date>,
    /// Since when it waits.
    pub since: Option<Date>,
    /// The last day is past: it may have gone back.
    pub overdue: bool,
    /// The carrier's name.
    pub carrier: Option<String>,
    /// The tracking number.
    pub number: Option<String>,
    /// Whom it was bought from.
    pub merchant: Option<ActorRef>,
    /// What is inside, as far as the order tells: names of the lines.
    pub things: Vec<String>,
    /// The mail that says it waits.
    pub message: Option<MessageId>,
}

/// A parcel without a last day is no longer shown after so many days: relays keep them two weeks.
const KEPT_DAYS: i32 = 21;

/// The parcels that wait, the most urgent first; those whose last day is long past are left out.
pub fn to_collect(vault: &Vault, today: Date) -> Result<Vec<ToCollect>> {
    vault.read(|db| waiting(db, &Names::load(db)?, today))
}

pub(super) fn waiting(db: &Db, names: &Names, today: Date) -> Result<Vec<ToCollect>> {
    let oldest = mesinfos_purchases::calendar::after(today, -KEPT_DAYS).to_string();
    let mut parcels = db.query(
        "SELECT c.purchase, c.pickup_point, c.pickup_code, c.pickup_until, c.waiting_since,
            c.carrier, c.number, c.message, p.actor
         FROM purchase_parcel c JOIN purchase p ON p.person_id = c.person_id AND p.id = c.purchase
         WHERE c.person_id = $1 AND c.is_waiting AND COALESCE(c.pickup_until, c.waiting_since) >= $2
         ORDER BY COALESCE(c.pickup_until, c.waiting_since), c.purchase, c.position",
        &[db.person().into(), (&oldest).into()],
        |r| {
            let until = day(r.get(3)?);
            Ok(ToCollect {
                order: OrderId(r.get(0)?),
                place: r.get(1)?,
                code: r.get(2)?,
                until,
                since: day(r.get(4)?),
                overdue: until.is_some_and(|u| u < today),
                carrier: r.get(5)?,
                number: r.get(6)?,
                merchant: names.get(Some(r.get(8)?)),
                things: Vec::new(),
                message: Some(MessageId(r.get(7)?)),
            })
        },
    )?;
    for parcel in &mut parcels {
        parcel.things = db.query(
            "SELECT name FROM purchase_line WHERE person_id = $1 AND purchase = $2
             ORDER BY position LIMIT 10",
            &[db.person().into(), parcel.order.0.into()],
            |r| r.get(0),
        )?;
    }
    Ok(parcels)
}
