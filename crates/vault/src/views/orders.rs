//! Orders as rows, filtered by merchant, days, nature and what they count for.

use super::common::{Filter, Names, Sums, day, money};
use super::{ActorRef, PageAsked, Paged};
use crate::{Db, Result, Row, Value, Vault};
use mesinfos_domain::{ActorId, Date, Money, OrderId, OrderStatus, Proof};
use mesinfos_purchases::{Nature, Payment};

/// Orders, and what the filter adds up to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Orders {
    /// This page.
    pub orders: Paged<OrderRow>,
    /// What they cost less refunds, those that count as spent only, a figure for each currency.
    pub spent: Vec<Money>,
    /// What the doubtful ones would add.
    pub doubtful: Vec<Money>,
    /// What all of them cost, counted or not: the sum of bookings, of bills.
    pub totals: Vec<Money>,
}

/// One order as a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderRow {
    /// Its id.
    pub id: OrderId,
    /// The merchant's number.
    pub number: Option<String>,
    /// Whom from.
    pub merchant: Option<ActorRef>,
    /// Order, booking, bill, transfer, parcel.
    pub nature: Nature,
    /// The person sold.
    pub sold: bool,
    /// The day of the order.
    pub placed: Date,
    /// Where it stands.
    pub status: OrderStatus,
    /// Paid or not.
    pub payment: Payment,
    /// What it cost.
    pub total: Option<Money>,
    /// What of it counts as spent: nothing when cancelled, unpaid or doubtful; less refunds.
    pub spent: Option<Money>,
    /// Whether its sums add up.
    pub proof: Proof,
    /// The first line's name.
    pub first_thing: Option<String>,
    /// How many lines.
    pub lines: i64,
    /// How many things, whole units.
    pub things: i64,
    /// How many mails speak of it.
    pub mails: i64,
    /// A refund was announced and no mail confirms it.
    pub refund_unseen: bool,
}

/// What a list of orders asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OrdersAsked {
    /// From this merchant.
    pub merchant: Option<ActorId>,
    /// Ordered from this day on.
    pub from: Option<Date>,
    /// Ordered until this day.
    pub to: Option<Date>,
    /// Of this nature.
    pub nature: Option<Nature>,
    /// Those that count in "spent" only.
    pub counted: bool,
    /// Doubtful ones only.
    pub doubtful: bool,
    /// Those with a refund announced and not seen.
    pub refund_unseen: bool,
    /// Which page.
    pub page: PageAsked,
}

/// A list of orders, the latest first.
pub fn orders(vault: &Vault, asked: &OrdersAsked) -> Result<Orders> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let from = asked.from.map(|d| d.to_string());
        let to = asked.to.map(|d| d.to_string());
        let mut filter = Filter::new(db);
        if let Some(merchant) = asked.merchant {
            filter.and(
                "p.actor IN (SELECT id FROM actor WHERE person_id = $1 AND main = ?)",
                merchant.0,
            );
        }
        if let Some(from) = &from {
            filter.and("p.date >= ?", from);
        }
        if let Some(to) = &to {
            filter.and("p.date <= ?", to);
        }
        match asked.nature {
            Some(nature) => filter.and("p.kind = ?", nature.code()),
            // A parcel of which only the carrier wrote is no order, unless asked for.
            None => filter.say("p.kind <> 'parcel'"),
        }
        if asked.counted {
            filter.say("p.spent IS NOT NULL");
        }
        if asked.doubtful {
            filter.say("p.doubtful IS NOT NULL");
        }
        if asked.refund_unseen {
            filter.say("p.is_refund_unseen");
        }
        let (mut spent, mut doubtful, mut totals) =
            (Sums::default(), Sums::default(), Sums::default());
        let mut total = 0;
        for (currency, n) in sums(db, asked, &filter)? {
            total += n[0];
            spent.add(currency.as_deref(), n[1], n[2]);
            doubtful.add(currency.as_deref(), n[3], n[4]);
            totals.add(currency.as_deref(), n[5], n[6]);
        }
        let by = match asked.merchant.is_some() || asked.doubtful || asked.refund_unseen {
            true => By::Few,
            false => By::Day,
        };
        let rows = list(db, &names, &filter, by, asked.page)?;
        Ok(Orders {
            orders: Paged { rows, total, page: asked.page },
            spent: spent.list(),
            doubtful: doubtful.list(),
            totals: totals.list(),
        })
    })
}

type Summed = (Option<String>, [i64; 7]);

