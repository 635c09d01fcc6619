//! Rereading: all facts derived again from the originals, by today's reader; the person's word holds.
//!
//! Restartable: a message whose `reader` is 0 waits for its facts, whatever stopped the work.

use crate::corrections::counts;
use crate::facts::{About, Facts, forget, recipient};
use crate::import::prepare::{index, pack_understood};
use crate::message::AsRead;
use crate::packing::Packer;
use crate::search::store;
use crate::search::words::{IndexText, Indexer};
use crate::{Db, Error, Result, Value, Vault, originals, setting};
use mesinfos_domain::{MessageId, Understood};
use mesinfos_reading::Mail;
use mesinfos_understanding::{Context, READER_VERSION, understand_with_text};
use std::sync::atomic::{AtomicBool, Ordering};

/// Messages to one transaction.
const BATCH: i64 = 500;
/// The setting of a rereading under way.
const REREADING: &str = "rereading";
/// The setting that says by which reader the mails were read: the earliest of those that read any.
const READ_BY: &str = "read_by";
/// Of a message kept in pieces, its headers are enough.
const HEAD_BYTES: usize = mesinfos_reading::limits::HEADER_BLOCK_BYTES;

/// Who looks on.
pub struct RereadWatch<'a> {
    /// Messages done, and all there are.
    pub progress: &'a mut dyn FnMut(u64, u64),
    /// Set it, and the work ends at the next batch; started again it goes on.
    pub stop: &'a AtomicBool,
}

/// One message, understood anew.
struct Anew {
    id: i64,
    mail: Mail,
    understood: Understood,
    packed: Vec<u8>,
    index: Option<IndexText>,
}

impl Vault {
    /// Derives all facts and the text index again. Returns how many messages were read; less than
    /// all when stopped: called again it goes on.
    pub fn reread(&self, watch: &mut RereadWatch<'_>) -> Result<u64> {
        self.write(|db| {
            if is_rereading(db)? {
                return Ok(());
            }
            forget(db)?;
            store::clear(db)?;
            let person = [Value::from(db.person())];
            db.execute(
                "UPDATE message SET reader = 0, actor = NULL WHERE person_id = $1",
                &person,
            )?;
            db.execute(
                "UPDATE actor SET main = id, joined_by = NULL
                 WHERE person_id = $1 AND joined_by IN ('alias', 'name')",
                &person,
            )?;
            setting::set(db, REREADING, "yes")
        })?;
        let done = self.derive_waiting(true, watch)?;
        if !watch.stop.load(Ordering::Relaxed) {
            let seal = self.content_key();
            self.write(|db| {
                let mut facts = Facts::load(db, seal)?;
                counts(db, &mut facts, None)?;
                facts.flush(db)?;
                setting::set(db, READ_BY, &READER_VERSION.to_string())?;
                setting::clear(db, REREADING)
            })?;
            self.compact_index(watch.stop)?;
        }
        Ok(done)
    }

    /// Whether mails of it were read by an earlier reader: reading them again may find more. One row is looked at.
    pub fn is_read_by_an_earlier(&self) -> Result<bool> {
        let read_by = self.read(|db| setting::number(db, READ_BY))?;
        Ok(read_by.is_some_and(|version| version < i64::from(READER_VERSION)))
    }

    /// Derives the facts of messages that wait for them. `reindex`: their text too.
    pub(crate) fn derive_waiting(&self, reindex: bool, watch: &mut RereadWatch<'_>) -> Result<u64> {
        let seal = self.content_key();
        // A rereading that was stopped has its index to make, whoever goes on with it.
        let reindex = reindex || self.read(is_rereading)?;
        let (total, context) = self.read(|db| Ok((waiting(db)?, context(db)?)))?;
        if total == 0 {
            return Ok(0);
        }
        let mut facts = self.read(|db| Facts::load(db, seal))?;
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        // One for each thread, and for all batches: each tells the forms of a word about once.
        let mut indexers: Vec<Indexer> = (0..threads).map(|_| Indexer::default()).collect();
        let (mut done, mut last) = (0u64, i64::MIN);
        loop {
            let ids = self.read(|db| batch(db, last))?;
            let Some(&newest) = ids.last() else { break };
            if watch.stop.load(Ordering::Relaxed) {
                break;
            }
            let anew = self.understand_all(&ids, &context, &mut indexers, reindex)?;
            self.write(|db| {
                for one in &anew {
                    write(db, &mut facts, one, &context.own_addresses)?;
                }
                let index = anew.iter().filter_map(|one| Some((one.id, one.index.as_ref()?)));
                store::insert(db, &index.collect::<Vec<_>>())?;
                facts.flush(db)
            })?;
            done += ids.len() as u64;
            last = newest;
            (watch.progress)(done, total as u64);
        }
        Ok(done)
    }

    fn understand_all(
        &self,
        ids: &[i64],
        context: &Context,
        indexers: &mut [Indexer],
        reindex: bool,
    ) -> Result<Vec<Anew>> {
        let share = ids.len().div_ceil(indexers.len()).max(1);
        std::thread::scope(|scope| {
            let parts: Vec<_> = ids
                .chunks(share)
                .zip(indexers)
                .map(|(part, indexer)| {
                    let indexer = reindex.then_some(indexer);
                    scope.spawn(move || self.understand_part(part, context, indexer))
                })
                .collect();
            let mut all = Vec::with_capacity(ids.len());
            for part in parts {
                let part = part.join().map_err(|_| Error::Stopped)?;
                all.extend(part?);
            }
            Ok(all)
        })
    }

