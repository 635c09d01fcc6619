//! Framing: where an answer of the server ends, literals included (RFC 3501, 4.3), in bounded
//! memory. Bytes in, answers out; knows no socket.

use crate::{Error, Result};
use memchr::memchr;

/// Of an answer, without its literals. `VANISHED` may name each of 100,000 mails.
const LINE_BYTES: usize = 1 << 20;
/// Of all literals of an answer: a message that is larger is asked for in pieces.
pub(crate) const LITERAL_BYTES: usize = 64 << 20;

/// The answers in a stream of bytes.
#[derive(Default)]
pub struct Frames {
    held: Vec<u8>,
    /// Where the answer under way begins; what is before was given out.
    start: usize,
    /// Up to here it was looked at.
    looked: usize,
    literals: usize,
}

impl Frames {
    /// Takes bytes as they arrive.
    pub fn take(&mut self, bytes: &[u8]) {
        if self.start > 0 && self.start == self.held.len() {
            self.held.clear();
            (self.start, self.looked) = (0, 0);
        } else if self.start > 1 << 20 {
            self.held.drain(..self.start);
            self.looked -= self.start;
            self.start = 0;
        }
        self.held.extend_from_slice(bytes);
    }

    /// The next whole answer, its line end included; `None`: more bytes are needed.
    ///
    /// # Errors
    /// [`Error::Broken`] when a line or a literal is longer than any that is meant well.
    pub fn answer(&mut self) -> Result<Option<&[u8]>> {
        loop {
            let Some(rest) = self.held.get(self.looked..) else { return Ok(None) };
            let Some(end) = memchr(b'\n', rest) else {
                if rest.len() > LINE_BYTES {
                    return Err(Error::Broken("endless line"));
                }
                return Ok(None);
            };
            let line = &rest[..=end];
            let after = self.looked + end + 1;
            if after - self.start - self.literals > LINE_BYTES {
                return Err(Error::Broken("endless line"));
            }
            match literal(line) {
                Some(length) => {
                    self.literals = self.literals.saturating_add(length);
                    if self.literals > LITERAL_BYTES {
                        return Err(Error::Broken("endless literal"));
                    }
                    self.looked = after + length;
                }
                None => {
                    let answer = self.start..after;
                    (self.start, self.looked, self.literals) = (after, after, 0);
                    return Ok(Some(&self.held[answer]));
                }
            }
        }
    }

    /// Whether nothing waits: after STARTTLS nothing said in clear may count.
    pub fn is_empty(&self) -> bool {
        self.start == self.held.len()
    }
}

/// The length announced at the end of a line: `{12}`; what is no number is no literal.
fn literal(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"\r\n")?.strip_suffix(b"}")?;
    let open = line.iter().rposition(|b| *b == b'{')?;
    let digits = &line[open + 1..];
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // More digits than fit: longer than anything allowed.
    Some(str::from_utf8(digits).ok()?.parse().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(pieces: &[&[u8]]) -> Result<Vec<Vec<u8>>> {
        let mut frames = Frames::default();
        let mut out = Vec::new();
        for piece in pieces {
            frames.take(piece);
            while let Some(answer) = frames.answer()? {
                out.push(answer.to_vec());
            }
        }
        Ok(out)
    }

    #[test]
    fn an_answer_ends_after_its_last_literal() {
        let one = b"* 1 FETCH (BODY[] {6}\r\na\r\nb\r\n UID 7)\r\n";
        let two = b"a1 OK done\r\n";
        let both = [one.as_slice(), two].concat();
        let expected = vec![one.to_vec(), two.to_vec()];
        assert_eq!(all(&[&both]).expect("framed"), expected);
        for cut in 0..both.len() {
            assert_eq!(all(&[&both[..cut], &both[cut..]]).expect("framed"), expected);
        }
    }

    #[test]
    fn bombs_are_refused_before_they_are_held() {
        assert!(all(&[b"* 1 FETCH (BODY[] {9999999999}\r\n"]).is_err());
        assert!(all(&[b"* 1 FETCH (BODY[] {99999999999999999999999}\r\n"]).is_err());
        let endless = vec![b'x'; LINE_BYTES + 2];
        assert!(all(&[&endless]).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_framed_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = all(&[&bytes]);
        }
    }
}
