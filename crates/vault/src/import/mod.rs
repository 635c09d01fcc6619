//! Bringing mail: from files to rows, on all processors, in bounded memory, restartable anywhere.
//!
//! One thread parts the sources into messages ([`read`]), several understand them ([`prepare`]),
//! the caller's own writes them in order ([`write`]). What a commit holds and how far its sources
//! were read are one transaction: killed at any moment, an import goes on where it was.

pub(crate) mod fed;
pub mod journal;
mod learn;
mod numbers;
pub(crate) mod prepare;
mod read;
mod report;
mod sight;
mod sources;
mod walk;
mod write;

pub use fed::{Fed, Feeding, Received};
pub(crate) use learn::Learnt;
pub(crate) use numbers::slack;
pub use report::{Progress, Report};
pub(crate) use write::folder as folder_word;

use crate::corrections::counts;
use crate::facts::Facts;
use crate::search::store::{self, Merge};
use crate::{Error, RereadWatch, Result, Vault};
use mesinfos_understanding::Context;
use prepare::{Body, Worker};
use read::{Item, Reader};
use sight::Sight;
use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Condvar, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use walk::{Plan, Source};
use write::{Ready, Writer};

/// How to import.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Now, microseconds since 1970: for mails without a believable date.
    pub now_us: i64,
    /// Read and hash all, even what is as it was.
    pub full: bool,
    /// Threads that understand; 0: as many as there are processors.
    pub threads: usize,
}

/// Who looks on.
pub struct Watch<'a> {
    /// Called about four times a second.
    pub progress: &'a mut dyn FnMut(&Progress, &Report),
    /// Called with the number of each message once it is durable.
    pub kept: &'a mut dyn FnMut(i64),
    /// Set it, and the import ends at the next message; what is kept stays.
    pub stop: &'a AtomicBool,
}

/// Bytes of messages in the hands of all threads together.
const IN_FLIGHT: usize = 40 << 20;
/// Messages go from thread to thread by packs.
const PACK_ITEMS: usize = 64;
const PACK_BYTES: usize = 512 << 10;
/// So many new messages make it worth while to merge the text index.
const COMPACT_AFTER: u64 = 2500;
/// So many bytes to read are a large import: the text index is merged by many segments at once.
const LARGE: u64 = 50 << 20;
/// Merging at the end of a large import takes so many steps at most: a second or two.
const LAST_STEPS: u32 = 5;
const TICK: Duration = Duration::from_millis(250);

impl Vault {
    /// Imports mailboxes, folders and archives; a file that is as it was is not opened.
    ///
    /// Errors are those of the vault; a source that cannot be read is told in the report.
    pub fn import(
        &self,
        paths: &[PathBuf],
        options: &Options,
        watch: &mut Watch<'_>,
    ) -> Result<Report> {
        let mut plan = self.read(|db| Plan::make(db, paths, options.full))?;
        if plan.sources.is_empty() {
            return Ok(Report { unchanged_files: plan.unchanged, ..Report::default() });
        }
        self.write(|db| sources::register(db, &mut plan.sources, options.now_us))?;
        let sources = &plan.sources;
        let read = |reader: &mut Reader<'_>| reader.read(sources);
        let mut report = self.take_in(sources, plan.bytes, read, options, watch)?;
        report.unchanged_files = plan.unchanged;
        Ok(report)
    }

