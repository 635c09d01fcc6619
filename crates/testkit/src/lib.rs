//! Fixtures, clock, random source, and throw-away servers for the tests.

pub mod dovecot;
pub mod postfix;
pub mod postgres;
