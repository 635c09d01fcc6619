//! `cargo +nightly fuzz run imap`
#![no_main]

// The machine itself, without the socket and the vault behind it: a fuzzer builds it in seconds.
#[path = "../../crates/connect/src/imap/frame.rs"]
#[allow(dead_code, reason = "the client calls the rest")]
mod frame;
#[path = "../../crates/connect/src/imap/reply.rs"]
#[allow(dead_code, reason = "the client calls the rest")]
mod reply;
#[path = "../imap.rs"]
mod target;

mod imap {
    pub use crate::frame::Frames;
    pub use crate::reply::parse;
}

/// As in the crate that these stand in.
#[derive(Debug)]
pub enum Error {
    Broken(&'static str),
}
pub type Result<T> = std::result::Result<T, Error>;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::imap(bytes));
