//! Mails that the person sends: written ([`Letter`]), handed in to the server of her own mailbox
//! (RFC 6409), and kept in its folder of sent mails.
//!
//! The conversation is our own, on the same bytes as IMAP: of the clients that we know, none lets us
//! choose the address that is connected to, bound what is read, and throw away what was said before
//! STARTTLS.

mod answer;
mod copy;
mod letter;
mod talk;
mod wrapped;

pub use copy::keep_copy;
pub use letter::{Letter, message_id};
pub use talk::hand_in;
pub use wrapped::{OURS, Wrapped};
