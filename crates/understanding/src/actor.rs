//! The organisation that a mail comes from, by its evidence.

use crate::{Context, Letter};
use mesinfos_domain::{Actor, Category};

/// The actor of this letter; `None` when a person wrote.
pub fn of(_letter: &Letter<'_>, _context: &Context, _category: Category) -> Option<Actor> {
    None
}
