//! One actor: what it sends, what was bought there, why we think it is that one.

use super::common::{Filter, Names, category};
use super::orders::By;
use super::sentence::spent_by_actor;
use super::year::Year;
use super::{
    ActorRef, ActorRow, AddressUse, AwaitedRow, MailMonth, OfferRow, OrderRow, PageAsked, ReadBy,
    RequestRow, actors, awaited, home, offers, orders, rights,
};
use crate::refusals::Refusals;
use crate::{Asked, Db, Result, Vault, days, originals, requests, steps};
use mesinfos_domain::{ActorId, Category, Date, EvidenceKind, MessageId, Timestamp, Unsubscribe};
use mesinfos_partners::Said;
use std::collections::BTreeMap;

/// The page of one actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorCard {
    /// Who, how much, since when.
    pub row: ActorRow,
    /// What tells what was read.
    pub read_by: ReadBy,
    /// Mails by drawer, with the last of each.
    pub categories: Vec<CategoryCount>,
    /// What she says of the whole actor.
    pub said: Option<Said>,
    /// How it says that its mails can be stopped, and the latest mail that says so.
    pub unsubscribe: Option<(Unsubscribe, MessageId)>,
    /// Her addresses that it writes to, most mails first; at most ten.
    pub addresses: Vec<AddressUse>,
    /// How often she asked it to stop, the last time of each kind.
    pub asked: Asked,
    /// What she asks of it under the GDPR, the latest first.
    pub requests: Vec<RequestRow>,
    /// Mails by month, oldest first, without gaps; at most 120 months.
    pub months: Vec<MailMonth>,
    /// Its latest orders; at most ten (`row.orders` says how many there are).
    pub orders: Vec<OrderRow>,
    /// Offers that can still be used, soonest to end first.
    pub offers: Vec<OfferRow>,
    /// Documents that wait there.
    pub awaited: Vec<AwaitedRow>,
    /// Why we think so, the most frequent first.
    pub evidence: Vec<EvidenceSeen>,
    /// The domains it writes from or links to.
    pub domains: Vec<DomainSeen>,
    /// Names it bore, the latest first: "France Travail, anciennement Pôle emploi".
    pub names: Vec<NameSeen>,
    /// Actors that the person merged into this one.
    pub merged: Vec<ActorId>,
}

/// One drawer of an actor's mails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CategoryCount {
    /// Which.
    pub category: Category,
    /// How many.
    pub count: i64,
    /// The last one.
    pub last: Timestamp,
    /// The word that holds for it.
    pub said: Option<Said>,
}

/// A reason to believe that mails belong to this actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EvidenceSeen {
    /// Where it was found.
    pub kind: EvidenceKind,
    /// What stood there.
    pub value: String,
    /// In how many mails.
    pub mails: i64,
}

/// A domain of the actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DomainSeen {
    /// The registrable domain.
    pub domain: String,
    /// In how many mails.
    pub mails: i64,
    /// When it was first seen.
    pub first: Timestamp,
    /// When it was last seen.
    pub last: Timestamp,
}

/// A name that the actor bore.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameSeen {
    /// The name.
    pub name: String,
    /// When it was first seen.
    pub first: Timestamp,
    /// When it was last seen.
    pub last: Timestamp,
}

/// The page of an actor, what is refused of it included; `None` when it has not written. An actor that is part of another gives
/// that one's page.
pub fn actor(vault: &Vault, id: ActorId, today: Date) -> Result<Option<ActorCard>> {
    let seal = vault.content_key();
    vault.read(|db| {
        let names = Names::load(db)?;
        let id = ActorId(names.main(id.0));
        let spent = spent_by_actor(db, &names)?;
        let refusals = Refusals::load(db)?;
        let rows = actors::all(db, &names, &spent, &refusals)?;
        let Some(mut row) = rows.into_iter().find(|r| r.actor.id == id) else { return Ok(None) };
        row.trend = actors::trend(db, &names, &refusals, id, today)?;
        let year = Year::load(db, today)?;
        let unread = year.unread(db, &names, &refusals)?;
        actors::add_unread(std::slice::from_mut(&mut row), &unread);
        let mut filter = Filter::new(db);
        filter.and("p.actor IN (SELECT id FROM actor WHERE person_id = $1 AND main = ?)", id.0);
        filter.say("p.kind <> 'parcel'");
        let (evidence, domains, seen_names) = evidence(db, id)?;
        let ten = PageAsked { number: 0, size: 10 };
        Ok(Some(ActorCard {
            row,
            read_by: year.read_by,
            categories: categories(db, &refusals, id)?,
            said: refusals.policy.of_actor(id),
            unsubscribe: unsubscribe(db, seal.as_ref(), id)?,
            addresses: requests::addresses(db, id.0)?,
            asked: steps::asked(steps::all(db)?.iter().filter(|s| names.main(s.actor.0) == id.0)),
            requests: rights::of_actor(db, &names, id, today)?,
            months: months(db, id)?,
            orders: orders::list(db, &names, &filter, By::Few, ten)?,
            offers: offers::list(db, &names, Some(id), false, PageAsked::default(), today)?.rows,
            awaited: awaited::list(db, &names, Some(id), today)?,
            evidence,
            domains,
            names: seen_names,
            merged: merged(db, id)?,
        }))
    })
}

/// Who it is, an actor that is part of another under that one's name; `None` when she has no such actor.
pub fn actor_ref(vault: &Vault, id: ActorId) -> Result<Option<ActorRef>> {
    vault.read(|db| Ok(Names::load(db)?.get(Some(id.0))))
}

