//! The bodies of what is missing, newest first, in batches that grow.

use super::survey::{Missing, Todo, uids};
use crate::imap::Client;
use crate::{Error, Result};
use mesinfos_vault::import::{Fed, Feeding};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// The first batch is short: a person sees something at once.
const FIRST_MESSAGES: usize = 50;
const BATCH_MESSAGES: usize = 500;
const BATCH_BYTES: u64 = 16 << 20;
/// A larger message is fetched in pieces of this size.
const PIECE_BYTES: u32 = 4 << 20;

/// Fetches all; every message that was listed is handed over, or has gone from the server.
pub(super) fn all(
    client: &mut Client,
    todo: &[Todo],
    feeding: &mut Feeding<'_, '_>,
    stop: &AtomicBool,
) -> Result<()> {
    let mut most = FIRST_MESSAGES;
    for (source, one) in todo.iter().enumerate().filter(|(_, t)| !t.missing.is_empty()) {
        let standing = client.examine(&one.whole.name, None)?;
        if standing.counts.validity.is_some_and(|v| v != one.whole.validity) {
            return Err(Error::Broken("numbers that changed meanwhile"));
        }
        let mut rest = one.missing.as_slice();
        while let [first, ..] = rest {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            let fed = |m: &Missing| Fed {
                source,
                validity: one.whole.validity,
                uid: m.uid,
                size: m.size,
                role: m.role,
                labels: m.labels.clone(),
                flags: m.flags,
            };
            if first.size > BATCH_BYTES {
                large(client, fed(first), feeding)?;
                rest = &rest[1..];
                continue;
            }
            let (now, later) = rest.split_at(batch(rest, most));
            take(client, now, &fed, feeding)?;
            (rest, most) = (later, BATCH_MESSAGES);
        }
    }
    Ok(())
}

/// How many fit in one batch.
fn batch(rest: &[Missing], most: usize) -> usize {
    let mut bytes = 0;
    let fits = rest.iter().take(most).take_while(|m| {
        bytes += m.size;
        bytes <= BATCH_BYTES
    });
    fits.count().max(1)
}

fn take(
    client: &mut Client,
    now: &[Missing],
    fed: &dyn Fn(&Missing) -> Fed,
    feeding: &mut Feeding<'_, '_>,
) -> Result<()> {
    let mut waiting: BTreeMap<u32, &Missing> = now.iter().map(|m| (m.uid, m)).collect();
    client.fetch(&uids(now), "(UID BODY.PEEK[])", &mut |one| {
        // Answers that nobody asked for bring nothing into the vault.
        let Some(missing) = one.uid.filter(|_| one.body.is_some()).and_then(|u| waiting.remove(&u))
        else {
            return Ok(());
        };
        match feeding.hand(fed(missing), one.body.unwrap_or_default()) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Stopped),
        }
    })?;
    if waiting.is_empty() {
        return Ok(());
    }
    // Not given: gone meanwhile, or withheld. A folder with withheld mails is not whole.
    let left: Vec<Missing> = waiting.into_values().cloned().collect();
    client.fetch(&uids(&left), "(UID)", &mut |one| match one.uid {
        Some(uid) if left.iter().any(|m| m.uid == uid) => Err(Error::Broken("a message withheld")),
        _ => Ok(()),
    })
}

/// A message in pieces, as a stream.
fn large(client: &mut Client, fed: Fed, feeding: &mut Feeding<'_, '_>) -> Result<()> {
    let uid = fed.uid;
    let mut pieces =
        Pieces { client, uid, at: 0, held: io::Cursor::new(Vec::new()), failed: None, done: false };
    let flow = if fed.size as usize > mesinfos_reading::limits::MESSAGE_BYTES {
        feeding.hand_large(fed, &mut pieces)
    } else {
        let mut bytes = Vec::new();
        // What the read cannot say, `failed` does.
        match pieces.read_to_end(&mut bytes) {
            Ok(_) => feeding.hand(fed, bytes),
            Err(_) => ControlFlow::Continue(()),
        }
    };
    if let Some(error) = pieces.failed {
        return Err(error);
    }
    match flow {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Stopped),
    }
}

struct Pieces<'a> {
    client: &'a mut Client,
    uid: u32,
    at: u32,
    held: io::Cursor<Vec<u8>>,
    failed: Option<Error>,
    done: bool,
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.held.read(out)?;
        if n > 0 || self.done {
            return Ok(n);
        }
        let (uid, mut piece) = (self.uid, Vec::new());
        let what = format!("(UID BODY.PEEK[]<{}.{PIECE_BYTES}>)", self.at);
        let got = self.client.fetch(&uid.to_string(), &what, &mut |one| {
            if one.uid == Some(uid)
                && let Some(body) = one.body
            {
                piece = body;
            }
            Ok(())
        });
        if let Err(error) = got {
            self.failed = Some(error);
            return Err(io::Error::other("the server"));
        }
        self.done = piece.len() < PIECE_BYTES as usize;
        self.at = self.at.saturating_add(piece.len() as u32);
        self.held = io::Cursor::new(piece);
        self.held.read(out)
    }
}
