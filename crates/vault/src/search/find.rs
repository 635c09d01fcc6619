//! Finding mails: candidates newest first from the index that knows most, a page at a time, and
//! no further than the page is full.

use super::query::Query;
use super::store::{self, Index};
use super::{forms, starts};
use crate::import::slack;
use crate::refusals::list;
use crate::{Db, Result, Row, fold};
use mesinfos_domain::{ActorId, Category, Date, MessageId};
use std::collections::HashSet;
use std::fmt::Write;
use std::ops::ControlFlow;

/// A mail that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailHit {
    /// The mail.
    pub id: MessageId,
    /// Microseconds since 1970.
    pub at_us: i64,
    /// The subject, decoded; hostile as any text.
    pub subject: String,
    /// The name displayed in From.
    pub from_name: String,
    /// The address in From.
    pub from_address: String,
    /// The organisation (the one it was joined to).
    pub actor: Option<ActorId>,
    /// Which drawer.
    pub category: Category,
    /// She refuses it: found, and shown nowhere else.
    pub is_refused: bool,
    /// `inbox`, `sent`, `trash`...
    pub folder: String,
    /// It speaks of an order.
    pub has_order: bool,
    /// How many attachments.
    pub attachments: i64,
}

/// One page of mails.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct MailHits {
    /// Newest first.
    pub mails: Vec<MailHit>,
    /// Where the next page begins; `None` when this is the last.
    pub next: Option<MessageId>,
}

/// Candidates asked for at once: first what a page needs, then ever more.
const FIRST_CHUNK: i64 = 64;
const LAST_CHUNK: i64 = 16_384;
/// Older than any mail, newer than any mail.
const EVER: (i64, i64) = (i64::MIN, i64::MAX);

pub(super) struct Finder<'a> {
    db: &'a Db,
    query: &'a Query,
    /// Which index is asked what: words in all their forms, phrases, prefixes, words not to be there.
    index: Index,
    text: Option<String>,
    /// Words not to be there, when nothing else is asked of the text.
    without: Option<String>,
    /// Conditions on the message's own row.
    conditions: String,
    range: (i64, i64),
    /// Nothing can match: an actor that nobody is.
    is_void: bool,
}

