//! Facts beside orders and offers: reservations from markup, documents that wait at an actor's site.

use crate::Letter;
use mesinfos_domain::{Language, Record, Understood};

/// The records of a letter.
pub fn read(_letter: &Letter<'_>, _language: Language, _understood: &Understood) -> Vec<Record> {
    Vec::new()
}
