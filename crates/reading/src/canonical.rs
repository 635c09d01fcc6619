//! The canonical form of a message, by which two arrivals are known to be one, and the way back.
//!
//! Line ends become LF, one level of mbox quoting is undone, headers that a mailbox adds for
//! itself are taken out, and the end is exactly one LF (formats disagree on the last line). What
//! was changed is a [`Kept`], small enough to store with each arrival: [`restore`] gives the
//! arrival back byte for byte.

mod kept;

pub use kept::{Kept, Removed, restore};

use memchr::memchr;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::{self, Read, Write};

/// How a mailbox protects lines that begin with `From `.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoting {
    /// Not at all: a file of its own, Maildir, emlx, IMAP, mboxcl2.
    #[default]
    None,
    /// `From ` got one `>` and `>From ` did not (mboxo).
    Plain,
    /// `From `, `>From `, `>>From ` each got one more `>` (mboxrd); also right for nearly all mboxo.
    Nested,
}

/// A message in canonical form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Canonical {
    /// The message.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`: the identity of the message.
    pub sha256: [u8; 32],
    /// What this arrival had besides.
    pub kept: Kept,
}

/// What [`stream`] says of a message that was too large to hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Streamed {
    /// Length of the canonical form.
    pub length: u64,
    /// SHA-256 of the canonical form.
    pub sha256: [u8; 32],
    /// What this arrival had besides.
    pub kept: Kept,
}

/// Whether a mailbox wrote this header for itself: it says nothing of the message.
pub fn is_mailbox_local(name: &[u8]) -> bool {
    const WHOLE: [&[u8]; 6] =
        [b"status", b"x-status", b"x-keywords", b"x-gmail-labels", b"content-length", b"lines"];
    const START: [&[u8]; 2] = [b"x-mozilla-", b"x-gm-"];
    WHOLE.iter().any(|w| name.eq_ignore_ascii_case(w))
        || START.iter().any(|s| name.len() > s.len() && name[..s.len()].eq_ignore_ascii_case(s))
}

/// The canonical form of a whole message.
pub fn canonical(message: &[u8], quoting: Quoting) -> Canonical {
    let mut bytes = Vec::with_capacity(message.len() + 1);
    let mut machine = Machine::new(quoting, |piece: &[u8]| bytes.extend_from_slice(piece));
    machine.push(message);
    let kept = machine.finish();
    let sha256 = Sha256::digest(&bytes).into();
    Canonical { bytes, sha256, kept }
}

