//! Lists of mails: of an actor, of a drawer, of a month, of those that count for nothing.

use super::common::{Filter, MAIL, MAIL_COLUMNS, Names, mail_ref};
use super::months::Months;
use super::year::Year;
use super::{MailRef, PageAsked, Paged};
use crate::import::slack;
use crate::refusals::{Hidden, Refusals};
use crate::{Db, Result, Vault};
use mesinfos_domain::{ActorId, Category, Date, OrderId, Timestamp};
use mesinfos_partners::Said;

/// A list of mails.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Messages {
    /// This page, newest first.
    pub mails: Paged<MessageRow>,
}

/// One mail as a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageRow {
    /// The mail.
    pub mail: MailRef,
    /// It has attachments.
    pub has_attachment: bool,
    /// The order that it speaks of.
    pub order: Option<OrderId>,
    /// The word by which it is refused.
    pub refused: Option<Said>,
    /// It is suspected of fraud, and why (a stable word).
    pub suspected_fraud: Option<String>,
}

/// What a list of mails asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MessagesAsked {
    /// Of this actor.
    pub actor: Option<ActorId>,
    /// In this drawer.
    pub category: Option<Category>,
    /// Written from this instant on.
    pub from: Option<Timestamp>,
    /// Written before this instant.
    pub before: Option<Timestamp>,
    /// Suspected frauds only.
    pub fraud: bool,
    /// Refused ones too. Those of one actor are always shown.
    pub refused: bool,
    /// Not read, of the twelve months before this day; see [`super::ReadBy`]. Refused ones are left out.
    pub unread: Option<Date>,
    /// Written by persons only.
    pub personal: bool,
    /// In this folder: `spam`, `trash`, `drafts`, `sent`, `chats`. `None`: mails that count.
    pub folder: Option<String>,
    /// Which page.
    pub page: PageAsked,
}

/// A list of mails, newest first. A mail's number grows with its date, so that the list is read
/// backwards from where the page begins (in the table, or in the actor's index) and stops when it is full.
pub fn messages(vault: &Vault, asked: &MessagesAsked) -> Result<Messages> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let refusals = Refusals::load(db)?;
        let leaves_out = (asked.actor.is_none() || asked.unread.is_some())
            && asked.folder.is_none()
            && !asked.fraud
            && !asked.refused
            && !refusals.is_empty();
        let parts = match asked.actor {
            Some(actor) => parts(db, actor)?,
            None => Vec::new(),
        };
        let mut filter = Filter::new(db);
        match &parts[..] {
            [] if asked.actor.is_some() => filter.say("FALSE"),
            [] => {}
            // One number is looked up in the index in the order of the list; several are sorted.
            [one] => filter.and("m.actor = ?", *one),
            many => {
                let places: Vec<String> = many.iter().map(|id| filter.bind(*id)).collect();
                filter.say(&format!("m.actor IN ({})", places.join(", ")));
            }
        }
        if asked.personal {
            filter.say("m.actor IS NULL");
        }
        if let Some(category) = asked.category {
            filter.and("m.category = ?", category.code());
        }
        if let Some(from) = asked.from {
            filter.and("m.at_us >= ?", from.as_microsecond());
            // Two mails of one minute take two numbers: the number runs ahead, never behind.
            filter.and("m.id >= ?", from.as_microsecond().div_euclid(60_000_000));
        }
        if let Some(before) = asked.before {
            filter.and("m.at_us < ?", before.as_microsecond());
        }
        if asked.fraud {
            filter.say("m.fraud IS NOT NULL");
        } else if let Some(folder) = &asked.folder {
            // Said again for the index, which leaves the inbox out.
            filter.and("m.folder = ? AND m.folder <> 'inbox'", folder);
        } else {
            filter.say("m.is_counted");
        }
        if let Some(today) = asked.unread {
            match Year::load(db, today)?.is_unread() {
                Some((is_unread, from)) => {
                    filter.and("m.id >= ?", from);
                    filter.say(&is_unread);
                }
                None => filter.say("FALSE"),
            }
            filter.sql.push_str(&refusals.shown());
        }
        if leaves_out && asked.unread.is_none() {
            filter.sql.push_str(&refusals.shown());
        }
        let (total, mut rows) = if is_by_tally(asked) {
            let mut counts = tallied(db, asked, &parts)?;
            if leaves_out {
                let is_meant = |h: &&Hidden| {
                    asked.category.is_none_or(|c| c == h.category)
                        && (!asked.personal || h.actor == 0)
                };
                let hidden = refusals.hidden(db)?;
                counts.extend(hidden.iter().filter(is_meant).map(|h| (h.month, -h.mails)));
            }
            let total = counts.iter().map(|(_, mails)| mails).sum();
            (total, by_month(db, &names, &filter, Months::new(counts), asked.page)?)
        } else {
            (
                count(db, &filter)?,
                list(db, &names, &filter, asked.page.limit(), asked.page.offset())?,
            )
        };
        if !refusals.is_empty() && !leaves_out {
            for row in &mut rows {
                let actor = row.mail.actor.as_ref().map(|a| a.id.0);
                row.refused = refusals.of_message(db, row.mail.id.0, actor, row.mail.category)?;
            }
        }
        Ok(Messages { mails: Paged { rows, total, page: asked.page } })
    })
}

