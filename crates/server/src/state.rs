//! What all requests share: the store, the clock, the locks on the door, the imports under way.

use crate::bring::{Follows, Imports, Takings};
use crate::consents::Consents;
use crate::door::passkey::Ceremonies;
use crate::door::{LINK_US, Tries};
use crate::outward::CONVERSATIONS;
use crate::sending::Turns;
use crate::{Clock, Config, Error, Neighbours, Reach};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mesinfos_connect::discovery::Directory;
use mesinfos_connect::oauth::Clients;
use mesinfos_domain::PersonId;
use mesinfos_vault::Store;
use mesinfos_vault::directory::EntryLink;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use subtle::ConstantTimeEq;
use tokio::sync::{Semaphore, watch};

/// Questions to the vaults at once: past that they queue, and past the wait they are told so.
const QUESTIONS: usize = 32;
const QUEUE: Duration = Duration::from_secs(10);
/// Passphrases hashed at once: a storm of sign-ins must not take both cores and the memory.
const HASHES: usize = 2;

/// Shared by all requests; cheap to clone.
#[derive(Clone)]
pub struct State(Arc<Inner>);

struct Inner {
    reach: Reach,
    neighbours: Neighbours,
    clients: Clients,
    clock: Clock,
    store: Store,
    zone: TimeZone,
    questions: Semaphore,
    hashes: Semaphore,
    conversations: Arc<Semaphore>,
    stop: watch::Sender<bool>,
    setup: Option<String>,
    is_deserted: AtomicBool,
    imports: Imports,
    ceremonies: Ceremonies,
    follows: Follows,
    takings: Takings,
    turns: Turns,
    consents: Consents,
    tries: Tries,
}

impl State {
    /// Around a store that is open. With a `setup` code, only who knows it may make the first
    /// account: where others can reach the first-run page, it belongs to who started the server.
    pub fn new(config: &Config, store: Store, clock: Clock, setup: Option<String>) -> State {
        State(Arc::new(Inner {
            reach: config.reach.clone(),
            neighbours: config.neighbours.clone(),
            clients: Clients::new(config.clients.clone(), {
                let clock = clock.clone();
                move || clock.now().as_microsecond()
            }),
            clock,
            store,
            zone: TimeZone::system(),
            questions: Semaphore::new(QUESTIONS),
            hashes: Semaphore::new(HASHES),
            conversations: Arc::new(Semaphore::new(CONVERSATIONS)),
            stop: watch::Sender::new(false),
            setup,
            is_deserted: AtomicBool::new(false),
            imports: Imports::default(),
            ceremonies: Ceremonies::default(),
            follows: Follows::default(),
            takings: Takings::default(),
            turns: Turns::default(),
            consents: Consents::default(),
            tries: Tries::default(),
        }))
    }

    /// Whether this is the code asked for at first run, when one is asked for.
    pub(crate) fn is_set_up_by(&self, code: &str) -> bool {
        if self.0.is_deserted.load(Ordering::Relaxed) {
            return false;
        }
        let Some(setup) = &self.0.setup else { return true };
        bool::from(setup.as_bytes().ct_eq(code.trim().as_bytes()))
    }

    /// Nobody is left, and no code was told that makes a first account: none is made until the next start.
    pub(crate) fn wait_for_a_new_start(&self) {
        self.0.is_deserted.store(true, Ordering::Relaxed);
    }

    /// How browsers reach us.
    pub fn reach(&self) -> &Reach {
        &self.0.reach
    }

    /// Servers of the host's own.
    pub(crate) fn neighbours(&self) -> &Neighbours {
        &self.0.neighbours
    }

    /// Whom the servers of a mail domain are asked of.
    pub(crate) fn directory(&self) -> &Directory {
        &self.0.neighbours.directory
    }

    /// Places for conversations with others.
    pub(crate) fn conversations(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0.conversations)
    }

    /// Accounts, sessions and vaults. Blocks: call it from [`State::ask`].
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Now, in microseconds since 1970.
    pub fn now_us(&self) -> i64 {
        self.0.clock.now().as_microsecond()
    }

    /// Now, in seconds since 1970.
    pub fn seconds(&self) -> i64 {
        self.0.clock.seconds()
    }

    /// Where this machine stands: dates on pages are civil dates there.
    pub fn zone(&self) -> &TimeZone {
        &self.0.zone
    }

    /// Today, where this machine stands.
    pub fn today(&self) -> Date {
        self.0.zone.to_datetime(self.0.clock.now()).date()
    }

    /// A link that signs this person in once, for ten minutes. Blocks.
    ///
    /// # Errors
    /// What the directory answers.
    pub fn entry_link(&self, person: PersonId) -> mesinfos_vault::Result<EntryLink> {
        self.store().directory().create_link(person, LINK_US, self.now_us())
    }

    /// Puts a question to the store on a thread that may block.
    ///
    /// # Errors
    /// [`Error::Busy`] when the queue is full for too long; otherwise what `question` answers.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> mesinfos_vault::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        self.on(&self.0.questions, question).await
    }

    /// The same for what hashes a passphrase.
    ///
    /// # Errors
    /// As [`State::ask`].
    pub async fn hash<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Store) -> mesinfos_vault::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        self.on(&self.0.hashes, question).await
    }

    async fn on<T: Send + 'static>(
        &self,
        places: &Semaphore,
        question: impl FnOnce(&Store) -> mesinfos_vault::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let place = tokio::time::timeout(QUEUE, places.acquire()).await;
        let Ok(Ok(_place)) = place else { return Err(Error::Busy) };
        let state = self.clone();
        let answer = tokio::task::spawn_blocking(move || question(state.store())).await;
        match answer {
            Ok(answer) => answer.map_err(Error::from),
            Err(panic) => Err(Error::Broken(format!("a question panicked: {panic}"))),
        }
    }

    /// Tries at the door.
    pub(crate) fn tries(&self) -> &Tries {
        &self.0.tries
    }

    /// The challenges given to passkeys.
    pub(crate) fn ceremonies(&self) -> &Ceremonies {
        &self.0.ceremonies
    }

    /// The imports under way.
    pub fn imports(&self) -> &Imports {
        &self.0.imports
    }

    /// The mailboxes followed.
    pub fn follows(&self) -> &Follows {
        &self.0.follows
    }

    /// The deposits being taken in.
    pub(crate) fn takings(&self) -> &Takings {
        &self.0.takings
    }

    /// Turns true when the program ends.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stop.subscribe()
    }

    /// Clients of providers that ask for a consent.
    pub(crate) fn clients(&self) -> Clients {
        self.0.clients.clone()
    }

    /// Consents under way.
    pub(crate) fn consents(&self) -> &Consents {
        &self.0.consents
    }

    /// Who is sending mails.
    pub(crate) fn turns(&self) -> &Turns {
        &self.0.turns
    }

    /// Tells background work that the program ends.
    pub fn stop(&self) {
        self.0.stop.send_replace(true);
        self.0.imports.stop_all();
        self.0.follows.stop_all();
        self.0.takings.stop_all();
    }

    /// Whether the program ends.
    pub fn is_stopping(&self) -> bool {
        *self.0.stop.borrow()
    }
}
