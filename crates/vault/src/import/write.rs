//! The writer: puts what was prepared into the vault, many messages to one transaction, and
//! remembers in the same transaction how far each source was read.

use super::fed;
use super::learn::Learnt;
use super::numbers::Numbers;
use super::prepare::{Body, NewMessage, Prepared};
use super::report::Report;
use super::walk::{self, Source, What};
use crate::facts::{About, Facts};
use crate::letters::Letters;
use crate::mailboxes::moved;
use crate::message::{AsArrived, AsRead};
use crate::search::store;
use crate::search::words::IndexText;
use crate::{Db, Result, Value, Vault, reread};
use mesinfos_reading::mailbox::{Mark, Role};
use mesinfos_understanding::Context;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::time::{Duration, Instant};

/// What the workers hand to the writer.
pub(super) enum Ready {
    Message(Box<Prepared>),
    Chunk { under: i64, number: i64, packed: Vec<u8> },
    Skipped { source: usize, code: &'static str, is_a_loss: bool, place: String, next: Mark },
    Done { source: usize },
    Failed { source: usize, error: String },
}

/// A transaction ends after so many messages, so many bytes, or so long. The first ones are short:
/// a person sees something at once.
const BATCH_MESSAGES: usize = 4000;
const BATCH_BYTES: usize = 12 << 20;
const FIRST_TIME: Duration = Duration::from_millis(100);
const BATCH_TIME: Duration = Duration::from_secs(3);

pub(super) struct Writer<'a> {
    vault: &'a Vault,
    sources: &'a [Source],
    now_us: i64,
    facts: Facts,
    numbers: Numbers,
    pub learnt: Learnt,
    letters: Letters,
    /// First 8 bytes of each known hash: a new message needs no question to the database.
    known: HashSet<u64>,
    pub report: Report,
    actors: BTreeSet<i64>,
    batch: Vec<Ready>,
    batch_bytes: usize,
    began: Instant,
    lasts: Duration,
}

