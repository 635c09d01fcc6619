//! Home: the sentence, who writes, what was spent, what is due, what just happened.

use super::common::{Filter, Names, category, money};
use super::months::first_number;
use super::orders::By;
use super::sentence::{sentence, spent_by_actor};
use super::year::Year;
use super::{
    ActorRef, ActorRow, CategoryCounts, DueRow, KindCount, Month, OrderRow, PageAsked,
    PartnerCounts, ReadBy, Sentence, ToCollect, actors, collect, due, orders,
};
use crate::import::slack;
use crate::refusals::{Hidden, Refusals};
use crate::{Db, Result, Vault};
use mesinfos_domain::{ActorId, Amount, Category, Currency, Date, Money};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// All of home. While an import runs it fills up; calling again gives the newer figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home {
    /// The first sentence.
    pub sentence: Sentence,
    /// How many mails count (spam, trash, drafts and chats are out).
    pub mails: i64,
    /// The same by drawer.
    pub counts: CategoryCounts,
    /// How many mails are refused: kept, found by searching, in no other figure.
    pub hidden: i64,
    /// How many organisations know the person.
    pub actors: i64,
    /// How many orders, all natures but parcels.
    pub orders: i64,
    /// The ten that wrote the most.
    pub top_actors: Vec<ActorRow>,
    /// Mail by category, month by month, oldest first, without gaps; at most 120 months.
    pub mail_months: Vec<MailMonth>,
    /// Spent in the last twelve months, in the commonest currency, oldest first, without gaps.
    pub money_months: Vec<MoneyMonth>,
    /// With whom, over the same months: the five first.
    pub money_merchants: Vec<MerchantMoney>,
    /// The others together: how many, and how much.
    pub money_others: Option<(i64, Money)>,
    /// What is due in the next 30 days, soonest first; at most eight.
    pub due: Vec<DueRow>,
    /// How many are due in all.
    pub due_total: i64,
    /// The latest orders; at most five.
    pub latest: Vec<OrderRow>,
    /// Parcels that wait.
    pub to_collect: Vec<ToCollect>,
    /// Who wrote the most in the last whole month.
    pub loudest: Vec<Loud>,
    /// How many actors of each kind, the most frequent first.
    pub kinds: Vec<KindCount>,
    /// How many she accepts, refuses, has not met before.
    pub partners: PartnerCounts,
    /// Mails of the last twelve months that were not read, by drawer; those of persons too.
    pub unread: CategoryCounts,
    /// What tells what was read.
    pub read_by: ReadBy,
}

/// One month of mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailMonth {
    /// Which.
    pub month: Month,
    /// How many in each drawer.
    pub counts: CategoryCounts,
}

/// One month of money.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MoneyMonth {
    /// Which.
    pub month: Month,
    /// How many orders.
    pub orders: i64,
    /// Spent, less the confirmed refunds of these orders.
    pub spent: Money,
}

/// What was spent with one merchant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MerchantMoney {
    /// Whom.
    pub actor: ActorRef,
    /// How many orders.
    pub orders: i64,
    /// How much.
    pub spent: Money,
}

/// "Fnac a écrit 14 fois en octobre".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loud {
    /// Who.
    pub actor: ActorRef,
    /// When.
    pub month: Month,
    /// How often, by drawer.
    pub counts: CategoryCounts,
}

