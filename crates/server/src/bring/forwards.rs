//! Forwarding while pages are served: after each mail that came, and again for what waits.

use crate::forwarding::Forwarder;
use crate::{Error, State};
use mesinfos_domain::PersonId;
use mesinfos_vault::directory::Account;
use mesinfos_vault::{Error as VaultError, Vault};
use std::time::Duration;

/// How often what waits is looked at.
const ROUND: Duration = Duration::from_secs(5 * 60);

impl State {
    /// Lends who passes mails on for this person.
    pub(crate) fn forwarder<T>(
        &self,
        vault: &Vault,
        account: &Account,
        work: impl FnOnce(&Forwarder<'_>) -> T,
    ) -> T {
        let forwarder = Forwarder {
            store: self.store(),
            vault,
            submission: self.neighbours().submission.as_ref(),
            outward: self.outward(),
            locale: account.locale.parse().unwrap_or_default(),
            now_us: self.now_us(),
        };
        work(&forwarder)
    }

    /// Passes on what waits for this person, if her vault is open. Blocks.
    pub(crate) fn pass_on(&self, person: PersonId) {
        if let Err(error) = self.try_to_pass_on(person) {
            tracing::error!(%error, "mails could not be passed on");
        }
    }

    fn try_to_pass_on(&self, person: PersonId) -> Result<(), Error> {
        let vault = match self.store().vault(person) {
            // It waits for its owner.
            Err(VaultError::Sealed) => return Ok(()),
            open => open?,
        };
        let Some(account) = self.store().directory().account(person)? else { return Ok(()) };
        self.turns().with(person, || self.forwarder(&vault, &account, |f| f.run()))?;
        Ok(())
    }

    /// Looks at what waits every now and then, until the program ends.
    pub(crate) fn keep_passing_on(&self) {
        let (state, mut stops) = (self.clone(), self.stopping());
        tokio::spawn(async move {
            loop {
                let stops = stops.wait_for(|stop| *stop);
                if tokio::time::timeout(ROUND, stops).await.is_ok() {
                    return;
                }
                let state = state.clone();
                let round = move || {
                    for account in state.store().directory().accounts().unwrap_or_default() {
                        state.pass_on(account.person);
                    }
                };
                // What panicked in one round is tried again in the next.
                let _ = tokio::task::spawn_blocking(round).await;
            }
        });
    }
}
