//! The person's word: what was corrected, so that it can be seen and undone.

use super::common::{Names, mails};
use super::{ActorRef, MailRef};
use crate::corrections::{Correction, Made};
use crate::{Db, Result, Vault, facts};
use mesinfos_domain::{ActorId, MessageId, OrderId};

/// One correction with what a page needs to say it in words.
#[derive(Clone, PartialEq, Debug)]
pub struct CorrectionRow {
    /// What she said, when, under which number; whether it was undone.
    pub made: Made,
    /// The first mail that it names.
    pub mail: Option<MailRef>,
    /// The order that this mail speaks of today.
    pub order: Option<OrderId>,
    /// The actor that it names: who a mail is from, who was renamed, who became part of another.
    pub actor: Option<ActorRef>,
    /// In a merge of actors, the one that stays.
    pub whole: Option<ActorRef>,
}

/// All corrections, the latest first.
pub fn corrections(vault: &Vault) -> Result<Vec<CorrectionRow>> {
    let made = vault.corrections()?;
    vault.read(|db| {
        let names = Names::load(db)?;
        made.into_iter().map(|made| row(db, &names, made)).collect()
    })
}

fn row(db: &Db, names: &Names, made: Made) -> Result<CorrectionRow> {
    let message: Option<MessageId> = match &made.correction {
        Correction::Actor { message, .. }
        | Correction::Category { message, .. }
        | Correction::Line { message, .. }
        | Correction::SplitOrder { message } => Some(*message),
        Correction::MergeOrders { first, .. } => Some(*first),
        Correction::NotAnOrder { messages } | Correction::Confirmed { messages } => {
            messages.first().copied()
        }
        _ => None,
    };
    let (actor, whole): (Option<ActorId>, Option<ActorId>) = match &made.correction {
        Correction::Actor { actor, .. } => (*actor, None),
        Correction::MergeActors { part, whole } => (Some(*part), Some(*whole)),
        Correction::SplitActor { actor } | Correction::ActorDetails { actor, .. } => {
            (Some(*actor), None)
        }
        Correction::Partner { rule, .. } => (rule.actor(), None),
        _ => (None, None),
    };
    let order = match message {
        Some(message) => facts::account::purchase_of(db, message.0)?.map(OrderId),
        None => None,
    };
    Ok(CorrectionRow {
        mail: mails(db, names, message.as_slice())?.pop(),
        order,
        // Its own name, even where it is part of another today.
        actor: match actor {
            Some(id) => names.own(db, id)?,
            None => None,
        },
        whole: whole.and_then(|id| names.get(Some(id.0))),
        made,
    })
}
