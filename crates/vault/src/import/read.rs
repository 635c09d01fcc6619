//! The reading thread: opens each source, parts it into messages, hands these on in order.

use super::prepare::Job;
use super::walk::{Source, What};
use crate::{Error, Result};
use mesinfos_domain::Problem;
use mesinfos_reading::canonical::{self, Streamed};
use mesinfos_reading::mailbox::{self, Arrival, Content, Finish, Mark, Seen};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What the reading thread hands on.
pub(super) enum Item {
    Job(Job),
    /// A piece of a message that is too large to hold.
    Chunk {
        under: i64,
        number: i64,
        bytes: Vec<u8>,
    },
    /// The message whose pieces went before. `job.bytes` is its head only.
    Large {
        job: Job,
        streamed: Streamed,
        under: i64,
        chunks: i64,
    },
    /// Something that was not taken.
    Skipped {
        source: usize,
        code: &'static str,
        is_a_loss: bool,
        place: String,
        next: Mark,
    },
    /// A source was read to its end.
    Done {
        source: usize,
    },
    /// A source could not be read further.
    Failed {
        source: usize,
        error: String,
    },
}

impl Item {
    pub fn len(&self) -> usize {
        match self {
            Item::Job(job) | Item::Large { job, .. } => job.bytes.len() + 1024,
            Item::Chunk { bytes, .. } => bytes.len(),
            _ => 256,
        }
    }
}

/// A large message is kept in pieces of this size.
const CHUNK_BYTES: usize = 4 << 20;
/// Enough of it to read its headers.
const HEAD_BYTES: usize = mesinfos_reading::limits::HEADER_BLOCK_BYTES;

pub(super) struct Reader<'a> {
    /// Hands an item on; `Break` when nobody listens any more.
    pub hand: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    pub stop: &'a AtomicBool,
    /// Bytes read so far, for progress.
    pub bytes: &'a AtomicU64,
    pub large: i64,
}

