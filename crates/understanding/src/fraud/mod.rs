//! Suspected fraud: only on positive evidence of imitation.

use crate::{Context, Letter};
use mesinfos_domain::Fraud;

/// Why this letter is taken for an imitation, if it is.
pub fn suspect(_letter: &Letter<'_>, _context: &Context) -> Option<Fraud> {
    None
}
