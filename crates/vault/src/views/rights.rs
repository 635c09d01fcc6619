//! Requests under the GDPR: how each stands, what to do next, and the mails that may answer it.

use super::common::{MAIL, Names, mail_ref, mails};
use super::refusals::{drawers, minute, since};
use super::{ActorRef, MailRef};
use crate::letters::{self, SentLetter};
use crate::requests::{self, Request};
use crate::{Db, Result, Vault, days, fold, steps};
use mesinfos_domain::{ActorId, Category, Date, MessageId};
use mesinfos_partners::rights::{About, Letter, Next, State, complaint, reminder};
use mesinfos_partners::silence::GRACE_DAYS;

pub use mesinfos_partners::rights::AddressUse;

/// One request as a row of the ledger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestRow {
    /// The request.
    pub request: Request,
    /// Of whom.
    pub actor: Option<ActorRef>,
    /// How it stands today.
    pub state: State,
    /// What can be done next.
    pub next: Next,
}

/// The page of one request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RequestCard {
    /// As in the ledger.
    pub row: RequestRow,
    /// The mail that answers it.
    pub answer: Option<MailRef>,
    /// Mails that may answer it, the surest first; at most ten.
    pub answers: Vec<Answer>,
    /// The letter that reminds them.
    pub reminder: Option<Letter>,
    /// What to tell the supervisory authority.
    pub complaint: Option<String>,
    /// What was sent from here, the oldest first.
    pub letters: Vec<SentLetter>,
    /// Her addresses that it writes to, most mails first.
    pub addresses: Vec<AddressUse>,
    /// Addresses of the organisation that may take a letter, the likeliest first.
    pub writable: Vec<String>,
}

/// A mail that may answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The mail.
    pub mail: MailRef,
    /// Why we think so.
    pub why: Why,
}

/// Why a mail may be the answer, the surest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Why {
    /// It names the letter as what it answers.
    Reply,
    /// Its subject bears the reference of the request.
    Reference,
    /// Its subject is that of the letter.
    Subject,
    /// They wrote, and the subject speaks of personal data.
    Words,
    /// They wrote from an address that such letters come from.
    Sender,
}

/// All requests, the latest first.
pub fn requests(vault: &Vault, today: Date) -> Result<Vec<RequestRow>> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let all = requests::all(db)?;
        Ok(all.into_iter().map(|request| row(&names, request, today)).collect())
    })
}

/// One request; `person` is her name as she signs.
pub fn request(vault: &Vault, id: i64, person: &str, today: Date) -> Result<Option<RequestCard>> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let Some(request) = requests::one(db, id)? else { return Ok(None) };
        let row = row(&names, request, today);
        let r = &row.request;
        let about = about(db, &names, r.actor, person, &r.reference)?;
        let late = matches!(row.state, State::Overdue { .. } | State::Complained { .. });
        let letters = about.zip(r.course.sent.filter(|_| late));
        let (reminder, complaint) = match letters {
            Some((about, sent)) => (
                Some(reminder(r.right, r.language, &about, sent)),
                Some(complaint(r.right, r.language, &about, sent, r.course.reminded)),
            ),
            None => (None, None),
        };
        let answers = match (r.answer, r.course.sent) {
            (None, Some(sent)) => answers(db, &names, r, sent)?,
            _ => Vec::new(),
        };
        let answer = mails(db, &names, r.answer.as_slice())?.pop();
        let main = names.main(row.request.actor.0);
        Ok(Some(RequestCard {
            letters: letters::of_request(db, id)?,
            addresses: requests::addresses(db, main)?,
            writable: letters::writable(db, main)?,
            row,
            answer,
            answers,
            reminder,
            complaint,
        }))
    })
}

/// Those of one actor, and of those that are part of it.
pub(super) fn of_actor(
    db: &Db,
    names: &Names,
    actor: ActorId,
    today: Date,
) -> Result<Vec<RequestRow>> {
    let all = requests::all(db)?.into_iter().filter(|r| names.main(r.actor.0) == actor.0);
    Ok(all.map(|request| row(names, request, today)).collect())
}

fn row(names: &Names, request: Request, today: Date) -> RequestRow {
    RequestRow {
        actor: names.get(Some(request.actor.0)),
        state: request.course.state(today),
        next: request.course.next(today),
        request,
    }
}

/// What the vault knows for a letter; `None` when there is no such actor.
pub(crate) fn letter_about(
    db: &Db,
    actor: ActorId,
    person: &str,
    reference: &str,
) -> Result<Option<About>> {
    about(db, &Names::load(db)?, actor, person, reference)
}

