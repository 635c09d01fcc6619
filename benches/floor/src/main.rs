//! The floor that an import stands on: parse, store and index, with nothing understood.
//!
//! `floor MBOX DB`: one thread splits the mbox and feeds two that parse; the main one writes each
//! message's bytes, a row of its headers and an FTS5 row of its text into plain SQLite (WAL, one
//! transaction per 5,000 messages, synchronous=NORMAL). Nothing is compressed, encrypted, stemmed
//! or understood, and a power cut may lose the last transaction: an import that does all that
//! cannot be faster, only near.

use mail_parser::{MessageParser, MimeHeaders};
use rusqlite::{Connection, params};
use std::error::Error;
use std::fs::File;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

const WORKERS: usize = 2;
const BATCH: usize = 64;
const COMMIT_EVERY: i64 = 5_000;

#[derive(Default)]
struct Row {
    raw: Vec<u8>,
    message_id: String,
    sender: String,
    subject: String,
    at: i64,
    is_list: bool,
    attachments: i64,
    text: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(mbox), Some(db)) = (args.next(), args.next()) else {
        return Err("floor MBOX DB".into());
    };
    let begun = Instant::now();
    let file = File::open(mbox)?;
    let (to_workers, from_reader) = sync_channel::<Vec<Vec<u8>>>(4);
    let (to_writer, rows) = sync_channel::<Vec<Row>>(8);
    let from_reader = Mutex::new(from_reader);
    let mut count = 0;
    thread::scope(|scope| -> Result<(), Box<dyn Error>> {
        scope.spawn(|| split(file, to_workers));
        for _ in 0..WORKERS {
            let to_writer = to_writer.clone();
            scope.spawn(|| parse(&from_reader, to_writer));
        }
        drop(to_writer);
        count = write(&db, rows)?;
        Ok(())
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    println!("{{\"messages\":{count},\"seconds\":{seconds:.3}}}");
    Ok(())
}

fn split(mut file: File, to: SyncSender<Vec<Vec<u8>>>) {
    let boundary = memchr::memmem::Finder::new(b"\n\nFrom ");
    let mut buffer = Vec::with_capacity(8 << 20);
    let mut batch = Vec::with_capacity(BATCH);
    let send = |message: &[u8], batch: &mut Vec<Vec<u8>>, last: bool| {
        if !message.is_empty() {
            batch.push(message.to_vec());
        }
        !(batch.len() == BATCH || last) || to.send(std::mem::take(batch)).is_ok()
    };
    loop {
        let had = buffer.len();
        buffer.resize(had + (4 << 20), 0);
        let read = file.read(&mut buffer[had..]).unwrap_or(0);
        buffer.truncate(had + read);
        let mut at = 0;
        while let Some(i) = boundary.find(&buffer[at..]) {
            if !send(&buffer[at..at + i + 1], &mut batch, false) {
                return;
            }
            at += i + 2;
        }
        if read == 0 {
            send(&buffer[at..], &mut batch, true);
            return;
        }
        buffer.drain(..at);
    }
}

fn parse(from: &Mutex<Receiver<Vec<Vec<u8>>>>, to: SyncSender<Vec<Row>>) {
    let parser = MessageParser::default();
    loop {
        let next = from.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = next else { return };
        let rows = batch.into_iter().map(|raw| row(&parser, raw)).collect();
        if to.send(rows).is_err() {
            return;
        }
    }
}

fn row(parser: &MessageParser, raw: Vec<u8>) -> Row {
    let body = match raw.starts_with(b"From ") {
        true => memchr::memchr(b'\n', &raw).map_or(&raw[..], |i| &raw[i + 1..]),
        false => &raw[..],
    };
    let mut row = Row::default();
    if let Some(message) = parser.parse(body) {
        row.message_id = message.message_id().unwrap_or_default().to_owned();
        let from = message.from().and_then(|a| a.first()).and_then(|a| a.address());
        row.sender = from.unwrap_or_default().to_owned();
        row.subject = message.subject().unwrap_or_default().to_owned();
        row.at = message.date().map_or(0, |d| d.to_timestamp());
        row.is_list = message.header("List-Unsubscribe").is_some();
        row.attachments =
            message.parts.iter().filter(|p| p.attachment_name().is_some()).count() as i64;
        for i in 0..message.text_body.len() {
            row.text.push_str(&message.body_text(i).unwrap_or_default());
            row.text.push('\n');
        }
    }
    row.raw = raw;
    row
}

fn write(db: &str, rows: Receiver<Vec<Row>>) -> Result<i64, Box<dyn Error>> {
    let c = Connection::open(db)?;
    c.execute_batch(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;
         CREATE TABLE raw(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
         CREATE TABLE message(id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, sender TEXT NOT NULL,
           subject TEXT NOT NULL, at INTEGER NOT NULL, is_list INTEGER NOT NULL,
           attachments INTEGER NOT NULL, size INTEGER NOT NULL);
         CREATE UNIQUE INDEX message_by_id ON message(message_id);
         CREATE INDEX message_by_sender ON message(sender, at);
         CREATE VIRTUAL TABLE words USING fts5(subject, sender, body,
           tokenize='unicode61 remove_diacritics 2');
         BEGIN",
    )?;
    let mut raw = c.prepare("INSERT INTO raw VALUES(?1,?2)")?;
    let mut message = c.prepare("INSERT OR IGNORE INTO message VALUES(?1,?2,?3,?4,?5,?6,?7,?8)")?;
    let mut words = c.prepare("INSERT INTO words(rowid,subject,sender,body) VALUES(?1,?2,?3,?4)")?;
    let mut n = 0;
    for r in rows.into_iter().flatten() {
        n += 1;
        raw.execute(params![n, r.raw])?;
        let size = r.raw.len() as i64;
        message.execute(params![
            n, r.message_id, r.sender, r.subject, r.at, r.is_list, r.attachments, size
        ])?;
        words.execute(params![n, r.subject, r.sender, r.text])?;
        if n % COMMIT_EVERY == 0 {
            c.execute_batch("COMMIT; BEGIN")?;
        }
    }
    c.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(n)
}
