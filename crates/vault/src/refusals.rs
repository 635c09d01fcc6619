//! What she refuses, looked up by whoever counts or lists mails: no message is ever rewritten.
//!
//! A rule is about an actor, a sort of actors, a drawer: eight hundred actors and six drawers are
//! looked up once for a page. Only mails at a refused address are looked up one by one.

use crate::corrections::Correction;
use crate::{Db, Error, Result};
use mesinfos_domain::{ActorId, ActorKind, Category, CorrectionId};
use mesinfos_partners::{Policy, Rule, Said, Stance, Who};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One actor as rules ask for it.
#[derive(Clone, Copy)]
struct Known {
    main: i64,
    kind: ActorKind,
    first_us: i64,
}

/// The rules in force, and what they mean for each actor.
pub(crate) struct Refusals {
    pub policy: Policy,
    known: HashMap<i64, Known>,
    refused: HashSet<(i64, Category)>,
    /// Refused addresses that mails came to, with their numbers.
    addresses: Vec<(String, i64)>,
    recipients: Vec<i64>,
    /// Mails at those addresses that no other rule hides.
    by_address: Vec<Hidden>,
}

/// A word in force: what it says and when it was said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// Its number, to undo it.
    pub id: CorrectionId,
    /// When, in microseconds since 1970.
    pub at_us: i64,
    /// About what.
    pub rule: Rule,
    /// Yes or no.
    pub stance: Stance,
}

/// All words on partners that are not undone, the oldest first.
pub(crate) fn words(db: &Db) -> Result<Vec<Word>> {
    db.query(
        "SELECT id, at_us, body FROM correction
         WHERE person_id = $1 AND kind = 'partner' AND undone_by IS NULL ORDER BY id",
        &[db.person().into()],
        |r| {
            let (id, at_us) = (CorrectionId(r.get(0)?), r.get(1)?);
            match serde_json::from_str(&r.get::<String>(2)?) {
                Ok(Correction::Partner { rule, stance }) => Ok(Word { id, at_us, rule, stance }),
                _ => Err(Error::Damaged(format!("correction {id} does not read"))),
            }
        },
    )
}

impl Refusals {
    pub fn load(db: &Db) -> Result<Refusals> {
        Self::with(db, words(db)?)
    }

    /// As if these were her words.
    pub fn with(db: &Db, words: Vec<Word>) -> Result<Refusals> {
        let mut refusals = Refusals {
            policy: Policy::default(),
            known: HashMap::new(),
            refused: HashSet::new(),
            addresses: Vec::new(),
            recipients: Vec::new(),
            by_address: Vec::new(),
        };
        if words.is_empty() {
            return Ok(refusals);
        }
        refusals.known = known(db)?;
        let known = &refusals.known;
        let main = |a: ActorId| ActorId(known.get(&a.0).map_or(a.0, |k| k.main));
        for word in words {
            let said = Said { id: word.id, at_us: word.at_us, stance: word.stance };
            refusals.policy.take(&word.rule, said, main);
        }
        if !refusals.policy.refuses_anything() {
            return Ok(refusals);
        }
        for id in refusals.known.keys() {
            for category in Category::ALL {
                if refusals.said(*id, category).is_some_and(|s| s.stance == Stance::Refused) {
                    refusals.refused.insert((*id, category));
                }
            }
        }
        for (address, _) in refusals.policy.refused_addresses() {
            let number = recipient(db, address)?;
            refusals.addresses.extend(number.map(|n| (address.to_owned(), n)));
        }
        refusals.recipients = refusals.addresses.iter().map(|(_, number)| *number).collect();
        refusals.by_address = refusals.at_addresses(db)?;
        Ok(refusals)
    }

    /// Nothing is refused.
    pub fn is_empty(&self) -> bool {
        self.refused.is_empty() && self.recipients.is_empty()
    }

    /// The word that holds for mails of this actor (by its number as in `message`) in this drawer.
    pub fn said(&self, actor: i64, category: Category) -> Option<Said> {
        let known = self.known.get(&actor)?;
        let who = Who { id: ActorId(known.main), kind: known.kind, first_us: known.first_us };
        self.policy.of(&who, category)
    }

    /// Whether mails of this actor in this drawer are refused, whatever address they came to.
    pub fn refuses(&self, actor: i64, category: Category) -> bool {
        self.refused.contains(&(actor, category))
    }

    /// The drawers that this word holds shut, with their actors by their numbers as in `message`.
    pub fn held_by(&self, word: CorrectionId) -> BTreeMap<Category, Vec<i64>> {
        let mut by = self.by_category();
        for (category, actors) in &mut by {
            actors.retain(|a| self.said(*a, *category).is_some_and(|s| s.id == word));
        }
        by.retain(|_, actors| !actors.is_empty());
        by
    }

    /// The numbers under which this refused address is known.
    pub fn recipients_at(&self, address: &str) -> Vec<i64> {
        let these = self.addresses.iter().filter(|(a, _)| a == address);
        these.map(|(_, number)| *number).collect()
    }

    /// The word by which one mail is refused.
    pub fn of_message(
        &self,
        db: &Db,
        message: i64,
        actor: Option<i64>,
        category: Category,
    ) -> Result<Option<Said>> {
        if let Some(actor) = actor.filter(|a| self.refuses(*a, category)) {
            return Ok(self.said(actor, category));
        }
        for recipient in &self.recipients {
            let address = db.first(
                "SELECT r.address FROM message_recipient x JOIN recipient r
                    ON r.person_id = x.person_id AND r.id = x.recipient
                 WHERE x.person_id = $1 AND x.recipient = $2 AND x.message = $3",
                &[db.person().into(), (*recipient).into(), message.into()],
                |r| r.get::<String>(0),
            )?;
            if let Some(address) = address {
                return Ok(self.policy.of_address(&address));
            }
        }
        Ok(None)
    }

