//! The ledger: each refusal with its day, what it hides, and whether it is respected, judged by what
//! the mailbox itself received.

use super::common::{Names, category, mails};
use super::{ActorRef, MailRef};
use crate::refusals::{Refusals, Word, words};
use crate::steps::{self, Asked, Step};
use crate::{Db, Result, Vault, days};
use mesinfos_domain::{Category, Date, MessageId};
use mesinfos_partners::silence::{GRACE_DAYS, Silence, Since};
use mesinfos_partners::{Rule, Stance};
use std::cmp::Reverse;
use std::collections::HashMap;

/// All refusals in force, the latest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ledger {
    /// One for each word that refuses.
    pub rows: Vec<LedgerRow>,
    /// The words that accept, the latest first.
    pub accepted: Vec<(Word, Option<ActorRef>)>,
    /// Mails that all of them hide.
    pub hidden: i64,
    /// The day of the last mail that the mailbox received.
    pub mailbox: Option<Date>,
}

/// One refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerRow {
    /// What she said.
    pub word: Word,
    /// The one actor that it is about.
    pub actor: Option<ActorRef>,
    /// Mails that it hides.
    pub hidden: i64,
    /// How many actors have ceased.
    pub ceased: i64,
    /// Of how many it is too early to say.
    pub waiting: i64,
    /// Those that it concerns one by one: those that insist first, most mails first.
    pub watched: Vec<Watched>,
}

/// One actor under a refusal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watched {
    /// Who.
    pub actor: ActorRef,
    /// What its mails since then say.
    pub silence: Silence,
    /// How it was asked to stop since she refused it.
    pub asked: Asked,
    /// How many mails came after that day and the days of grace.
    pub again: i64,
    /// The first of them.
    pub first: Option<MailRef>,
    /// The last of them.
    pub last: Option<MailRef>,
}

/// The ledger as the mailbox tells it.
pub fn ledger(vault: &Vault) -> Result<Ledger> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let said = words(db)?;
        let refusals = Refusals::with(db, said.clone())?;
        let steps = steps::all(db)?;
        let mailbox = last_arrival(db)?.map(days::day);
        let mut rows = Vec::new();
        let mut accepted = Vec::new();
        let drawers = drawers(db)?;
        for word in said.iter().rev() {
            let actor = word.rule.actor().and_then(|a| names.get(Some(a.0)));
            if word.stance == Stance::Accepted {
                accepted.push((word.clone(), actor));
                continue;
            }
            let mut row = LedgerRow {
                word: word.clone(),
                actor,
                hidden: 0,
                ceased: 0,
                waiting: 0,
                watched: Vec::new(),
            };
            match &word.rule {
                Rule::Address { address } => row.hidden = at_address(db, address)?,
                _ => watch(db, &names, &refusals, &drawers, &steps, mailbox, &mut row)?,
            }
            rows.push(row);
        }
        let hidden = refusals.hidden(db)?.iter().map(|h| h.mails).sum();
        Ok(Ledger { rows, accepted, hidden, mailbox })
    })
}

/// One drawer of one actor: its number as in `message`, how many mails, the newest.
pub(super) type Drawer = (i64, Category, i64, i64);

pub(super) fn drawers(db: &Db) -> Result<Vec<Drawer>> {
    db.query(
        "SELECT actor, category, mails, last FROM tally_actor
         WHERE person_id = $1 AND actor > 0 AND mails > 0",
        &[db.person().into()],
        |r| Ok((r.get(0)?, category(&r.get::<String>(1)?), r.get(2)?, r.get(3)?)),
    )
}

fn watch(
    db: &Db,
    names: &Names,
    refusals: &Refusals,
    drawers: &[Drawer],
    steps: &[Step],
    mailbox: Option<Date>,
    row: &mut LedgerRow,
) -> Result<()> {
    let mut under: HashMap<i64, Vec<&Drawer>> = HashMap::new();
    for drawer in drawers {
        let is_held = refusals.said(drawer.0, drawer.1).is_some_and(|s| s.id == row.word.id);
        if is_held && refusals.refuses(drawer.0, drawer.1) {
            row.hidden += drawer.2;
            under.entry(names.main(drawer.0)).or_default().push(drawer);
        }
    }
    for (main, drawers) in under {
        let Some(actor) = names.get(Some(main)) else { continue };
        let is_its = |s: &&Step| names.main(s.actor.0) == main && s.at_us >= row.word.at_us;
        let asked = steps::asked(steps.iter().filter(is_its));
        let from_us = asked.taken.as_ref().map_or(row.word.at_us, |s| s.at_us);
        let after = minute(from_us) + i64::from(GRACE_DAYS) * 24 * 60;
        let mut again: Vec<i64> = Vec::new();
        for (id, category, _, last) in drawers {
            if *last > after {
                again.extend(since(db, *id, *category, after)?);
            }
        }
        again.sort_unstable();
        let ends = [again.first(), again.last()].map(|id| id.map(|id| MessageId(*id)));
        let first = mails(db, names, ends[0].as_slice())?.pop();
        let from = days::day(from_us);
        let first_day = first.as_ref().map(|m| days::day(m.at.as_microsecond()));
        let silence = Since { from, first: first_day, mailbox }.judge();
        row.ceased += i64::from(matches!(silence, Silence::Ceased { .. }));
        row.waiting += i64::from(matches!(silence, Silence::TooSoon | Silence::Unread));
        row.watched.push(Watched {
            actor,
            silence,
            asked,
            again: again.len() as i64,
            last: mails(db, names, ends[1].as_slice())?.pop(),
            first,
        });
    }
    row.watched.sort_by_key(|w| (Reverse(w.again), w.actor.id));
    Ok(())
}

/// Counted mails of one drawer of one actor that are newer than `after`.
pub(super) fn since(db: &Db, actor: i64, category: Category, after: i64) -> Result<Vec<i64>> {
    db.query(
        "SELECT id FROM message WHERE person_id = $1 AND actor = $2 AND id > $3
            AND category = $4 AND is_counted ORDER BY id",
        &[db.person().into(), actor.into(), after.into(), category.code().into()],
        |r| r.get(0),
    )
}

fn at_address(db: &Db, address: &str) -> Result<i64> {
    let count = db.first(
        "SELECT COUNT(*) FROM recipient r
            JOIN message_recipient x ON x.person_id = r.person_id AND x.recipient = r.id
            JOIN message m ON m.person_id = x.person_id AND m.id = x.message
         WHERE r.person_id = $1 AND r.address = $2 AND m.is_counted",
        &[db.person().into(), address.into()],
        |r| r.get(0),
    )?;
    Ok(count.unwrap_or(0))
}

/// When the newest mail that counts was written.
pub(super) fn last_arrival(db: &Db) -> Result<Option<i64>> {
    db.first(
        "SELECT at_us FROM message WHERE person_id = $1 AND is_counted ORDER BY id DESC LIMIT 1",
        &[db.person().into()],
        |r| r.get(0),
    )
}

/// A mail's number is no smaller than the minute that it was written in.
pub(super) fn minute(at_us: i64) -> i64 {
    at_us.div_euclid(60_000_000)
}
