//! What a mailbox wrote into a message's headers for itself: labels and flags.

use super::{Arrival, Flags, Role};
use crate::{limits, words};
use memchr::memchr;

/// Takes labels and flags from the headers at the start of `message`.
pub(super) fn of_headers(message: &[u8], arrival: &mut Arrival<'_>) {
    let block = &message[..message.len().min(limits::HEADER_BLOCK_BYTES)];
    let mut at = 0;
    while at < block.len() {
        let rest = &block[at..];
        let line = &rest[..memchr(b'\n', rest).map_or(rest.len(), |i| i + 1)];
        if line.trim_ascii().is_empty() {
            break;
        }
        at += line.len();
        if !matches!(line[0], b'x' | b'X' | b's' | b'S') {
            continue;
        }
        let Some(colon) = memchr(b':', line) else { continue };
        let end = header_end(block, at);
        let value = &block[at - line.len() + colon + 1..end];
        take(&line[..colon], value, arrival);
        at = end;
    }
    if arrival.role == Role::Ordinary {
        arrival.role = Role::of_labels(&arrival.labels);
        if arrival.flags.draft {
            arrival.role = Role::Drafts;
        }
        if arrival.flags.deleted {
            arrival.role = Role::Trash;
        }
    }
}

/// Where the header ends whose first line ends at `at`.
fn header_end(block: &[u8], mut at: usize) -> usize {
    while matches!(block.get(at), Some(b' ' | b'\t')) {
        at += memchr(b'\n', &block[at..]).map_or(block.len() - at, |i| i + 1);
    }
    at
}

fn take(name: &[u8], value: &[u8], arrival: &mut Arrival<'_>) {
    let flags = &mut arrival.flags;
    let has = |c: u8| value.contains(&c);
    if name.eq_ignore_ascii_case(b"X-Gmail-Labels") {
        arrival.labels.extend(split(&words::decode(value)));
        for label in &arrival.labels {
            flags.flagged |= is_starred(label);
        }
        let is_any = |words: &[&str]| arrival.labels.iter().any(|l| words.contains(&l.as_str()));
        // What was opened and then marked as unread bears both.
        match (is_any(&UNREAD), is_any(&OPENED)) {
            (true, _) => flags.seen = Some(false),
            (false, true) => flags.seen = Some(true),
            (false, false) => {}
        }
    } else if name.eq_ignore_ascii_case(b"X-Mozilla-Status") {
        let text = String::from_utf8_lossy(value);
        let bits = u32::from_str_radix(text.trim(), 16).unwrap_or(0);
        flags.tell_seen(bits & 1 != 0);
        flags.answered |= bits & 2 != 0;
        flags.flagged |= bits & 4 != 0;
        // Expunged: deleted, and still in the file until it is compacted.
        flags.deleted |= bits & 8 != 0;
        flags.forwarded |= bits & 0x1000 != 0;
    } else if name.eq_ignore_ascii_case(b"X-Mozilla-Keys")
        || name.eq_ignore_ascii_case(b"X-Keywords")
    {
        let text = words::decode(value);
        arrival.labels.extend(text.split_whitespace().map(str::to_owned));
    } else if name.eq_ignore_ascii_case(b"Status") {
        flags.tell_seen(has(b'R'));
    } else if name.eq_ignore_ascii_case(b"X-Status") {
        flags.answered |= has(b'A');
        flags.flagged |= has(b'F');
        flags.draft |= has(b'T');
        flags.deleted |= has(b'D');
    }
}

/// `a,"b, c"`: labels with a comma stand in quotes.
fn split(text: &str) -> Vec<String> {
    let mut labels = vec![String::new()];
    let mut is_quoted = false;
    for c in text.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => labels.push(String::new()),
            c => {
                if let Some(last) = labels.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    labels.into_iter().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect()
}

/// Gmail's words for what was read and what was not, in five languages.
const OPENED: [&str; 5] = ["Opened", "Ouvert", "Geöffnet", "Abierto", "Aperto"];
const UNREAD: [&str; 5] = ["Unread", "Non lus", "Ungelesen", "No leídos", "Da leggere"];

fn is_starred(label: &str) -> bool {
    ["Starred", "Suivis", "Markiert", "Destacados", "Speciali"].contains(&label)
}

impl Flags {
    /// One header says so; another may have said more.
    fn tell_seen(&mut self, is_seen: bool) {
        self.seen = Some(is_seen || self.seen == Some(true));
    }

    /// From a Maildir's letters (`P`assed, `R`eplied, `S`een, `T`rashed, `D`raft, `F`lagged).
    pub(super) fn of_maildir(letters: &str) -> Flags {
        let has = |c| letters.contains(c);
        Flags {
            seen: Some(has('S')),
            answered: has('R'),
            flagged: has('F'),
            draft: has('D'),
            deleted: has('T'),
            forwarded: has('P'),
        }
    }
}
