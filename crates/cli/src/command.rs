//! Runs a request: opens the folder, or hands the request to who has it open, and prints.

use crate::request::{Request, Said, Task, perform};
use crate::{open, owner, passphrase};
use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};
use mesinfos_server::Clock;
use mesinfos_vault::directory::NewAccount;
use mesinfos_vault::{Error, Mode, Store};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs it and prints what it says: JSON lines, or words for a person.
pub fn run(data: &Path, request: &Request, as_json: bool) -> Result<ExitCode> {
    let stop = Arc::new(AtomicBool::new(false));
    stop_on_ctrl_c(Arc::clone(&stop));
    let bar = ProgressBar::new(1000);
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {percent} %  {msg}") {
        bar.set_style(style);
    }
    let mut out = std::io::stdout().lock();
    let mut say = |said| match said {
        Said::Line(line) if as_json => {
            // A reader that has left is no reason to stop keeping what arrives.
            let _ = writeln!(out, "{line}").and_then(|()| out.flush());
        }
        Said::Progress { share, words } if !as_json => {
            bar.set_position((share * 1000.0) as u64);
            bar.set_message(words);
        }
        Said::Words(words) if !as_json => {
            bar.suspend(|| println!("{words}"));
        }
        _ => {}
    };
    let ended = match open::store(data) {
        Ok(store) => {
            if !matches!(request.task, Task::EraseAccount { .. }) {
                first_account(&store)?;
            }
            let erase = |person| Ok(store.erase(person)?);
            perform(&store, request, &erase, &stop, &mut say)
        }
        Err(error) if matches!(error.downcast_ref(), Some(Error::Owned(_))) => {
            owner::ask(data, request, &mut say)
        }
        Err(error) => Err(error),
    };
    bar.finish_and_clear();
    Ok(ended?.into())
}

/// A fresh folder gets its person: the command line is the first run, too.
fn first_account(store: &Store) -> Result<()> {
    if !store.directory().accounts()?.is_empty() {
        return Ok(());
    }
    let passphrase = passphrase::given()?;
    let login = std::env::var("USER").unwrap_or_else(|_| "moi".into());
    let french = std::env::var("LANG").is_ok_and(|l| l.starts_with("fr"));
    let new = NewAccount {
        login: &login,
        name: &login,
        locale: if french { "fr" } else { "en" },
        passphrase: passphrase.as_deref(),
        mode: Mode::Watched,
    };
    store.create_account(&new, Clock::system().now().as_microsecond())?;
    Ok(())
}

/// The first Ctrl-C ends after the current batch; what is kept stays.
fn stop_on_ctrl_c(stop: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
            return;
        };
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                stop.store(true, Ordering::Relaxed);
            }
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(130);
            }
        });
    });
}
