//! `cargo +nightly fuzz run style`
#![no_main]

#[path = "../../crates/server/src/mail/style.rs"]
mod kept;
#[path = "../style.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::style(bytes, kept::keep));
