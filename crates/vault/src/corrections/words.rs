//! All that the person says today, as those who write facts need it.

use super::{Correction, Made};
use crate::{Db, Error, Result};
use mesinfos_domain::{ActorKind, Category, CorrectionId};
use mesinfos_purchases::Word;
use std::collections::HashMap;

/// What is not undone.
#[derive(Default)]
pub(crate) struct Words {
    /// Of single messages, by their number.
    pub messages: HashMap<i64, MessageWord>,
    /// Of actors, by their number: name and kind.
    pub actors: HashMap<i64, (Option<String>, Option<ActorKind>)>,
    /// Which actors are one, in the order in which she said it; a part without whole stands alone.
    pub joins: Vec<(i64, Option<i64>)>,
    /// Of purchases.
    pub purchases: Word,
}

/// What she says of one message.
#[derive(Clone, Copy, Default)]
pub(crate) struct MessageWord {
    /// `Some(None)`: a person wrote it.
    pub actor: Option<Option<i64>>,
    pub category: Option<Category>,
    pub is_no_order: bool,
}

impl Words {
    pub fn load(db: &Db) -> Result<Words> {
        let mut words = Words::default();
        for made in all(db)? {
            if !made.is_undone {
                words.take(made.correction);
            }
        }
        Ok(words)
    }

    /// What she says of this message.
    pub fn of(&self, message: i64) -> MessageWord {
        self.messages.get(&message).copied().unwrap_or_default()
    }

    fn take(&mut self, correction: Correction) {
        match correction {
            Correction::Actor { message, actor } => {
                self.messages.entry(message.0).or_default().actor = Some(actor.map(|a| a.0));
            }
            Correction::Category { message, category } => {
                self.messages.entry(message.0).or_default().category = Some(category);
            }
            Correction::NotAnOrder { messages } => {
                for message in messages {
                    self.messages.entry(message.0).or_default().is_no_order = true;
                    self.purchases.not_orders.insert(message);
                }
            }
            Correction::Confirmed { messages } => self.purchases.confirmed.extend(messages),
            Correction::Line { message, line, edit } => {
                self.purchases.lines.insert((message, line), edit);
            }
            Correction::MergeOrders { first, second } => {
                self.purchases.merges.push((first, second));
            }
            Correction::SplitOrder { message } => {
                // The later word holds: what she joined before and parts now is parted.
                self.purchases.merges.retain(|(a, b)| *a != message && *b != message);
                self.purchases.splits.insert(message);
            }
            Correction::MergeActors { part, whole } => self.joins.push((part.0, Some(whole.0))),
            Correction::SplitActor { actor } => self.joins.push((actor.0, None)),
            Correction::ActorDetails { actor, name, sort } => {
                let said = self.actors.entry(actor.0).or_default();
                said.0 = name.filter(|n| !n.trim().is_empty()).or(said.0.take());
                said.1 = sort.or(said.1);
            }
            // Kept in own_address itself; looked up by `refusals`.
            Correction::OwnAddress { .. } | Correction::Partner { .. } => {}
        }
    }
}

/// Every correction, the oldest first.
pub(super) fn all(db: &Db) -> Result<Vec<Made>> {
    db.query(
        "SELECT id, at_us, body, undone_by FROM correction
         WHERE person_id = $1 AND kind <> 'undo' ORDER BY id",
        &[db.person().into()],
        |r| {
            let body: String = r.get(2)?;
            let correction = serde_json::from_str(&body)
                .map_err(|e| Error::Damaged(format!("a correction does not read: {e}")))?;
            Ok(Made {
                id: CorrectionId(r.get(0)?),
                at_us: r.get(1)?,
                correction,
                is_undone: r.get::<Option<i64>>(3)?.is_some(),
            })
        },
    )
}
