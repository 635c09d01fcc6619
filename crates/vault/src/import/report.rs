//! What an import says while it runs and when it ends.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How far an import is.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Progress {
    /// Messages kept so far, those known before included.
    pub messages: u64,
    /// Bytes read of all that there is to read.
    pub bytes: u64,
    /// All that there is to read.
    pub bytes_total: u64,
    /// Since the beginning.
    pub elapsed: Duration,
}

impl Progress {
    /// Messages a second.
    pub fn rate(&self) -> f64 {
        self.messages as f64 / self.elapsed.as_secs_f64().max(0.001)
    }

    /// From 0 to 1.
    pub fn share(&self) -> f64 {
        if self.bytes_total == 0 { 1.0 } else { self.bytes as f64 / self.bytes_total as f64 }
    }

    /// Time left at this pace; `None` while it is too early to say.
    pub fn left(&self) -> Option<Duration> {
        let share = self.share();
        (share > 0.005)
            .then(|| self.elapsed.mul_f64(((1.0 - share) / share).clamp(0.0, 1_000_000.0)))
    }
}

/// What an import found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// Arrivals read.
    pub arrivals: u64,
    /// Messages that are new in the vault.
    pub new_messages: u64,
    /// Arrivals of messages that the vault had.
    pub known_messages: u64,
    /// Files that are as they were and were not opened.
    pub unchanged_files: u64,
    /// Bytes of the new messages.
    pub bytes: u64,
    /// Actors of the new messages.
    pub actors: u64,
    /// New messages that speak of an order.
    pub order_mails: u64,
    /// Purchases that these make, with the earlier mails.
    pub orders: u64,
    /// Offers in new messages.
    pub offers: u64,
    /// Written by the person: kept, searchable, out of counts.
    pub sent: u64,
    /// In the spam folder: kept, out of counts.
    pub spam: u64,
    /// In the trash: kept, out of counts.
    pub trash: u64,
    /// Drafts: kept, out of counts.
    pub drafts: u64,
    /// Chats: kept, out of counts.
    pub chats: u64,
    /// Suspected frauds: no facts of theirs are used.
    pub suspected: u64,
    /// New messages by category.
    pub categories: BTreeMap<String, u64>,
    /// New messages that were not understood, by the reason (a problem's code).
    pub not_understood: BTreeMap<String, u64>,
    /// Odd things met in new messages, by their code; what was readable is kept.
    pub problems: BTreeMap<String, u64>,
    /// Files and entries that were not taken, by the reason.
    pub skipped: BTreeMap<String, u64>,
    /// The first of each reason, to look at: reason and place.
    pub examples: BTreeMap<String, String>,
    /// Files that could not be read: path and error.
    pub failed: Vec<(String, String)>,
    /// It was stopped before its end; started again it goes on.
    pub stopped: bool,
}

impl Report {
    /// Whether some mail was not understood or not taken.
    pub fn is_partial(&self) -> bool {
        !self.not_understood.is_empty() || !self.failed.is_empty()
    }

    /// Takes in what a later part of the same work found.
    pub fn add(&mut self, later: Report) {
        let Report { orders, stopped, .. } = later;
        // What stands in the vault at the end, not what came: the later figure holds.
        (self.orders, self.stopped) = (orders, stopped);
        for (sum, more) in [
            (&mut self.arrivals, later.arrivals),
            (&mut self.new_messages, later.new_messages),
            (&mut self.known_messages, later.known_messages),
            (&mut self.unchanged_files, later.unchanged_files),
            (&mut self.bytes, later.bytes),
            (&mut self.actors, later.actors),
            (&mut self.order_mails, later.order_mails),
            (&mut self.offers, later.offers),
            (&mut self.sent, later.sent),
            (&mut self.spam, later.spam),
            (&mut self.trash, later.trash),
            (&mut self.drafts, later.drafts),
            (&mut self.chats, later.chats),
            (&mut self.suspected, later.suspected),
        ] {
            *sum += more;
        }
        for (sums, more) in [
            (&mut self.categories, later.categories),
            (&mut self.not_understood, later.not_understood),
            (&mut self.problems, later.problems),
            (&mut self.skipped, later.skipped),
        ] {
            for (code, n) in more {
                *sums.entry(code).or_default() += n;
            }
        }
        for (code, first) in later.examples {
            self.examples.entry(code).or_insert(first);
        }
        self.failed.extend(later.failed);
    }

    pub(super) fn example(&mut self, code: &str, place: impl FnOnce() -> String) {
        if !self.examples.contains_key(code) {
            self.examples.insert(code.to_owned(), place());
        }
    }
}
