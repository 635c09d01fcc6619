//! Mails that the person sent from here, and the mails that name them as what they answer.

use crate::import::prepare::message_id_key;
use crate::{Db, Error, Mark, Result, Vault, requests};
use mesinfos_domain::{ActorId, Date, MessageId};
use std::collections::HashMap;

/// A mail that a server took.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SentLetter {
    /// When, in microseconds since 1970.
    pub at_us: i64,
    /// Her address.
    pub sender: String,
    /// Whom it was sent to.
    pub recipient: String,
    /// Its Message-ID, without angle brackets.
    pub message_id: String,
    /// The organisation that it is about.
    pub actor: ActorId,
    /// The request under the GDPR that it makes or recalls; `None`: it asks to stop.
    pub request: Option<i64>,
}

impl Vault {
    /// Notes that a mail was taken: its answers are known again from now on.
    pub fn letter_sent(&self, letter: &SentLetter) -> Result<()> {
        self.write(|db| add(db, letter))
    }

    /// Notes the same and what it did to its request on that day. All or nothing.
    pub fn request_sent(&self, letter: &SentLetter, mark: Mark, on: Date) -> Result<()> {
        let id = letter.request.ok_or(Error::NotFound("request"))?;
        self.write(|db| {
            add(db, letter)?;
            requests::mark(db, id, mark, Some(on))
        })
    }
}

fn add(db: &Db, letter: &SentLetter) -> Result<()> {
    let id = db.first(
        "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) + 1 FROM letter WHERE person_id = $1",
        &[db.person().into()],
        |r| r.get::<i64>(0),
    )?;
    db.execute(
        "INSERT INTO letter (person_id, id, at_us, sender, recipient, message_id, message_id_key,
            actor, request)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            db.person().into(),
            id.unwrap_or(1).into(),
            letter.at_us.into(),
            (&letter.sender).into(),
            (&letter.recipient).into(),
            (&letter.message_id).into(),
            message_id_key(&letter.message_id).into(),
            letter.actor.0.into(),
            letter.request.into(),
        ],
    )?;
    Ok(())
}

/// Those of a request, the oldest first.
pub(crate) fn of_request(db: &Db, request: i64) -> Result<Vec<SentLetter>> {
    db.query(
        "SELECT at_us, sender, recipient, message_id, actor, request FROM letter
         WHERE person_id = $1 AND request = $2 ORDER BY id",
        &[db.person().into(), request.into()],
        |r| {
            Ok(SentLetter {
                at_us: r.get(0)?,
                sender: r.get(1)?,
                recipient: r.get(2)?,
                message_id: r.get(3)?,
                actor: ActorId(r.get(4)?),
                request: r.get(5)?,
            })
        },
    )
}

/// Mails that name a letter of a request as what they answer.
pub(crate) fn answers(db: &Db, request: i64) -> Result<Vec<MessageId>> {
    db.query(
        "SELECT DISTINCT a.message FROM letter l
            JOIN letter_answer a ON a.person_id = l.person_id AND a.letter = l.id
         WHERE l.person_id = $1 AND l.request = $2 ORDER BY a.message",
        &[db.person().into(), request.into()],
        |r| Ok(MessageId(r.get(0)?)),
    )
}

/// The letters that an arriving mail may answer: there are few.
#[derive(Default)]
pub(crate) struct Letters(HashMap<i64, i64>);

impl Letters {
    pub fn load(db: &Db) -> Result<Letters> {
        let rows = db.query(
            "SELECT message_id_key, id FROM letter WHERE person_id = $1",
            &[db.person().into()],
            |r| Ok((r.get::<i64>(0)?, r.get::<i64>(1)?)),
        )?;
        Ok(Letters(rows.into_iter().collect()))
    }

    /// Notes which letters a new mail answers.
    pub fn answered(&self, db: &Db, message: i64, keys: &[i64]) -> Result<()> {
        for letter in keys.iter().filter_map(|key| self.0.get(key)) {
            db.execute(
                "INSERT INTO letter_answer (person_id, letter, message) VALUES ($1, $2, $3)
                 ON CONFLICT (person_id, letter, message) DO NOTHING",
                &[db.person().into(), (*letter).into(), message.into()],
            )?;
        }
        Ok(())
    }
}

/// Addresses that an actor writes from and that take answers, the latest first; at most five.
pub(crate) fn writable(db: &Db, main: i64) -> Result<Vec<String>> {
    let all = db.query(
        "SELECT m.from_address, MAX(m.id) FROM actor a
            JOIN message m ON m.person_id = a.person_id AND m.actor = a.id
         WHERE a.person_id = $1 AND a.main = $2 AND m.is_counted
         GROUP BY m.from_address ORDER BY MAX(m.id) DESC LIMIT 200",
        &[db.person().into(), main.into()],
        |r| r.get::<String>(0),
    )?;
    let rank = |address: &String| {
        let local = address.split('@').next().unwrap_or_default();
        const OFFICES: [&str; 7] =
            ["dpo", "rgpd", "gdpr", "privacy", "dataprotection", "data-protection", "donnees"];
        u8::from(!OFFICES.iter().any(|o| local.contains(o)))
    };
    let mut all: Vec<String> = all.into_iter().filter(|a| !is_mute(a)).collect();
    all.sort_by_key(rank);
    all.truncate(5);
    Ok(all)
}

/// Whether an address says that nobody reads what is written to it.
fn is_mute(address: &str) -> bool {
    let plain: String = address
        .split('@')
        .next()
        .unwrap_or_default()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    const MUTE: [&str; 8] = [
        "noreply",
        "nereply",
        "donotreply",
        "nepasrepondre",
        "neplusrepondre",
        "noresponder",
        "nichtantworten",
        "bounce",
    ];
    !address.contains('@') || MUTE.iter().any(|m| plain.contains(m))
}
