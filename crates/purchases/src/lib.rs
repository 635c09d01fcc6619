//! Facts to a customer account: orders with a history, products, warranties, what is due.
//!
//! Pure: what the mails say goes in, the account comes out; the day is a parameter. A purchase is
//! a function of the *set* of mails that speak of it: any order of arrival gives the same one.

pub mod addition;
pub mod after_sales;
pub mod calendar;
mod join;
mod keys;
mod lasting;
mod lines;
mod mail;
mod merge;
mod parcels;
mod purchase;
mod refunds;
pub mod rights;
pub mod spent;
mod status;
mod word;

pub use addition::{Addition, Printed};
pub use after_sales::{AfterSales, Ground};
pub use join::join;
pub use keys::{Keys, keys, number};
pub use lasting::{Lasting, lasting};
pub use mail::{OrderMail, Writer};
pub use purchase::{
    BoughtLine, Known, Nature, Payment, Purchase, Received, Refund, Shipment, Step, ThingState,
};
pub use rights::{Article, Caveat, Code, Right, RightKind, RightState};
pub use spent::{Counted, counted};
pub use word::{LineEdit, Word};
