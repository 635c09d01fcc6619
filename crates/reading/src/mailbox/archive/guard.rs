//! Readers that count real bytes: what unpacks to more than mail ever does is stopped.

use super::Why;
use crate::limits;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// Counts what is read from it.
pub(super) struct Counted<R> {
    inner: R,
    count: Rc<Cell<u64>>,
}

impl<R: Read> Counted<R> {
    pub fn new(inner: R, count: &Rc<Cell<u64>>) -> Self {
        Counted { inner, count: Rc::clone(count) }
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(out)?;
        self.count.set(self.count.get() + n as u64);
        Ok(n)
    }
}

/// An unpacked stream under watch.
pub(super) struct Guard<R> {
    inner: R,
    /// Bytes that it came from.
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    /// Why it was stopped.
    trouble: Rc<Cell<Option<Why>>>,
    ends_at_damage: bool,
}

impl<R: Read> Guard<R> {
    pub fn new(inner: R, packed: Rc<Cell<u64>>, trouble: &Rc<Cell<Option<Why>>>) -> Self {
        let trouble = Rc::clone(trouble);
        Guard { inner, packed, unpacked: 0, trouble, ends_at_damage: false }
    }

    /// Damage ends the stream instead of failing it: what was unpacked before is read.
    pub fn keeping_what_came_before(mut self) -> Self {
        self.ends_at_damage = true;
        self
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.trouble.get().is_some() {
            return Ok(0);
        }
        let n = match self.inner.read(out) {
            Ok(n) => n,
            Err(e) if e.raw_os_error().is_some() || e.kind() == io::ErrorKind::Interrupted => {
                return Err(e);
            }
            Err(e) => {
                self.trouble.set(Some(Why::Damaged));
                return if self.ends_at_damage { Ok(0) } else { Err(e) };
            }
        };
        self.unpacked += n as u64;
        if self.unpacked > limits::ARCHIVE_FREE_BYTES
            && self.unpacked / limits::ARCHIVE_RATIO > self.packed.get()
        {
            self.trouble.set(Some(Why::Bomb));
            return Err(io::Error::new(io::ErrorKind::InvalidData, "unpacks to absurd size"));
        }
        Ok(n)
    }
}
