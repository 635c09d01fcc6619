//! `cargo +nightly fuzz run conversation`
#![no_main]

// The machine itself, without the vault behind it: a fuzzer builds it in seconds.
#[path = "../../crates/receive/src/session/mod.rs"]
#[allow(dead_code, reason = "the listening side calls the rest")]
mod session;
#[path = "../conversation.rs"]
#[allow(dead_code, reason = "the tests call the rest")]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::conversation(bytes));
