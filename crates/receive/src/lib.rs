//! Mail that others deliver, for the dedicated addresses of the persons here: LMTP from the host's own
//! mail server, or SMTP from anywhere. Nothing is ever relayed.
//!
//! - [`session`]: the protocols, a machine without sockets

pub mod session;