/// Home as things stand on `today`; actors are new since `new_us`: see [`visit`](super::visit).
pub fn home(vault: &Vault, today: Date, new_us: i64) -> Result<Home> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let spent = spent_by_actor(db, &names)?;
        let sentence = sentence(db, spent.merchants.len() as i64, today)?;
        let refusals = Refusals::load(db)?;
        let hidden = if refusals.is_empty() { Vec::new() } else { refusals.hidden(db)? };
        let mut top = actors::all(db, &names, &spent, &refusals)?;
        let partners = actors::standings(&top, new_us, today);
        let year = Year::load(db, today)?;
        let by_actor = year.unread(db, &names, &refusals)?;
        let mut unread = CategoryCounts::default();
        for counts in by_actor.values() {
            Category::ALL.into_iter().for_each(|c| unread.add(c, counts.of(c)));
        }
        actors::add_unread(&mut top, &by_actor);
        top.retain(|row| row.counts.total() > 0);
        let (actor_count, kinds) = (top.len() as i64, actors::kinds(&top));
        top.sort_by_key(|row| (Reverse(row.counts.total()), row.actor.id));
        top.truncate(10);
        for row in &mut top {
            row.trend = actors::trend(db, &names, &refusals, row.actor.id, today)?;
        }
        let mail_months = mail_months(db, &hidden)?;
        let counts = total(db, &hidden)?;
        let currency = sentence.spent.first().map(|s| s.spent.currency);
        let (money_months, mut merchants) = match currency {
            Some(currency) => money_of_year(db, &names, currency, today)?,
            None => Default::default(),
        };
        let others = merchants.split_off(merchants.len().min(5));
        let due = due::list(db, &names, today, 30)?;
        let filter = {
            let mut filter = Filter::new(db);
            filter.say("p.kind <> 'parcel'");
            filter
        };
        Ok(Home {
            mails: counts.total(),
            counts,
            hidden: hidden.iter().map(|h| h.mails).sum(),
            actors: actor_count,
            orders: spent.orders.values().sum(),
            top_actors: top,
            mail_months,
            money_others: currency.filter(|_| !others.is_empty()).map(|currency| {
                let amount: Amount = others.iter().map(|m| m.spent.amount).sum();
                (others.len() as i64, Money { amount, currency })
            }),
            money_months,
            money_merchants: merchants,
            due_total: due.len() as i64,
            due: due.into_iter().take(8).collect(),
            latest: orders::list(db, &names, &filter, By::Day, PageAsked { number: 0, size: 5 })?,
            to_collect: collect::waiting(db, &names, today)?,
            loudest: loudest(db, &names, &refusals, today)?,
            kinds,
            partners,
            unread,
            read_by: year.read_by,
            sentence,
        })
    })
}

fn total(db: &Db, hidden: &[Hidden]) -> Result<CategoryCounts> {
    let mut counts = CategoryCounts::default();
    for (code, mails) in db.query(
        "SELECT category, CAST(SUM(mails) AS BIGINT) FROM tally_month
         WHERE person_id = $1 GROUP BY category",
        &[db.person().into()],
        |r| Ok((r.get::<String>(0)?, r.get::<i64>(1)?)),
    )? {
        counts.add(category(&code), mails);
    }
    hidden.iter().for_each(|h| counts.add(h.category, -h.mails));
    Ok(counts)
}

/// The last ten years at most, without gaps up to the last month that has mail.
fn mail_months(db: &Db, hidden: &[Hidden]) -> Result<Vec<MailMonth>> {
    let mut rows = db.query(
        "SELECT month, category, mails FROM tally_month WHERE person_id = $1 AND mails > 0",
        &[db.person().into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?, r.get::<i64>(2)?)),
    )?;
    rows.extend(hidden.iter().map(|h| (h.month, h.category.code().to_owned(), -h.mails)));
    Ok(without_gaps(rows))
}

/// Counts by month number and category as a run of months, the last 120 of them.
pub(super) fn without_gaps(rows: Vec<(i64, String, i64)>) -> Vec<MailMonth> {
    let mut months: BTreeMap<i64, CategoryCounts> = BTreeMap::new();
    for (month, code, mails) in rows {
        months.entry(month).or_default().add(category(&code), mails);
    }
    let (Some((&first, _)), Some((&last, _))) = (months.first_key_value(), months.last_key_value())
    else {
        return Vec::new();
    };
    (first.max(last - 119)..=last)
        .filter_map(|i| {
            let counts = months.get(&i).copied().unwrap_or_default();
            Some(MailMonth { month: Month::from_index(i)?, counts })
        })
        .collect()
}

