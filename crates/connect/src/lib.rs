//! Outside to vault, and what she tells others: mailboxes over IMAP, mails and clicks. The only room that
//! opens connections, and only when the person asked for it.
//!
//! - [`imap`]: the protocol, a machine without sockets and a blocking client around it
//! - [`sync`]: a mailbox followed: what is new, what moved, what went
//! - [`provider`], [`discovery`]: where a mail address has its server
//! - [`oauth`]: consent in place of a password
//! - [`moving`]: refused mails put into a folder of the server
//! - [`filing`]: mails filed there by organisation and drawer
//! - [`forwarding`]: mail of dedicated addresses passed on to her real mailbox
//! - [`submission`]: mails that she sends
//! - [`one_click`]: unsubscribing by RFC 8058
//! - [`Outward`], [`Reach`]: how it connects, and which machines may be reached

pub mod discovery;
mod error;
pub mod filing;
pub mod forwarding;
pub mod imap;
pub mod moving;
pub mod oauth;
mod outward;
pub mod provider;
mod reach;
pub mod submission;
pub mod sync;
mod unsubscribe;
mod web;

pub use error::{Error, Result};
pub use outward::Outward;
pub use reach::Reach;
pub use unsubscribe::one_click;
