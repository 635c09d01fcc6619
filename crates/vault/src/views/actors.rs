//! Who knows the person: the list of actors, sorted and filtered.

use super::common::{Names, category};
use super::sentence::{SpentBy, spent_by_actor};
use super::year::{ReadBy, Unread, Year};
use super::{ActorRef, CategoryCounts, Month, PageAsked, Paged};
use crate::refusals::Refusals;
use crate::{Db, Result, Vault, days, fold};
use mesinfos_domain::{ActorId, ActorKind, Category, Date, Money, Timestamp};
use mesinfos_partners::Stance;
use std::cmp::Reverse;
use std::collections::HashMap;

/// The list, with what the filters offer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actors {
    /// This page of it.
    pub actors: Paged<ActorRow>,
    /// All actors, without filter.
    pub all: i64,
    /// How many of each kind, the most frequent first, without filter.
    pub kinds: Vec<KindCount>,
    /// What tells what was read.
    pub read_by: ReadBy,
}

/// One actor as a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorRow {
    /// Who.
    pub actor: ActorRef,
    /// Mails, by drawer; refused ones are not among them.
    pub counts: CategoryCounts,
    /// Mails that are refused, by drawer.
    pub hidden: CategoryCounts,
    /// Mails of the last twelve months that were not read, by drawer; see [`ReadBy`].
    pub unread: CategoryCounts,
    /// What she says of it.
    pub standing: Standing,
    /// What was spent there, a figure for each currency, the commonest first.
    pub spent: Vec<Money>,
    /// How many orders.
    pub orders: i64,
    /// When it first wrote.
    pub first: Timestamp,
    /// When it last wrote.
    pub last: Timestamp,
    /// Mails of the last twelve months, by month, oldest first.
    pub trend: [i64; 12],
}

/// What she says of an actor as a partner.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Standing {
    /// Nothing yet.
    #[default]
    Undecided,
    /// It may speak.
    Accepted,
    /// Some of its drawers are refused.
    Partly(Vec<Category>),
    /// All that it has written is refused.
    Refused,
}

/// Whom the list shows, by what she says of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Partners {
    /// All of whom something is shown.
    #[default]
    Shown,
    /// Accepted ones.
    Accepted,
    /// Those of whom she has said nothing.
    Undecided,
    /// Refused, wholly or in part.
    Refused,
    /// That wrote for the first time after this instant, in microseconds since 1970.
    Since(i64),
}

/// How many actors of a kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KindCount {
    /// Which kind.
    pub kind: ActorKind,
    /// How many.
    pub count: i64,
}

/// What the page asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActorsAsked {
    /// Of this kind only.
    pub kind: Option<ActorKind>,
    /// Whose name or domain holds these letters, accents and case aside.
    pub named: Option<String>,
    /// That wrote in the last so many months (this one included).
    pub months: Option<u16>,
    /// That have not written for two years.
    pub silent: bool,
    /// With whom something counts as spent, in whatever currency.
    pub bought: bool,
    /// By what she says of them.
    pub partners: Partners,
    /// Sorted by.
    pub by: ActorsBy,
    /// From the other end.
    pub reversed: bool,
    /// Which page.
    pub page: PageAsked,
}

/// Sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ActorsBy {
    /// Mails, most first.
    #[default]
    Mails,
    /// Name.
    Name,
    /// Newsletters, most first.
    Newsletters,
    /// Not read, most first.
    Unread,
    /// Spent (in the vault's commonest currency), most first.
    Spent,
    /// Last contact, latest first.
    Last,
    /// Kind, then name.
    Kind,
}

/// How many partners there are, by what she says of them, without filter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PartnerCounts {
    /// Accepted.
    pub accepted: i64,
    /// Refused, wholly or in part.
    pub refused: i64,
    /// She has said nothing.
    pub undecided: i64,
    /// That wrote for the first time since her last visit.
    pub new: i64,
    /// That have not written for two years.
    pub silent: i64,
}