impl<'a> Writer<'a> {
    pub fn new(vault: &'a Vault, sources: &'a [Source], now_us: i64) -> Result<Writer<'a>> {
        let (facts, numbers, learnt) = vault.write(|db| {
            // Pieces of a large message whose import was killed before its end.
            db.execute(
                "DELETE FROM original_chunk WHERE person_id = $1 AND message < 0",
                &[db.person().into()],
            )?;
            reread::note_reader(db)?;
            Ok((Facts::load(db, vault.content_key())?, Numbers::load(db)?, Learnt::load(db)?))
        })?;
        Ok(Writer {
            vault,
            sources,
            now_us,
            facts,
            numbers,
            learnt,
            letters: vault.read(Letters::load)?,
            known: vault.read(known_hashes)?,
            report: Report::default(),
            actors: BTreeSet::new(),
            batch: Vec::new(),
            batch_bytes: 0,
            began: Instant::now(),
            lasts: FIRST_TIME,
        })
    }

    pub fn known(&self) -> HashSet<u64> {
        self.known.clone()
    }

    /// Takes one item; whether it is time to [`Writer::commit`].
    pub fn take(&mut self, ready: Ready) -> bool {
        if self.batch.is_empty() {
            self.began = Instant::now();
        }
        self.batch_bytes += match &ready {
            Ready::Message(p) => p.message.as_ref().map_or(0, |m| m.held()),
            Ready::Chunk { packed, .. } => packed.len(),
            _ => 0,
        };
        self.batch.push(ready);
        self.batch.len() >= BATCH_MESSAGES
            || self.batch_bytes >= BATCH_BYTES
            || self.began.elapsed() >= self.lasts
    }

    /// Writes what was taken; returns the numbers of its messages once they are durable.
    pub fn commit(&mut self) -> Result<Vec<i64>> {
        let batch = std::mem::take(&mut self.batch);
        self.batch_bytes = 0;
        self.lasts = (self.lasts * 3 / 2).min(BATCH_TIME);
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let vault = self.vault;
        vault.write(|db| {
            let mut kept = Vec::with_capacity(batch.len());
            let mut index: Vec<(i64, IndexText)> = Vec::with_capacity(batch.len());
            let mut marks: BTreeMap<usize, (Mark, bool)> = BTreeMap::new();
            let own = self.learnt.context().own_addresses;
            for ready in batch {
                match ready {
                    Ready::Message(prepared) => {
                        marks.entry(prepared.source).or_default().0 = prepared.next;
                        kept.push(self.message(db, *prepared, &own, &mut index)?);
                    }
                    Ready::Chunk { under, number, packed } => chunk(db, under, number, &packed)?,
                    Ready::Skipped { source, code, is_a_loss, place, next } => {
                        marks.entry(source).or_default().0 = next;
                        if is_a_loss {
                            *self.report.skipped.entry(code.to_owned()).or_default() += 1;
                            self.report.example(code, || place);
                        }
                    }
                    Ready::Done { source } => marks.entry(source).or_default().1 = true,
                    Ready::Failed { source, error } => {
                        let path = self.sources[source].path.display().to_string();
                        self.report.failed.push((path, error));
                    }
                }
            }
            // In one run of ascending numbers the text index writes one segment; else one a mail.
            index.sort_by_key(|(message, _)| *message);
            let index: Vec<(i64, &IndexText)> =
                index.iter().map(|(id, text)| (*id, text)).collect();
            store::insert(db, &index)?;
            self.facts.flush(db)?;
            self.numbers.flush(db)?;
            for (source, (mark, is_done)) in marks {
                self.position(db, &self.sources[source], mark, is_done)?;
            }
            Ok(kept)
        })
    }

    fn message(
        &mut self,
        db: &Db,
        prepared: Prepared,
        own: &[String],
        index: &mut Vec<(i64, IndexText)>,
    ) -> Result<i64> {
        self.report.arrivals += 1;
        let known = if prepared.message.is_none() || self.known.contains(&prefix(&prepared.hash)) {
            find(db, &prepared.hash)?
        } else {
            None
        };
        let was_known = known.is_some();
        let id = match (known, prepared.message) {
            (Some((id, folder)), message) => {
                self.report.known_messages += 1;
                if let Some(Body::Chunks { under, .. }) = message.map(|m| m.body) {
                    drop_chunks(db, under)?;
                }
                better_folder(db, id, &folder, prepared.role)?;
                id
            }
            (None, Some(message)) => {
                self.known.insert(prefix(&prepared.hash));
                self.new_message(
                    db,
                    &prepared.hash,
                    prepared.role,
                    &prepared.place,
                    *message,
                    own,
                    index,
                )?
            }
            // A worker found it a moment ago and nothing deletes messages.
            (None, None) => return Err(crate::Error::NotFound("message")),
        };
        let source = self.sources[prepared.source].id.unwrap_or(0);
        db.execute(
            "INSERT INTO arrival
                (person_id, message, source, place, folder, labels, flags, form)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (person_id, message, source, place) DO UPDATE SET
                labels = excluded.labels, flags = excluded.flags, form = excluded.form,
                gone_us = NULL",
            &[
                db.person().into(),
                id.into(),
                source.into(),
                (&prepared.place).into(),
                folder(prepared.role).into(),
                (&prepared.labels).into(),
                (&prepared.flags).into(),
                (&prepared.form).into(),
            ],
        )?;
        if was_known && let Some(address) = &prepared.recipient {
            self.facts.reached(db, id, address)?;
        }
        if let Some(numbered) = prepared.numbered {
            fed::number(db, source, numbered, id)?;
            if was_known {
                moved::mark(db, id)?;
            }
        }
        Ok(id)
    }

    #[expect(clippy::too_many_arguments, reason = "one call; a struct would only rename them")]
    fn new_message(
        &mut self,
        db: &Db,
        hash: &[u8; 32],
        role: Role,
        place: &str,
        message: NewMessage,
        own: &[String],
        index: &mut Vec<(i64, IndexText)>,
    ) -> Result<i64> {
        let is_own = own.contains(&message.from_address);
        self.learnt.see(&message.from_address, role == Role::Sent || is_own, &message.hints);
        let role = if role == Role::Ordinary && is_own { Role::Sent } else { role };
        let u = &message.understood;
        let is_counted = role == Role::Ordinary && u.suspected_fraud.is_none();
        self.count(role, place, &message);
        let at_us = believable(message.at_us, self.now_us);
        let id = self.numbers.next(at_us);
        let recipients = message.hints.recipient.iter().cloned().collect();
        let about = About { message: id, at_us, recipients, is_counted };
        let settled = self.facts.add(db, &about, u, &message.understood_packed)?;
        self.actors.extend(settled.actor);
        let person = Value::from(db.person());
        let read = AsRead {
            from_name: &message.from_name,
            from_address: &message.from_address,
            subject: &message.subject,
            folder: folder(role),
            is_counted,
            settled: &settled,
            understood: u,
            attachments: &message.attachments,
        };
        let arrived = AsArrived {
            hash,
            message_id_key: message.message_id_key,
            at_us,
            at_offset: message.at_offset,
            size: message.size,
        };
        read.insert(db, id, &arrived)?;
        let (chunks, body) = match message.body {
            Body::Packed(body) => (0, body),
            Body::Chunks { under, count } => {
                db.execute(
                    "UPDATE original_chunk SET message = $3 WHERE person_id = $1 AND message = $2",
                    &[person, under.into(), id.into()],
                )?;
                (count, Vec::new())
            }
        };
        db.execute(
            "INSERT INTO original (person_id, message, chunks, body) VALUES ($1, $2, $3, $4)",
            &[person, id.into(), chunks.into(), (&body).into()],
        )?;
        self.letters.answered(db, id, &message.hints.answers)?;
        index.push((id, message.index));
        Ok(id)
    }

    fn count(&mut self, role: Role, place: &str, message: &NewMessage) {
        let report = &mut self.report;
        let u = &message.understood;
        report.new_messages += 1;
        report.bytes += message.size as u64;
        match role {
            Role::Ordinary => {
                *report.categories.entry(u.category.code().to_owned()).or_default() += 1;
                report.offers += u.offers.len() as u64;
                report.order_mails += u64::from(u.order.is_some());
            }
            Role::Sent => report.sent += 1,
            Role::Spam => report.spam += 1,
            Role::Trash => report.trash += 1,
            Role::Drafts => report.drafts += 1,
            Role::Chats => report.chats += 1,
        }
        // What lies in spam or elsewhere apart is counted there, once.
        report.suspected += u64::from(role == Role::Ordinary && u.suspected_fraud.is_some());
        let mut codes: Vec<&str> = u.problems.iter().map(|p| p.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        for code in codes {
            *report.problems.entry(code.to_owned()).or_default() += 1;
            report.example(code, || place.to_owned());
            if is_blocking(code) {
                *report.not_understood.entry(code.to_owned()).or_default() += 1;
            }
        }
    }

    fn position(&self, db: &Db, source: &Source, mark: Mark, is_done: bool) -> Result<()> {
        // What is here of a server's folder, its numbered mails say.
        if matches!(source.what, What::Fed(_)) {
            return Ok(());
        }
        let files = match &source.what {
            What::Folder { all, .. } if is_done => Some(walk::mark_bytes(all)),
            _ => None,
        };
        let tail = match source.what {
            What::File => walk::tail(&source.path, mark),
            What::Folder { .. } | What::Fed(_) => None,
        };
        let position = serde_json::to_string(&mark).unwrap_or_default();
        db.execute(
            "UPDATE source SET identity = $3, position = $4, tail = $5,
                files = COALESCE($6, files), is_complete = $7, read_us = $8
             WHERE person_id = $1 AND id = $2",
            &[
                db.person().into(),
                source.id.unwrap_or(0).into(),
                (&source.identity).into(),
                (&position).into(),
                tail.as_deref().into(),
                files.as_deref().into(),
                is_done.into(),
                self.now_us.into(),
            ],
        )?;
        Ok(())
    }

    pub fn context(&self) -> Context {
        self.learnt.context()
    }

    /// The report, when all is written.
    pub fn finish(mut self) -> Result<Report> {
        let learnt = &self.learnt;
        self.vault.write(|db| learnt.flush(db))?;
        self.report.actors =
            self.actors.iter().map(|a| self.facts.actors.main(*a)).collect::<BTreeSet<_>>().len()
                as u64;
        Ok(self.report)
    }
}

