//! Full-text search over mails, orders, products and actors.
//!
//! Of each mail its folded words are indexed, in order ([`words`]), in FTS5 or tsvector ([`store`]); a
//! bare word asks for all words of its stem ([`forms`]), a short beginning has an index of its own
//! ([`starts`]). Candidates come newest first, because a message's number is its time.

mod find;
pub(crate) mod forms;
mod query;
mod snippet;
pub(crate) mod starts;
pub(crate) mod store;
pub(crate) mod words;

pub use find::{MailHit, MailHits};
pub use query::Query;
pub use snippet::{Piece, Sought, lit};

use crate::refusals::Refusals;
use crate::{Db, Result, Vault, fold};
use find::Finder;
use mesinfos_domain::{ActorId, MessageId};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// A search.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask<'a> {
    /// As typed: see [`Query::parse`].
    pub text: &'a str,
    /// How many mails to a page.
    pub limit: usize,
    /// Where the page begins: [`MailHits::next`] of the one before.
    pub after: Option<MessageId>,
    /// The most telling first, among the newest thousand; pages do not apply.
    pub by_relevance: bool,
}

/// An actor that was found by its name or domain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorHit {
    /// Which.
    pub id: ActorId,
    /// Its name.
    pub name: String,
    /// Its main domain.
    pub domain: Option<String>,
}

/// How many candidates are weighed when the most telling are asked for.
const WEIGHED: usize = 1000;

impl Vault {
    /// Finds mails. Nothing typed finds nothing.
    pub fn search(&self, ask: &Ask<'_>) -> Result<MailHits> {
        let query = Query::parse(ask.text);
        if query.is_empty() {
            return Ok(MailHits::default());
        }
        let wanted = if ask.by_relevance { WEIGHED } else { ask.limit + 1 };
        let mut mails: Vec<MailHit> = Vec::new();
        self.read(|db| {
            Finder::new(db, &query)?.find(ask.after.map(|m| m.0), |hit| {
                mails.push(hit);
                mails.len() >= wanted
            })
        })?;
        if ask.by_relevance {
            mails.sort_by_key(|m| std::cmp::Reverse((weight(&query, m), m.id)));
        }
        let more = mails.len() > ask.limit && !ask.by_relevance;
        mails.truncate(ask.limit);
        let next = mails.last().filter(|_| more).map(|m| m.id);
        self.read(|db| {
            let refusals = Refusals::load(db)?;
            for mail in mails.iter_mut().filter(|_| !refusals.is_empty()) {
                let actor = mail.actor.map(|a| a.0);
                let said = refusals.of_message(db, mail.id.0, actor, mail.category)?;
                mail.is_refused = said.is_some();
            }
            Ok(())
        })?;
        Ok(MailHits { mails, next })
    }

    /// Actors whose name or domain holds each of these words; those that write most first.
    pub fn search_actors(&self, text: &str, limit: usize) -> Result<Vec<ActorHit>> {
        let query = Query::parse(text);
        let words: Vec<String> = query
            .words
            .into_iter()
            .chain(query.prefixes)
            .chain(query.actors)
            .chain(query.phrases.iter().map(|p| p.join(" ")))
            .collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|db| {
            let mut found: Vec<ActorHit> = Vec::new();
            db.each(
                "SELECT id, name, domain, name_key FROM actor WHERE person_id = $1 AND main = id",
                &[db.person().into()],
                |r| {
                    let (domain, key): (Option<String>, String) = (r.get(2)?, r.get(3)?);
                    let is_in = |w: &String| {
                        key.contains(w.as_str())
                            || domain.as_ref().is_some_and(|d| d.contains(w.as_str()))
                    };
                    if words.iter().all(is_in) {
                        found.push(ActorHit { id: ActorId(r.get(0)?), name: r.get(1)?, domain });
                    }
                    Ok(ControlFlow::Continue(()))
                },
            )?;
            // Most questions name no actor, and one needs no comparing.
            if found.len() > 1 {
                let mails = mails_of_actors(db)?;
                let of = |hit: &ActorHit| mails.get(&hit.id.0).copied().unwrap_or(0);
                found.sort_by(|a, b| of(b).cmp(&of(a)).then_with(|| a.name.cmp(&b.name)));
            }
            found.truncate(limit);
            Ok(found)
        })
    }
}

/// How many mails each actor wrote, by the number of the one that it is part of. Summed once for all: asked
/// of each actor, the tally was read as often as there are.
fn mails_of_actors(db: &Db) -> Result<HashMap<i64, i64>> {
    let rows = db.query(
        "SELECT p.main, CAST(SUM(t.mails) AS BIGINT) FROM tally_actor t
         JOIN actor p ON p.person_id = t.person_id AND p.id = t.actor
         WHERE t.person_id = $1 GROUP BY p.main",
        &[db.person().into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// How telling a mail is: words in its subject, then in its sender, then an order.
fn weight(query: &Query, mail: &MailHit) -> usize {
    let subject = fold::key(&mail.subject);
    let from = fold::key(&format!("{} {}", mail.from_name, mail.from_address));
    let words = query.words.iter().chain(&query.prefixes);
    let phrases = query.phrases.iter().map(|p| p.join(" "));
    let parts: Vec<String> = words.cloned().chain(phrases).collect();
    let held = |text: &str| parts.iter().filter(|p| text.contains(p.as_str())).count();
    4 * held(&subject) + 2 * held(&from) + usize::from(mail.has_order)
}
