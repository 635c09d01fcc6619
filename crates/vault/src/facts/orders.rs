//! Orders: mails that share a number, a parcel or a sum, joined into purchases.
//!
//! `purchases::join` decides; here its mails are found by their keys, and what it made is written.

use super::{About, Actors, account};
use crate::{Db, Result, days, originals};
use mesinfos_domain::{ActorId, ActorKind, MessageId, Order, Understood};
use mesinfos_purchases::{OrderMail, Word, Writer, join, keys};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Messages whose orders are not joined yet, and those read a moment ago.
pub(super) struct Orders {
    seal: Option<[u8; 32]>,
    /// `true`: its keys may be written already.
    touched: BTreeMap<i64, bool>,
    /// Mails of one purchase arrive close to each other: most are found here.
    recent: HashMap<i64, Told>,
}

/// What one mail tells, before it is known who its actor is part of.
#[derive(Clone)]
struct Told {
    actor: i64,
    at_us: i64,
    via: Option<String>,
    order: Order,
}

/// So many mails are kept in memory, about 2 kB each.
const RECENT: usize = 8000;

impl Orders {
    pub fn new(seal: Option<[u8; 32]>) -> Orders {
        Orders { seal, touched: BTreeMap::new(), recent: HashMap::new() }
    }

    /// Takes down the order of a new message. A mail without actor tells of no purchase.
    pub fn add(&mut self, about: &About, actor: Option<i64>, understood: &Understood) {
        let (Some(actor), Some(order)) = (actor, &understood.order) else { return };
        if self.recent.len() >= RECENT {
            self.recent.clear();
        }
        let via = understood.actor.as_ref().and_then(|a| a.via.clone());
        let told = Told { actor, at_us: about.at_us, via, order: order.clone() };
        self.recent.insert(about.message, told);
        self.touched.entry(about.message).or_insert(false);
    }

    /// What is said of this message changed (its actor, the person's word): join again.
    pub fn touch(&mut self, message: i64) {
        self.recent.remove(&message);
        self.touched.insert(message, true);
    }

    /// Joins what was touched and writes the purchases that changed.
    pub fn flush(&mut self, db: &Db, actors: &mut Actors, word: &Word) -> Result<()> {
        for actor in actors.take_moved() {
            for message in of_actor(db, actor)? {
                self.touch(message);
            }
        }
        if self.touched.is_empty() {
            return Ok(());
        }
        let touched = std::mem::take(&mut self.touched);
        let mut set: BTreeMap<i64, (i64, OrderMail)> = BTreeMap::new();
        let mut frontier: Vec<i64> = touched.keys().copied().collect();
        let mut gone: BTreeSet<i64> = BTreeSet::new();
        for (message, was_written) in &touched {
            if *was_written {
                forget_keys(db, *message)?;
            }
            if let Some((_, mail)) = self.mail(db, actors, *message)? {
                write_keys(db, &mail)?;
            }
        }
        while let Some(message) = frontier.pop() {
            if set.contains_key(&message) || gone.contains(&message) {
                continue;
            }
            let Some((actor, mail)) = self.mail(db, actors, message)? else {
                gone.insert(message);
                continue;
            };
            for key in keys(&mail).seek {
                for other in sharing(db, key)? {
                    if !set.contains_key(&other) {
                        frontier.push(other);
                    }
                }
            }
            // Whatever the keys say today, a purchase is written again whole or not at all.
            frontier.extend(beside(db, message)?);
            frontier.extend(word_beside(word, message));
            set.insert(message, (actor, mail));
        }
        for message in &gone {
            frontier.extend(beside(db, *message)?);
        }
        let mut old: BTreeMap<i64, i64> = BTreeMap::new();
        for message in set.keys().chain(&gone) {
            if let Some(purchase) = account::purchase_of(db, *message)? {
                old.insert(*message, purchase);
            }
        }
        let raw: HashMap<i64, i64> = set.iter().map(|(m, (actor, _))| (*m, *actor)).collect();
        let mails: Vec<OrderMail> = set.into_values().map(|(_, mail)| mail).collect();
        let purchases = join(mails, word);
        let mut stale: BTreeSet<i64> = old.values().copied().collect();
        let changed: Vec<_> = purchases
            .into_iter()
            .filter(|p| {
                let id = p.mails.first().map_or(0, |m| m.0);
                let same = p
                    .mails
                    .iter()
                    .all(|m| !touched.contains_key(&m.0) && old.get(&m.0) == Some(&id))
                    && old.values().filter(|o| **o == id).count() == p.mails.len();
                if same {
                    stale.remove(&id);
                }
                !same
            })
            .collect();
        for purchase in stale {
            account::delete(db, purchase)?;
        }
        for purchase in changed {
            let seller = purchase.mails.iter().find_map(|m| {
                let actor = *raw.get(&m.0)?;
                (actors.main(actor) == purchase.merchant.actor.0).then_some(actor)
            });
            let actor = seller.unwrap_or(purchase.merchant.actor.0);
            account::write(db, &purchase, actor, actors.sensitivity(actor))?;
        }
        Ok(())
    }

