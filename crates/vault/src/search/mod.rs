//! Full-text search over mails, orders, products and actors.

pub(crate) mod store;
pub(crate) mod words;
