//! Apple Mail's `.emlx`: a line with the message's length, the message, a property list.

use super::window::Window;
use super::{Arrival, Content, Finish, Flags, Hint, Mark, Place, Role, See, Seen, finish, labels};
use crate::limits;
use mesinfos_domain::Problem;
use std::io::{self, Read};

/// The length that the first line gives, and where the message begins.
pub(super) fn length(start: &[u8]) -> Option<(u64, usize)> {
    let line = &start[..memchr::memchr(b'\n', &start[..start.len().min(32)])?];
    let digits = std::str::from_utf8(line.trim_ascii()).ok()?;
    if !digits.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, line.len() + 1))
}

pub(super) fn read(
    at: &Place,
    hint: &Hint,
    window: &mut Window<'_>,
    next: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    window.fill(64)?;
    let mut arrival = Arrival::new(at.clone(), hint, next);
    let (length, from) = length(window.data()).unwrap_or((u64::MAX, 0));
    arrival.before = window.data()[..from].to_vec();
    window.consume(from);
    if hint.is_partial {
        arrival.problems.push(Problem::new("emlx-partial", at.to_string()));
    }
    if length > limits::MESSAGE_BYTES as u64 && length != u64::MAX {
        window.fill(limits::HEADER_BLOCK_BYTES)?;
        labels::of_headers(window.data(), &mut arrival);
        arrival.problems.push(Problem::new("mail-too-large", at.to_string()));
        let mut rest = window.take(length);
        arrival.content = Content::Large(&mut rest);
        return Ok(finish(see(Seen::Arrival(arrival)), next));
    }
    // A length that lies must not lose mail: then all of the file is the message.
    window.fill(limits::MESSAGE_BYTES + PLIST_BYTES)?;
    let held = window.data();
    let end = usize::try_from(length).unwrap_or(usize::MAX);
    let tail = held.get(end..).unwrap_or_default();
    let is_plist = tail.trim_ascii_start().starts_with(b"<?xml") || tail.trim_ascii().is_empty();
    let end = if end <= held.len() && is_plist {
        end
    } else {
        arrival.problems.push(Problem::new("emlx-length-wrong", at.to_string()));
        memchr::memmem::rfind(held, b"<?xml")
            .filter(|_| !window_is_large(held))
            .unwrap_or(held.len())
    };
    if end > limits::MESSAGE_BYTES {
        arrival.problems.push(Problem::new("mail-too-large", at.to_string()));
        arrival.content = Content::Large(window);
        return Ok(finish(see(Seen::Arrival(arrival)), next));
    }
    let mut bytes = window.take_all();
    arrival.after = bytes.split_off(end);
    arrival.flags = flags(&arrival.after);
    if arrival.flags.draft {
        arrival.role = arrival.role.max(Role::Drafts);
    }
    if arrival.flags.deleted {
        arrival.role = arrival.role.max(Role::Trash);
    }
    labels::of_headers(&bytes, &mut arrival);
    arrival.content = Content::Whole(bytes);
    Ok(finish(see(Seen::Arrival(arrival)), next))
}

/// Room for the property list behind the largest message.
const PLIST_BYTES: usize = 64 << 10;

fn window_is_large(held: &[u8]) -> bool {
    held.len() > limits::MESSAGE_BYTES
}

/// The bits of `<key>flags</key><integer>N</integer>`.
fn flags(plist: &[u8]) -> Flags {
    let text = String::from_utf8_lossy(plist);
    let told = text
        .split_once("<key>flags</key>")
        .and_then(|(_, rest)| rest.split_once("<integer>"))
        .and_then(|(_, rest)| rest.split_once('<'))
        .and_then(|(digits, _)| digits.trim().parse::<u64>().ok());
    let Some(bits) = told else { return Flags::default() };
    let has = |bit: u32| bits >> bit & 1 == 1;
    Flags {
        seen: Some(has(0)),
        deleted: has(1),
        answered: has(2),
        flagged: has(4),
        draft: has(6),
        forwarded: has(8),
    }
}
