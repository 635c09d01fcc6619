//! Mail that is handed in by who knows its place, a folder of a mail server, message by message.

use super::prepare::{Job, Numbered};
use super::read::{Item, Reader};
use super::walk::{Source, What};
use super::{Options, Report, Watch, sources};
use crate::{Db, Result, Vault};
use mesinfos_domain::Problem;
use mesinfos_reading::canonical::Quoting;
use mesinfos_reading::limits;
use mesinfos_reading::mailbox::{Flags, Mark, Role};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

/// Kinds of `source`.
pub(crate) const IMAP: &str = "imap";
pub(crate) const ADDRESS: &str = "address";

/// One message of a server's folder.
#[derive(Clone, Debug)]
pub struct Fed {
    /// Which of the sources given to [`Vault::import_fed`].
    pub source: usize,
    /// UIDVALIDITY.
    pub validity: u32,
    /// UID.
    pub uid: u32,
    /// RFC822.SIZE, as the server says.
    pub size: u64,
    /// What its folder, or its labels, are for.
    pub role: Role,
    /// Gmail's labels.
    pub labels: Vec<String>,
    /// Read, answered, flagged...
    pub flags: Flags,
}

/// One message that was delivered to a dedicated address.
#[derive(Clone, Debug)]
pub struct Received {
    /// Which of the sources given to [`Vault::import_fed`].
    pub source: usize,
    /// The address, in lower case.
    pub address: String,
    /// What its delivery adds before it.
    pub trace: Vec<u8>,
}

/// Takes messages one by one.
pub struct Feeding<'a, 'b>(&'a mut Reader<'b>);

impl Feeding<'_, '_> {
    /// Takes a message. `Break`: the import ends, nobody listens any more.
    pub fn hand(&mut self, fed: Fed, bytes: Vec<u8>) -> ControlFlow<()> {
        if self.0.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        self.0.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        if bytes.len() > limits::MESSAGE_BYTES {
            return self.0.large(job(fed, Vec::new()), &mut bytes.as_slice());
        }
        (self.0.hand)(Item::Job(job(fed, bytes)))
    }

    /// Takes one that was delivered. `Break` as for [`Feeding::hand`].
    pub fn hand_received(&mut self, received: Received, bytes: Vec<u8>) -> ControlFlow<()> {
        if self.0.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        self.0.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let is_large = bytes.len() > limits::MESSAGE_BYTES;
        let (bytes, large) = if is_large { (Vec::new(), bytes) } else { (bytes, Vec::new()) };
        let job = Job {
            source: received.source,
            // The same mail again is the same arrival, whoever sent it twice.
            place: String::new(),
            numbered: None,
            recipient: Some(received.address),
            role: Role::Ordinary,
            labels: Vec::new(),
            // Nobody reads it anywhere but here.
            flags: Flags { seen: Some(false), ..Flags::default() },
            quoting: Quoting::None,
            before: received.trace,
            bytes,
            after: Vec::new(),
            problems: Vec::new(),
            next: Mark::default(),
        };
        if is_large {
            return self.0.large(job, &mut large.as_slice());
        }
        (self.0.hand)(Item::Job(job))
    }

    /// Takes one that is too large to hold, as it comes.
    pub fn hand_large(&mut self, fed: Fed, from: &mut dyn Read) -> ControlFlow<()> {
        if self.0.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        self.0.bytes.fetch_add(fed.size, Ordering::Relaxed);
        self.0.large(job(fed, Vec::new()), from)
    }
}

fn job(fed: Fed, bytes: Vec<u8>) -> Job {
    let problems = if bytes.is_empty() && fed.size as usize > limits::MESSAGE_BYTES {
        vec![Problem::new("mail-too-large", fed.size.to_string())]
    } else {
        Vec::new()
    };
    Job {
        source: fed.source,
        place: place(fed.validity, fed.uid),
        recipient: None,
        numbered: Some(Numbered { uid: fed.uid, size: fed.size as i64 }),
        role: fed.role,
        labels: fed.labels,
        flags: fed.flags,
        quoting: Quoting::None,
        before: Vec::new(),
        bytes,
        after: Vec::new(),
        problems,
        next: Mark::default(),
    }
}

/// The place of an arrival in a server's folder.
pub(crate) fn place(validity: u32, uid: u32) -> String {
    format!("{validity}.{uid}")
}

impl Vault {
    /// Imports what `feed` hands in, called on a thread of its own. `sources`: rows of `source`
    /// with their path, in the order that [`Fed::source`] counts; `bytes_total` for progress.
    ///
    /// Errors are those of the vault.
    pub fn import_fed(
        &self,
        sources: &[(i64, String)],
        bytes_total: u64,
        feed: impl FnOnce(&mut Feeding<'_, '_>) + Send,
        options: &Options,
        watch: &mut Watch<'_>,
    ) -> Result<Report> {
        let sources: Vec<Source> =
            sources.iter().map(|(id, path)| fed_source(Some(*id), path, IMAP)).collect();
        let read = |reader: &mut Reader<'_>| feed(&mut Feeding(reader));
        self.take_in(&sources, bytes_total, read, options, watch)
    }
}

fn fed_source(id: Option<i64>, path: &str, kind: &'static str) -> Source {
    Source {
        id,
        path: PathBuf::from(path),
        name: path.to_owned(),
        identity: String::new(),
        from: Mark::default(),
        what: What::Fed(kind),
    }
}

/// The row of `source` for what is handed in, made when it is new: a server's folder, [`IMAP`], or
/// a dedicated address, [`ADDRESS`].
pub(crate) fn source(db: &Db, kind: &'static str, path: &str, now_us: i64) -> Result<i64> {
    let found = db.first(
        "SELECT id FROM source WHERE person_id = $1 AND path = $2",
        &[db.person().into(), path.into()],
        |r| r.get::<i64>(0),
    )?;
    if let Some(id) = found {
        return Ok(id);
    }
    let mut new = [fed_source(None, path, kind)];
    sources::register(db, &mut new, now_us)?;
    Ok(new[0].id.unwrap_or_default())
}

/// Notes under which number a message stands.
pub(super) fn number(db: &Db, source: i64, numbered: Numbered, message: i64) -> Result<()> {
    db.execute(
        "INSERT INTO mailbox_mail (person_id, source, uid, message, size)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (person_id, source, uid) DO UPDATE SET
            message = excluded.message, size = excluded.size",
        &[
            db.person().into(),
            source.into(),
            i64::from(numbered.uid).into(),
            message.into(),
            numbered.size.into(),
        ],
    )?;
    Ok(())
}
