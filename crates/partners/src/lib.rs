//! Who may still speak to the person, and what she may ask of them. No I/O, no clock.
//!
//! - [`Rule`], [`Stance`], [`Policy`]: what she refuses or accepts, and which word holds for a mail
//! - [`mailto`]: a mail that unsubscribes, as an organisation wants it
//! - [`silence`]: whether an organisation that was refused has ceased
//! - [`rights`]: the letters that the GDPR lets her write, and the time that it leaves for an answer

pub mod mailto;
mod policy;
pub mod rights;
mod rule;
pub mod silence;

pub use policy::{Policy, Said, Who};
pub use rule::{Rule, Stance};
