//! Stories of connected mailboxes, told with a real Dovecot and with a server that misbehaves.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod misbehaving;
mod server;
mod stories;
mod world;
