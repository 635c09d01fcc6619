//! A person's vault: originals, facts, the person's word, search; SQLite or PostgreSQL.
//!
//! [`Store::open`] takes a data folder (and owns it: one process at a time), [`Store::vault`] opens
//! one person's vault, [`Vault::read`] and [`Vault::write`] lend a [`Db`]. All is synchronous and
//! `Send`: a server calls it from its blocking threads. What the tables hold is told at the head of
//! `migrations/vault/0001_schema.sql`, and by each later step where it makes one.
//!
//! Names that end in `_us` are microseconds: an instant since 1970 (UTC), or a span. Counts are `i64`, as
//! SQL has them. Sums are `Money`, days are civil. A function that names no error of its own fails as the
//! database or the disk does ([`Error`]).

pub mod corrections;
pub mod days;
pub mod db;
mod dedicated;
mod deposits;
pub mod directory;
mod erasing;
mod error;
mod facts;
mod filing;
pub mod fold;
mod forwarding;
pub mod import;
pub mod keys;
mod letters;
pub mod mailboxes;
mod message;
mod migrate;
mod moves;
mod opened;
mod originals;
mod packing;
mod refusals;
mod requests;
mod reread;
mod sealing;
pub mod search;
mod setting;
mod steps;
mod store;
mod upgrade;
mod vault;
mod verify;
pub mod views;

pub use db::{Db, Engine, Row, Value};
pub use dedicated::NewAddress;
pub use deposits::{Deposit, Deposited, WAITING_BYTES};
pub use directory::Directory;
pub use error::{Error, Result};
pub use filing::{Filed, Filing, FilingPlan, FilingStep, Shape};
pub use forwarding::{Confirmed, Forwarding, Passed, Waits, is_forwardable};
pub use keys::{HostKey, Mode, VaultKey};
pub use letters::SentLetter;
pub use moves::{Landed, Pile, Placed, RefusalFolder};
pub use originals::Arrival;
pub use refusals::Word;
pub use requests::{Mark, NewRequest, Request};
pub use reread::RereadWatch;
pub use steps::{Asked, Step};
pub use store::{Options, Store};
pub use upgrade::PutBack;
pub use vault::Vault;
pub use verify::Verified;
