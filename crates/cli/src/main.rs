//! The program `mesinfos`.
fn main() {}