/// The list of actors. All are read (hundreds), then sorted here: a sort by what was spent has no
/// index to stand on.
pub fn actors(vault: &Vault, asked: &ActorsAsked, today: Date) -> Result<Actors> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let spent = spent_by_actor(db, &names)?;
        let refusals = Refusals::load(db)?;
        let mut rows = all(db, &names, &spent, &refusals)?;
        let year = Year::load(db, today)?;
        add_unread(&mut rows, &year.unread(db, &names, &refusals)?);
        let mut refused: Vec<ActorRow> = Vec::new();
        if asked.partners == Partners::Refused {
            refused.extend(rows.iter().filter(|r| r.hidden.total() > 0).cloned());
        }
        rows.retain(|row| row.counts.total() > 0);
        let all = rows.len() as i64;
        let kinds = kinds(&rows);
        if asked.partners == Partners::Refused {
            rows = refused;
        }
        rows.retain(|row| is_asked(row, asked, today));
        sort(&mut rows, asked);
        let total = rows.len() as i64;
        let offset = usize::try_from(asked.page.offset()).unwrap_or(usize::MAX);
        let limit = usize::try_from(asked.page.limit()).unwrap_or(500);
        let mut rows: Vec<ActorRow> = rows.into_iter().skip(offset).take(limit).collect();
        for row in &mut rows {
            row.trend = trend(db, &names, &refusals, row.actor.id, today)?;
        }
        let actors = Paged { rows, total, page: asked.page };
        Ok(Actors { actors, all, kinds, read_by: year.read_by })
    })
}

/// How many of each kind, the most frequent first.
pub(super) fn kinds(rows: &[ActorRow]) -> Vec<KindCount> {
    let count = |kind| rows.iter().filter(|r| r.actor.kind == kind).count() as i64;
    let all = ActorKind::ALL.into_iter().map(|kind| KindCount { kind, count: count(kind) });
    let mut kinds: Vec<KindCount> = all.filter(|k| k.count > 0).collect();
    kinds.sort_by_key(|k| (-k.count, k.kind));
    kinds
}

/// How many of each standing; actors are new since `new_us`.
pub(super) fn standings(rows: &[ActorRow], new_us: i64, today: Date) -> PartnerCounts {
    let mut counts = PartnerCounts::default();
    for row in rows {
        match row.standing {
            Standing::Accepted => counts.accepted += 1,
            Standing::Undecided => counts.undecided += 1,
            Standing::Partly(_) | Standing::Refused => counts.refused += 1,
        }
        if row.counts.total() > 0 {
            counts.new += i64::from(row.first.as_microsecond() > new_us);
            counts.silent += i64::from(months_ago(row, today) >= SILENT_MONTHS);
        }
    }
    counts
}

pub(super) fn add_unread(rows: &mut [ActorRow], unread: &Unread) {
    for row in rows {
        row.unread = unread.get(&row.actor.id.0).copied().unwrap_or_default();
    }
}

/// Every actor that has written, without its trend and what is not read of it; also those of whom nothing is shown.
pub(super) fn all(
    db: &Db,
    names: &Names,
    spent: &SpentBy,
    refusals: &Refusals,
) -> Result<Vec<ActorRow>> {
    let mut counts: HashMap<i64, (CategoryCounts, CategoryCounts)> = HashMap::new();
    for (actor, code, mails) in db.query(
        "SELECT actor, category, mails FROM tally_actor WHERE person_id = $1 AND actor > 0",
        &[db.person().into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?, r.get::<i64>(2)?)),
    )? {
        let category = category(&code);
        let (shown, hidden) = counts.entry(names.main(actor)).or_default();
        match refusals.refuses(actor, category) {
            true => hidden.add(category, mails),
            false => shown.add(category, mails),
        }
    }
    for group in refusals.by_address().iter().filter(|g| g.actor > 0) {
        let (shown, hidden) = counts.entry(names.main(group.actor)).or_default();
        shown.add(group.category, -group.mails);
        hidden.add(group.category, group.mails);
    }
    let mut spans: HashMap<i64, (i64, i64)> = HashMap::new();
    for (main, first, last) in db.query(
        "SELECT main, MIN(first_us), MAX(last_us) FROM actor WHERE person_id = $1 GROUP BY main",
        &[db.person().into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?, r.get::<i64>(2)?)),
    )? {
        spans.insert(main, (first, last));
    }
    Ok(names
        .mains()
        .filter_map(|actor| {
            let (counts, hidden) = *counts.get(&actor.id.0)?;
            if counts.total() + hidden.total() == 0 {
                return None;
            }
            let (first, last) = spans.get(&actor.id.0).copied().unwrap_or_default();
            Some(ActorRow {
                actor: actor.clone(),
                standing: standing(refusals, actor.id, &counts, &hidden),
                counts,
                hidden,
                unread: CategoryCounts::default(),
                spent: spent.sums.get(&actor.id).cloned().unwrap_or_default(),
                orders: spent.orders.get(&actor.id).copied().unwrap_or(0),
                first: days::timestamp(first),
                last: days::timestamp(last),
                trend: [0; 12],
            })
        })
        .collect())
}

