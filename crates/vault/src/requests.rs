//! Requests under the GDPR: the letter as she left it, and what happened since.

use crate::views::AddressUse;
use crate::{Db, Error, Result, Row, Vault, days};
use mesinfos_domain::{ActorId, Date, Language, MessageId};
use mesinfos_partners::rights::{self, About, Course, Right};

/// One request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// Its number.
    pub id: i64,
    /// Of whom.
    pub actor: ActorId,
    /// What she asks for.
    pub right: Right,
    /// The letter's language.
    pub language: Language,
    /// The mark in its subject.
    pub reference: String,
    /// The letter's subject.
    pub subject: String,
    /// The letter.
    pub body: String,
    /// The day on which it was written.
    pub made_on: Date,
    /// What happened since.
    pub course: Course,
    /// The mail that answers it.
    pub answer: Option<MessageId>,
}

/// What a letter is made from, beside what the vault knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewRequest<'a> {
    /// Of whom.
    pub actor: ActorId,
    /// What she asks for.
    pub right: Right,
    /// In which language: French or English.
    pub language: Language,
    /// Her name, as she signs.
    pub person: &'a str,
    /// What only she can say.
    pub details: &'a str,
    /// Today.
    pub today: Date,
}

/// What happened to a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// She sent it.
    Sent,
    /// They asked for two more months.
    Extended,
    /// She reminded them.
    Reminded,
    /// They answered, by this mail when it is one.
    Answered(Option<MessageId>),
    /// She complained to the supervisory authority.
    Complained,
    /// It is settled.
    Closed,
}

impl Mark {
    fn column(self) -> &'static str {
        match self {
            Mark::Sent => "sent_on",
            Mark::Extended => "extended_on",
            Mark::Reminded => "reminded_on",
            Mark::Answered(_) => "answered_on",
            Mark::Complained => "complained_on",
            Mark::Closed => "closed_on",
        }
    }
}

impl Vault {
    /// Writes the letter and keeps it as a draft; gives its number. [`Error::NotFound`] when she has
    /// no such actor.
    pub fn write_request(&self, new: &NewRequest<'_>) -> Result<i64> {
        self.write(|db| {
            let id = db
                .first(
                    "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) + 1 FROM rights_request
                     WHERE person_id = $1",
                    &[db.person().into()],
                    |r| r.get::<i64>(0),
                )?
                .unwrap_or(1);
            // Short, and rare enough to be searched for.
            let reference = format!("MI-{}-{id}", new.today.strftime("%y%m%d"));
            let about = crate::views::letter_about(db, new.actor, new.person, &reference)?
                .ok_or(Error::NotFound("actor"))?;
            let about = About { details: new.details.trim().to_owned(), ..about };
            let letter = rights::letter(new.right, new.language, &about);
            db.execute(
                "INSERT INTO rights_request (person_id, id, actor, kind, language, reference, subject,
                    body, made_on)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                &[
                    db.person().into(),
                    id.into(),
                    new.actor.0.into(),
                    new.right.code().into(),
                    new.language.code().into(),
                    (&reference).into(),
                    (&letter.subject).into(),
                    (&letter.body).into(),
                    (&new.today.to_string()).into(),
                ],
            )?;
            Ok(id)
        })
    }

    /// Her own words in place of ours; only before the letter is sent.
    pub fn edit_request(&self, id: i64, body: &str) -> Result<()> {
        let changed = self.write(|db| {
            db.execute(
                "UPDATE rights_request SET body = $3
                 WHERE person_id = $1 AND id = $2 AND sent_on IS NULL",
                &[db.person().into(), id.into(), body.trim().into()],
            )
        })?;
        if changed == 0 { Err(Error::NotFound("letter to write")) } else { Ok(()) }
    }

    /// Notes what happened on a day; `None` takes it back. An answer by mail happened on that mail's.
    pub fn mark_request(&self, id: i64, mark: Mark, on: Option<Date>) -> Result<()> {
        self.write(|db| self::mark(db, id, mark, on))
    }

    /// Throws a draft away; what was sent stays in the ledger.
    pub fn drop_request(&self, id: i64) -> Result<()> {
        self.write(|db| {
            db.execute(
                "DELETE FROM rights_request WHERE person_id = $1 AND id = $2 AND sent_on IS NULL",
                &[db.person().into(), id.into()],
            )
        })?;
        Ok(())
    }
}

