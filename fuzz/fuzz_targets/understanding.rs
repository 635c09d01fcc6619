//! `cargo +nightly fuzz run understanding`
#![no_main]

#[path = "../understanding.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| target::understanding(bytes));
