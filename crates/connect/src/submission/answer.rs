//! Answers of a mail server (RFC 5321, 4.2): bytes in, answers out.

use crate::{Error, Result};
use memchr::memchr;

/// Longer lines, or more of them in one answer, are no answer.
const LINE_BYTES: usize = 2048;
const LINES: usize = 128;

/// One answer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Answer {
    /// 200 to 599.
    pub code: u16,
    /// Each line after its code. Never shown: a server's words may be anything.
    pub lines: Vec<String>,
}

/// What was heard and is not yet an answer.
#[derive(Default)]
pub(super) struct Heard {
    bytes: Vec<u8>,
    answer: Answer,
}

impl Heard {
    pub fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether nothing is left over.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty() && self.answer.lines.is_empty()
    }

    /// The next answer, once it is whole.
    pub fn answer(&mut self) -> Result<Option<Answer>> {
        while let Some(end) = memchr(b'\n', &self.bytes) {
            let line: Vec<u8> = self.bytes.drain(..=end).collect();
            if self.line(&line)? {
                return Ok(Some(std::mem::take(&mut self.answer)));
            }
        }
        if self.bytes.len() > LINE_BYTES {
            return Err(Error::Broken("a line without end"));
        }
        Ok(None)
    }

    /// Takes a line; whether it was the last.
    fn line(&mut self, line: &[u8]) -> Result<bool> {
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end_matches(['\r', '\n']);
        let code = text.get(..3).and_then(|c| c.parse::<u16>().ok());
        let Some(code) = code.filter(|c| (200..600).contains(c)) else {
            return Err(Error::Broken("no answer"));
        };
        let is_first = self.answer.lines.is_empty();
        let rest = text.get(3..).unwrap_or_default();
        if line.len() > LINE_BYTES
            || self.answer.lines.len() >= LINES
            || !is_first && code != self.answer.code
            || !matches!(rest.bytes().next(), None | Some(b' ' | b'-'))
        {
            return Err(Error::Broken("no answer"));
        }
        self.answer.code = code;
        self.answer.lines.push(rest.get(1..).unwrap_or_default().to_owned());
        Ok(!rest.starts_with('-'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_come_in_pieces() {
        let mut heard = Heard::default();
        heard.take(b"250-mail.example\r\n250-AUTH PLAIN LOGIN\r");
        assert_eq!(heard.answer().expect("so far"), None);
        heard.take(b"\n250 8BITMIME\r\n354");
        let answer = heard.answer().expect("read").expect("whole");
        assert_eq!((answer.code, answer.lines.len()), (250, 3));
        assert!(!heard.is_empty());
        heard.take(b"\r\n");
        assert_eq!(heard.answer().expect("read").expect("whole").code, 354);
        assert!(heard.is_empty());
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let long = [b"250 ".as_slice(), &[b'x'; LINE_BYTES + 1]].concat();
        let many = b"250-x\r\n".repeat(LINES + 1);
        for odd in
            [&b"hello\r\n"[..], b"250-a\r\n251 b\r\n", b"99 x\r\n", b"250x\r\n", &long, &many]
        {
            let mut heard = Heard::default();
            heard.take(odd);
            let mut outcome = heard.answer();
            while matches!(outcome, Ok(Some(_))) {
                outcome = heard.answer();
            }
            assert!(outcome.is_err());
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_fail(bytes in proptest::collection::vec(0u8.., 0..300)) {
            let mut heard = Heard::default();
            heard.take(&bytes);
            while let Ok(Some(_)) = heard.answer() {}
        }
    }
}