    /// Takes in what `read` hands over, on a thread of its own: the way of all mail into the vault.
    fn take_in(
        &self,
        sources: &[Source],
        bytes_total: u64,
        read: impl FnOnce(&mut Reader<'_>) + Send,
        options: &Options,
        watch: &mut Watch<'_>,
    ) -> Result<Report> {
        let _turn = self.turn();
        let is_large = bytes_total >= LARGE;
        self.write(|db| store::put_off_merging(db, is_large))?;
        let mut writer = Writer::new(self, sources, options.now_us)?;
        let run = Run {
            known: writer.known(),
            context: RwLock::new(Arc::new(writer.context())),
            flight: Flight::default(),
            bytes: AtomicU64::new(0),
            stop: watch.stop,
            failed: Mutex::new(None),
            gone: AtomicBool::new(false),
        };
        let threads = match options.threads {
            0 => std::thread::available_parallelism().map_or(2, usize::from),
            n => n,
        };
        std::thread::scope(|scope| {
            let (to_work, work) = mpsc::sync_channel(threads * 2);
            let (to_write, results) = mpsc::sync_channel(threads * 12);
            let work = Arc::new(Mutex::new(work));
            let run = &run;
            let sight = Sight::new(&writer.learnt);
            scope.spawn(move || run.read(sight, read, to_work));
            for _ in 0..threads {
                let (work, to_write) = (Arc::clone(&work), to_write.clone());
                scope.spawn(move || run.work(self, &work, &to_write));
            }
            drop(to_write);
            let outcome = run.write(&mut writer, results, bytes_total, watch);
            if outcome.is_err() {
                run.gone.store(true, Ordering::Relaxed);
                run.flight.open();
            }
            outcome
        })?;
        if let Some(error) = run.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        writer.report.stopped = watch.stop.load(Ordering::Relaxed);
        let mut report = writer.finish()?;
        self.settle_after_import(watch.stop)?;
        if is_large {
            // All but the last segments were merged on the way.
            let mut steps = 0..LAST_STEPS;
            while steps.next().is_some() && self.write(|db| store::compact(db, Merge::On))? {}
            self.write(|db| store::put_off_merging(db, false))?;
        } else if report.new_messages >= COMPACT_AFTER {
            self.compact_index(watch.stop)?;
        }
        report.orders = self
            .read(|db| {
                db.first(
                    "SELECT COUNT(*) FROM purchase WHERE person_id = $1 AND kind <> 'parcel'",
                    &[db.person().into()],
                    |r| r.get::<i64>(0),
                )
            })?
            .unwrap_or(0) as u64;
        Ok(report)
    }
}

impl Vault {
    /// Makes the text index small and quick again after many additions.
    pub(crate) fn compact_index(&self, stop: &AtomicBool) -> Result<()> {
        let mut how = Merge::All;
        while !stop.load(Ordering::Relaxed) && self.write(|db| store::compact(db, how))? {
            how = Merge::On;
        }
        Ok(())
    }

    /// What is known of the mailbox only at its end: whose it is, mails that left the trash.
    fn settle_after_import(&self, stop: &AtomicBool) -> Result<()> {
        let seal = self.content_key();
        self.write(|db| {
            let mut facts = Facts::load(db, seal)?;
            counts(db, &mut facts, None)?;
            facts.flush(db)
        })?;
        self.derive_waiting(false, &mut RereadWatch { progress: &mut |_, _| {}, stop })?;
        Ok(())
    }
}

/// What the threads of one import share.
struct Run<'a> {
    known: HashSet<u64>,
    context: RwLock<Arc<Context>>,
    flight: Flight,
    bytes: AtomicU64,
    stop: &'a AtomicBool,
    failed: Mutex<Option<Error>>,
    /// The writer has left.
    gone: AtomicBool,
}

/// A pack with its place in the order.
struct Pack<T> {
    order: u64,
    bytes: usize,
    items: Vec<T>,
}

