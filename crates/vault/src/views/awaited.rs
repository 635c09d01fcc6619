//! Documents that wait at an actor's own site.

use super::ActorRef;
use super::common::{Names, day};
use crate::refusals::Refusals;
use crate::{Db, Result, Vault, days};
use mesinfos_domain::{ActorId, AwaitedDocument, Date, MessageId};

/// One document that waits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AwaitedRow {
    /// What it is, for which period, until when, on which official site.
    pub document: AwaitedDocument,
    /// Who holds it.
    pub actor: Option<ActorRef>,
    /// The mail that announces it.
    pub message: MessageId,
    /// The day of the mail.
    pub day: Date,
    /// Its last day is past.
    pub over: bool,
}

/// Documents announced in the last so many days are shown; one that has a day, until that day.
const SHOWN_DAYS: i32 = 400;

/// Documents that wait, those with a last day first, then the latest.
pub fn awaited(vault: &Vault, today: Date) -> Result<Vec<AwaitedRow>> {
    vault.read(|db| list(db, &Names::load(db)?, None, today))
}

pub(super) fn list(
    db: &Db,
    names: &Names,
    of: Option<ActorId>,
    today: Date,
) -> Result<Vec<AwaitedRow>> {
    let since = days::start(mesinfos_purchases::calendar::after(today, -SHOWN_DAYS));
    let shown = match of {
        None => Refusals::load(db)?.shown_of("d.message"),
        Some(_) => String::new(),
    };
    let sql = format!(
        "SELECT message, actor, at_us, kind, period, until, site FROM awaited_document d
         WHERE person_id = $1 AND at_us >= $2 {shown}
         ORDER BY until ASC NULLS LAST, at_us DESC, message, position"
    );
    let rows = db.query(&sql, &[db.person().into(), since.into()], |r| {
        let until = day(r.get(5)?);
        Ok(AwaitedRow {
            document: AwaitedDocument {
                schema_type: "AwaitedDocument".into(),
                kind: r.get(3)?,
                period: r.get(4)?,
                until,
                site: r.get(6)?,
            },
            actor: names.get(r.get(1)?),
            message: MessageId(r.get(0)?),
            day: days::day(r.get(2)?),
            over: until.is_some_and(|u| u < today),
        })
    })?;
    Ok(rows
        .into_iter()
        .filter(|row| of.is_none_or(|id| row.actor.as_ref().is_some_and(|a| a.id == id)))
        .collect())
}