/// Those of these actors that there are, in their order: names are read once for all.
pub fn actor_refs(vault: &Vault, ids: &[ActorId]) -> Result<Vec<ActorRef>> {
    vault.read(|db| {
        let names = Names::load(db)?;
        Ok(ids.iter().filter_map(|id| names.get(Some(id.0))).collect())
    })
}

fn categories(db: &Db, refusals: &Refusals, id: ActorId) -> Result<Vec<CategoryCount>> {
    let mut by: BTreeMap<Category, (i64, i64)> = BTreeMap::new();
    for (code, mails, last) in db.query(
        "SELECT t.category, t.mails, t.last FROM actor a CROSS JOIN tally_actor t
         WHERE a.person_id = $1 AND a.main = $2
            AND t.person_id = $1 AND t.actor = a.id AND t.mails > 0",
        &[db.person().into(), id.0.into()],
        |r| Ok((r.get::<String>(0)?, r.get::<i64>(1)?, r.get::<i64>(2)?)),
    )? {
        let (count, newest) = by.entry(category(&code)).or_default();
        *count += mails;
        *newest = last.max(*newest);
    }
    by.into_iter()
        .map(|(category, (count, last))| {
            let at = db.first(
                "SELECT at_us FROM message WHERE person_id = $1 AND id = $2",
                &[db.person().into(), last.into()],
                |r| r.get::<i64>(0),
            )?;
            let said = refusals.said(id.0, category);
            Ok(CategoryCount { category, count, last: days::timestamp(at.unwrap_or(0)), said })
        })
        .collect()
}

/// In the latest mails of the last three months with mail, newsletters first; the very last may be a
/// receipt without it. The tallies know them: the mails of an actor stand all over the table.
/// CROSS JOIN here and below: SQLite begins with the few actors that are one, and looks up what is theirs.
fn unsubscribe(
    db: &Db,
    seal: Option<&[u8; 32]>,
    id: ActorId,
) -> Result<Option<(Unsubscribe, MessageId)>> {
    for only in [" AND t.category = 'newsletter'", ""] {
        let sql = format!(
            "SELECT m.id FROM (
                SELECT MAX(t.last) AS newest FROM actor a CROSS JOIN tally t
                WHERE a.person_id = $1 AND a.main = $2
                    AND t.person_id = $1 AND t.actor = a.id AND t.mails > 0{only}
                GROUP BY t.month ORDER BY t.month DESC LIMIT 3
             ) n CROSS JOIN message m
             WHERE m.person_id = $1 AND m.id = n.newest AND m.is_counted ORDER BY m.id DESC"
        );
        let latest =
            db.query(&sql, &[db.person().into(), id.0.into()], |r| Ok(MessageId(r.get(0)?)))?;
        for message in latest {
            let read = originals::understood(db, seal, message)?;
            if let Some(unsubscribe) = read.and_then(|u| u.unsubscribe) {
                return Ok(Some((unsubscribe, message)));
            }
        }
    }
    Ok(None)
}

fn months(db: &Db, id: ActorId) -> Result<Vec<MailMonth>> {
    let rows = db.query(
        "SELECT t.month, t.category, t.mails FROM actor a CROSS JOIN tally t
         WHERE a.person_id = $1 AND a.main = $2
            AND t.person_id = $1 AND t.actor = a.id AND t.mails > 0",
        &[db.person().into(), id.0.into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?, r.get::<i64>(2)?)),
    )?;
    Ok(home::without_gaps(rows))
}

fn merged(db: &Db, id: ActorId) -> Result<Vec<ActorId>> {
    db.query(
        "SELECT id FROM actor WHERE person_id = $1 AND main = $2 AND id <> $2 ORDER BY id",
        &[db.person().into(), id.0.into()],
        |r| Ok(ActorId(r.get(0)?)),
    )
}

type Seen = (Vec<EvidenceSeen>, Vec<DomainSeen>, Vec<NameSeen>);

/// Evidence of the actor and of those that are part of it, most mails first; names latest first.
fn evidence(db: &Db, id: ActorId) -> Result<Seen> {
    let (mut evidence, mut domains, mut names): Seen = Default::default();
    for (code, value, mails, first, last) in db.query(
        "SELECT e.kind, e.value, CAST(SUM(e.mails) AS BIGINT), MIN(e.first_us), MAX(e.last_us)
         FROM actor a CROSS JOIN actor_evidence e
         WHERE a.person_id = $1 AND a.main = $2 AND e.person_id = $1 AND e.actor = a.id
         GROUP BY e.kind, e.value
         ORDER BY SUM(e.mails) DESC, e.kind, e.value",
        &[db.person().into(), id.0.into()],
        |r| {
            let head = (r.get::<String>(0)?, r.get::<String>(1)?, r.get::<i64>(2)?);
            Ok((head.0, head.1, head.2, r.get::<i64>(3)?, r.get::<i64>(4)?))
        },
    )? {
        let (first, last) = (days::timestamp(first), days::timestamp(last));
        match (code.as_str(), kind(&code)) {
            ("domain", _) => domains.push(DomainSeen { domain: value, mails, first, last }),
            ("name", _) => names.push(NameSeen { name: value, first, last }),
            (_, Some(kind)) => evidence.push(EvidenceSeen { kind, value, mails }),
            _ => {}
        }
    }
    names.sort_by_key(|n| std::cmp::Reverse(n.last));
    evidence.truncate(40);
    Ok((evidence, domains, names))
}

fn kind(code: &str) -> Option<EvidenceKind> {
    serde_json::from_value(serde_json::Value::from(code)).ok()
}