impl NewMessage {
    fn held(&self) -> usize {
        let body = match &self.body {
            Body::Packed(bytes) => bytes.len(),
            Body::Chunks { .. } => 0,
        };
        let index = &self.index;
        let index = index.words.len() + index.starts.len() + index.forms.len() * 64;
        body + index + self.understood_packed.len() + 2048
    }
}

/// The word for a folder in the database.
pub(crate) fn folder(role: Role) -> &'static str {
    match role {
        Role::Ordinary => "inbox",
        Role::Sent => "sent",
        Role::Chats => "chats",
        Role::Drafts => "drafts",
        Role::Trash => "trash",
        Role::Spam => "spam",
    }
}

/// A mail whose reading stopped at this problem was kept and not understood.
fn is_blocking(code: &str) -> bool {
    matches!(code, "mail-too-large" | "mail-not-readable")
}

/// The date of a mail, unless it is before mail was or after tomorrow.
fn believable(at_us: Option<i64>, now_us: i64) -> i64 {
    const DAY: i64 = 86_400_000_000;
    at_us.filter(|at| (DAY..now_us.saturating_add(DAY)).contains(at)).unwrap_or(now_us)
}

fn prefix(hash: &[u8; 32]) -> u64 {
    u64::from_le_bytes(hash.first_chunk().copied().unwrap_or_default())
}

