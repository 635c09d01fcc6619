//! A person leaves: what works for her ends, then all that is hers is erased.

use crate::{Error, Reach, State, door};
use mesinfos_domain::PersonId;
use std::time::Duration;

/// How long an import may take to stop; what goes on after that writes nothing more.
const PATIENCE: Duration = Duration::from_secs(10);

impl State {
    /// Erases this person: her import stops, her mailboxes are followed no more, her vault and her account go.
    /// Blocks.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such person; otherwise what the store answers.
    pub fn erase(&self, person: PersonId) -> Result<(), Error> {
        self.follows().end_all_of(person);
        self.imports().stop(person);
        self.imports().wait_for(person, PATIENCE);
        self.store().erase(person)?;
        tracing::info!(target: door::LOG, "an account was erased");
        // The first-run page now stands open: elsewhere than on one's own machine it belongs to whoever starts
        // the program, who is told a code then.
        if *self.reach() != Reach::Loopback && self.store().directory().accounts()?.is_empty() {
            self.wait_for_a_new_start();
        }
        Ok(())
    }
}
