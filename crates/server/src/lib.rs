//! One port: the person's pages, in French and English.
//!
//! - [`app`]: the router; [`bind`] opens a port for it
//! - [`Config`], [`State`]: what the host decides, what requests share
//! - [`Visitor`], [`Sent`], [`SentTo`], [`Guest`]: who asks
//! - [`pages`]: the frame and each page, `pages/<resource>/<verb>.rs`
//! - [`words`]: sentences, sums and dates in both languages
//! - [`mail`]: hostile mails made harmless
//! - [`door`]: passphrases, cookies, limits
//! - [`bring`]: imports under way, uploads
//! - [`forwarding`]: mail of dedicated addresses passed on
//! - [`assets`]: style sheet, script and icons, embedded

mod app;
pub mod assets;
pub mod bring;
mod clock;
mod config;
mod consents;
pub mod door;
mod error;
pub mod forwarding;
mod headers;
mod leaving;
pub mod mail;
mod origin;
mod outward;
pub mod pages;
mod sending;
mod serve;
mod state;
mod visitor;
pub mod words;

pub use app::app;
pub use clock::Clock;
pub use config::{Acme, Config, Neighbours, Reach, Submission};
pub use error::Error;
pub(crate) use error::show;
pub use serve::{Bound, Peer, bind};
pub use state::State;
pub use visitor::{Guest, Nothing, Sent, SentTo, Visitor};