/// Twelve months of money in one currency, and with whom, the most first.
fn money_of_year(
    db: &Db,
    names: &Names,
    currency: Currency,
    today: Date,
) -> Result<(Vec<MoneyMonth>, Vec<MerchantMoney>)> {
    let first = Month::of(today).index() - 11;
    let from = Month::from_index(first).map_or(today, |m| m.0).to_string();
    let code = currency.to_string();
    let mut months = [(0, 0); 12];
    let mut by: BTreeMap<ActorId, (i64, i64)> = BTreeMap::new();
    for (month, actor, rows, spent) in db.query(
        "SELECT SUBSTR(date, 1, 7), actor, COUNT(*), CAST(SUM(spent) AS BIGINT) FROM purchase
         WHERE person_id = $1 AND date >= $2 AND currency = $3 AND spent IS NOT NULL
         GROUP BY SUBSTR(date, 1, 7), actor",
        &[db.person().into(), (&from).into(), (&code).into()],
        |r| Ok((r.get::<String>(0)?, r.get::<i64>(1)?, r.get::<i64>(2)?, r.get::<i64>(3)?)),
    )? {
        let place = format!("{month}-01").parse().ok().map(|d| Month::of(d).index() - first);
        let place = place.and_then(|p| usize::try_from(p).ok());
        if let Some((orders, sum)) = place.and_then(|p| months.get_mut(p)) {
            *orders += rows;
            *sum += spent;
            let (orders, sum) = by.entry(ActorId(names.main(actor))).or_default();
            *orders += rows;
            *sum += spent;
        }
    }
    let months = (first..)
        .zip(months)
        .filter_map(|(i, (orders, sum))| {
            let spent = money(Some(sum), Some(&code))?;
            Some(MoneyMonth { month: Month::from_index(i)?, orders, spent })
        })
        .collect();
    let mut merchants: Vec<MerchantMoney> = by
        .into_iter()
        .filter_map(|(actor, (orders, sum))| {
            let spent = Money { amount: Amount(sum), currency };
            Some(MerchantMoney { actor: names.get(Some(actor.0))?, orders, spent })
        })
        .collect();
    merchants.sort_by_key(|m| (Reverse(m.spent.amount), m.actor.id));
    Ok((months, merchants))
}

/// The four that wrote the most in the last whole month.
fn loudest(db: &Db, names: &Names, refusals: &Refusals, today: Date) -> Result<Vec<Loud>> {
    let index = Month::of(today).index() - 1;
    let Some(month) = Month::from_index(index) else { return Ok(Vec::new()) };
    let mut counts: BTreeMap<i64, CategoryCounts> = BTreeMap::new();
    // The mails of one month stand side by side; the tally is by actor, each of its months elsewhere.
    let (first, end) = (first_number(index), first_number(index + 1));
    for (actor, code, mails) in db.query(
        "SELECT m.actor, m.category, COUNT(*) FROM message m
         WHERE m.person_id = $1 AND m.id >= $2 AND m.id < $3 AND m.at_us < $4
            AND m.is_counted AND m.actor IS NOT NULL
         GROUP BY m.actor, m.category",
        &[db.person().into(), first.into(), (end + slack(db)?).into(), (end * 60_000_000).into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?, r.get::<i64>(2)?)),
    )? {
        if !refusals.refuses(actor, category(&code)) {
            counts.entry(names.main(actor)).or_default().add(category(&code), mails);
        }
    }
    for group in refusals.by_address().iter().filter(|g| g.month == index && g.actor > 0) {
        counts.entry(names.main(group.actor)).or_default().add(group.category, -group.mails);
    }
    counts.retain(|_, counts| counts.total() > 0);
    let mut loud: Vec<(i64, CategoryCounts)> = counts.into_iter().collect();
    loud.sort_by_key(|(actor, counts)| (Reverse(counts.total()), *actor));
    Ok(loud
        .into_iter()
        .take(4)
        .filter_map(|(actor, counts)| Some(Loud { actor: names.get(Some(actor))?, month, counts }))
        .collect())
}
