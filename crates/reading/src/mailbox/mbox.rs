//! mbox in all its dialects: messages parted by `From ` lines (RFC 4155).

use super::separator::{self, is_separator};
use super::window::Window;
use super::{Arrival, Content, Finish, Hint, Mark, Place, See, Seen, Skipped, Why, finish, labels};
use crate::canonical::Quoting;
use crate::limits;
use memchr::{memchr, memmem};
use mesinfos_domain::Problem;
use std::io::{self, Read};
use std::ops::ControlFlow;

/// Reads on from `from`, where `window` stands.
pub(super) fn read(
    at: &Place,
    hint: &Hint,
    window: &mut Window<'_>,
    from: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    let mut mark = from;
    loop {
        window.fill(separator::LOOK)?;
        if window.data().is_empty() {
            return Ok(Finish::Done);
        }
        let Some(before) = head(window, mark, at, see)? else {
            mark.offset = window.offset;
            continue;
        };
        mark.number += 1;
        let place = Place { number: Some(mark.number), offset: window.offset, ..at.clone() };
        let mut arrival = Arrival::new(place, hint, mark);
        arrival.quoting = Quoting::Nested;
        let end = match by_length(window, before)? {
            Some(end) => {
                if memmem::find(&window.data()[before..end], b"\nFrom ").is_some() {
                    // Only the dialect that counts instead of quoting leaves such a line bare.
                    arrival.quoting = Quoting::None;
                }
                Some(end)
            }
            None => find_end(window, before)?,
        };
        arrival.before = window.data()[..before].to_vec();
        let flow = match end {
            Some(end) => {
                let bytes = window.data()[before..end].to_vec();
                labels::of_headers(&bytes, &mut arrival);
                window.consume(end);
                mark.offset = window.offset;
                arrival.next = mark;
                arrival.content = Content::Whole(bytes);
                see(Seen::Arrival(arrival))
            }
            None => {
                labels::of_headers(&window.data()[before..], &mut arrival);
                arrival.problems.push(Problem::new("mail-too-large", arrival.place.to_string()));
                window.consume(before);
                let mut rest = Rest { window: &mut *window, ready: 0, done: false };
                rest.ready = rest.window.data().len().saturating_sub(HOLD);
                // A reading that stops here comes back to this message: its end is not known.
                arrival.next = Mark { offset: mark.offset, ..mark };
                arrival.content = Content::Large(&mut rest);
                let flow = see(Seen::Arrival(arrival));
                io::copy(&mut rest, &mut io::sink())?;
                mark.offset = window.offset;
                flow
            }
        };
        if flow.is_break() {
            return Ok(finish(flow, mark));
        }
    }
}

/// The length of the separator at the window's start. Without one: zero when a message stands
/// there all the same, `None` after passing over what is no message.
fn head(
    window: &mut Window<'_>,
    mark: Mark,
    at: &Place,
    see: &mut See<'_>,
) -> io::Result<Option<usize>> {
    let data = window.data();
    let mut skip = if mark.offset == 0 && data.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    if mark.offset == 0 {
        let is_end = |c: &&u8| matches!(c, b'\r' | b'\n');
        skip += data[skip..].iter().take(64).take_while(is_end).count();
    }
    if is_separator(&data[skip..]) {
        return Ok(Some(memchr(b'\n', &data[skip..]).map_or(data.len(), |i| skip + i + 1)));
    }
    if separator::is_header(&data[skip..]) {
        return Ok(Some(skip));
    }
    // Noise, or a place that is no boundary any more: on to the next one.
    let place = Place { offset: window.offset, ..at.clone() };
    loop {
        let found = boundary(window.data(), 0, window.is_last(), |_, _| true);
        match found {
            Ok(end) => {
                window.consume(end);
                break;
            }
            Err(_) if window.is_last() => {
                window.consume(window.data().len());
                break;
            }
            Err(judged) => {
                window.consume(judged.saturating_sub(4));
                window.fill(window.data().len() + (64 << 10))?;
            }
        }
    }
    let next = Mark { offset: window.offset, ..mark };
    // A caller that stops at noise stops at the next message just as well.
    let _: ControlFlow<()> = see(Seen::Skipped(Skipped { place, why: Why::Noise, next }));
    Ok(None)
}

