//! What goes out from this machine when a person asks for it: on threads of its own, few at once,
//! and to the end even when her browser does not wait for it.

use crate::{Error, Reach, State, Visitor};
use mesinfos_connect::{Outward, Reach as Machines};
use mesinfos_vault::Vault;
use std::time::Duration;

/// Conversations with others at once, those of followed mailboxes aside.
pub(crate) const CONVERSATIONS: usize = 16;
const QUEUE: Duration = Duration::from_secs(5);

impl State {
    /// How servers are reached that the person named herself: on a machine of her own, anywhere.
    pub(crate) fn outward(&self) -> Outward {
        let reach = match self.reach() {
            Reach::Loopback => Machines::Anywhere,
            Reach::Tls { .. } | Reach::Acme(_) | Reach::BehindProxy(_) => self.to_strangers().reach,
        };
        Outward { reach, ..self.to_strangers() }
    }

    /// How servers are reached that a mail names, which anybody may have written: public ones only,
    /// unless the host opens their own network.
    pub(crate) fn to_strangers(&self) -> Outward {
        let own = self.neighbours();
        let reach = if own.is_open { Machines::Anywhere } else { Machines::Public };
        let (root, clients) = (own.authority.clone(), self.clients());
        Outward { reach, root, clients, ..Outward::default() }
    }
}

impl Visitor {
    /// Lends her vault to work that talks to others; the work goes on when she leaves the page.
    ///
    /// # Errors
    /// [`Error::Busy`] when too many talk already; [`Error::Sealed`] when her vault waits.
    pub(crate) async fn outward<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault, &State) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let vault = self.vault(|vault| Ok(vault.clone())).await?;
        let places = self.state().conversations();
        let Ok(Ok(place)) = tokio::time::timeout(QUEUE, places.acquire_owned()).await else {
            return Err(Error::Busy);
        };
        let state = self.state().clone();
        let work = tokio::task::spawn_blocking(move || {
            let outcome = work(&vault, &state);
            drop(place);
            outcome
        });
        work.await.map_err(|panic| Error::Broken(format!("a conversation panicked: {panic}")))?
    }

    /// The same, one after the other for each person: a second click finds what the first did.
    ///
    /// # Errors
    /// As [`Visitor::outward`].
    pub(crate) async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault, &State) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let person = self.person;
        self.outward(move |vault, state| state.turns().with(person, || work(vault, state))).await
    }
}
