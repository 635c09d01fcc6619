//! Mail that others deliver, for the dedicated addresses of the persons here: LMTP from the host's own
//! mail server, or SMTP from anywhere. Nothing is ever relayed.
//!
//! - [`session`]: the protocols, a machine without sockets
//! - [`Office`]: which addresses are taken for, and where their mail goes
//! - [`bind`], [`Hall`]: sockets, TLS, patience and room around them

mod listen;
mod office;
mod rates;
pub mod session;

pub use listen::{Bound, Hall, Place, bind};
pub use office::{Caller, House, Office, Rules};
