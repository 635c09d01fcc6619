//! A stream seen through a window that grows as far as one must look ahead, and no further.

use std::io::{self, Read};

/// What is read at once.
const CHUNK: usize = 256 << 10;

/// The part of a stream that is held.
pub(super) struct Window<'a> {
    inner: Box<dyn Read + 'a>,
    buf: Vec<u8>,
    start: usize,
    /// Where `data` begins in the stream.
    pub offset: u64,
    ended: bool,
}

impl<'a> Window<'a> {
    /// `inner` stands at `offset` of the stream.
    pub fn new(inner: impl Read + 'a, offset: u64) -> Window<'a> {
        Window { inner: Box::new(inner), buf: Vec::new(), start: 0, offset, ended: false }
    }

    /// What is held and not used up.
    pub fn data(&self) -> &[u8] {
        &self.buf[self.start..]
    }

    /// Whether `data` runs to the end of the stream.
    pub fn is_last(&self) -> bool {
        self.ended
    }

    /// Holds `want` bytes, fewer only at the end of the stream.
    pub fn fill(&mut self, want: usize) -> io::Result<()> {
        while self.data().len() < want && !self.ended {
            self.compact();
            let missing = (want - self.data().len()).clamp(CHUNK, 8 * CHUNK);
            let n = (&mut self.inner).take(missing as u64).read_to_end(&mut self.buf)?;
            self.ended = n < missing;
        }
        Ok(())
    }

    /// Moves past `n` bytes of `data`.
    pub fn consume(&mut self, n: usize) {
        self.start += n;
        self.offset += n as u64;
    }

    /// All that is held, when that is all there is.
    pub fn take_all(&mut self) -> Vec<u8> {
        self.compact();
        let all = std::mem::take(&mut self.buf);
        self.offset += all.len() as u64;
        all
    }

    fn compact(&mut self) {
        if self.start == 0 {
            return;
        }
        self.buf.copy_within(self.start.., 0);
        self.buf.truncate(self.buf.len() - self.start);
        self.start = 0;
        if self.buf.capacity() > 64 * CHUNK && self.buf.len() < CHUNK {
            self.buf.shrink_to(CHUNK);
        }
    }
}

impl Read for Window<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.data().is_empty() {
            self.fill(1)?;
        }
        let n = out.len().min(self.data().len());
        out[..n].copy_from_slice(&self.buf[self.start..self.start + n]);
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_consumed_is_not_seen_again_and_nothing_is_lost() {
        let all: Vec<u8> = (0..CHUNK as u32 * 3).map(|i| (i % 251) as u8).collect();
        let mut window = Window::new(&all[..], 0);
        window.fill(10).expect("memory");
        window.consume(7);
        window.fill(CHUNK * 2).expect("memory");
        assert_eq!(window.data()[..], all[7..7 + window.data().len()]);
        let mut rest = Vec::new();
        window.read_to_end(&mut rest).expect("memory");
        assert_eq!(rest, all[7..]);
        assert_eq!(window.offset, all.len() as u64);
    }
}