    /// What a message tells, with the actor's number as in `message`; `None` when it tells of no
    /// order or does not count.
    fn mail(&mut self, db: &Db, actors: &Actors, message: i64) -> Result<Option<(i64, OrderMail)>> {
        let told = match self.recent.get(&message) {
            Some(told) => Some(told.clone()),
            None => {
                let told = self.read(db, message)?;
                if let Some(told) = &told
                    && self.recent.len() < RECENT
                {
                    self.recent.insert(message, told.clone());
                }
                told
            }
        };
        Ok(told.map(|told| {
            let main = actors.main(told.actor);
            let row = actors.row(main);
            let mail = OrderMail {
                message: MessageId(message),
                at: days::timestamp(told.at_us),
                day: days::day(told.at_us),
                writer: Writer {
                    actor: ActorId(main),
                    name: row.map(|r| r.name.clone()).unwrap_or_default(),
                    domain: row.and_then(|r| r.domain.clone()),
                    kind: row.map_or(ActorKind::Other, |r| r.kind),
                    via: told.via,
                },
                order: told.order,
            };
            (told.actor, mail)
        }))
    }

    fn read(&self, db: &Db, message: i64) -> Result<Option<Told>> {
        let row = db.first(
            "SELECT actor, at_us FROM message
             WHERE person_id = $1 AND id = $2 AND is_counted AND has_order AND actor IS NOT NULL",
            &[db.person().into(), message.into()],
            |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?)),
        )?;
        let Some((actor, at_us)) = row else { return Ok(None) };
        let read = originals::understood(db, self.seal.as_ref(), MessageId(message))?;
        Ok(read.and_then(|understood| {
            let via = understood.actor.and_then(|a| a.via);
            understood.order.map(|order| Told { actor, at_us, via, order })
        }))
    }
}

/// The mails that the person tied to this one.
fn word_beside(word: &Word, message: i64) -> impl Iterator<Item = i64> {
    word.merges.iter().filter_map(move |(a, b)| match message {
        m if m == a.0 => Some(b.0),
        m if m == b.0 => Some(a.0),
        _ => None,
    })
}

/// The other mails of the purchase that this message was last written in.
fn beside(db: &Db, message: i64) -> Result<Vec<i64>> {
    db.query(
        "SELECT o.message FROM purchase_mail m JOIN purchase_mail o
            ON o.person_id = m.person_id AND o.purchase = m.purchase
         WHERE m.person_id = $1 AND m.message = $2",
        &[db.person().into(), message.into()],
        |r| r.get(0),
    )
}

fn of_actor(db: &Db, actor: i64) -> Result<Vec<i64>> {
    db.query(
        "SELECT id FROM message WHERE person_id = $1 AND actor = $2 AND has_order",
        &[db.person().into(), actor.into()],
        |r| r.get(0),
    )
}

fn sharing(db: &Db, key: i64) -> Result<Vec<i64>> {
    db.query(
        "SELECT message FROM order_key WHERE person_id = $1 AND key = $2",
        &[db.person().into(), key.into()],
        |r| r.get(0),
    )
}

fn write_keys(db: &Db, mail: &OrderMail) -> Result<()> {
    for key in keys(mail).own {
        db.execute(
            "INSERT INTO order_key (person_id, key, message) VALUES ($1, $2, $3)
             ON CONFLICT (person_id, key, message) DO NOTHING",
            &[db.person().into(), key.into(), mail.message.0.into()],
        )?;
    }
    Ok(())
}

fn forget_keys(db: &Db, message: i64) -> Result<()> {
    db.execute(
        "DELETE FROM order_key WHERE person_id = $1 AND message = $2",
        &[db.person().into(), message.into()],
    )?;
    Ok(())
}