impl Reader<'_> {
    pub fn read(&mut self, sources: &[Source]) {
        for (i, source) in sources.iter().enumerate() {
            let outcome = match &source.what {
                What::File => self.file(i, source),
                What::Folder { .. } => self.folder(i, source),
                What::Fed(_) => continue,
            };
            let item = match outcome {
                Ok(true) => Item::Done { source: i },
                Ok(false) => return,
                Err(e) => Item::Failed { source: i, error: e.to_string() },
            };
            if (self.hand)(item).is_break() {
                return;
            }
        }
    }

    /// Whether it came to the end.
    fn file(&mut self, i: usize, source: &Source) -> Result<bool> {
        let file = File::open(&source.path).map_err(Error::file(&source.path))?;
        let mut input = Counted { file, bytes: self.bytes };
        let mut mark = source.from;
        loop {
            let finish = mailbox::read(&source.name, &mut input, mark, &mut |seen| {
                self.see(i, seen, |arrival| place(&arrival.place), None)
            })
            .map_err(Error::file(&source.path))?;
            match finish {
                Finish::Done => return Ok(true),
                Finish::GoOn(_) if self.stop.load(Ordering::Relaxed) => return Ok(false),
                // No step forward: nobody listens.
                Finish::GoOn(next) if next == mark => return Ok(false),
                Finish::GoOn(next) => mark = next,
            }
        }
    }

    fn folder(&mut self, i: usize, source: &Source) -> Result<bool> {
        let What::Folder { files, .. } = &source.what else { return Ok(true) };
        for (n, one) in files.iter().enumerate().skip(source.from.entry as usize) {
            let path = source.path.join(&one.name);
            let file = match File::open(&path) {
                Ok(file) => file,
                // Maildir renames a file when its flags change; it is found at the next import.
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => return Err(Error::file(path)(e)),
            };
            let mut input = Counted { file, bytes: self.bytes };
            let name = one.name.to_string_lossy();
            let next = Mark { entry: n as u64 + 1, ..Mark::default() };
            let full = format!("{}/{name}", source.name);
            let finish = mailbox::read(&full, &mut input, Mark::default(), &mut |seen| {
                self.see(i, seen, |_| name.to_string(), Some(next))
            })
            .map_err(Error::file(&path))?;
            if finish != Finish::Done {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn see(
        &mut self,
        source: usize,
        seen: Seen<'_>,
        place: impl FnOnce(&Arrival<'_>) -> String,
        next: Option<Mark>,
    ) -> ControlFlow<()> {
        if self.stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        match seen {
            Seen::Arrival(mut arrival) => {
                let place = place(&arrival);
                let content = std::mem::replace(&mut arrival.content, Content::Whole(Vec::new()));
                let job = job(source, place, arrival, next);
                match content {
                    Content::Whole(bytes) => (self.hand)(Item::Job(Job { bytes, ..job })),
                    Content::Large(reader) => self.large(job, reader),
                }
            }
            Seen::Skipped(skipped) => (self.hand)(Item::Skipped {
                source,
                code: skipped.why.code(),
                is_a_loss: skipped.why.is_a_loss(),
                place: skipped.place.to_string(),
                next: next.unwrap_or(skipped.next),
            }),
        }
    }

    pub fn large(&mut self, mut job: Job, reader: &mut dyn Read) -> ControlFlow<()> {
        self.large -= 1;
        let under = self.large;
        let mut chunks = Chunks {
            hand: self.hand,
            under,
            count: 0,
            held: Vec::new(),
            head: Vec::new(),
            broken: false,
        };
        let streamed = canonical::stream(reader, job.quoting, &mut chunks).and_then(|streamed| {
            chunks.send()?;
            Ok(streamed)
        });
        if chunks.broken {
            return ControlFlow::Break(());
        }
        let count = chunks.count;
        job.bytes = chunks.head;
        match streamed {
            Ok(streamed) => {
                job.problems.push(Problem::new("mail-too-large", format!("{}", streamed.length)));
                job.problems.dedup_by(|a, b| a.code == b.code);
                (self.hand)(Item::Large { job, streamed, under, chunks: count })
            }
            Err(e) => (self.hand)(Item::Failed { source: job.source, error: e.to_string() }),
        }
    }
}

fn job(source: usize, place: String, arrival: Arrival<'_>, next: Option<Mark>) -> Job {
    Job {
        recipient: None,
        source,
        place,
        numbered: None,
        role: arrival.role,
        labels: arrival.labels,
        flags: arrival.flags,
        quoting: arrival.quoting,
        before: arrival.before,
        bytes: Vec::new(),
        after: arrival.after,
        problems: arrival.problems,
        next: next.unwrap_or(arrival.next),
    }
}

/// Inside a file: `inner#number@offset`.
fn place(place: &mailbox::Place) -> String {
    let inner = place.inner.as_deref().unwrap_or_default();
    match place.number {
        Some(n) => format!("{inner}#{n}@{}", place.offset),
        None => inner.to_owned(),
    }
}

/// Hands pieces on as they fill.
struct Chunks<'a> {
    hand: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    under: i64,
    count: i64,
    held: Vec<u8>,
    head: Vec<u8>,
    broken: bool,
}

impl Chunks<'_> {
    fn send(&mut self) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.held);
        self.count += 1;
        let item = Item::Chunk { under: self.under, number: self.count, bytes };
        if (self.hand)(item).is_break() {
            self.broken = true;
            return Err(io::Error::other("stopped"));
        }
        Ok(())
    }
}

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = HEAD_BYTES.saturating_sub(self.head.len());
        self.head.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.held.extend_from_slice(bytes);
        if self.held.len() >= CHUNK_BYTES {
            self.send()?;
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Counts what is read.
struct Counted<'a> {
    file: File,
    bytes: &'a AtomicU64,
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.file.read(out)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