/// The canonical form of a message of any length, written to `out` as it comes.
///
/// # Errors
/// Those of `message` and `out`.
pub fn stream(
    message: &mut dyn Read,
    quoting: Quoting,
    out: &mut dyn Write,
) -> io::Result<Streamed> {
    let (mut hash, mut length, mut failed) = (Sha256::new(), 0u64, None);
    let mut machine = Machine::new(quoting, |piece: &[u8]| {
        hash.update(piece);
        length += piece.len() as u64;
        if failed.is_none() {
            failed = out.write_all(piece).err();
        }
    });
    let mut chunk = vec![0; 64 << 10];
    loop {
        match message.read(&mut chunk) {
            Ok(0) => break,
            Ok(n) => machine.push(&chunk[..n]),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    let kept = machine.finish();
    failed.map_or(Ok(()), Err)?;
    Ok(Streamed { length, sha256: hash.finalize().into(), kept })
}

/// How far one must see from the start of a line to know what it is: the longest name of a
/// mailbox-local header that counts, and the deepest quoting that is undone.
const LOOK: usize = 128;
/// Removed headers are held in memory; beyond this they stay in the message.
const REMOVED_BYTES: usize = 1 << 20;

/// One pass over the bytes, in pieces of any size.
struct Machine<F: FnMut(&[u8])> {
    out: F,
    kept: Kept,
    /// What could not be judged yet; shorter than [`LOOK`].
    carry: Vec<u8>,
    in_headers: bool,
    at_line_start: bool,
    /// Inside a header that is taken out.
    removing: bool,
    removed_bytes: usize,
    /// Bytes given to `out`.
    emitted: u64,
    /// Line ends not given yet: those at the end become one.
    line_feeds: u64,
    /// CRs that may belong to a line end.
    returns: u32,
    /// Lines ended so far, in the arrival's own count.
    line: u32,
    /// CRs before each LF at present.
    ends: u32,
}

impl<F: FnMut(&[u8])> Machine<F> {
    fn new(quoting: Quoting, out: F) -> Self {
        Machine {
            out,
            kept: Kept { quoting, ..Kept::default() },
            carry: Vec::new(),
            in_headers: true,
            at_line_start: true,
            removing: false,
            removed_bytes: 0,
            emitted: 0,
            line_feeds: 0,
            returns: 0,
            line: 0,
            ends: 0,
        }
    }

    fn push(&mut self, piece: &[u8]) {
        if self.carry.is_empty() {
            let used = self.take(piece, false);
            self.carry.extend_from_slice(&piece[used..]);
        } else {
            // Judge the carried start of a line with just enough of what follows.
            let more = piece.len().min(LOOK);
            let mut start = std::mem::take(&mut self.carry);
            start.extend_from_slice(&piece[..more]);
            let used = self.take(&start, false);
            self.carry = start.split_off(used);
            if more < piece.len() {
                let rest = &piece[more..];
                if self.carry.is_empty() {
                    let used = self.take(rest, false);
                    self.carry.extend_from_slice(&rest[used..]);
                } else {
                    self.push(rest);
                }
            }
        }
    }

    /// Works through `bytes`; returns how many were used.
    fn take(&mut self, bytes: &[u8], is_last: bool) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let end = memchr(b'\n', rest);
            if self.at_line_start {
                let returns = rest.iter().take_while(|&&c| c == b'\r').count();
                if returns > 0 {
                    self.returns = self.returns.saturating_add(returns as u32);
                    at += returns;
                    continue;
                }
                if end == Some(0) {
                    self.blank_line();
                    at += 1;
                    continue;
                }
                if end.is_none() && rest.len() < LOOK && !is_last {
                    return at;
                }
                at += self.begin_line(&rest[..end.unwrap_or(rest.len())]);
                self.at_line_start = false;
                continue;
            }
            let line = &rest[..end.unwrap_or(rest.len())];
            let content = line.len() - line.iter().rev().take_while(|&&c| c == b'\r').count();
            self.put(&line[..content]);
            self.returns = self.returns.saturating_add((line.len() - content) as u32);
            if end.is_some() {
                self.end_line();
                at += line.len() + 1;
            } else {
                at += line.len();
            }
        }
        at
    }

    /// The first one ends the headers.
    fn blank_line(&mut self) {
        if self.in_headers {
            self.in_headers = false;
            self.removing = false;
        }
        self.end_line();
    }

    /// Judges a line by its start; returns how many of its bytes are left out.
    fn begin_line(&mut self, line: &[u8]) -> usize {
        if self.returns > 0 {
            // A stray CR before the line: no header's name, no quoting.
            self.removing = false;
            return 0;
        }
        if self.in_headers {
            if !line.starts_with(b" ") && !line.starts_with(b"\t") {
                let name = memchr(b':', &line[..line.len().min(LOOK)]).map(|n| &line[..n]);
                self.removing = self.removed_bytes < REMOVED_BYTES
                    && name.is_some_and(|n| is_mailbox_local(n.trim_ascii_end()));
                if self.removing {
                    let at = self.emitted + self.line_feeds;
                    self.kept.removed.push(Removed { at, bytes: Vec::new() });
                }
            }
            return 0;
        }
        let depth = line.iter().take(LOOK - 8).take_while(|&&c| c == b'>').count();
        if !line[depth..].starts_with(b"From ") {
            return 0;
        }
        match (self.kept.quoting, depth) {
            (Quoting::Plain, 1) | (Quoting::Nested, 1..) => 1,
            (Quoting::Plain | Quoting::Nested, 0) => {
                self.kept.unquoted.push(self.line);
                0
            }
            _ => 0,
        }
    }

    fn end_line(&mut self) {
        if self.returns != self.ends {
            self.ends = self.returns;
            self.kept.ends.push((self.line, self.ends));
        }
        self.returns = 0;
        self.line = self.line.saturating_add(1);
        self.at_line_start = true;
        match self.kept.removed.last_mut() {
            Some(last) if self.removing => {
                last.bytes.push(b'\n');
                self.removed_bytes += 1;
            }
            _ => self.line_feeds += 1,
        }
    }

    /// Gives content, after the line ends and CRs that turned out to be before it.
    fn put(&mut self, content: &[u8]) {
        if content.is_empty() {
            return;
        }
        self.removing &= self.removed_bytes < REMOVED_BYTES;
        let returns = std::mem::take(&mut self.returns);
        match self.kept.removed.last_mut() {
            Some(last) if self.removing => {
                last.bytes.resize(last.bytes.len() + returns as usize, b'\r');
                last.bytes.extend_from_slice(content);
                self.removed_bytes += returns as usize + content.len();
            }
            _ => {
                let feeds = std::mem::take(&mut self.line_feeds);
                self.repeat(b'\n', feeds);
                self.repeat(b'\r', u64::from(returns));
                self.emitted += content.len() as u64;
                (self.out)(content);
            }
        }
    }

    fn repeat(&mut self, byte: u8, times: u64) {
        self.emitted += times;
        let block = [byte; 64];
        let mut left = times;
        while left > 0 {
            let n = left.min(64);
            (self.out)(&block[..n as usize]);
            left -= n;
        }
    }

    fn finish(mut self) -> Kept {
        let rest = std::mem::take(&mut self.carry);
        self.take(&rest, true);
        self.kept.last_returns = self.returns;
        self.kept.line_feeds = self.line_feeds;
        if self.emitted > 0 || self.line_feeds > 0 {
            (self.out)(b"\n");
        }
        self.kept
    }
}

#[cfg(test)]
mod tests;
