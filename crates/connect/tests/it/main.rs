//! Stories of connected mailboxes, told with a real Dovecot and with a server that misbehaves.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod consenting;
mod discovering;
mod filing;
mod filing_killed;
mod gmail;
mod misbehaving;
mod moving;
mod said;
mod sending;
mod server;
mod stories;
mod unsubscribing;
mod world;

use mesinfos_connect::imap;

#[path = "../../../../fuzz/imap.rs"]
mod target;
