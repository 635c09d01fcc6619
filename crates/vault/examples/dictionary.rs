//! Learns what the facts of mails have in common, for `packing`:
//! `cargo run -p mesinfos-vault --example dictionary -- MAILBOX NUMBER OUT`, with the sample mails.
//!
//! One that was released stays, for what was packed with it: learn the next under the next number.

use mesinfos_reading::mailbox::{Content, Mark, Seen, read};
use mesinfos_reading::{Mail, canonical};
use mesinfos_understanding::{Context, understand};
use std::error::Error;
use std::fs::{self, File};
use std::ops::ControlFlow;

/// A larger one gains nothing on facts of two kilobytes.
const BYTES: usize = 16 << 10;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [mailbox, number, out] = &args[..] else { return Err("MAILBOX NUMBER OUT".into()) };
    let number: u32 = number.parse()?;
    let context = Context::default();
    let mut facts = Vec::new();
    read(mailbox, &mut File::open(mailbox)?, Mark::default(), &mut |seen| {
        if let Seen::Arrival(arrival) = seen
            && let Content::Whole(bytes) = arrival.content
        {
            let kept = canonical::canonical(&bytes, arrival.quoting);
            facts.extend(serde_json::to_vec(&understand(&Mail::read(&kept.bytes), &context)));
        }
        ControlFlow::Continue(())
    })?;
    let mut dictionary = zstd::dict::from_samples(&facts, BYTES)?;
    // Its number stands behind the magic one (RFC 8878 §5).
    dictionary[4..8].copy_from_slice(&number.to_le_bytes());
    fs::write(out, dictionary)?;
    eprintln!("learnt from the facts of {} mails", facts.len());
    Ok(())
}
