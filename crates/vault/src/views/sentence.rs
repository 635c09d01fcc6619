//! The sentence that opens home, and what each of its numbers counts.
//!
//! "Depuis 2019 : 18 432,10 € chez 61 marchands, 1 247 objets, 38 encore garantis. Deux
//! remboursements n'apparaissent pas : 84,90 €."

use super::common::{Filter, Names, Sums, day, money};
use crate::{Db, Result};
use mesinfos_domain::{ActorId, Amount, Date, Money};
use mesinfos_purchases::Nature;
use std::collections::{BTreeMap, BTreeSet};

/// Every number of the sentence. Each leads to a list with the same filter, whose total is it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentence {
    /// The day of the first order that counts; `None` when there is none yet.
    pub since: Option<Date>,
    /// What was spent, a figure for each currency, the commonest first (docs/contracts.md, "Spent").
    pub spent: Vec<SpentIn>,
    /// Merchants of these orders.
    pub merchants: i64,
    /// Things kept, quantities included: returned, refunded and cancelled ones are out.
    pub things: i64,
    /// Things returned or refunded, which `things` leaves out.
    pub things_returned: i64,
    /// Things whose legal guarantee still runs today.
    pub guaranteed: i64,
    /// What those cost, in the commonest currency.
    pub guaranteed_value: Option<Money>,
    /// Refunds that a mail announced and none confirms: "not seen in your mails".
    pub unseen: Unseen,
    /// What has a line of its own and is not in `spent`: bookings, bills, transfers, sales.
    pub beside: Vec<OwnLine>,
}

/// What was spent in one currency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpentIn {
    /// Orders less confirmed refunds.
    pub spent: Money,
    /// How many orders that is.
    pub orders: i64,
    /// How many confirmed refunds were taken off.
    pub refunds: i64,
    /// What they gave back.
    pub refunded: Money,
    /// What the orders cost before: less `refunded` it is `spent`.
    pub before: Money,
    /// Orders among them whose sum adds up.
    pub proved: i64,
    /// Orders whose figures contradict each other: counted apart, "et 212,40 € à vérifier".
    pub doubtful_orders: i64,
    /// What those would add.
    pub doubtful: Money,
    /// Orders that await payment: not spent.
    pub unpaid_orders: i64,
}

/// Announced refunds that no mail confirms.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Unseen {
    /// How many.
    pub count: i64,
    /// How much, a figure for each currency.
    pub sums: Vec<Money>,
    /// Of how many the amount is unknown.
    pub without_amount: i64,
}

/// What is counted on a line of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnLine {
    /// Bookings, bills, transfers, parcels; or sales when `sold`.
    pub nature: Nature,
    /// The person was the seller.
    pub sold: bool,
    /// How many.
    pub count: i64,
    /// How much, a figure for each currency.
    pub sums: Vec<Money>,
}

/// One group of the sums: a nature, a side, a currency.
struct Group {
    nature: Nature,
    is_sale: bool,
    currency: Option<String>,
    /// The columns from the fourth on, in the order of [`SENTENCE`].
    n: [i64; 16],
}

/// The kept sums of all years (`facts::sums`).
const SENTENCE: &str = "SELECT kind, is_sale, currency,
        CAST(SUM(orders) AS BIGINT), CAST(SUM(total) AS BIGINT), CAST(SUM(totals) AS BIGINT),
        CAST(SUM(spents) AS BIGINT), CAST(SUM(spent) AS BIGINT), CAST(SUM(refunds) AS BIGINT),
        CAST(SUM(refunded) AS BIGINT), CAST(SUM(proved) AS BIGINT),
        CAST(SUM(doubtfuls) AS BIGINT), CAST(SUM(doubtful) AS BIGINT),
        CAST(SUM(unpaid) AS BIGINT), CAST(SUM(things) AS BIGINT),
        CAST(SUM(returned) AS BIGINT), CAST(SUM(unseen_refunds) AS BIGINT),
        CAST(SUM(unseens) AS BIGINT), CAST(SUM(unseen) AS BIGINT)
    FROM tally_purchase WHERE person_id = $1 GROUP BY kind, is_sale, currency
    HAVING SUM(orders) > 0";

/// A currency as sums hold it, which have no nulls.
pub(super) fn some(currency: String) -> Option<String> {
    (!currency.is_empty()).then_some(currency)
}

