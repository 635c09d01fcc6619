//! Stories of connected mailboxes, told with a real Dovecot and with a server that misbehaves.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod consenting;
mod discovering;
mod filing;
mod gmail;
mod misbehaving;
mod moving;
mod sending;
mod server;
mod stories;
mod unsubscribing;
mod world;
