//! Bytes to structure: mails, mailboxes, archives, HTML. Never fails on odd input.
//!
//! A reader returns what it found and a list of [`Problem`]s; it has no clock, no file, no socket.

pub mod html;
pub mod limits;
pub mod mail;
pub mod page;

pub use html::{Dom, Node, NodeId, Tag};
pub use mail::{Address, Attachment, Header, Mail};
pub use mesinfos_domain::Problem;
pub use page::{Image, Link, Page};
