//! Mail that others deliver: the doors for it, and each deposit taken into its vault as it comes,
//! while pages are served.

use crate::serve::mail_tls;
use crate::{Error, State};
use mesinfos_domain::PersonId;
use mesinfos_receive::session::{Limits, Protocol};
use mesinfos_receive::{Bound, Hall, House, Office, Place, Rules, bind};
use mesinfos_vault::directory::MailDomain;
use mesinfos_vault::import::{Options, Watch};
use mesinfos_vault::{Error as VaultError, Store};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the host decides about mail that others deliver.
#[derive(Clone, Debug, Default)]
pub struct Post {
    /// The domains for which mail is taken; none: no mail is.
    pub domains: Vec<MailDomain>,
    /// Where the host's own mail server speaks LMTP.
    pub lmtp: Option<Place>,
    /// Where anybody speaks SMTP.
    pub smtp: Option<Place>,
    /// Certificate and key for STARTTLS.
    pub tls: Option<(PathBuf, PathBuf)>,
}

/// Doors that are open and not yet answered.
pub struct Doors {
    hall: Arc<Hall<State>>,
    open: Vec<Bound>,
    state: State,
}

/// The deposits being taken in: by person, whether more came meanwhile.
#[derive(Default)]
pub struct Takings {
    stop: AtomicBool,
    under_way: Mutex<HashMap<PersonId, bool>>,
}

impl Takings {
    /// Asks all to stop, because the program ends; what waits is durable.
    pub(crate) fn stop_all(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<PersonId, bool>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Opens the doors for mail and notes the domains, for pages and commands.
    ///
    /// # Errors
    /// [`Error::Mail`] when a door cannot be opened, [`Error::Certificate`].
    pub async fn open_mail(&self, post: &Post) -> Result<Doors, Error> {
        let domains = post.domains.clone();
        self.ask(move |store| store.directory().set_mail_domains(&domains)).await?;
        let tls = match &post.tls {
            Some((certificate, key)) => Some(mail_tls(certificate, key)?),
            None => None,
        };
        let host = post.domains.first().map_or("localhost", |d| d.name.as_str()).to_owned();
        let office = Office::new(self.clone(), Rules::new(host, post.domains.clone()));
        let hall = Hall::new(office, Limits::default(), tls);
        let mut open = Vec::new();
        for (protocol, place) in [(Protocol::Lmtp, &post.lmtp), (Protocol::Smtp, &post.smtp)] {
            if let Some(place) = place {
                open.push(bind(protocol, place).await.map_err(Error::Mail)?);
            }
        }
        Ok(Doors { hall, open, state: self.clone() })
    }

    /// Takes what waits for this person into her vault, if it is open; on a thread of its own.
    pub(crate) fn take_deposits(&self, person: PersonId) {
        {
            let mut under_way = self.takings().under_way();
            if let Some(more) = under_way.get_mut(&person) {
                *more = true;
                return;
            }
            under_way.insert(person, false);
        }
        let state = self.clone();
        let begun = std::thread::Builder::new().name("deposit".into()).spawn(move || {
            loop {
                if !take(&state, person) {
                    state.takings().under_way().remove(&person);
                    return;
                }
                state.pass_on(person);
                if !is_to_go_on(&state, person) {
                    return;
                }
            }
        });
        if let Err(error) = begun {
            tracing::error!(%error, "no thread for a deposit");
            self.takings().under_way().remove(&person);
        }
    }
}

/// Whether more came meanwhile; the last look is taken with the lock, so that nothing is missed.
fn is_to_go_on(state: &State, person: PersonId) -> bool {
    let mut under_way = state.takings().under_way();
    match under_way.get_mut(&person) {
        Some(more) if *more => {
            *more = false;
            true
        }
        _ => {
            under_way.remove(&person);
            false
        }
    }
}

/// Whether it went well.
fn take(state: &State, person: PersonId) -> bool {
    let outcome = state.store().vault(person).and_then(|vault| {
        let options = Options { now_us: state.now_us(), full: false, threads: 0 };
        let stop = &state.takings().stop;
        let mut watch = Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop };
        state.store().take_deposits(&vault, &options, &mut watch)
    });
    match outcome {
        Ok(report) => !report.stopped,
        // It waits for its owner.
        Err(VaultError::Sealed) => false,
        Err(error) => {
            tracing::error!(%error, "a deposit could not be taken in");
            false
        }
    }
}

impl House for State {
    fn store(&self) -> &Store {
        State::store(self)
    }

    fn now_us(&self) -> i64 {
        State::now_us(self)
    }

    fn arrived(&self, person: PersonId) {
        self.take_deposits(person);
    }
}

impl Doors {
    /// Where each listens: `lmtp` or `smtp`, and the place with the port that the system chose.
    pub fn places(&self) -> Vec<(&'static str, String)> {
        self.open.iter().map(|bound| (bound.protocol(), bound.place())).collect()
    }

    /// Answers in the background until the program ends.
    pub fn run(self) {
        self.state.keep_passing_on();
        for bound in self.open {
            tokio::spawn(bound.run(Arc::clone(&self.hall), self.state.stopping()));
        }
    }
}
