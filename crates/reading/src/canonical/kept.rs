//! What the canonical form leaves out of an arrival, its compact bytes, and the way back.

use super::Quoting;

/// What is needed to get an arrival back from the canonical form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Kept {
    /// How its mailbox quoted.
    pub quoting: Quoting,
    /// `(line, n)`: from this line (from 0) on, each line ended in `n` CRs and a LF.
    pub ends: Vec<(u32, u32)>,
    /// Body lines that begin with `From ` and were not quoted though the mailbox quotes.
    pub unquoted: Vec<u32>,
    /// Mailbox-local headers.
    pub removed: Vec<Removed>,
    /// LFs at the end, where the canonical form has one.
    pub line_feeds: u64,
    /// CRs after the last LF.
    pub last_returns: u32,
}

/// Headers taken out at one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Removed {
    /// Where they stood: an offset in the canonical form.
    pub at: u64,
    /// The header with its folds and LFs.
    pub bytes: Vec<u8>,
}

impl Kept {
    /// As few bytes as it needs (LEB128 numbers); about 5 for a message that had nothing special.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.quoting as u8];
        put(&mut out, self.line_feeds);
        put(&mut out, u64::from(self.last_returns));
        put(&mut out, self.ends.len() as u64);
        let mut last = 0;
        for &(line, returns) in &self.ends {
            put(&mut out, u64::from(line - last));
            put(&mut out, u64::from(returns));
            last = line;
        }
        put(&mut out, self.unquoted.len() as u64);
        let mut last = 0;
        for &line in &self.unquoted {
            put(&mut out, u64::from(line - last));
            last = line;
        }
        for r in &self.removed {
            put(&mut out, r.at);
            put(&mut out, r.bytes.len() as u64);
            out.extend_from_slice(&r.bytes);
        }
        out
    }

    /// Back from [`Kept::encode`]; `None` when the bytes are not its work.
    pub fn decode(mut bytes: &[u8]) -> Option<Kept> {
        let from = &mut bytes;
        let mut kept = Kept {
            quoting: match from.split_off_first()? {
                0 => Quoting::None,
                1 => Quoting::Plain,
                2 => Quoting::Nested,
                _ => return None,
            },
            line_feeds: number(from)?,
            last_returns: u32::try_from(number(from)?).ok()?,
            ..Kept::default()
        };
        let mut line = 0u32;
        for _ in 0..number(from)? {
            line = line.checked_add(u32::try_from(number(from)?).ok()?)?;
            kept.ends.push((line, u32::try_from(number(from)?).ok()?));
        }
        line = 0;
        for _ in 0..number(from)? {
            line = line.checked_add(u32::try_from(number(from)?).ok()?)?;
            kept.unquoted.push(line);
        }
        while !from.is_empty() {
            let at = number(from)?;
            let length = usize::try_from(number(from)?).ok()?;
            let bytes = from.split_off(..length)?.to_vec();
            kept.removed.push(Removed { at, bytes });
        }
        Some(kept)
    }

    /// The mailbox-local headers as text, one string each, folds kept.
    pub fn headers(&self) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
        self.removed.iter().map(|r| String::from_utf8_lossy(&r.bytes))
    }
}

fn put(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn number(from: &mut &[u8]) -> Option<u64> {
    let mut n = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *from.split_off_first()?;
        n |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(n);
        }
    }
    None
}

/// The arrival as it was, byte for byte, from the canonical form and what was kept.
pub fn restore(canonical: &[u8], kept: &Kept) -> Vec<u8> {
    let mut whole = canonical.strip_suffix(b"\n").unwrap_or(canonical).to_vec();
    let feeds = usize::try_from(kept.line_feeds).unwrap_or(usize::MAX);
    whole.resize(whole.len().saturating_add(feeds), b'\n');
    let mut plain = Vec::with_capacity(whole.len() + 64);
    let mut from = 0;
    for r in &kept.removed {
        let upto = usize::try_from(r.at).unwrap_or(usize::MAX).clamp(from, whole.len());
        plain.extend_from_slice(&whole[from..upto]);
        plain.extend_from_slice(&r.bytes);
        from = upto;
    }
    plain.extend_from_slice(&whole[from..]);
    requote(&plain, kept)
}

/// Puts back quoting and line ends.
fn requote(plain: &[u8], kept: &Kept) -> Vec<u8> {
    let mut out = Vec::with_capacity(plain.len() + plain.len() / 32);
    let (mut ends, mut unquoted) = (kept.ends.iter().peekable(), kept.unquoted.iter().peekable());
    let (mut in_headers, mut returns) = (true, 0);
    for (number, line) in plain.split_inclusive(|&c| c == b'\n').enumerate() {
        let number = number as u32;
        let (content, is_whole) = match line.strip_suffix(b"\n") {
            Some(content) => (content, true),
            None => (line, false),
        };
        if in_headers {
            in_headers = !(is_whole && content.is_empty());
        } else {
            let depth = content.iter().take(super::LOOK - 8).take_while(|&&c| c == b'>').count();
            let is_from = content[depth..].starts_with(b"From ");
            let was_bare = unquoted.next_if(|&&l| l == number).is_some();
            let quotes = match kept.quoting {
                Quoting::None => false,
                Quoting::Plain => depth == 0,
                Quoting::Nested => true,
            };
            if is_from && quotes && !was_bare {
                out.push(b'>');
            }
        }
        out.extend_from_slice(content);
        if is_whole {
            if let Some(&(_, n)) = ends.next_if(|&&(l, _)| l == number) {
                returns = n;
            }
            out.resize(out.len() + returns as usize, b'\r');
            out.push(b'\n');
        }
    }
    out.resize(out.len() + kept.last_returns as usize, b'\r');
    out
}
