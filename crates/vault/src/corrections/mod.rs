//! The person's word: corrections, kept in order, undone by a later row, applied after any reading.
//!
//! A correction names messages and actors by their numbers, which survive rereading. To apply or
//! to undo one is the same act: what it speaks of is settled again, from what was read and from
//! all that she says of it today.

mod settle;
mod words;

pub(crate) use settle::{counts, uncount};
pub(crate) use words::Words;

use crate::facts::Facts;
use crate::{Db, Error, RereadWatch, Result, Vault};
use mesinfos_domain::{ActorId, ActorKind, Category, CorrectionId, MessageId};
use mesinfos_partners::{Rule, Stance};
use mesinfos_purchases::LineEdit;
use serde::{Deserialize, Serialize};
use std::sync::atomic::AtomicBool;

/// Something that the person says, against or beside what was read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Correction {
    /// This mail is from that actor; `None`: from a person.
    Actor {
        /// The mail.
        message: MessageId,
        /// Who wrote it.
        actor: Option<ActorId>,
    },
    /// This mail belongs in that drawer.
    Category {
        /// The mail.
        message: MessageId,
        /// Where it belongs.
        category: Category,
    },
    /// These mails (all those of a purchase) speak of no order.
    NotAnOrder {
        /// The mails.
        messages: Vec<MessageId>,
    },
    /// The sums of these mails are right: no longer doubtful.
    Confirmed {
        /// The mails.
        messages: Vec<MessageId>,
    },
    /// A line of the order in this mail reads otherwise, or is none.
    Line {
        /// The mail that it was read in.
        message: MessageId,
        /// Its place there, from 0; past the last it adds a line.
        line: usize,
        /// What it is.
        edit: LineEdit,
    },
    /// The purchases of these two mails are one.
    MergeOrders {
        /// A mail of one.
        first: MessageId,
        /// A mail of the other.
        second: MessageId,
    },
    /// This mail belongs to no other purchase.
    SplitOrder {
        /// The mail.
        message: MessageId,
    },
    /// These two actors are one.
    MergeActors {
        /// Which disappears from lists.
        part: ActorId,
        /// Which stays.
        whole: ActorId,
    },
    /// This actor is nobody else.
    SplitActor {
        /// Which was joined to another.
        actor: ActorId,
    },
    /// An actor's name or kind.
    ActorDetails {
        /// Which.
        actor: ActorId,
        /// Its right name.
        name: Option<String>,
        /// Its right kind.
        sort: Option<ActorKind>,
    },
    /// This address is hers, or is not.
    OwnAddress {
        /// In lower case.
        address: String,
        /// Whether it is.
        is_mine: bool,
    },
    /// Who may speak to her, and of what.
    Partner {
        /// About whom, about what.
        rule: Rule,
        /// Yes or no.
        stance: Stance,
    },
}

/// A correction as it was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Made {
    /// Its number, to undo it.
    pub id: CorrectionId,
    /// When.
    pub at_us: i64,
    /// What she said.
    pub correction: Correction,
    /// Whether it was undone since.
    pub is_undone: bool,
}

