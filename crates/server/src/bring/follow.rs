//! Mailboxes followed while pages are served: each on a thread of its own that brings it up to date,
//! listens for news, and rests when the server wants it.

use super::Seen;
use crate::{Error, State};
use mesinfos_connect::sync::{self, Options};
use mesinfos_domain::PersonId;
use mesinfos_vault::import::Watch;
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::{Mode, Vault};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Listening is begun again before servers end it (29 minutes, RFC 2177), and other folders than
/// the inbox are looked at then.
const LISTEN: Duration = Duration::from_secs(15 * 60);
/// Where nothing can be listened to.
const REST: Duration = Duration::from_secs(5 * 60);
const LOOK_UP: Duration = Duration::from_millis(200);

/// The mailboxes followed by this process.
#[derive(Default)]
pub struct Follows(Mutex<HashMap<(PersonId, i64), Arc<Followed>>>);

/// One mailbox.
#[derive(Default)]
pub struct Followed {
    stop: AtomicBool,
    /// The person wants it now, or it is to end: what waits or listens looks up.
    asked: AtomicBool,
    busy: AtomicBool,
    seen: Mutex<Seen>,
}

impl Followed {
    fn end(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.asked.store(true, Ordering::Relaxed);
    }

    /// What is known of the sync under way, if one is.
    pub fn seen(&self) -> Option<Seen> {
        let seen = || self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.busy.load(Ordering::Relaxed).then(seen)
    }
}

impl Follows {
    /// The mailbox, if it is followed.
    pub fn of(&self, person: PersonId, mailbox: i64) -> Option<Arc<Followed>> {
        self.all().get(&(person, mailbox)).cloned()
    }

    /// Follows it no more.
    pub fn end(&self, person: PersonId, mailbox: i64) {
        if let Some(followed) = self.all().remove(&(person, mailbox)) {
            followed.end();
        }
    }

    /// Follows none of this person's any more.
    pub(crate) fn end_all_of(&self, person: PersonId) {
        self.all().retain(|(whose, _), followed| {
            let stays = *whose != person;
            if !stays {
                followed.end();
            }
            stays
        });
    }

    /// Asks all to stop, because the program ends.
    pub(crate) fn stop_all(&self) {
        for followed in self.all().values() {
            followed.end();
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<(PersonId, i64), Arc<Followed>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Brings a mailbox up to date now; one that is `kept` is listened to after that. Blocks for a
    /// moment only.
    ///
    /// # Errors
    /// [`Error::Broken`] when there is no thread for it.
    pub fn follow(&self, vault: &Vault, mailbox: &Mailbox, kept: bool) -> Result<(), Error> {
        let key = (vault.person(), mailbox.id);
        let followed = {
            let mut all = self.follows().all();
            if let Some(known) = all.get(&key) {
                known.asked.store(true, Ordering::Relaxed);
                return Ok(());
            }
            let new = Arc::new(Followed::default());
            all.insert(key, Arc::clone(&new));
            new
        };
        let (state, vault, name) = (self.clone(), vault.clone(), mailbox.name.clone());
        let thread = std::thread::Builder::new().name("mailbox".into());
        let begun = thread.spawn(move || {
            run(&state, &vault, &name, &followed, kept);
            let mut all = state.follows().all();
            if all.get(&key).is_some_and(|known| Arc::ptr_eq(known, &followed)) {
                all.remove(&key);
            }
        });
        begun.map(|_| ()).map_err(|e| {
            self.follows().all().remove(&key);
            Error::Broken(format!("no thread for a mailbox: {e}"))
        })
    }

    /// Follows all mailboxes of vaults that work while their owner is away. Blocks.
    ///
    /// # Errors
    /// What the vaults answer.
    pub fn follow_all(&self) -> Result<(), Error> {
        for account in self.store().directory().accounts()? {
            if account.mode == Mode::Watched {
                let vault = self.store().vault(account.person)?;
                for mailbox in vault.mailboxes()? {
                    self.follow(&vault, &mailbox, true)?;
                }
            }
        }
        Ok(())
    }
}

fn run(state: &State, vault: &Vault, name: &str, followed: &Followed, kept: bool) {
    loop {
        // It may have been removed, or given another password.
        let Ok(Some(mailbox)) = vault.mailbox(name) else { return };
        followed.asked.store(false, Ordering::Relaxed);
        followed.busy.store(true, Ordering::Relaxed);
        let outcome = bring(state, vault, &mailbox, followed);
        followed.busy.store(false, Ordering::Relaxed);
        let is_done = |f: &Followed| f.stop.load(Ordering::Relaxed) || state.is_stopping();
        let tries_on = match &outcome {
            Ok(()) => true,
            Err(error) => {
                tracing::info!(trouble = error.code(), "a mailbox could not be brought up to date");
                error.is_passing()
            }
        };
        // A password refused again and again locks an account: the person is waited for.
        if is_done(followed) || !kept || !tries_on {
            return;
        }
        let listened = outcome.is_ok().then(|| {
            sync::wait_for_news(vault, &mailbox, &state.outward(), LISTEN, &followed.asked)
        });
        if !matches!(listened, Some(Ok(true))) {
            rest(followed, &is_done);
        }
        if is_done(followed) {
            return;
        }
    }
}

fn rest(followed: &Followed, is_done: &dyn Fn(&Followed) -> bool) {
    let began = Instant::now();
    while began.elapsed() < REST && !is_done(followed) && !followed.asked.load(Ordering::Relaxed) {
        std::thread::sleep(LOOK_UP);
    }
}

fn bring(
    state: &State,
    vault: &Vault,
    mailbox: &Mailbox,
    followed: &Followed,
) -> mesinfos_connect::Result<()> {
    let options = Options::new(state.outward(), state.now_us());
    let mut look = |progress: &mesinfos_vault::import::Progress, report: &_| {
        let mut seen = followed.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = Seen { progress: *progress, report: Clone::clone(report) };
    };
    let mut watch = Watch { progress: &mut look, kept: &mut |_| {}, stop: &followed.stop };
    sync::sync(vault, mailbox, &options, &mut watch).map(|_| ())
}
