//! A look at the heads of the first mails, before any is understood.
//!
//! Whose mailbox it is, and whose word counts for its signatures, is learnt as mails are written.
//! The first ones would be understood before anything is known: they are looked at twice.

use super::learn::Learnt;
use super::prepare::hints;
use super::read::Item;
use mesinfos_reading::{Mail, limits, mailbox::Role};
use mesinfos_understanding::Context;

/// So many mails tell whose they are; from then on what is written tells more.
const LOOKED_AT: usize = 512;

/// What the first mails of an import tell.
pub(super) struct Sight {
    learnt: Learnt,
    left: usize,
}

impl Sight {
    pub fn new(learnt: &Learnt) -> Sight {
        Sight { learnt: learnt.clone(), left: LOOKED_AT }
    }

    /// What may be taken for known once these are counted; `None` when they were not looked at.
    pub fn of(&mut self, items: &[Item]) -> Option<Context> {
        if self.left == 0 {
            return None;
        }
        for item in items {
            if let Item::Job(job) = item {
                let mail = Mail::read(head(&job.bytes));
                let from = mail.from.as_ref().map(|a| a.address.to_lowercase()).unwrap_or_default();
                self.learnt.see(&from, job.role == Role::Sent, &hints(&mail, job));
                self.left = self.left.saturating_sub(1);
            }
        }
        Some(self.learnt.context())
    }
}

/// The headers, with the empty line that ends them.
fn head(message: &[u8]) -> &[u8] {
    let most = message.len().min(limits::HEADER_BLOCK_BYTES);
    let ends = |pair: &[u8]| pair == b"\n\n" || pair == b"\n\r";
    let end = message[..most].windows(2).position(ends).map_or(most, |at| at + 2);
    &message[..end]
}
