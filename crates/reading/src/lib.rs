//! Bytes to structure: mails, mailboxes, archives, HTML. Never fails on odd input.
//!
//! A reader returns what it found and a list of [`Problem`]s; it has no clock, no file, no socket.

pub mod canonical;
pub mod html;
pub mod limits;
pub mod mail;
pub mod mailbox;
pub mod page;
pub mod words;

pub use html::{Dom, Node, NodeId, Tag};
pub use mail::{Address, Attachment, Header, Mail};
pub use mesinfos_domain::Problem;
pub use page::{Image, Link, Page};
