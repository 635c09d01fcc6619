//! `mesinfos reread` and `mesinfos verify`: the care of a vault.

use crate::request::{Ended, Said};
use anyhow::{Result, bail};
use mesinfos_vault::{RereadWatch, Vault};
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};

/// Derives all facts again from the originals.
pub fn reread(vault: &Vault, stop: &AtomicBool, say: &mut dyn FnMut(Said)) -> Result<Ended> {
    let read = vault
        .reread(&mut RereadWatch { progress: &mut |done, all| say(progress(done, all)), stop })?;
    let stopped = stop.load(Ordering::Relaxed);
    say(Said::Line(json!({ "reread": read, "stopped": stopped })));
    say(Said::Words(match stopped {
        true => format!("{read} mails read again; the same command goes on from here."),
        false => format!("{read} mails read again. Your corrections hold."),
    }));
    Ok(Ended::Done)
}

/// Says that reading again may find more, when mails were read by an earlier version.
pub fn advise(vault: &Vault, say: &mut dyn FnMut(Said)) -> Result<()> {
    if vault.is_read_by_an_earlier()? {
        say(Said::Words(
            "Mails here were read by an earlier version: `mesinfos reread` may find more in them. \
             Your corrections hold."
                .to_owned(),
        ));
    }
    Ok(())
}

/// Checks every original and the database; fails when something is wrong.
pub fn verify(vault: &Vault, say: &mut dyn FnMut(Said)) -> Result<Ended> {
    let found = vault.verify(&mut |done, all| say(progress(done, all)))?;
    let mut line = json!(found);
    line["read_by_an_earlier"] = vault.is_read_by_an_earlier()?.into();
    say(Said::Line(line));
    if found.is_well() {
        say(Said::Words(format!(
            "{} mails, {} bytes, {} arrivals: every original is what arrived.",
            found.messages, found.bytes, found.arrivals
        )));
        advise(vault, say)?;
        return Ok(Ended::Done);
    }
    for problem in &found.problems {
        say(Said::Words(problem.clone()));
    }
    bail!(
        "{} originals are damaged and {} other things are wrong: restore a backup",
        found.damaged.len(),
        found.problems.len()
    )
}

fn progress(done: u64, all: u64) -> Said {
    let share = done as f64 / all.max(1) as f64;
    Said::Progress { share, words: format!("{done} of {all} mails") }
}
