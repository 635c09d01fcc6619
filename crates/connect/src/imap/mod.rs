//! IMAP (RFC 3501 and its extensions): bytes to answers without any socket ([`Frames`], [`Reply`]),
//! commands, and a blocking [`Client`].

mod client;
mod command;
mod folder;
mod frame;
mod login;
mod reply;
mod stream;

pub use crate::Outward as Options;
pub use client::{Client, Traffic};
pub use command::{quoted, set};
pub use folder::{Listed, Standing};
pub use frame::Frames;
pub use reply::{Counts, Fetched, Reply, Status, parse};
pub(crate) use stream::Stream;
