//! Promotions: codes and advantages with their conditions.

use crate::Letter;
use mesinfos_domain::{Category, Fact, Language, Offer};

/// The offers that a letter carries.
pub fn read(
    _letter: &Letter<'_>,
    _language: Language,
    _category: Category,
) -> (Vec<Offer>, Vec<Fact>) {
    (Vec::new(), Vec::new())
}
