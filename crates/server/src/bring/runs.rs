//! Imports under way: one at a time for each person, on a thread of its own, that pages look at.

use super::upload;
use crate::{Error, State};
use mesinfos_domain::PersonId;
use mesinfos_vault::import::journal::{self, State as Stands};
use mesinfos_vault::import::{Options, Progress, Report, Watch};
use mesinfos_vault::{Mode, Vault};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The imports of this process.
#[derive(Default)]
pub struct Imports(Mutex<Running>);

type Running = HashMap<PersonId, Arc<Import>>;

/// One import under way.
#[derive(Default)]
pub struct Import {
    stop: AtomicBool,
    /// The person asked for it, and not the program's end: it does not go on by itself.
    by_person: AtomicBool,
    seen: Mutex<Seen>,
}

/// What is known of it now.
#[derive(Clone, Default, Debug)]
pub struct Seen {
    /// How far it is.
    pub progress: Progress,
    /// What it found so far.
    pub report: Report,
}

impl Import {
    /// What is known of it now.
    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Imports {
    /// The import of this person, if one is under way.
    pub fn of(&self, person: PersonId) -> Option<Arc<Import>> {
        self.all().get(&person).cloned()
    }

    /// Asks this person's import to stop at the next message.
    pub fn stop(&self, person: PersonId) {
        if let Some(import) = self.of(person) {
            import.by_person.store(true, Ordering::Relaxed);
            import.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Asks all to stop, because the program ends; they go on at the next start.
    pub(crate) fn stop_all(&self) {
        for import in self.all().values() {
            import.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Waits until all have stopped, or the time is over: a kill loses nothing either.
    pub(crate) fn wait(&self, most: Duration) {
        self.wait_while(most, |all| !all.is_empty());
    }

    /// Waits until this person's has stopped, or the time is over.
    pub(crate) fn wait_for(&self, person: PersonId, most: Duration) {
        self.wait_while(most, |all| all.contains_key(&person));
    }

    fn wait_while(&self, most: Duration, lasts: impl Fn(&Running) -> bool) {
        let step = Duration::from_millis(50);
        let mut waited = Duration::ZERO;
        while lasts(&self.all()) && waited < most {
            std::thread::sleep(step);
            waited += step;
        }
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Begins to read these paths into a vault. Blocks for a moment; the reading itself does not.
    ///
    /// # Errors
    /// [`Error::Busy`] when this person's import is under way already.
    pub fn bring(&self, vault: &Vault, paths: Vec<PathBuf>) -> Result<(), Error> {
        let person = vault.person();
        let import = Arc::new(Import::default());
        {
            let mut all = self.imports().all();
            if all.contains_key(&person) {
                return Err(Error::Busy);
            }
            all.insert(person, Arc::clone(&import));
        }
        let (state, vault) = (self.clone(), vault.clone());
        let begun = std::thread::Builder::new().name("import".into()).spawn(move || {
            run(&state, &vault, paths, &import);
            state.imports().all().remove(&person);
        });
        begun.map(|_| ()).map_err(|e| {
            self.imports().all().remove(&person);
            Error::Broken(format!("no thread for an import: {e}"))
        })
    }

    /// Goes on with what was cut short by the program's end, for vaults that work while their owner
    /// is away. Blocks.
    ///
    /// # Errors
    /// What the vaults answer.
    pub fn go_on(&self) -> Result<(), Error> {
        for account in self.store().directory().accounts()? {
            if account.mode == Mode::Watched {
                self.go_on_with(&self.store().vault(account.person)?)?;
            }
        }
        Ok(())
    }

    /// The same for one vault: a sealed one, when its owner has opened it. Blocks.
    ///
    /// # Errors
    /// What the vault answers.
    pub fn go_on_with(&self, vault: &Vault) -> Result<(), Error> {
        self.take_deposits(vault.person());
        let last = vault.read(|db| journal::latest(db, 1))?.pop();
        let going_on: &[PathBuf] = match &last {
            Some(run) if run.state == Stands::Running => &run.paths,
            _ => &[],
        };
        upload::sweep(self.store(), vault.person(), going_on, self.now_us());
        match last {
            Some(run) if run.state == Stands::Running => match self.bring(vault, run.paths) {
                Err(Error::Busy) => Ok(()),
                begun => begun,
            },
            _ => Ok(()),
        }
    }
}

fn run(state: &State, vault: &Vault, paths: Vec<PathBuf>, import: &Import) {
    let outcome = journaled(state, vault, &paths, import);
    match outcome {
        // Only the program's end leaves an upload, in clear, for the next start to go on with.
        Ok(Stands::Running) => {}
        Ok(_) => upload::forget(state.store(), vault.person(), &paths),
        Err(error) => {
            upload::forget(state.store(), vault.person(), &paths);
            tracing::error!(%error, "an import failed");
        }
    }
}

/// Imports and keeps the journal; how the run stands at the end.
fn journaled(
    state: &State,
    vault: &Vault,
    paths: &[PathBuf],
    import: &Import,
) -> mesinfos_vault::Result<Stands> {
    let now = state.now_us();
    let id = vault.write(|db| {
        // A run that was cut short and goes on keeps its line.
        match journal::latest(db, 1)?.pop() {
            Some(run) if run.state == Stands::Running && run.paths == paths => Ok(run.id),
            _ => journal::begin(db, paths, now),
        }
    })?;
    let look = |progress: &Progress, report: &Report| {
        let mut seen = import.seen.lock().unwrap_or_else(PoisonError::into_inner);
        *seen = Seen { progress: *progress, report: report.clone() };
    };
    let outcome = vault.import(
        paths,
        &Options { now_us: now, full: false, threads: 0 },
        &mut Watch { progress: &mut { look }, kept: &mut |_| {}, stop: &import.stop },
    );
    let (stands, report) = match outcome {
        Ok(report) if !report.stopped => (Stands::Done, report),
        // Stopped by the program's end: the line stays `running`, and the next start goes on.
        Ok(_) if !import.by_person.load(Ordering::Relaxed) => return Ok(Stands::Running),
        Ok(report) => (Stands::Stopped, report),
        Err(error) => {
            let report = import.seen().report;
            vault.write(|db| journal::end(db, id, Stands::Failed, &report, state.now_us()))?;
            return Err(error);
        }
    };
    vault.write(|db| journal::end(db, id, stands, &report, state.now_us()))?;
    Ok(stands)
}