    /// A condition that leaves refused mails out of a list of `message m`: ` AND ...`. Only numbers
    /// and words of our own enter the text.
    pub fn shown(&self) -> String {
        let mut sql = String::new();
        for (category, actors) in self.by_category() {
            sql += &format!(
                " AND NOT (m.category = '{}' AND COALESCE(m.actor, 0) IN ({}))",
                category.code(),
                list(&actors)
            );
        }
        if !self.recipients.is_empty() {
            sql += &format!(
                " AND NOT EXISTS (SELECT 1 FROM message_recipient x WHERE x.person_id = $1
                    AND x.message = m.id AND x.recipient IN ({}))",
                list(&self.recipients)
            );
        }
        sql
    }

    /// The same for what was read in a mail, whose number stands in `column`.
    pub fn shown_of(&self, column: &str) -> String {
        if self.is_empty() {
            return String::new();
        }
        let shown = self.shown();
        format!(
            " AND EXISTS (SELECT 1 FROM message m WHERE m.person_id = $1 AND m.id = {column}{shown})"
        )
    }

    /// Counted mails that are not shown, by actor (0 for persons), month and drawer.
    pub fn hidden(&self, db: &Db) -> Result<Vec<Hidden>> {
        let mut hidden = self.by_address.clone();
        for (category, actors) in self.by_category() {
            let sql = format!(
                "SELECT actor, month, mails FROM tally WHERE person_id = $1
                    AND category = $2 AND mails <> 0 AND actor IN ({})",
                list(&actors)
            );
            hidden.extend(db.query(&sql, &[db.person().into(), category.code().into()], |r| {
                Ok(Hidden { actor: r.get(0)?, month: r.get(1)?, category, mails: r.get(2)? })
            })?);
        }
        Ok(hidden)
    }

    /// Of these, those at refused addresses: no rule on their actor hides them.
    pub fn by_address(&self) -> &[Hidden] {
        &self.by_address
    }

    fn at_addresses(&self, db: &Db) -> Result<Vec<Hidden>> {
        if self.recipients.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT DISTINCT m.id, COALESCE(m.actor, 0), m.at_us, m.category
             FROM message_recipient x JOIN message m
                ON m.person_id = x.person_id AND m.id = x.message
             WHERE x.person_id = $1 AND x.recipient IN ({}) AND m.is_counted",
            list(&self.recipients)
        );
        let mut groups: BTreeMap<(i64, i64, Category), i64> = BTreeMap::new();
        for (actor, at_us, code) in db.query(&sql, &[db.person().into()], |r| {
            Ok((r.get::<i64>(1)?, r.get::<i64>(2)?, r.get::<String>(3)?))
        })? {
            let category = Category::from_code(&code).unwrap_or(Category::Personal);
            if !self.refuses(actor, category) {
                *groups.entry((actor, crate::facts::month(at_us), category)).or_default() += 1;
            }
        }
        let hidden = groups.into_iter();
        Ok(hidden
            .map(|((actor, month, category), mails)| Hidden { actor, month, category, mails })
            .collect())
    }

    /// Actors by the drawer that is refused of them, by their numbers as in `message`.
    fn by_category(&self) -> BTreeMap<Category, Vec<i64>> {
        let mut by: BTreeMap<Category, Vec<i64>> = BTreeMap::new();
        for (actor, category) in &self.refused {
            by.entry(*category).or_default().push(*actor);
        }
        by.values_mut().for_each(|actors| actors.sort_unstable());
        by
    }
}

/// A group of mails that are not shown.
#[derive(Clone, Copy)]
pub(crate) struct Hidden {
    pub actor: i64,
    pub month: i64,
    pub category: Category,
    pub mails: i64,
}

fn known(db: &Db) -> Result<HashMap<i64, Known>> {
    let rows = db.query(
        "SELECT a.id, a.main, m.kind, a.first_us FROM actor a
            JOIN actor m ON m.person_id = a.person_id AND m.id = a.main
         WHERE a.person_id = $1",
        &[db.person().into()],
        |r| {
            let kind = ActorKind::from_code(&r.get::<String>(2)?).unwrap_or(ActorKind::Other);
            Ok((r.get::<i64>(0)?, Known { main: r.get(1)?, kind, first_us: r.get(3)? }))
        },
    )?;
    let mut firsts: HashMap<i64, i64> = HashMap::new();
    for (_, known) in &rows {
        let first = firsts.entry(known.main).or_insert(known.first_us);
        *first = known.first_us.min(*first);
    }
    let whole = |known: Known| Known {
        first_us: firsts.get(&known.main).copied().unwrap_or(known.first_us),
        ..known
    };
    Ok(rows.into_iter().map(|(id, known)| (id, whole(known))).collect())
}

fn recipient(db: &Db, address: &str) -> Result<Option<i64>> {
    db.first(
        "SELECT id FROM recipient WHERE person_id = $1 AND address = $2",
        &[db.person().into(), address.into()],
        |r| r.get(0),
    )
}

pub(crate) fn list(ids: &[i64]) -> String {
    let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
    if ids.is_empty() { "NULL".to_owned() } else { ids.join(", ") }
}
