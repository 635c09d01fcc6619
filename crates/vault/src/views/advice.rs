//! Recommendations: whom to refuse, which accounts sleep, who is loud, silent or new; each with its
//! reason.

use super::actors::Standing;
use super::common::Names;
use super::refusals::{drawers, minute};
use super::sentence::spent_by_actor;
use super::year::{Group, ReadBy, Year};
use super::{ActorRef, ActorRow, actors, given};
use crate::refusals::Refusals;
use crate::{Db, Result, Vault, days, setting};
use mesinfos_domain::{ActorKind, Category, Date};
use mesinfos_purchases::calendar::years_after;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// What could be done, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Advice {
    /// Whether the mailbox tells what was read: without that nobody is said to be unread.
    pub knows_reading: bool,
    /// Newsletters of the last twelve months of which none, or nearly none, was opened.
    pub unread: Vec<Letters>,
    /// Newsletters by sort of actor: how many in twelve months, of how many actors.
    pub sorts: Vec<(ActorKind, i64, i64)>,
    /// Accounts without any use for two years, the longest first; with the day of the last use.
    pub unused: Vec<(ActorRow, Date)>,
    /// Those that wrote the most in twelve months: how many mails, how many of them newsletters.
    pub loudest: Vec<(ActorRef, i64, i64)>,
    /// Those that have not written for two years, and hold no account that is known.
    pub silent: Vec<ActorRow>,
    /// Those that wrote for the first time since her last visit, the latest first.
    pub new: Vec<ActorRow>,
    /// Addresses made for one actor that others write to.
    pub leaks: Vec<Leak>,
}

/// The newsletters of one actor in twelve months.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letters {
    /// Whose.
    pub actor: ActorRef,
    /// How many of which it is known whether they were opened.
    pub letters: i64,
    /// How many of them were opened.
    pub opened: i64,
}

/// An address that was given to one actor, with a tag (`lea+shop@`) or a dedicated one, to which
/// others write too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leak {
    /// The address.
    pub address: String,
    /// Who wrote to it first.
    pub given_to: ActorRef,
    /// Who writes to it besides, and how many mails.
    pub others: Vec<(ActorRef, i64)>,
    /// Besides these, addresses in From that are no known organisation's: of dedicated addresses.
    pub unknown: Vec<(String, i64)>,
}

/// Fewer letters a year are no burden.
const FEW: i64 = 6;
/// How many of each are shown.
const SHOWN: usize = 8;
/// Unused, silent: for so many years.
const YEARS: i32 = 2;
/// Without an earlier visit, those of the last month are new.
const NEW_US: i64 = 30 * 86_400_000_000;
const VISITS: [&str; 2] = ["visited", "visited_before"];
/// A visit ends when nothing was asked for so long: half a day.
const VISIT_US: i64 = 12 * 3_600_000_000;

/// Notes that she is here, and gives since when an actor is new to her: the visit before this one; a
/// month ago when there was none.
pub fn visit(vault: &Vault, now_us: i64) -> Result<i64> {
    let [last, before] = vault.read(|db| {
        let value = |name| setting::number(db, name);
        Ok([value(VISITS[0])?, value(VISITS[1])?])
    })?;
    let known = match last {
        Some(last) if now_us - last < VISIT_US => before,
        _ => {
            vault.write(|db| {
                for (name, value) in VISITS.into_iter().zip([Some(now_us), last]) {
                    let Some(value) = value else { continue };
                    setting::set(db, name, &value.to_string())?;
                }
                Ok(())
            })?;
            last
        }
    };
    Ok(known.unwrap_or_else(|| now_us - NEW_US))
}

/// What could be done as things stand on `today`; actors are new since `new_us`: see [`visit`].
pub fn advice(vault: &Vault, today: Date, new_us: i64) -> Result<Advice> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let refusals = Refusals::load(db)?;
        let spent = spent_by_actor(db, &names)?;
        let rows = actors::all(db, &names, &spent, &refusals)?;
        let shown: Vec<&ActorRow> = rows.iter().filter(|r| r.counts.total() > 0).collect();
        let year = mails(db, &names, &refusals, today)?;
        let mut new: Vec<ActorRow> = shown
            .iter()
            .filter(|r| r.first.as_microsecond() > new_us)
            .map(|r| (*r).clone())
            .collect();
        new.sort_by_key(|r| Reverse(r.first));
        new.truncate(SHOWN);
        let unused = unused(db, &names, &shown, today)?;
        let gone = days::start(years_after(today, -YEARS));
        let mut silent: Vec<ActorRow> = shown
            .iter()
            .filter(|r| r.last.as_microsecond() < gone && r.standing == Standing::Undecided)
            .filter(|r| !unused.iter().any(|(u, _)| u.actor.id == r.actor.id))
            .map(|r| (*r).clone())
            .collect();
        silent.sort_by_key(|r| Reverse(r.counts.total()));
        silent.truncate(SHOWN);
        Ok(Advice {
            knows_reading: year.knows_reading,
            unread: unread(&names, &year),
            sorts: sorts(&names, &year),
            loudest: loudest(&names, &year),
            unused,
            silent,
            new,
            leaks: leaks(db, &names, &refusals)?,
        })
    })
}

/// Twelve months of mail, by main actor.
struct Mails {
    actors: HashMap<i64, Written>,
    knows_reading: bool,
}

/// What one actor wrote.
#[derive(Default)]
struct Written {
    mails: i64,
    letters: i64,
    /// Letters that were opened, and that were not; of the others nothing tells.
    opened: i64,
    unread: i64,
}