/// By currency: how many orders the filter lets through; how many are spent, and how much; the same of
/// doubtful ones, and of totals.
fn sums(db: &Db, asked: &OrdersAsked, filter: &Filter<'_>) -> Result<Vec<Summed>> {
    let row = |r: &Row<'_>| {
        let n: [i64; 7] =
            [r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?, r.get(6)?, r.get(7)?];
        Ok((r.get::<Option<String>>(0)?, n))
    };
    if let Some((first, last)) = whole_years(asked) {
        let mut years = Filter::new(db);
        years.and("p.year >= ?", &first);
        years.and("p.year <= ?", &last);
        match asked.nature {
            Some(nature) => years.and("p.kind = ?", nature.code()),
            None => years.say("p.kind <> 'parcel'"),
        }
        let sql = format!(
            "SELECT NULLIF(p.currency, ''), CAST(SUM(p.orders) AS BIGINT),
                CAST(SUM(p.spents) AS BIGINT), CAST(SUM(p.spent) AS BIGINT),
                CAST(SUM(p.doubtfuls) AS BIGINT), CAST(SUM(p.doubtful) AS BIGINT),
                CAST(SUM(p.totals) AS BIGINT), CAST(SUM(p.total) AS BIGINT)
             FROM tally_purchase p WHERE p.person_id = $1{} GROUP BY p.currency",
            years.sql
        );
        return db.query(&sql, &years.values, row);
    }
    let sql = format!(
        "SELECT p.currency, COUNT(*), COUNT(p.spent),
            CAST(COALESCE(SUM(p.spent), 0) AS BIGINT), COUNT(p.doubtful),
            CAST(COALESCE(SUM(p.doubtful), 0) AS BIGINT),
            COUNT(p.total), CAST(COALESCE(SUM(p.total), 0) AS BIGINT)
         FROM purchase p WHERE p.person_id = $1{} GROUP BY p.currency",
        filter.sql
    );
    db.query(&sql, &filter.values, row)
}

/// The first and the last year that are asked for, when nothing but years and a nature is: their sums are
/// kept.
fn whole_years(asked: &OrdersAsked) -> Option<(String, String)> {
    let is_whole = asked.merchant.is_none()
        && !(asked.counted || asked.doubtful || asked.refund_unseen)
        && asked.from.is_none_or(|d| (d.month(), d.day()) == (1, 1))
        && asked.to.is_none_or(|d| (d.month(), d.day()) == (12, 31));
    let year = |day: Option<Date>, open: &str| {
        day.map_or_else(|| open.to_owned(), |d| format!("{:04}", d.year()))
    };
    is_whole.then(|| (year(asked.from, ""), year(asked.to, "9999")))
}

const ORDER: &str = "p.id, p.number, p.actor, p.kind, p.is_sale, p.date, p.status, p.payment,
    p.currency, p.total, p.spent, p.proof, l.name, p.lines, p.things, p.mails, p.is_refund_unseen";

/// How the rows of a page are found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Day by day from the latest on: nearly all are let through, and what is asked of them stands in the
    /// index of days, so that even a far page opens its own rows only.
    Day,
    /// In the narrow index of what the filter asks, sorted, and only then opened.
    Few,
}

/// The rows that a filter over `purchase p` lets through, the latest first.
pub(super) fn list(
    db: &Db,
    names: &Names,
    filter: &Filter<'_>,
    by: By,
    page: PageAsked,
) -> Result<Vec<OrderRow>> {
    let mut values = filter.values.clone();
    values.extend::<[Value<'_>; 2]>([page.limit().into(), page.offset().into()]);
    // An expression has no index: the engine does not walk through that of the days.
    let day = if by == By::Few { "p.date || ''" } else { "p.date" };
    let sql = format!(
        "SELECT {ORDER} FROM (
            SELECT p.id AS chosen FROM purchase p WHERE p.person_id = $1{}
            ORDER BY {day} DESC, p.id DESC LIMIT ${} OFFSET ${}
         ) c CROSS JOIN purchase p LEFT JOIN purchase_line l
            ON l.person_id = p.person_id AND l.purchase = p.id AND l.position = 0
         WHERE p.person_id = $1 AND p.id = c.chosen ORDER BY p.date DESC, p.id DESC",
        filter.sql,
        values.len() - 1,
        values.len()
    );
    db.query(&sql, &values, |r| row(r, names))
}

/// One order as a row.
pub(super) fn one(db: &Db, names: &Names, id: OrderId) -> Result<Option<OrderRow>> {
    let sql = format!(
        "SELECT {ORDER} FROM purchase p LEFT JOIN purchase_line l
            ON l.person_id = p.person_id AND l.purchase = p.id AND l.position = 0
         WHERE p.person_id = $1 AND p.id = $2"
    );
    db.first(&sql, &[db.person().into(), id.0.into()], |r| row(r, names))
}

fn row(r: &Row<'_>, names: &Names) -> Result<OrderRow> {
    let currency: Option<String> = r.get(8)?;
    Ok(OrderRow {
        id: OrderId(r.get(0)?),
        number: r.get(1)?,
        merchant: names.get(Some(r.get(2)?)),
        nature: Nature::from_code(&r.get::<String>(3)?).unwrap_or(Nature::Order),
        sold: r.get(4)?,
        placed: day(r.get(5)?).unwrap_or_default(),
        status: OrderStatus::from_code(&r.get::<String>(6)?).unwrap_or(OrderStatus::Confirmed),
        payment: match r.get::<String>(7)?.as_str() {
            "unpaid" => Payment::Unpaid,
            "paid" => Payment::Paid,
            _ => Payment::Supposed,
        },
        total: money(r.get(9)?, currency.as_deref()),
        spent: money(r.get(10)?, currency.as_deref()),
        proof: match r.get::<String>(11)?.as_str() {
            "proved" => Proof::Proved,
            "doubtful" => Proof::Doubtful,
            _ => Proof::None,
        },
        first_thing: r.get(12)?,
        lines: r.get(13)?,
        things: r.get(14)?,
        mails: r.get(15)?,
        refund_unseen: r.get(16)?,
    })
}
