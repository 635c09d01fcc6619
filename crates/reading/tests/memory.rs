//! A mailbox of any size is read in memory that does not grow with it.

use mesinfos_reading::mailbox::{self, Content, Mark, Seen};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// An mbox that is made while it is read: `messages` mails of 60 kB, and one of 120 MB.
struct Endless {
    at: u64,
    end: u64,
    one: Vec<u8>,
    large: std::ops::Range<u64>,
}

impl Endless {
    fn new(messages: u64) -> Endless {
        let mut one =
            b"From a@b.example Tue Nov 24 10:00:00 2026\nFrom: a@b.example\nSubject: s\n\n"
                .to_vec();
        one.extend(
            b"A line of an ordinary body, as long as lines of mail are wont to be.\n".repeat(870),
        );
        one.push(b'\n');
        let size = one.len() as u64;
        let from = size * (messages / 2);
        Endless { at: 0, end: size * messages + (120 << 20), one, large: from..from + (120 << 20) }
    }
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = self.one.len() as u64;
        let n = out.len().min((self.end - self.at) as usize);
        for byte in &mut out[..n] {
            *byte = if self.large.contains(&self.at) {
                // Appended to the message before: lines without end.
                b'x'
            } else {
                let at = if self.at >= self.large.end { self.at - self.large.end } else { self.at };
                self.one[(at % size) as usize]
            };
            self.at += 1;
        }
        Ok(n)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Start(at) => self.at = at.min(self.end),
            SeekFrom::End(_) => self.at = self.end,
            SeekFrom::Current(_) => {}
        }
        Ok(self.at)
    }
}

/// The most memory that this process held, in kB (Linux).
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
fn four_hundred_megabytes_pass_in_a_third_of_them() {
    let before = peak();
    let (mut whole, mut large, mut bytes) = (0, 0, 0u64);
    mailbox::read("m.mbox", &mut Endless::new(4600), Mark::default(), &mut |seen| {
        if let Seen::Arrival(a) = seen {
            match a.content {
                Content::Whole(b) => (whole, bytes) = (whole + 1, bytes + b.len() as u64),
                Content::Large(rest) => {
                    large += 1;
                    bytes += io::copy(rest, &mut io::sink()).expect("memory");
                }
            }
        }
        ControlFlow::Continue(())
    })
    .expect("memory does not fail");
    assert!(bytes > 380 << 20, "{bytes} bytes were read");
    // The large one swallowed the message behind it: no blank line parts them.
    assert_eq!((whole, large), (4598, 1));
    if let (Some(before), Some(after)) = (before, peak()) {
        let grown = (after - before) >> 10;
        println!("grown by {grown} MB");
        assert!(grown < 140, "{grown} MB");
    }
}