fn mails(db: &Db, names: &Names, refusals: &Refusals, today: Date) -> Result<Mails> {
    let year = Year::load(db, today)?;
    let knows_reading = year.read_by == ReadBy::Mailbox;
    let mut actors: HashMap<i64, Written> = HashMap::new();
    let shown = |g: &&Group| g.actor != 0 && !refusals.refuses(g.actor, g.category);
    for group in year.rows.iter().filter(shown) {
        let of = actors.entry(names.main(group.actor)).or_default();
        of.mails += group.mails;
        if group.category == Category::Newsletter {
            of.letters += group.mails;
            of.opened += group.opened;
            of.unread += group.unread;
        }
    }
    Ok(Mails { actors, knows_reading })
}

fn unread(names: &Names, year: &Mails) -> Vec<Letters> {
    if !year.knows_reading {
        return Vec::new();
    }
    let mut unread: Vec<Letters> = year
        .actors
        .iter()
        .map(|(id, of)| (id, of.opened + of.unread, of.opened))
        // One in twenty is opened by mistake.
        .filter(|(_, letters, opened)| *letters >= FEW && opened * 20 <= *letters)
        .filter_map(|(id, letters, opened)| {
            Some(Letters { actor: names.get(Some(*id))?, letters, opened })
        })
        .collect();
    unread.sort_by_key(|l| (Reverse(l.letters), l.actor.id));
    unread.truncate(SHOWN);
    unread
}

fn sorts(names: &Names, year: &Mails) -> Vec<(ActorKind, i64, i64)> {
    let mut by: BTreeMap<ActorKind, (i64, i64)> = BTreeMap::new();
    for (id, written) in year.actors.iter().filter(|(_, of)| of.letters > 0) {
        if let Some(actor) = names.get(Some(*id)) {
            let of = by.entry(actor.kind).or_default();
            of.0 += written.letters;
            of.1 += 1;
        }
    }
    let mut sorts: Vec<_> =
        by.into_iter().map(|(kind, (mails, actors))| (kind, mails, actors)).collect();
    sorts.retain(|(_, _, actors)| *actors > 1);
    sorts.sort_by_key(|(kind, mails, _)| (Reverse(*mails), *kind));
    sorts.truncate(SHOWN);
    sorts
}

fn loudest(names: &Names, year: &Mails) -> Vec<(ActorRef, i64, i64)> {
    let of = year.actors.iter();
    let mut all: Vec<_> = of.map(|(id, of)| (*id, of.mails, of.letters)).collect();
    all.sort_by_key(|(id, mails, _)| (Reverse(*mails), *id));
    let named = all.into_iter().take(SHOWN);
    named.filter_map(|(id, mails, letters)| Some((names.get(Some(id))?, mails, letters))).collect()
}

/// The last sign of an account's use is a mail that only a customer gets.
fn unused(
    db: &Db,
    names: &Names,
    shown: &[&ActorRow],
    today: Date,
) -> Result<Vec<(ActorRow, Date)>> {
    const USE: [Category; 3] = [Category::Account, Category::Transaction, Category::AfterSales];
    let mut last: HashMap<i64, i64> = HashMap::new();
    for (actor, _, _, newest) in drawers(db)?.into_iter().filter(|d| USE.contains(&d.1)) {
        let of = last.entry(names.main(actor)).or_insert(newest);
        *of = newest.max(*of);
    }
    let limit = minute(days::start(years_after(today, -YEARS)));
    let mut unused: Vec<(ActorRow, Date)> = shown
        .iter()
        .filter_map(|row| {
            let newest = last.get(&row.actor.id.0).filter(|newest| **newest < limit)?;
            Some(((*row).clone(), days::day(newest.saturating_mul(60_000_000))))
        })
        .collect();
    unused.sort_by_key(|(row, day)| (*day, row.actor.id));
    unused.truncate(SHOWN);
    Ok(unused)
}

fn leaks(db: &Db, names: &Names, refusals: &Refusals) -> Result<Vec<Leak>> {
    let mut by: BTreeMap<String, Vec<(i64, i64, i64)>> = BTreeMap::new();
    for (address, actor, mails, first) in db.query(
        "SELECT value, actor, mails, first_us FROM actor_evidence
         WHERE person_id = $1 AND kind = 'to' AND value LIKE '%+%@%'",
        &[db.person().into()],
        |r| Ok((r.get::<String>(0)?, r.get::<i64>(1)?, r.get::<i64>(2)?, r.get::<i64>(3)?)),
    )? {
        let of = by.entry(address).or_default();
        let main = names.main(actor);
        match of.iter_mut().find(|(id, ..)| *id == main) {
            Some(known) => *known = (main, known.1 + mails, known.2.min(first)),
            None => of.push((main, mails, first)),
        }
    }
    let mut leaks = Vec::new();
    for (address, mut users) in by {
        users.sort_by_key(|(id, _, first)| (*first, *id));
        if users.len() < 2 || refusals.policy.of_address(&address).is_some() {
            continue;
        }
        let Some(given_to) = names.get(Some(users[0].0)) else { continue };
        let others = users[1..].iter();
        let others = others.filter_map(|(id, n, _)| Some((names.get(Some(*id))?, *n))).collect();
        leaks.push(Leak { address, given_to, others, unknown: Vec::new() });
    }
    for given in given::leaking(db, names)? {
        let Some(given_to) = given.given_to else { continue };
        if refusals.policy.of_address(&given.address).is_some() {
            continue;
        }
        let (mut others, mut unknown) = (Vec::new(), Vec::new());
        for stranger in given.strangers.into_iter().filter(|s| !s.is_carrier) {
            match stranger.actor {
                Some(actor) => others.push((actor, stranger.mails)),
                None => unknown.push((stranger.from, stranger.mails)),
            }
        }
        leaks.push(Leak { address: given.address, given_to, others, unknown });
    }
    leaks.truncate(SHOWN);
    Ok(leaks)
}