impl Run<'_> {
    fn read(
        &self,
        mut sight: Sight,
        read: impl FnOnce(&mut Reader<'_>),
        to: SyncSender<Pack<Item>>,
    ) {
        let mut order = 0;
        let mut pack = Vec::new();
        let mut sent = Instant::now();
        let mut bytes = 0;
        let mut send = |items: &mut Vec<Item>, bytes: &mut usize| -> ControlFlow<()> {
            self.flight.enter(*bytes);
            if let Some(context) = sight.of(items) {
                self.believe(context);
            }
            let pack = Pack { order, bytes: *bytes, items: std::mem::take(items) };
            *bytes = 0;
            order += 1;
            if self.gone.load(Ordering::Relaxed) || to.send(pack).is_err() {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let mut hand = |item: Item| {
            bytes += item.len();
            pack.push(item);
            // What comes slowly goes on at once: a person waits for it.
            if pack.len() >= PACK_ITEMS || bytes >= PACK_BYTES || sent.elapsed() >= TICK {
                sent = Instant::now();
                return send(&mut pack, &mut bytes);
            }
            ControlFlow::Continue(())
        };
        let mut reader = Reader { hand: &mut hand, stop: self.stop, bytes: &self.bytes, large: 0 };
        read(&mut reader);
        if !pack.is_empty() {
            // The last pack: whether somebody still listens changes nothing.
            let _ = send(&mut pack, &mut bytes);
        }
    }

    fn work(
        &self,
        vault: &Vault,
        from: &Mutex<Receiver<Pack<Item>>>,
        to: &SyncSender<Pack<Ready>>,
    ) {
        let mut worker = match Worker::new(vault.content_key()) {
            Ok(worker) => worker,
            Err(e) => return self.fail(e),
        };
        loop {
            let pack = from.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(pack) = pack else { return };
            let context = Arc::clone(&self.context.read().unwrap_or_else(PoisonError::into_inner));
            let items: Result<Vec<Ready>> = pack
                .items
                .into_iter()
                .map(|item| self.prepare(vault, &mut worker, &context, item))
                .collect();
            match items {
                Ok(items) => {
                    if to.send(Pack { items, order: pack.order, bytes: pack.bytes }).is_err() {
                        return;
                    }
                }
                Err(e) => return self.fail(e),
            }
        }
    }

    fn prepare(
        &self,
        vault: &Vault,
        worker: &mut Worker,
        context: &Context,
        item: Item,
    ) -> Result<Ready> {
        Ok(match item {
            Item::Job(job) => {
                let is_known = |hash: &[u8; 32]| {
                    write::may_be_known(&self.known, hash)
                        // An error here is met again by the writer, who tells it.
                        && vault.read(|db| write::find(db, hash)).is_ok_and(|f| f.is_some())
                };
                Ready::Message(Box::new(worker.prepare(job, context, is_known)?))
            }
            Item::Chunk { under, number, bytes } => {
                Ready::Chunk { under, number, packed: worker.pack_chunk(number, &bytes)? }
            }
            Item::Large { job, streamed, under, chunks } => {
                let body = Body::Chunks { under, count: chunks };
                Ready::Message(Box::new(worker.prepare_large(job, &streamed, body, context)?))
            }
            Item::Skipped { source, code, is_a_loss, place, next } => {
                Ready::Skipped { source, code, is_a_loss, place, next }
            }
            Item::Done { source } => Ready::Done { source },
            Item::Failed { source, error } => Ready::Failed { source, error },
        })
    }

    /// What the mails that are read from now on may take for known.
    fn believe(&self, context: Context) {
        *self.context.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(context);
    }

    fn fail(&self, error: Error) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get_or_insert(error);
        self.gone.store(true, Ordering::Relaxed);
        self.flight.open();
    }

    fn write(
        &self,
        writer: &mut Writer<'_>,
        results: Receiver<Pack<Ready>>,
        bytes_total: u64,
        watch: &mut Watch<'_>,
    ) -> Result<()> {
        let began = Instant::now();
        let mut told = began;
        let mut next = 0;
        let mut early: BTreeMap<u64, Pack<Ready>> = BTreeMap::new();
        let mut commit = |writer: &mut Writer<'_>| -> Result<()> {
            for id in writer.commit()? {
                (watch.kept)(id);
            }
            self.believe(writer.context());
            Ok(())
        };
        for pack in results {
            early.insert(pack.order, pack);
            while let Some(pack) = early.remove(&next) {
                next += 1;
                self.flight.leave(pack.bytes);
                for item in pack.items {
                    if writer.take(item) {
                        commit(writer)?;
                    }
                }
            }
            if told.elapsed() >= TICK {
                told = Instant::now();
                let progress = Progress {
                    messages: writer.report.arrivals,
                    bytes: self.bytes.load(Ordering::Relaxed).min(bytes_total),
                    bytes_total,
                    elapsed: began.elapsed(),
                };
                (watch.progress)(&progress, &writer.report);
            }
        }
        commit(writer)?;
        let progress = Progress {
            messages: writer.report.arrivals,
            bytes: bytes_total,
            bytes_total,
            elapsed: began.elapsed(),
        };
        (watch.progress)(&progress, &writer.report);
        Ok(())
    }
}

/// Bounds the bytes that are on their way between the threads.
#[derive(Default)]
struct Flight {
    bytes: Mutex<(usize, bool)>,
    less: Condvar,
}

impl Flight {
    /// Waits until there is room; one pack always has.
    fn enter(&self, bytes: usize) {
        let guard = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut guard = self
            .less
            .wait_while(guard, |(held, open)| !*open && *held > 0 && *held + bytes > IN_FLIGHT)
            .unwrap_or_else(PoisonError::into_inner);
        guard.0 += bytes;
    }

    fn leave(&self, bytes: usize) {
        let mut guard = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        guard.0 = guard.0.saturating_sub(bytes);
        self.less.notify_all();
    }

    /// Lets everybody pass: the import ends.
    fn open(&self) {
        self.bytes.lock().unwrap_or_else(PoisonError::into_inner).1 = true;
        self.less.notify_all();
    }
}