/// The same inside a transaction.
pub(crate) fn mark(db: &Db, id: i64, mark: Mark, on: Option<Date>) -> Result<()> {
    let mut on = on;
    if let Mark::Answered(Some(message)) = mark {
        let at_us = db.first(
            "SELECT at_us FROM message WHERE person_id = $1 AND id = $2",
            &[db.person().into(), message.0.into()],
            |r| r.get(0),
        )?;
        let written = days::day(at_us.ok_or(Error::NotFound("mail"))?);
        on = on.map(|_| written);
    }
    let day = on.map(|d| d.to_string());
    let sql = format!(
        "UPDATE rights_request SET {} = $3 WHERE person_id = $1 AND id = $2",
        mark.column()
    );
    let changed = db.execute(&sql, &[db.person().into(), id.into(), day.as_deref().into()])?;
    if changed == 0 {
        return Err(Error::NotFound("request"));
    }
    if let Mark::Answered(message) = mark {
        let message = message.filter(|_| on.is_some()).map(|m| m.0);
        db.execute(
            "UPDATE rights_request SET answer = $3 WHERE person_id = $1 AND id = $2",
            &[db.person().into(), id.into(), message.into()],
        )?;
    }
    Ok(())
}

const COLUMNS: &str = "id, actor, kind, language, reference, subject, body, made_on, sent_on,
    extended_on, reminded_on, answered_on, complained_on, closed_on, answer";

/// All requests, the latest first.
pub(crate) fn all(db: &Db) -> Result<Vec<Request>> {
    let sql = format!("SELECT {COLUMNS} FROM rights_request WHERE person_id = $1 ORDER BY id DESC");
    db.query(&sql, &[db.person().into()], request)
}

/// One of them.
pub(crate) fn one(db: &Db, id: i64) -> Result<Option<Request>> {
    let sql = format!("SELECT {COLUMNS} FROM rights_request WHERE person_id = $1 AND id = $2");
    db.first(&sql, &[db.person().into(), id.into()], request)
}

fn request(r: &Row<'_>) -> Result<Request> {
    let day = |i: usize| Ok::<_, Error>(r.get::<Option<String>>(i)?.and_then(|d| d.parse().ok()));
    let damaged = || Error::Damaged("a request does not read".into());
    let language = r.get::<String>(3)?;
    Ok(Request {
        id: r.get(0)?,
        actor: ActorId(r.get(1)?),
        right: Right::from_code(&r.get::<String>(2)?).ok_or_else(damaged)?,
        language: if language == Language::Fr.code() { Language::Fr } else { Language::En },
        reference: r.get(4)?,
        subject: r.get(5)?,
        body: r.get(6)?,
        made_on: day(7)?.ok_or_else(damaged)?,
        course: Course {
            sent: day(8)?,
            extended: day(9)?,
            reminded: day(10)?,
            answered: day(11)?,
            complained: day(12)?,
            closed: day(13)?,
        },
        answer: r.get::<Option<i64>>(14)?.map(MessageId),
    })
}

/// Which of her addresses an actor writes to, most mails first.
pub(crate) fn addresses(db: &Db, main: i64) -> Result<Vec<AddressUse>> {
    db.query(
        "SELECT e.value, CAST(SUM(e.mails) AS BIGINT), MIN(e.first_us), MAX(e.last_us)
         FROM actor a CROSS JOIN actor_evidence e
         WHERE a.person_id = $1 AND a.main = $2
            AND e.person_id = $1 AND e.actor = a.id AND e.kind = 'to'
         GROUP BY e.value ORDER BY SUM(e.mails) DESC, e.value LIMIT 10",
        &[db.person().into(), main.into()],
        |r| {
            Ok(AddressUse {
                address: r.get(0)?,
                mails: r.get(1)?,
                first: days::day(r.get(2)?),
                last: days::day(r.get(3)?),
            })
        },
    )
}
