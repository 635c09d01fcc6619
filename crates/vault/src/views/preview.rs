//! What a refusal would hide and what it would leave, before she agrees.

use super::common::{Names, category};
use super::{ActorRef, CategoryCounts};
use crate::refusals::{Refusals, Word, words};
use crate::{Db, Result, Vault};
use mesinfos_domain::CorrectionId;
use mesinfos_partners::{Rule, Stance};
use std::cmp::Reverse;
use std::collections::HashMap;

/// A refusal, weighed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// What it is about.
    pub rule: Rule,
    /// Mails that would go from sight, by drawer.
    pub hidden: CategoryCounts,
    /// Mails of the same actors that would stay, by drawer.
    pub kept: CategoryCounts,
    /// Actors of whom something would go, most mails first.
    pub rows: Vec<PreviewRow>,
    /// The same word is in force already.
    pub in_force: Option<CorrectionId>,
}

/// What it would mean for one actor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PreviewRow {
    /// Who; `None`: persons, whose mails come to a refused address.
    pub actor: Option<ActorRef>,
    /// Mails that would go.
    pub hidden: i64,
    /// Mails that would stay.
    pub kept: i64,
}

/// Weighs a refusal against the mails that are there. Nothing is changed.
pub fn preview(vault: &Vault, rule: &Rule) -> Result<Preview> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let mut said = words(db)?;
        let in_force = said.iter().rev().find(|w| w.rule.is_about_the_same(rule));
        let in_force = in_force.filter(|w| w.stance == Stance::Refused).map(|w| w.id);
        let before = Refusals::with(db, said.clone())?;
        said.push(Word {
            id: CorrectionId(i64::MAX),
            at_us: i64::MAX,
            rule: rule.clone(),
            stance: Stance::Refused,
        });
        let after = Refusals::with(db, said)?;
        let mut by: HashMap<i64, (CategoryCounts, CategoryCounts)> = HashMap::new();
        for (actor, code, mails) in tally(db)? {
            let category = category(&code);
            let (hidden, kept) = by.entry(names.main(actor)).or_default();
            match (before.refuses(actor, category), after.refuses(actor, category)) {
                (true, _) => {}
                (false, true) => hidden.add(category, mails),
                (false, false) => kept.add(category, mails),
            }
        }
        for (refusals, sign) in [(&before, -1), (&after, 1)] {
            for group in refusals.by_address() {
                let (hidden, kept) = by.entry(names.main(group.actor)).or_default();
                hidden.add(group.category, sign * group.mails);
                kept.add(group.category, -sign * group.mails);
            }
        }
        by.retain(|_, (hidden, _)| hidden.total() > 0);
        let mut all = (CategoryCounts::default(), CategoryCounts::default());
        let mut rows = Vec::with_capacity(by.len());
        for (actor, (hidden, kept)) in by {
            for i in 0..hidden.0.len() {
                all.0.0[i] += hidden.0[i];
                all.1.0[i] += kept.0[i].max(0);
            }
            let actor = names.get(Some(actor));
            rows.push(PreviewRow { actor, hidden: hidden.total(), kept: kept.total().max(0) });
        }
        rows.sort_by_key(|r| (Reverse(r.hidden), r.actor.as_ref().map(|a| a.id)));
        Ok(Preview { rule: rule.clone(), hidden: all.0, kept: all.1, rows, in_force })
    })
}

fn tally(db: &Db) -> Result<Vec<(i64, String, i64)>> {
    db.query(
        "SELECT actor, category, mails FROM tally_actor WHERE person_id = $1",
        &[db.person().into()],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )
}