    /// Without an `indexer` their text is left as it is indexed.
    fn understand_part(
        &self,
        ids: &[i64],
        context: &Context,
        mut indexer: Option<&mut Indexer>,
    ) -> Result<Vec<Anew>> {
        let seal = self.content_key();
        let mut packer = Packer::new(seal)?;
        self.read(|db| {
            ids.iter()
                .map(|&id| {
                    let bytes = originals::bytes(db, seal.as_ref(), MessageId(id), HEAD_BYTES)?;
                    let bytes = bytes
                        .ok_or_else(|| Error::Damaged(format!("message {id} has no original")))?;
                    let mail = Mail::read(&bytes);
                    let (understood, text) = understand_with_text(&mail, context);
                    let hash = hash(db, id)?;
                    let packed = pack_understood(&mut packer, &understood, &hash)?;
                    let index = indexer.as_mut().map(|i| index(i, &mail, &understood, &text));
                    Ok(Anew { id, mail, understood, packed, index })
                })
                .collect()
        })
    }
}

fn write(db: &Db, facts: &mut Facts, one: &Anew, own: &[String]) -> Result<()> {
    let person = Value::from(db.person());
    let id = Value::from(one.id);
    for table in ["understood", "offer", "awaited_document", "record", "attachment"] {
        db.execute(
            &format!("DELETE FROM {table} WHERE person_id = $1 AND message = $2"),
            &[person, id],
        )?;
    }
    let row = db.first(
        "SELECT at_us, folder FROM message WHERE person_id = $1 AND id = $2",
        &[person, id],
        |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?)),
    )?;
    let (at_us, folder) = row.ok_or(Error::NotFound("mail"))?;
    let u = &one.understood;
    let from = one.mail.from.clone().unwrap_or_default();
    let address = from.address.to_lowercase();
    let folder = if folder == "inbox" && own.contains(&address) { "sent" } else { &folder };
    let is_counted = folder == "inbox" && u.suspected_fraud.is_none();
    let mut recipients = facts.delivered_to(db, one.id)?;
    if recipients.is_empty() {
        recipients.extend(recipient(&one.mail));
    }
    let about = About { message: one.id, at_us, recipients, is_counted };
    let settled = facts.add(db, &about, u, &one.packed)?;
    let read = AsRead {
        from_name: &from.name,
        from_address: &address,
        subject: &one.mail.subject,
        folder,
        is_counted,
        settled: &settled,
        understood: u,
        attachments: &one.mail.attachments,
    };
    read.update(db, one.id)
}

/// Keeps by which reader the first mail of a vault is read; what stands there holds until all are read again.
pub(crate) fn note_reader(db: &Db) -> Result<()> {
    match setting::get(db, READ_BY)? {
        Some(_) => Ok(()),
        None => setting::set(db, READ_BY, &READER_VERSION.to_string()),
    }
}

/// By which reader the mails of a vault were read that does not say so yet: it is from before it did, or empty.
pub(crate) fn unsaid_reader(db: &Db) -> Result<Option<i64>> {
    if setting::get(db, READ_BY)?.is_some() {
        return Ok(None);
    }
    let earliest = "SELECT MIN(reader) FROM message WHERE person_id = $1 AND reader > 0";
    Ok(db.first(earliest, &[db.person().into()], |r| r.get::<Option<i64>>(0))?.flatten())
}

/// Says it.
pub(crate) fn say_reader(db: &Db, version: i64) -> Result<()> {
    setting::set(db, READ_BY, &version.to_string())
}

fn is_rereading(db: &Db) -> Result<bool> {
    Ok(setting::get(db, REREADING)?.is_some())
}

fn waiting(db: &Db) -> Result<i64> {
    let found = db.first(
        "SELECT COUNT(*) FROM message WHERE person_id = $1 AND reader = 0",
        &[db.person().into()],
        |r| r.get::<i64>(0),
    )?;
    Ok(found.unwrap_or(0))
}

fn batch(db: &Db, after: i64) -> Result<Vec<i64>> {
    db.query(
        "SELECT id FROM message WHERE person_id = $1 AND id > $2 AND reader = 0
         ORDER BY id LIMIT $3",
        &[db.person().into(), after.into(), BATCH.into()],
        |r| r.get::<i64>(0),
    )
}

fn hash(db: &Db, id: i64) -> Result<[u8; 32]> {
    let found = db.first(
        "SELECT hash FROM message WHERE person_id = $1 AND id = $2",
        &[db.person().into(), id.into()],
        |r| r.get::<Vec<u8>>(0),
    )?;
    found
        .and_then(|h| h.try_into().ok())
        .ok_or_else(|| Error::Damaged(format!("message {id} has no hash")))
}

/// What is known of the mailbox: the person's addresses and her provider.
fn context(db: &Db) -> Result<Context> {
    Ok(crate::import::Learnt::load(db)?.context())
}