fn standing(
    refusals: &Refusals,
    actor: ActorId,
    shown: &CategoryCounts,
    hidden: &CategoryCounts,
) -> Standing {
    let no = |c: &Category| hidden.of(*c) > 0 && refusals.refuses(actor.0, *c);
    let said = refusals.policy.of_actor(actor).map(|s| s.stance);
    if shown.total() == 0 && hidden.total() > 0 {
        return Standing::Refused;
    }
    let refused: Vec<Category> = Category::ALL.into_iter().filter(no).collect();
    match (refused.is_empty(), said) {
        (false, _) => Standing::Partly(refused),
        (true, Some(Stance::Accepted)) => Standing::Accepted,
        (true, _) => Standing::Undecided,
    }
}

/// Who has not written for so many months is silent.
const SILENT_MONTHS: i64 = 24;

fn months_ago(row: &ActorRow, today: Date) -> i64 {
    let last = row.last.to_zoned_datetime(days::zone()).date();
    Month::of(today).index() - Month::of(last).index()
}

fn is_asked(row: &ActorRow, asked: &ActorsAsked, today: Date) -> bool {
    let months_ago = months_ago(row, today);
    asked.kind.is_none_or(|k| row.actor.kind == k)
        && asked.months.is_none_or(|m| months_ago < i64::from(m))
        && (!asked.silent || months_ago >= SILENT_MONTHS)
        && (!asked.bought || !row.spent.is_empty())
        && match asked.partners {
            Partners::Shown | Partners::Refused => true,
            Partners::Accepted => row.standing == Standing::Accepted,
            Partners::Undecided => row.standing == Standing::Undecided,
            Partners::Since(at_us) => row.first.as_microsecond() > at_us,
        }
        && asked.named.as_deref().map(fold::key).is_none_or(|named| {
            fold::key(&row.actor.name).contains(&named)
                || row.actor.domain.as_deref().is_some_and(|d| d.contains(&named))
        })
}

fn sort(rows: &mut [ActorRow], asked: &ActorsAsked) {
    let name = |r: &ActorRow| fold::key(&r.actor.name);
    rows.sort_by_cached_key(|r| (name(r), r.actor.id));
    match asked.by {
        ActorsBy::Name => {}
        ActorsBy::Mails => rows.sort_by_key(|r| Reverse(r.counts.total())),
        ActorsBy::Newsletters => rows.sort_by_key(|r| Reverse(r.counts.of(Category::Newsletter))),
        ActorsBy::Unread => rows.sort_by_key(|r| Reverse(r.unread.total())),
        ActorsBy::Spent => {
            rows.sort_by_key(|r| Reverse(r.spent.first().map_or(0, |m| m.amount.0)));
        }
        ActorsBy::Last => rows.sort_by_key(|r| Reverse(r.last)),
        ActorsBy::Kind => rows.sort_by_key(|r| r.actor.kind),
    }
    if asked.reversed {
        rows.reverse();
    }
}

/// Mails of the twelve months that end with today's, oldest first, without the refused ones.
pub(super) fn trend(
    db: &Db,
    names: &Names,
    refusals: &Refusals,
    actor: ActorId,
    today: Date,
) -> Result<[i64; 12]> {
    let first = Month::of(today).index() - 11;
    let mut trend = [0; 12];
    let mut add = |month: i64, mails: i64| {
        if let Some(place) = usize::try_from(month - first).ok().and_then(|i| trend.get_mut(i)) {
            *place += mails;
        }
    };
    // CROSS JOIN: SQLite then begins with the one actor, as it is written.
    for (part, month, code, mails) in db.query(
        "SELECT a.id, t.month, t.category, t.mails FROM actor a CROSS JOIN tally t
         WHERE a.person_id = $1 AND a.main = $2
            AND t.person_id = $1 AND t.actor = a.id AND t.month >= $3",
        &[db.person().into(), actor.0.into(), first.into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?, r.get::<String>(2)?, r.get::<i64>(3)?)),
    )? {
        if !refusals.refuses(part, category(&code)) {
            add(month, mails);
        }
    }
    for group in refusals.by_address().iter().filter(|g| names.main(g.actor) == actor.0) {
        add(group.month, -group.mails);
    }
    Ok(trend)
}