impl Correction {
    /// The word in the database.
    pub fn code(&self) -> &'static str {
        match self {
            Correction::Actor { .. } => "actor",
            Correction::Category { .. } => "category",
            Correction::NotAnOrder { .. } => "not_an_order",
            Correction::Confirmed { .. } => "confirmed",
            Correction::Line { .. } => "line",
            Correction::MergeOrders { .. } => "merge_orders",
            Correction::SplitOrder { .. } => "split_order",
            Correction::MergeActors { .. } => "merge_actors",
            Correction::SplitActor { .. } => "split_actor",
            Correction::ActorDetails { .. } => "actor_details",
            Correction::OwnAddress { .. } => "own_address",
            Correction::Partner { .. } => "partner",
        }
    }

    /// The mails that it names.
    fn messages(&self) -> Vec<MessageId> {
        match self {
            Correction::Actor { message, .. }
            | Correction::Category { message, .. }
            | Correction::Line { message, .. }
            | Correction::SplitOrder { message } => vec![*message],
            Correction::NotAnOrder { messages } | Correction::Confirmed { messages } => {
                messages.clone()
            }
            Correction::MergeOrders { first, second } => vec![*first, *second],
            _ => Vec::new(),
        }
    }

    /// The actors that it names.
    fn actors(&self) -> Vec<ActorId> {
        match self {
            Correction::Actor { actor, .. } => actor.iter().copied().collect(),
            Correction::MergeActors { part, whole } => vec![*part, *whole],
            Correction::SplitActor { actor } | Correction::ActorDetails { actor, .. } => {
                vec![*actor]
            }
            Correction::Partner { rule, .. } => rule.actor().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// What it is about, to list what was said of one thing.
    fn subject(&self) -> String {
        match (self, self.messages().first(), self.actors().first()) {
            (Correction::OwnAddress { address, .. }, ..) => format!("address:{address}"),
            (_, Some(message), _) => format!("message:{message}"),
            (_, None, Some(actor)) => format!("actor:{actor}"),
            (_, None, None) => String::new(),
        }
    }
}

impl Vault {
    /// Takes the person at her word. All pages show it when this returns.
    ///
    /// Errors: [`Error::NotFound`] when it names a mail or an actor that she does not have,
    /// [`Error::Invalid`] when it says nothing.
    pub fn correct(&self, correction: &Correction, now_us: i64) -> Result<CorrectionId> {
        let seal = self.content_key();
        let id = self.write(|db| {
            check(db, correction)?;
            let id =
                insert(db, correction.code(), &correction.subject(), &body(correction), now_us)?;
            let mut facts = Facts::load(db, seal)?;
            settle::correction(db, &mut facts, correction)?;
            facts.flush(db)?;
            Ok(CorrectionId(id))
        })?;
        self.derive_if_hers(correction)?;
        Ok(id)
    }

    /// Takes a correction back: what was read, and what else she said, holds again.
    pub fn undo(&self, id: CorrectionId, now_us: i64) -> Result<()> {
        let seal = self.content_key();
        let correction = self.write(|db| {
            let made =
                one(db, id)?.filter(|m| !m.is_undone).ok_or(Error::NotFound("correction"))?;
            let undo = insert(db, "undo", &made.correction.subject(), &id.to_string(), now_us)?;
            db.execute(
                "UPDATE correction SET undone_by = $3 WHERE person_id = $1 AND id = $2",
                &[db.person().into(), id.0.into(), undo.into()],
            )?;
            let mut facts = Facts::load(db, seal)?;
            settle::correction(db, &mut facts, &made.correction)?;
            facts.flush(db)?;
            Ok(made.correction)
        })?;
        self.derive_if_hers(&correction)
    }

    /// Mails of an address that is no longer hers wait for their facts.
    fn derive_if_hers(&self, correction: &Correction) -> Result<()> {
        if let Correction::OwnAddress { .. } = correction {
            let stop = AtomicBool::new(false);
            self.derive_waiting(false, &mut RereadWatch { progress: &mut |_, _| {}, stop: &stop })?;
        }
        Ok(())
    }

    /// All corrections, the latest first.
    pub fn corrections(&self) -> Result<Vec<Made>> {
        self.read(|db| {
            let mut all = words::all(db)?;
            all.reverse();
            Ok(all)
        })
    }
}

fn body(correction: &Correction) -> String {
    serde_json::to_string(correction).unwrap_or_default()
}

fn one(db: &Db, id: CorrectionId) -> Result<Option<Made>> {
    Ok(words::all(db)?.into_iter().find(|m| m.id == id))
}

fn insert(db: &Db, kind: &str, subject: &str, body: &str, now_us: i64) -> Result<i64> {
    let id = db
        .first(
            "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) + 1 FROM correction WHERE person_id = $1",
            &[db.person().into()],
            |r| r.get::<i64>(0),
        )?
        .unwrap_or(1);
    db.execute(
        "INSERT INTO correction (person_id, id, at_us, kind, subject, body, undone_by)
         VALUES ($1, $2, $3, $4, $5, $6, NULL)",
        &[db.person().into(), id.into(), now_us.into(), kind.into(), subject.into(), body.into()],
    )?;
    Ok(id)
}

fn check(db: &Db, correction: &Correction) -> Result<()> {
    for message in correction.messages() {
        db.first(
            "SELECT id FROM message WHERE person_id = $1 AND id = $2",
            &[db.person().into(), message.0.into()],
            |_| Ok(()),
        )?
        .ok_or(Error::NotFound("mail"))?;
    }
    for actor in correction.actors() {
        db.first(
            "SELECT id FROM actor WHERE person_id = $1 AND id = $2",
            &[db.person().into(), actor.0.into()],
            |_| Ok(()),
        )?
        .ok_or(Error::NotFound("actor"))?;
    }
    let says_nothing = match correction {
        Correction::ActorDetails { name, sort, .. } => {
            name.as_ref().is_none_or(|n| n.trim().is_empty()) && sort.is_none()
        }
        Correction::NotAnOrder { messages } | Correction::Confirmed { messages } => {
            messages.is_empty()
        }
        Correction::MergeActors { part, whole } => part == whole,
        Correction::MergeOrders { first, second } => first == second,
        Correction::OwnAddress { address, .. }
        | Correction::Partner { rule: Rule::Address { address }, .. } => !address.contains('@'),
        _ => false,
    };
    if says_nothing {
        return Err(Error::Invalid("this correction says nothing".into()));
    }
    Ok(())
}
