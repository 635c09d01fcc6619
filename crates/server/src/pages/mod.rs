//! The pages: a struct for each, filled by its handler and rendered by the template of the same
//! name; all stand in the [`Frame`].

mod frame;
pub mod help;
pub mod language;
pub mod parts;

pub use frame::{Frame, Nav, Notice, Strip, VaultMode};
