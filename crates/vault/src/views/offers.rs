//! Offers that actors made: codes and advantages, with their last day.

use super::common::{Filter, Names, day};
use super::{ActorRef, PageAsked, Paged};
use crate::refusals::Refusals;
use crate::{Db, Result, Row, Vault, days};
use mesinfos_domain::{ActorId, Amount, Benefit, Date, MessageId, Offer};
use mesinfos_purchases::calendar::after;

/// One offer and where it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfferRow {
    /// What it gives.
    pub offer: Offer,
    /// Who makes it.
    pub actor: Option<ActorRef>,
    /// The mail.
    pub message: MessageId,
    /// The day of the mail.
    pub day: Date,
    /// Its last day is past.
    pub over: bool,
}

/// What the page asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OffersAsked {
    /// Of this actor.
    pub actor: Option<ActorId>,
    /// Those that are over too. Offers without a last day count as over after 90 days.
    pub over_too: bool,
    /// Which page.
    pub page: PageAsked,
}

/// An offer without a last day is taken for over after so many days.
const OPEN_DAYS: i32 = 90;

/// Offers: those that can be used, soonest to end first, then those without a last day, latest
/// first; then, when asked for, those that are over.
pub fn offers(vault: &Vault, asked: &OffersAsked, today: Date) -> Result<Paged<OfferRow>> {
    vault.read(|db| {
        let names = Names::load(db)?;
        list(db, &names, asked.actor, asked.over_too, asked.page, today)
    })
}

pub(super) fn list(
    db: &Db,
    names: &Names,
    of: Option<ActorId>,
    over_too: bool,
    page: PageAsked,
    today: Date,
) -> Result<Paged<OfferRow>> {
    let now = today.to_string();
    let mut filter = Filter::new(db);
    if let Some(actor) = of {
        filter.and("o.actor IN (SELECT id FROM actor WHERE person_id = $1 AND main = ?)", actor.0);
    }
    if of.is_none() {
        filter.sql.push_str(&Refusals::load(db)?.shown_of("o.message"));
    }
    let since = days::start(after(today, -OPEN_DAYS));
    let (now, since) = (filter.bind(now.as_str()), filter.bind(since));
    let open =
        format!("((o.valid_until IS NULL AND o.at_us >= {since}) OR o.valid_until >= {now})");
    let counts = format!(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE {open}) FROM offer o WHERE o.person_id = $1{}",
        filter.sql
    );
    let total = db
        .first(&counts, &filter.values, |r| r.get::<i64>(if over_too { 0 } else { 1 }))?
        .unwrap_or(0);
    if !over_too {
        filter.say(&open);
    }
    let (limit, offset) = (filter.bind(page.limit()), filter.bind(page.offset()));
    let sql = format!(
        "SELECT o.message, o.actor, o.at_us, o.code, o.description, o.percent, o.amount,
            o.free_shipping, o.minimum_purchase, o.valid_until,
            CASE WHEN {open} THEN FALSE ELSE TRUE END AS is_over
         FROM offer o WHERE o.person_id = $1{}
         ORDER BY is_over, o.valid_until ASC NULLS LAST, o.at_us DESC, o.message, o.position
         LIMIT {limit} OFFSET {offset}",
        filter.sql
    );
    let rows = db.query(&sql, &filter.values, |r| row(r, names))?;
    Ok(Paged { rows, total, page })
}

fn row(r: &Row<'_>, names: &Names) -> Result<OfferRow> {
    let benefit = match (r.get::<Option<i64>>(5)?, r.get::<Option<i64>>(6)?, r.get(7)?) {
        (Some(percent), ..) => u8::try_from(percent).ok().map(Benefit::Percent),
        (None, Some(amount), _) => Some(Benefit::Amount(Amount(amount))),
        (None, None, true) => Some(Benefit::FreeShipping(true)),
        (None, None, false) => None,
    };
    Ok(OfferRow {
        offer: Offer {
            code: r.get(3)?,
            description: r.get(4)?,
            benefit,
            minimum_purchase: r.get::<Option<i64>>(8)?.map(Amount),
            valid_until: day(r.get(9)?),
        },
        actor: names.get(r.get(1)?),
        message: MessageId(r.get(0)?),
        day: days::day(r.get(2)?),
        over: r.get(10)?,
    })
}
