//! What the fuzzer calls for what a mail server says, and what the seeds run through as plain tests: however
//! the bytes are cut, the same answers are found; each is read, or refused, without panic.

use crate::imap::{Frames, parse};

/// The answers in these bytes, handed over in pieces of this length, until one is refused.
fn answers(bytes: &[u8], length: usize) -> (Vec<Vec<u8>>, bool) {
    let mut frames = Frames::default();
    let mut found = Vec::new();
    for piece in bytes.chunks(length) {
        frames.take(piece);
        loop {
            match frames.answer() {
                Ok(Some(answer)) => found.push(answer.to_vec()),
                Ok(None) => break,
                Err(_) => return (found, false),
            }
        }
    }
    (found, true)
}

pub fn imap(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let whole = answers(bytes, bytes.len().max(1));
    assert_eq!(whole, answers(bytes, usize::from(*first) % 16 + 1));
    assert!(bytes.starts_with(&whole.0.concat()), "no byte is lost or made up");
    for answer in &whole.0 {
        assert!(answer.ends_with(b"\n"));
        let _ = parse(answer);
    }
}
