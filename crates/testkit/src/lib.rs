//! Fixtures, clock, random source, and throw-away servers for the tests.

mod certificate;
pub mod dovecot;
pub mod https;
mod introspection;
pub mod postfix;
pub mod postgres;
pub mod sink;