/// The numbers, as in `message`, of an actor and of those that are part of it.
fn parts(db: &Db, actor: ActorId) -> Result<Vec<i64>> {
    db.query(
        "SELECT a.id FROM actor a JOIN actor asked
            ON asked.person_id = a.person_id AND asked.id = $2 AND a.main = asked.main
         WHERE a.person_id = $1 ORDER BY a.id",
        &[db.person().into(), actor.0.into()],
        |r| r.get(0),
    )
}

fn is_by_tally(asked: &MessagesAsked) -> bool {
    asked.from.is_none()
        && asked.before.is_none()
        && asked.unread.is_none()
        && !asked.fraud
        && asked.folder.is_none()
}

/// How many there are by month, as the tallies tell.
fn tallied(db: &Db, asked: &MessagesAsked, parts: &[i64]) -> Result<Vec<(i64, i64)>> {
    let mut tally = Filter::new(db);
    let is_by_actor = asked.actor.is_some() || asked.personal;
    if is_by_actor {
        let zero = [0];
        let ids = if asked.personal { &zero[..] } else { parts };
        let places: Vec<String> = ids.iter().map(|id| tally.bind(*id)).collect();
        if places.is_empty() {
            return Ok(Vec::new());
        }
        tally.say(&format!("actor IN ({})", places.join(", ")));
    }
    if let Some(category) = asked.category {
        tally.and("category = ?", category.code());
    }
    let table = if is_by_actor { "tally" } else { "tally_month" };
    let sql = format!(
        "SELECT month, CAST(SUM(mails) AS BIGINT) FROM {table} WHERE person_id = $1{}
         GROUP BY month",
        tally.sql
    );
    db.query(&sql, &tally.values, |r| Ok((r.get(0)?, r.get(1)?)))
}

/// The rows of a page, read in the months that hold them.
fn by_month(
    db: &Db,
    names: &Names,
    filter: &Filter<'_>,
    months: Months,
    page: PageAsked,
) -> Result<Vec<MessageRow>> {
    let slack = slack(db)?;
    let (spans, mut before) = months.spans(page, slack, |end| {
        let mut late = filter.clone();
        late.and("m.id >= ?", end);
        late.and("m.id < ?", end + slack);
        late.and("m.at_us < ?", end.saturating_mul(60_000_000));
        count(db, &late)
    })?;
    let mut rows = Vec::new();
    for span in spans {
        let left = page.limit() - rows.len() as i64;
        let mut within = filter.clone();
        within.and("m.id >= ?", span.from);
        within.and("m.id < ?", span.below);
        let found = list(db, names, &within, left, before)?;
        // A span that ends before the page begins: the rest is passed over in the next.
        before = match found.is_empty() && before > 0 {
            true => before - count(db, &within)?,
            false => 0,
        };
        rows.extend(found);
    }
    Ok(rows)
}

fn count(db: &Db, filter: &Filter<'_>) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM message m WHERE m.person_id = $1{}", filter.sql);
    Ok(db.first(&sql, &filter.values, |r| r.get(0))?.unwrap_or(0))
}

fn list(
    db: &Db,
    names: &Names,
    filter: &Filter<'_>,
    most: i64,
    before: i64,
) -> Result<Vec<MessageRow>> {
    let mut filter = filter.clone();
    let (limit, offset) = (filter.bind(most), filter.bind(before));
    let sql = format!(
        "SELECT {MAIL}, m.attachments, m.fraud, b.purchase FROM message m
            LEFT JOIN purchase_mail b ON b.person_id = m.person_id AND b.message = m.id
         WHERE m.person_id = $1{} ORDER BY m.id DESC LIMIT {limit} OFFSET {offset}",
        filter.sql
    );
    db.query(&sql, &filter.values, |r| {
        Ok(MessageRow {
            mail: mail_ref(r, 0, names)?,
            refused: None,
            has_attachment: r.get::<i64>(MAIL_COLUMNS)? > 0,
            suspected_fraud: r.get(MAIL_COLUMNS + 1)?,
            order: r.get::<Option<i64>>(MAIL_COLUMNS + 2)?.map(OrderId),
        })
    })
}