/// Whether a set of [`prefix`]es may hold this hash.
pub(super) fn may_be_known(known: &HashSet<u64>, hash: &[u8; 32]) -> bool {
    known.contains(&prefix(hash))
}

fn known_hashes(db: &Db) -> Result<HashSet<u64>> {
    let mut known = HashSet::new();
    db.each("SELECT hash FROM message WHERE person_id = $1", &[db.person().into()], |r| {
        let hash: Vec<u8> = r.get(0)?;
        if let Some(first) = hash.first_chunk() {
            known.insert(u64::from_le_bytes(*first));
        }
        Ok(std::ops::ControlFlow::Continue(()))
    })?;
    Ok(known)
}

/// The message with this hash, and its folder.
pub(crate) fn find(db: &Db, hash: &[u8; 32]) -> Result<Option<(i64, String)>> {
    db.first(
        "SELECT id, folder FROM message WHERE person_id = $1 AND hash = $2",
        &[db.person().into(), hash.into()],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

fn chunk(db: &Db, under: i64, number: i64, packed: &[u8]) -> Result<()> {
    db.execute(
        "INSERT INTO original_chunk (person_id, message, chunk, body) VALUES ($1, $2, $3, $4)",
        &[db.person().into(), under.into(), number.into(), packed.into()],
    )?;
    Ok(())
}

fn drop_chunks(db: &Db, under: i64) -> Result<()> {
    db.execute(
        "DELETE FROM original_chunk WHERE person_id = $1 AND message = $2",
        &[db.person().into(), under.into()],
    )?;
    Ok(())
}

/// A mail found in the inbox too is no mail of the trash: the best of its places counts.
fn better_folder(db: &Db, id: i64, now: &str, role: Role) -> Result<()> {
    const ORDER: [&str; 6] = ["inbox", "sent", "chats", "drafts", "trash", "spam"];
    let rank = |f: &str| ORDER.iter().position(|o| *o == f);
    let new = folder(role);
    if rank(new) >= rank(now) {
        return Ok(());
    }
    db.execute(
        "UPDATE message SET folder = $3, reader = 0 WHERE person_id = $1 AND id = $2",
        &[db.person().into(), id.into(), new.into()],
    )?;
    Ok(())
}