fn about(
    db: &Db,
    names: &Names,
    actor: ActorId,
    person: &str,
    reference: &str,
) -> Result<Option<About>> {
    let Some(who) = names.get(Some(actor.0)) else { return Ok(None) };
    let (asked_to_stop, wrote_again) = wrote_again(db, names, actor)?;
    Ok(Some(About {
        organisation: who.name,
        domain: who.domain,
        person: person.to_owned(),
        addresses: requests::addresses(db, who.id.0)?,
        reference: reference.to_owned(),
        details: String::new(),
        asked_to_stop,
        wrote_again,
    }))
}

/// Mails since the letter that bear its mark, or that they wrote about personal data.
fn answers(db: &Db, names: &Names, request: &Request, sent: Date) -> Result<Vec<Answer>> {
    let main = names.main(request.actor.0);
    let sql = format!(
        "SELECT {MAIL}, m.from_address FROM message m
         WHERE m.person_id = $1 AND m.id >= $2 AND m.folder IN ('inbox', 'spam')
         ORDER BY m.id DESC LIMIT 20000"
    );
    let from = minute(days::start(sent));
    let mut found = Vec::new();
    let replies = letters::answers(db, request.id)?;
    let all = db.query(&sql, &[db.person().into(), from.into()], |r| {
        Ok((mail_ref(r, 0, names)?, r.get::<String>(super::common::MAIL_COLUMNS)?))
    })?;
    for (mail, sender) in all {
        let is_theirs = mail.actor.as_ref().is_some_and(|a| a.id.0 == main);
        if replies.contains(&mail.id) {
            found.push(Answer { mail, why: Why::Reply });
        } else if let Some(why) = why(&mail.subject, &sender, is_theirs, request) {
            found.push(Answer { mail, why });
        }
    }
    found.sort_by_key(|a| (a.why, std::cmp::Reverse(a.mail.id)));
    found.truncate(10);
    Ok(found)
}

fn why(subject: &str, sender: &str, is_theirs: bool, request: &Request) -> Option<Why> {
    const WORDS: [&str; 12] = [
        "rgpd",
        "gdpr",
        "dsgvo",
        "donnees personnelles",
        "donnees a caractere personnel",
        "personal data",
        "data protection",
        "protection des donnees",
        "vie privee",
        "droit d'acces",
        "votre demande",
        "your request",
    ];
    const SENDERS: [&str; 8] =
        ["dpo", "rgpd", "gdpr", "privacy", "dataprotection", "data-protection", "donnees", "cnil"];
    let subject = fold::key(subject).replace('’', "'");
    if subject.contains(&fold::key(&request.reference)) {
        return Some(Why::Reference);
    }
    // Without its reference, which somebody answering by hand may drop.
    let own = fold::key(&request.subject).replace('’', "'");
    let own = own.split('(').next().unwrap_or_default().trim();
    if !own.is_empty() && subject.contains(own) {
        return Some(Why::Subject);
    }
    if !is_theirs {
        return None;
    }
    if WORDS.iter().any(|w| subject.contains(w)) {
        return Some(Why::Words);
    }
    let name = sender.split('@').next().unwrap_or_default();
    SENDERS.iter().any(|s| name.contains(s)).then_some(Why::Sender)
}

/// Days on which an actor wrote although it was asked to stop, for a letter; and when it was asked.
fn wrote_again(db: &Db, names: &Names, actor: ActorId) -> Result<(Option<Date>, Vec<Date>)> {
    let main = names.main(actor.0);
    let asked = steps::all(db)?.into_iter().find(|s| s.is_taken() && names.main(s.actor.0) == main);
    let Some(asked) = asked else { return Ok((None, Vec::new())) };
    let mut wrote = Vec::new();
    for (id, ..) in
        drawers(db)?.iter().filter(|d| names.main(d.0) == main && d.1 == Category::Newsletter)
    {
        let after = minute(asked.at_us) + i64::from(GRACE_DAYS) * 24 * 60;
        wrote.extend(since(db, *id, Category::Newsletter, after)?);
    }
    let ids: Vec<MessageId> = wrote.into_iter().map(MessageId).take(200).collect();
    let mut on: Vec<Date> =
        mails(db, names, &ids)?.iter().map(|m| days::day(m.at.as_microsecond())).collect();
    on.sort_unstable();
    on.dedup();
    on.drain(..on.len().saturating_sub(6));
    Ok((Some(days::day(asked.at_us)), on))
}
