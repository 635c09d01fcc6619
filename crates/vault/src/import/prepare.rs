//! What one arrival becomes before it is written: read, hashed, understood, packed, folded.
//!
//! Done by several threads at once; knows no database but for one question, whether a message is
//! known already.

use crate::Result;
use crate::facts::recipient;
use crate::packing::Packer;
use crate::search::words::{IndexText, Indexer};
use mesinfos_domain::{Problem, Understood};
use mesinfos_reading::canonical::{self, Kept, Quoting};
use mesinfos_reading::mailbox::{Flags, Mark, Role};
use mesinfos_reading::{Attachment, Mail};
use mesinfos_understanding::{Context, understand_with_text};
use sha2::{Digest, Sha256};

/// One arrival, as the reader hands it over.
pub(super) struct Job {
    /// Which source of this import.
    pub source: usize,
    /// Inside the source.
    pub place: String,
    /// The dedicated address to which it was delivered.
    pub recipient: Option<String>,
    /// Its number in a folder of a mail server.
    pub numbered: Option<Numbered>,
    pub role: Role,
    pub labels: Vec<String>,
    pub flags: Flags,
    pub quoting: Quoting,
    pub before: Vec<u8>,
    pub bytes: Vec<u8>,
    pub after: Vec<u8>,
    pub problems: Vec<Problem>,
    pub next: Mark,
}

/// How a mail server knows a message of a folder.
#[derive(Clone, Copy)]
pub(super) struct Numbered {
    pub uid: u32,
    /// RFC822.SIZE.
    pub size: i64,
}

/// An arrival, ready to write.
pub(super) struct Prepared {
    pub source: usize,
    pub place: String,
    pub recipient: Option<String>,
    pub numbered: Option<Numbered>,
    pub role: Role,
    pub labels: String,
    pub flags: String,
    pub form: Vec<u8>,
    pub next: Mark,
    pub hash: [u8; 32],
    /// `None`: the message was in the vault before; only the arrival is new.
    pub message: Option<Box<NewMessage>>,
}

/// A message that the vault has not.
pub(super) struct NewMessage {
    pub size: i64,
    pub body: Body,
    pub message_id_key: Option<i64>,
    pub at_us: Option<i64>,
    pub at_offset: i64,
    pub from_name: String,
    pub from_address: String,
    pub subject: String,
    pub attachments: Vec<Attachment>,
    pub understood: Understood,
    pub understood_packed: Vec<u8>,
    pub index: IndexText,
    pub hints: Hints,
}

/// Where the bytes are.
pub(super) enum Body {
    Packed(Vec<u8>),
    /// Written before, in pieces, under this provisional number.
    Chunks {
        under: i64,
        count: i64,
    },
}

/// What tells whose mailbox this is.
pub(crate) struct Hints {
    pub delivered_to: Option<String>,
    pub recipients: Vec<String>,
    /// The address of hers to which the mail came.
    pub recipient: Option<String>,
    pub authserv: Option<String>,
    /// The mails that it answers, by the keys of their Message-IDs.
    pub answers: Vec<i64>,
}

/// One worker's tools.
pub(super) struct Worker {
    packer: Packer,
    indexer: Indexer,
}

impl Worker {
    pub fn new(seal: Option<[u8; 32]>) -> Result<Worker> {
        Ok(Worker { packer: Packer::new(seal)?, indexer: Indexer::default() })
    }

    /// `is_known` says whether the vault has a message with this hash.
    pub fn prepare(
        &mut self,
        job: Job,
        context: &Context,
        is_known: impl FnOnce(&[u8; 32]) -> bool,
    ) -> Result<Prepared> {
        let canonical = canonical::canonical(&job.bytes, job.quoting);
        let hash = canonical.sha256;
        let message = if is_known(&hash) {
            None
        } else {
            let body = Body::Packed(self.packer.pack(&canonical.bytes, &hash)?);
            let size = canonical.bytes.len() as i64;
            Some(Box::new(self.message(&canonical.bytes, &hash, size, body, &job, context)?))
        };
        Ok(arrival(job, hash, &canonical.kept, message))
    }

    /// A message too large to hold: read by its head only.
    pub fn prepare_large(
        &mut self,
        job: Job,
        streamed: &canonical::Streamed,
        body: Body,
        context: &Context,
    ) -> Result<Prepared> {
        let size = i64::try_from(streamed.length).unwrap_or(i64::MAX);
        let message =
            Box::new(self.message(&job.bytes, &streamed.sha256, size, body, &job, context)?);
        Ok(arrival(job, streamed.sha256, &streamed.kept, Some(message)))
    }

    /// A piece of a large message. It is bound to its place only: whose it is, is not known yet.
    pub fn pack_chunk(&mut self, number: i64, bytes: &[u8]) -> Result<Vec<u8>> {
        self.packer.pack(bytes, &chunk_about(number))
    }

    fn message(
        &mut self,
        bytes: &[u8],
        hash: &[u8; 32],
        size: i64,
        body: Body,
        job: &Job,
        context: &Context,
    ) -> Result<NewMessage> {
        let mail = Mail::read(bytes);
        let (mut understood, text) = understand_with_text(&mail, context);
        understood.problems.extend(job.problems.iter().cloned());
        let index = self.index(&mail, &understood, &text);
        let packed = pack_understood(&mut self.packer, &understood, hash)?;
        let from = mail.from.clone().unwrap_or_default();
        Ok(NewMessage {
            size,
            body,
            message_id_key: mail.message_id.as_deref().map(message_id_key),
            at_us: mail.date,
            at_offset: mail.date_offset.into(),
            from_name: from.name,
            from_address: from.address.to_lowercase(),
            subject: mail.subject.clone(),
            hints: hints(&mail, job),
            attachments: mail.attachments,
            understood,
            understood_packed: packed,
            index,
        })
    }