impl<'a> Finder<'a> {
    pub fn new(db: &'a Db, query: &'a Query) -> Result<Finder<'a>> {
        let in_forms = |words: &[String]| -> Result<Vec<Vec<String>>> {
            words.iter().map(|word| forms::asked(db, word)).collect()
        };
        let (words, without) = (in_forms(&query.words)?, in_forms(&query.without)?);
        let index = match starts::are_enough(db, query)? {
            true => Index::Starts,
            false => Index::Words,
        };
        let begun = |prefix: &String| match index {
            Index::Starts => Ok(starts::is_whole(prefix).then(|| vec![prefix.clone()])),
            Index::Words => starts::words(db, prefix),
        };
        let begun = query.prefixes.iter().map(begun).collect::<Result<Vec<_>>>()?;
        let text = store::expression(db.engine(), |e| {
            words.iter().for_each(|forms| e.any(forms));
            query.phrases.iter().for_each(|p| e.phrase(p));
            query.prefixes.iter().zip(&begun).for_each(|(prefix, begun)| match begun {
                Some(begun) if !begun.is_empty() => e.any(begun),
                _ => e.prefix(prefix),
            });
            without.iter().for_each(|forms| e.none(forms));
        });
        let without = match text {
            None if !without.is_empty() => {
                store::expression(db.engine(), |e| e.any(&without.concat()))
            }
            _ => None,
        };
        let mut finder = Finder {
            db,
            query,
            index,
            text,
            without,
            conditions: String::new(),
            range: EVER,
            is_void: false,
        };
        finder.conditions()?;
        Ok(finder)
    }

    /// What the message's row must say. Only numbers and words of our own enter the text.
    fn conditions(&mut self) -> Result<()> {
        let mut sql = String::new();
        match self.query.folder {
            Some(folder) => {
                let _ = write!(sql, " AND m.folder = '{folder}'");
            }
            None => sql.push_str(" AND m.folder IN ('inbox', 'sent', 'chats')"),
        }
        if !self.query.categories.is_empty() {
            let codes: Vec<String> =
                self.query.categories.iter().map(|c| format!("'{}'", c.code())).collect();
            let _ = write!(sql, " AND m.category IN ({})", codes.join(", "));
        }
        if self.query.has_order {
            sql.push_str(" AND m.has_order");
        }
        if self.query.has_attachment || !self.query.files.is_empty() {
            sql.push_str(" AND m.attachments > 0");
        }
        if let Some(day) = self.query.after {
            let _ = write!(sql, " AND m.at_us >= {}", micros(day));
            // A message's number is never less than its minute.
            self.range.0 = micros(day) / MINUTE_US;
        }
        if let Some(day) = self.query.before {
            let _ = write!(sql, " AND m.at_us < {}", micros(day));
            self.range.1 = micros(day) / MINUTE_US + slack(self.db)? + 1;
        }
        if !self.query.actors.is_empty() {
            let actors = self.actors()?;
            self.is_void = actors.is_empty();
            let _ = write!(sql, " AND m.actor IN ({})", list(&actors));
        }
        if let Some((least, most)) = self.query.amount {
            let _ = write!(
                sql,
                " AND m.id IN (SELECT x.message FROM purchase p
                    JOIN purchase_mail x ON x.person_id = p.person_id AND x.purchase = p.id
                    WHERE p.person_id = $1 AND p.total BETWEEN {least} AND {most})"
            );
        }
        self.conditions = sql;
        Ok(())
    }

    /// The actors whose name or domain holds all that is asked, with those joined to them.
    fn actors(&self) -> Result<Vec<i64>> {
        let rows = self.db.query(
            "SELECT id, main, name_key, domain FROM actor WHERE person_id = $1",
            &[self.db.person().into()],
            |r| {
                let domain: Option<String> = r.get(3)?;
                let text = format!("{} {}", r.get::<String>(2)?, domain.unwrap_or_default());
                Ok((r.get::<i64>(0)?, r.get::<i64>(1)?, text))
            },
        )?;
        let mains: HashSet<i64> = rows
            .iter()
            .filter(|(_, _, text)| self.query.actors.iter().all(|a| text.contains(a.as_str())))
            .map(|(_, main, _)| *main)
            .collect();
        Ok(rows.iter().filter(|(_, main, _)| mains.contains(main)).map(|r| r.0).collect())
    }

    /// The mails older than `before` (a message's number), newest first, until `enough` says so.
    pub fn find(&self, before: Option<i64>, mut enough: impl FnMut(MailHit) -> bool) -> Result<()> {
        if self.is_void {
            return Ok(());
        }
        let mut end = before.unwrap_or(i64::MAX).min(self.range.1);
        let mut chunk = FIRST_CHUNK;
        loop {
            let mut candidates = self.candidates(end, chunk)?;
            let is_last = (candidates.len() as i64) < chunk;
            let Some(&oldest) = candidates.last() else { return Ok(()) };
            self.narrow(&mut candidates, (oldest, end))?;
            for id in candidates {
                if let Some(hit) = self.hit(id)?
                    && enough(hit)
                {
                    return Ok(());
                }
            }
            if is_last {
                return Ok(());
            }
            end = oldest;
            chunk = (chunk * 4).min(LAST_CHUNK);
        }
    }

    /// The index says what matches; it says nothing when only the mails' rows are asked, and too much
    /// when an organisation is: its mails are fewer.
    fn by_text(&self) -> Option<&str> {
        self.text.as_deref().filter(|_| self.query.actors.is_empty())
    }

    fn matching(&self, asked: &str, range: (i64, i64), limit: i64) -> Result<Vec<i64>> {
        store::matching(self.db, (self.index, asked), range, limit)
    }

    /// Numbers below `end`, newest first.
    fn candidates(&self, end: i64, limit: i64) -> Result<Vec<i64>> {
        if let Some(text) = self.by_text() {
            return self.matching(text, (self.range.0, end), limit);
        }
        self.db.query(
            &format!(
                "SELECT m.id FROM message m
                 WHERE m.person_id = $1 AND m.id < $2 AND m.id >= $3 {}
                 ORDER BY m.id DESC LIMIT $4",
                self.conditions
            ),
            &[self.db.person().into(), end.into(), self.range.0.into(), limit.into()],
            |r| r.get::<i64>(0),
        )
    }

    /// Keeps of the candidates that their rows gave those of which the text says what is asked.
    fn narrow(&self, candidates: &mut Vec<i64>, (oldest, end): (i64, i64)) -> Result<()> {
        let (asked, is_wanted) = match (&self.text, &self.without) {
            (Some(text), _) if self.by_text().is_none() => (text, true),
            (None, Some(without)) => (without, false),
            _ => return Ok(()),
        };
        let matching = self.matching(asked, (oldest, end), i64::MAX)?;
        let matching: HashSet<i64> = matching.into_iter().collect();
        candidates.retain(|id| matching.contains(id) == is_wanted);
        Ok(())
    }

    /// The candidate's row, when it meets the conditions.
    fn hit(&self, id: i64) -> Result<Option<MailHit>> {
        let found = self.db.first(
            &format!(
                "SELECT m.id, m.at_us, m.subject, m.from_name, m.from_address, m.actor, m.category,
                    m.folder, m.has_order, m.attachments,
                    (SELECT a.main FROM actor a WHERE a.person_id = $1 AND a.id = m.actor)
                 FROM message m WHERE m.person_id = $1 AND m.id = $2 {}",
                self.conditions
            ),
            &[self.db.person().into(), id.into()],
            hit,
        )?;
        let Some(found) = found else { return Ok(None) };
        Ok((self.is_from(&found) && self.has_files(id)?).then_some(found))
    }

    fn is_from(&self, hit: &MailHit) -> bool {
        if self.query.from.is_empty() {
            return true;
        }
        let from = format!("{} {}", fold::key(&hit.from_name), fold::key(&hit.from_address));
        self.query.from.iter().all(|f| from.contains(f.as_str()))
    }

    fn has_files(&self, id: i64) -> Result<bool> {
        if self.query.files.is_empty() {
            return Ok(true);
        }
        let mut all = false;
        self.db.each(
            "SELECT name_key FROM attachment WHERE person_id = $1 AND message = $2",
            &[self.db.person().into(), id.into()],
            |r| {
                let name = r.get::<Option<String>>(0)?.unwrap_or_default();
                all = self.query.files.iter().all(|f| name.contains(f.as_str()));
                Ok(if all { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            },
        )?;
        Ok(all)
    }
}

fn hit(r: &Row<'_>) -> Result<MailHit> {
    Ok(MailHit {
        id: MessageId(r.get(0)?),
        at_us: r.get(1)?,
        subject: r.get(2)?,
        from_name: r.get(3)?,
        from_address: r.get(4)?,
        actor: r.get::<Option<i64>>(10)?.or(r.get(5)?).map(ActorId),
        category: Category::from_code(&r.get::<String>(6)?).unwrap_or(Category::Personal),
        is_refused: false,
        folder: r.get(7)?,
        has_order: r.get(8)?,
        attachments: r.get(9)?,
    })
}

const MINUTE_US: i64 = 60_000_000;

fn micros(day: Date) -> i64 {
    let midnight = day.to_datetime(jiff::civil::Time::midnight());
    jiff::tz::TimeZone::UTC.to_timestamp(midnight).map_or(i64::MAX, |t| t.as_microsecond())
}
