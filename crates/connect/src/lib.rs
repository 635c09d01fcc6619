//! Outside to vault: mailboxes over IMAP. The only room that opens connections, and only when the
//! person asked for it.
//!
//! - [`imap`]: the protocol, a machine without sockets and a blocking client around it
//! - [`sync`]: a mailbox followed: what is new, what moved, what went
//! - [`provider`]: where a mail address has its server
//! - [`Reach`]: which machines may be reached

mod error;
pub mod imap;
pub mod provider;
mod reach;
pub mod sync;

pub use error::{Error, Result};
pub use reach::Reach;
