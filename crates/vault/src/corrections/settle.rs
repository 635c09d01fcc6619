//! Settling: what one correction speaks of, derived again from what was read and what she says.

use super::Correction;
use crate::facts::{Facts, month, tally_add};
use crate::{Db, Error, Result, originals};
use mesinfos_domain::MessageId;

pub(super) fn correction(db: &Db, facts: &mut Facts, correction: &Correction) -> Result<()> {
    match correction {
        Correction::Actor { message: m, .. } | Correction::Category { message: m, .. } => {
            message(db, facts, *m)?;
        }
        Correction::NotAnOrder { messages } => {
            for m in messages {
                message(db, facts, *m)?;
            }
        }
        Correction::Confirmed { .. }
        | Correction::Line { .. }
        | Correction::MergeOrders { .. }
        | Correction::SplitOrder { .. } => {
            for m in correction.messages() {
                facts.touch_order(m.0);
            }
        }
        Correction::MergeActors { .. } | Correction::SplitActor { .. } => {
            facts.actors.settle_joins(db, &facts.words.joins)?;
        }
        Correction::ActorDetails { actor, .. } => facts.actors.touch(actor.0),
        // Looked up by those who read: no mail and no count is touched.
        Correction::Partner { .. } => {}
        Correction::OwnAddress { address, .. } => {
            // Undone, the last thing still said of the address holds, else what mails let guess.
            let said = last_said(db, address)?;
            db.execute(
                "INSERT INTO own_address (person_id, address, mails, is_confirmed)
                 VALUES ($1, $2, 0, $3)
                 ON CONFLICT (person_id, address) DO UPDATE SET is_confirmed = excluded.is_confirmed",
                &[db.person().into(), address.into(), said.into()],
            )?;
            db.execute(
                "DELETE FROM own_address WHERE person_id = $1 AND address = $2
                 AND mails = 0 AND is_confirmed IS NULL",
                &[db.person().into(), address.into()],
            )?;
            counts(db, facts, Some(address))?;
        }
    }
    Ok(())
}

fn last_said(db: &Db, address: &str) -> Result<Option<bool>> {
    let all = super::words::all(db)?;
    Ok(all.into_iter().filter(|m| !m.is_undone).rev().find_map(|m| match m.correction {
        Correction::OwnAddress { address: a, is_mine } if a == address => Some(is_mine),
        _ => None,
    }))
}

/// A message's actor, category and order.
pub(crate) fn message(db: &Db, facts: &mut Facts, id: MessageId) -> Result<()> {
    let row = db.first(
        "SELECT at_us, actor, category, is_counted FROM message WHERE person_id = $1 AND id = $2",
        &[db.person().into(), id.0.into()],
        |r| {
            let actor: Option<i64> = r.get(1)?;
            Ok((r.get::<i64>(0)?, actor, r.get::<String>(2)?, r.get::<bool>(3)?))
        },
    )?;
    let (at_us, old_actor, old_category, is_counted) = row.ok_or(Error::NotFound("mail"))?;
    let read = originals::understood(db, facts.seal(), id)?.ok_or(Error::NotFound("mail"))?;
    let said = facts.words.of(id.0);
    let as_read = read.actor.as_ref().and_then(|a| facts.actors.known(a));
    let actor = said.actor.unwrap_or(as_read).filter(|_| is_counted);
    let category = said.category.unwrap_or(read.category).code();
    let has_order = read.order.is_some() && !said.is_no_order;
    db.execute(
        "UPDATE message SET actor = $3, category = $4, has_order = $5
         WHERE person_id = $1 AND id = $2",
        &[db.person().into(), id.0.into(), actor.into(), category.into(), has_order.into()],
    )?;
    if is_counted && (actor, category) != (old_actor, old_category.as_str()) {
        let month = month(at_us);
        tally_add(db, (old_actor.unwrap_or(0), month, &old_category), -1, 0)?;
        tally_add(db, (actor.unwrap_or(0), month, category), 1, id.0)?;
    }
    for table in ["offer", "awaited_document", "record"] {
        db.execute(
            &format!("UPDATE {table} SET actor = $3 WHERE person_id = $1 AND message = $2"),
            &[db.person().into(), id.0.into(), actor.into()],
        )?;
    }
    facts.touch_order(id.0);
    Ok(())
}

/// A mail that counted (its time, actor and category) stands in `folder` now and counts no more.
pub(crate) fn uncount(
    db: &Db,
    facts: &mut Facts,
    id: i64,
    (at_us, actor, category): (i64, Option<i64>, &str),
    folder: &str,
) -> Result<()> {
    tally_add(db, (actor.unwrap_or(0), month(at_us), category), -1, 0)?;
    db.execute(
        "UPDATE message SET folder = $3, is_counted = FALSE, actor = NULL
         WHERE person_id = $1 AND id = $2",
        &[db.person().into(), id.into(), folder.into()],
    )?;
    for table in ["offer", "awaited_document", "record"] {
        db.execute(
            &format!("DELETE FROM {table} WHERE person_id = $1 AND message = $2"),
            &[db.person().into(), id.into()],
        )?;
    }
    facts.touch_order(id);
    Ok(())
}

/// Which messages count, when it changed which addresses are hers: one address, or all of them.
/// Her own mails give no actor and no facts; facts of the others are derived again by `reread`
/// (`reader = 0`), which an import and a correction run at their end.
pub(crate) fn counts(db: &Db, facts: &mut Facts, address: Option<&str>) -> Result<()> {
    const HERS: &str = "SELECT id, at_us, actor, category FROM message
         WHERE person_id = $1 AND is_counted AND from_address IN (
            SELECT address FROM own_address WHERE person_id = $1
            AND (is_confirmed IS NULL OR is_confirmed))";
    let hers = db.query(HERS, &[db.person().into()], |r| {
        let actor: Option<i64> = r.get(2)?;
        Ok((r.get::<i64>(0)?, r.get::<i64>(1)?, actor, r.get::<String>(3)?))
    })?;
    for (id, at_us, actor, category) in hers {
        uncount(db, facts, id, (at_us, actor, &category), "sent")?;
    }
    if let Some(address) = address {
        // No longer hers: what stood among sent mail by its address alone is mail like any other.
        db.execute(
            "UPDATE message SET folder = 'inbox', reader = 0
             WHERE person_id = $1 AND from_address = $2 AND folder = 'sent'
             AND EXISTS (SELECT 1 FROM arrival a WHERE a.person_id = $1
                AND a.message = message.id AND a.folder = 'inbox')
             AND NOT EXISTS (SELECT 1 FROM own_address o WHERE o.person_id = $1
                AND o.address = $2 AND (o.is_confirmed IS NULL OR o.is_confirmed))",
            &[db.person().into(), address.into()],
        )?;
    }
    Ok(())
}