/// How many things are still guaranteed today, and what they cost, by currency; of orders whose day meets
/// the filter over `purchase p`.
pub(super) fn guaranteed(
    db: &Db,
    filter: &Filter<'_>,
    today: Date,
) -> Result<Vec<(Option<String>, i64, i64)>> {
    let day = today.to_string();
    let mut filter = filter.clone();
    let today = filter.bind(&day);
    let sql = format!(
        "SELECT p.currency, CAST(SUM(p.guaranteed) AS BIGINT), CAST(SUM(p.guaranteed_value) AS BIGINT)
         FROM purchase p WHERE p.person_id = $1{} AND p.guaranteed_until >= {today}
            AND p.received <= {today} GROUP BY p.currency",
        filter.sql
    );
    db.query(&sql, &filter.values, |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
}

/// The day of the first order that counts as spent.
fn since(db: &Db) -> Result<Option<Date>> {
    let date = db.first(
        "SELECT date FROM purchase WHERE person_id = $1 AND spent IS NOT NULL ORDER BY date, id LIMIT 1",
        &[db.person().into()],
        |r| r.get::<String>(0),
    )?;
    Ok(day(date))
}

/// The sentence as things stand on `today`; `merchants` are those of [`spent_by_actor`].
pub(super) fn sentence(db: &Db, merchants: i64, today: Date) -> Result<Sentence> {
    let groups = db.query(SENTENCE, &[db.person().into()], |r| {
        let mut n = [0; 16];
        for (i, value) in n.iter_mut().enumerate() {
            *value = r.get(3 + i)?;
        }
        Ok(Group {
            nature: Nature::from_code(&r.get::<String>(0)?).unwrap_or(Nature::Order),
            is_sale: r.get(1)?,
            currency: some(r.get(2)?),
            n,
        })
    })?;
    let mut sentence = Sentence { merchants, since: since(db)?, ..Sentence::default() };
    let mut unseen = Sums::default();
    let mut value = Sums::default();
    for (currency, things, cost) in guaranteed(db, &Filter::new(db), today)? {
        sentence.guaranteed += things;
        value.add(currency.as_deref(), things, cost);
    }
    let mut beside: BTreeMap<(Nature, bool), (i64, Sums)> = BTreeMap::new();
    for group in &groups {
        let [
            rows,
            total,
            totals,
            spent_rows,
            spent,
            refunds,
            refunded,
            proved,
            doubtful_rows,
            doubtful,
            unpaid,
            things,
            returned,
            unseen_rows,
            unseen_known,
            unseen_amount,
        ] = group.n;
        let currency = group.currency.as_deref();
        sentence.things += things;
        sentence.things_returned += returned;
        sentence.unseen.count += unseen_rows;
        sentence.unseen.without_amount += unseen_rows - unseen_known;
        unseen.add(currency, unseen_known, unseen_amount);
        if group.nature != Nature::Order || group.is_sale {
            let own = beside.entry((group.nature, group.is_sale)).or_default();
            own.0 += rows;
            own.1.add(currency, totals, total);
        } else if let Some(spent) = money(Some(spent), currency)
            && spent_rows + doubtful_rows + unpaid > 0
        {
            let sum = |amount| Money { amount: Amount(amount), ..spent };
            sentence.spent.push(SpentIn {
                spent,
                orders: spent_rows,
                refunds,
                refunded: sum(refunded),
                before: sum(spent.amount.0 + refunded),
                proved,
                doubtful_orders: doubtful_rows,
                doubtful: sum(doubtful),
                unpaid_orders: unpaid,
            });
        }
    }
    sentence.spent.sort_by_key(|s| (-s.orders, s.spent.currency));
    sentence.unseen.sums = unseen.list();
    sentence.guaranteed_value = value.list().into_iter().next();
    sentence.beside = beside
        .into_iter()
        .map(|((nature, sold), (count, sums))| OwnLine { nature, sold, count, sums: sums.list() })
        .collect();
    Ok(sentence)
}

/// What was spent with each actor, and how many purchases of any nature there are.
pub(super) struct SpentBy {
    pub sums: BTreeMap<ActorId, Vec<Money>>,
    pub orders: BTreeMap<ActorId, i64>,
    /// Actors with at least one order that counts as spent.
    pub merchants: BTreeSet<ActorId>,
}

/// One pass over the purchases, by actor.
pub(super) fn spent_by_actor(db: &Db, names: &Names) -> Result<SpentBy> {
    let mut sums: BTreeMap<ActorId, Sums> = BTreeMap::new();
    let mut by =
        SpentBy { sums: BTreeMap::new(), orders: BTreeMap::new(), merchants: BTreeSet::new() };
    let rows = db.query(
        "SELECT actor, currency, COUNT(spent), CAST(COALESCE(SUM(spent), 0) AS BIGINT), COUNT(*)
         FROM purchase WHERE person_id = $1 AND kind <> 'parcel' GROUP BY actor, currency",
        &[db.person().into()],
        |r| {
            let row: (i64, Option<String>, i64) = (r.get(0)?, r.get(1)?, r.get(2)?);
            Ok((row, r.get::<i64>(3)?, r.get::<i64>(4)?))
        },
    )?;
    for ((actor, currency, counted), spent, orders) in rows {
        let actor = ActorId(names.main(actor));
        *by.orders.entry(actor).or_default() += orders;
        if counted > 0 {
            by.merchants.insert(actor);
            sums.entry(actor).or_default().add(currency.as_deref(), counted, spent);
        }
    }
    by.sums = sums.into_iter().map(|(actor, sums)| (actor, sums.list())).collect();
    Ok(by)
}
