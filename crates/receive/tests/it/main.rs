//! Mail that others deliver: the conversation as a machine, and stories told over sockets, with a
//! real Postfix in front and with none.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod conversation;
mod doors;
mod postfix;
mod world;

use mesinfos_receive::session;

#[path = "../../../../fuzz/conversation.rs"]
mod target;