/// The end of the message that begins at `from`; `None` when it is too large to hold.
fn find_end(window: &mut Window<'_>, from: usize) -> io::Result<Option<usize>> {
    // The separator's own LF counts as the line end before an empty message's blank line.
    let mut judged = from.saturating_sub(1);
    loop {
        match boundary(window.data(), judged, window.is_last(), after_blank_line) {
            Ok(end) => {
                return Ok(Some(end).filter(|end| end - from <= limits::MESSAGE_BYTES));
            }
            Err(upto) => judged = upto,
        }
        let held = window.data().len();
        if held - from > limits::MESSAGE_BYTES + HOLD {
            return Ok(None);
        }
        if window.is_last() {
            return Ok(Some(held).filter(|end| end - from <= limits::MESSAGE_BYTES));
        }
        window.fill(held + 1)?;
    }
}

/// What must stay held behind the part that is known to hold no separator.
const HOLD: usize = separator::LOOK + 8;

/// The first boundary whose LF stands at `judged` or later; else the place up to which there is
/// none.
fn boundary(
    data: &[u8],
    judged: usize,
    is_last: bool,
    accept: fn(&[u8], usize) -> bool,
) -> Result<usize, usize> {
    let decidable = if is_last { data.len() } else { data.len().saturating_sub(HOLD - 4) };
    let mut at = judged;
    while let Some(i) = memmem::find(data.get(at..).unwrap_or_default(), b"\nFrom ") {
        let lf = at + i;
        if lf >= decidable {
            return Err(lf);
        }
        if accept(data, lf) && is_separator(&data[lf + 1..]) {
            return Ok(lf + 1);
        }
        at = lf + 1;
    }
    Err(at.max(data.len().saturating_sub(6)))
}

/// Whether the line that ends at `lf` is blank.
fn after_blank_line(data: &[u8], lf: usize) -> bool {
    let line = data[..lf].strip_suffix(b"\r").unwrap_or(&data[..lf]);
    line.is_empty() || line.ends_with(b"\n")
}

/// The end by Content-Length (mboxcl, mboxcl2), when a boundary stands there and proves it.
fn by_length(window: &mut Window<'_>, from: usize) -> io::Result<Option<usize>> {
    window.fill(from + (16 << 10))?;
    let Some((headers, length)) = content_length(&window.data()[from..]) else { return Ok(None) };
    if length > limits::MESSAGE_BYTES - headers {
        return Ok(None);
    }
    let end = from + headers + length;
    window.fill(end + HOLD)?;
    let data = window.data();
    let Some(rest) = data.get(end..) else { return Ok(None) };
    let blank = rest.iter().take(4).take_while(|c| matches!(c, b'\r' | b'\n')).count();
    let at_line_start = blank > 0 || data[..end].ends_with(b"\n");
    let is_end = blank == rest.len() && window.is_last();
    Ok((at_line_start && (is_end || is_separator(&rest[blank..]))).then_some(end + blank))
}

/// The length of the header block with its blank line, and the Content-Length in it.
fn content_length(data: &[u8]) -> Option<(usize, usize)> {
    let (mut at, mut length) = (0, None);
    while let Some(i) = memchr(b'\n', &data[at..]) {
        let line = data[at..at + i].trim_ascii_end();
        at += i + 1;
        if line.is_empty() {
            return length.map(|l| (at, l));
        }
        const NAME: &[u8] = b"content-length:";
        if line.len() > NAME.len() && line[..NAME.len()].eq_ignore_ascii_case(NAME) {
            length = std::str::from_utf8(line[NAME.len()..].trim_ascii()).ok()?.parse().ok();
        }
    }
    None
}

/// What is left of a message too large to hold, up to the next boundary.
struct Rest<'w, 'a> {
    window: &'w mut Window<'a>,
    /// Held bytes known to be before any boundary.
    ready: usize,
    done: bool,
}

impl Read for Rest<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.ready == 0 && !self.done {
            self.window.fill(4 * HOLD)?;
            let held = self.window.data().len();
            match boundary(self.window.data(), 0, self.window.is_last(), after_blank_line) {
                Ok(end) => (self.ready, self.done) = (end, true),
                Err(_) if self.window.is_last() => (self.ready, self.done) = (held, true),
                Err(_) => self.ready = held - HOLD,
            }
        }
        let n = out.len().min(self.ready);
        out[..n].copy_from_slice(&self.window.data()[..n]);
        self.window.consume(n);
        self.ready -= n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests;