    fn index(&mut self, mail: &Mail, understood: &Understood, text: &str) -> IndexText {
        index(&mut self.indexer, mail, understood, text)
    }
}

pub(crate) fn chunk_about(number: i64) -> Vec<u8> {
    format!("chunk {number}").into_bytes()
}

/// The index of one mail: all that a person sees of it, and its attachments' names.
pub(crate) fn index(
    indexer: &mut Indexer,
    mail: &Mail,
    understood: &Understood,
    text: &str,
) -> IndexText {
    let mut parts: Vec<&str> = vec![&mail.subject];
    for a in mail.from.iter().chain(&mail.to).chain(&mail.cc).take(20) {
        parts.push(&a.name);
        parts.push(&a.address);
    }
    if let Some(actor) = &understood.actor {
        parts.push(&actor.name);
    }
    parts
        .extend(mail.attachments.iter().filter(|a| !a.is_inline).filter_map(|a| a.name.as_deref()));
    parts.push(text);
    indexer.index(&parts, understood.language)
}

/// Facts as they are kept.
pub(crate) fn pack_understood(
    packer: &mut Packer,
    understood: &Understood,
    hash: &[u8; 32],
) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(understood)
        .map_err(|e| crate::Error::Invalid(format!("facts do not serialise: {e}")))?;
    packer.pack_facts(&json, hash)
}

/// The first 8 bytes of the Message-ID's hash.
pub fn message_id_key(id: &str) -> i64 {
    let hash: [u8; 32] = Sha256::digest(id.as_bytes()).into();
    i64::from_be_bytes(hash.first_chunk().copied().unwrap_or_default())
}

fn arrival(job: Job, hash: [u8; 32], kept: &Kept, message: Option<Box<NewMessage>>) -> Prepared {
    let labels = labels(&job.labels);
    Prepared {
        source: job.source,
        place: job.place,
        recipient: job.recipient,
        numbered: job.numbered,
        role: job.role,
        labels,
        flags: letters(job.flags),
        form: form(&job.before, &job.after, kept),
        next: job.next,
        hash,
        message,
    }
}

/// Labels as they are kept: a JSON array.
pub(crate) fn labels(labels: &[String]) -> String {
    if labels.is_empty() { String::new() } else { serde_json::Value::from(labels).to_string() }
}

/// What the canonical form left out: the lengths of what stood before and after, these, the rest.
fn form(before: &[u8], after: &[u8], kept: &Kept) -> Vec<u8> {
    let mut form = Vec::with_capacity(8 + before.len() + after.len() + 8);
    for part in [before, after] {
        form.extend((part.len() as u32).to_le_bytes());
        form.extend(part);
    }
    form.extend(kept.encode());
    form
}

/// What stood before the message, after it, and how to restore it, from [`form`]'s bytes.
pub(crate) fn parse_form(form: &[u8]) -> Option<(&[u8], &[u8], Kept)> {
    let part = |bytes: &mut &'_ [u8]| -> Option<usize> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length) as usize;
        *bytes = rest;
        (length <= rest.len()).then_some(length)
    };
    let mut rest = form;
    let length = part(&mut rest)?;
    let (before, mut rest) = rest.split_at(length);
    let length = part(&mut rest)?;
    let (after, rest) = rest.split_at(length);
    Some((before, after, Kept::decode(rest)?))
}

/// Flags as Maildir writes them, and `N` where the mailbox says that a mail was not read.
pub(crate) fn letters(flags: Flags) -> String {
    [
        (flags.draft, 'D'),
        (flags.flagged, 'F'),
        (flags.seen == Some(false), 'N'),
        (flags.forwarded, 'P'),
        (flags.answered, 'R'),
        (flags.seen == Some(true), 'S'),
        (flags.deleted, 'T'),
    ]
    .into_iter()
    .filter_map(|(is, letter)| is.then_some(letter))
    .collect()
}

pub(super) fn hints(mail: &Mail, job: &Job) -> Hints {
    let delivered = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Delivered-To"];
    let bare = |a: &str| a.trim().trim_matches(['<', '>']).to_lowercase();
    let authserv = mail.header("Authentication-Results").and_then(|v| {
        let id = v.split([';', ' ']).next()?.trim();
        (!id.is_empty()).then(|| id.to_lowercase())
    });
    Hints {
        delivered_to: delivered.iter().find_map(|n| mail.header(n)).map(bare),
        recipients: mail.to.iter().take(3).map(|a| bare(&a.address)).collect(),
        // Who delivered it knows better than any header.
        recipient: job.recipient.clone().or_else(|| recipient(mail)),
        authserv,
        answers: answers(mail),
    }
}

/// What In-Reply-To and References name, the last first: more than a few are an old conversation.
fn answers(mail: &Mail) -> Vec<i64> {
    let named = ["In-Reply-To", "References"].into_iter().filter_map(|n| mail.header(n));
    let ids = named.flat_map(|v| v.rsplit('<').take(8)).filter_map(|part| part.split_once('>'));
    let mut keys: Vec<i64> = ids.map(|(id, _)| message_id_key(id.trim())).collect();
    keys.dedup();
    keys
}
