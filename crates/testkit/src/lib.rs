//! Fixtures, clock, random source, and throw-away servers for the tests.

pub mod postgres;
