//! `mesinfos import`: mails from files into the vault.

use crate::request::{Ended, Said};
use crate::upkeep;
use anyhow::Result;
use mesinfos_server::Clock;
use mesinfos_vault::Vault;
use mesinfos_vault::import::{Options, Progress, Report, Watch};
use serde_json::json;
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

pub fn perform(
    vault: &Vault,
    paths: &[PathBuf],
    full: bool,
    stop: &AtomicBool,
    say: &mut dyn FnMut(Said),
) -> Result<Ended> {
    let options = Options { now_us: Clock::system().now().as_microsecond(), full, threads: 0 };
    // Both callbacks speak; they are never called at once.
    let say = RefCell::new(say);
    let report = vault.import(
        paths,
        &options,
        &mut Watch {
            progress: &mut |progress, _| {
                let words = words(progress);
                (say.borrow_mut())(Said::Progress { share: progress.share(), words });
            },
            kept: &mut |id| (say.borrow_mut())(Said::Line(json!({ "ok": id }))),
            stop,
        },
    )?;
    let mut say = say.borrow_mut();
    for sentence in sentences(&report) {
        say(Said::Words(sentence));
    }
    upkeep::advise(vault, &mut **say)?;
    say(Said::Line(json!({ "report": report })));
    Ok(if report.is_partial() { Ended::Partly } else { Ended::Done })
}

pub fn words(p: &Progress) -> String {
    let left = match p.left() {
        Some(left) if left.as_secs() >= 1 => format!(", {} s left", left.as_secs()),
        _ => String::new(),
    };
    format!("{} mails, {:.0} a second{left}", p.messages, p.rate())
}

/// The report as a person reads it.
pub fn sentences(r: &Report) -> Vec<String> {
    let mut all = vec![format!(
        "{} new mails ({} were here already, {} files unchanged): {} organisations, {} orders, {} offers.",
        r.new_messages, r.known_messages, r.unchanged_files, r.actors, r.orders, r.offers
    )];
    let aside = [
        (r.sent, "sent by you"),
        (r.spam, "in spam"),
        (r.trash, "in the trash"),
        (r.drafts, "drafts"),
        (r.chats, "chats"),
    ];
    let aside: Vec<String> =
        aside.iter().filter(|a| a.0 > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if !aside.is_empty() {
        all.push(format!("Kept, out of the counts: {}.", aside.join(", ")));
    }
    if r.suspected > 0 {
        all.push(format!("{} look like imitations: nothing of them is used.", r.suspected));
    }
    let lists = [
        ("Not understood", &r.not_understood),
        ("Odd, and kept", &r.problems),
        ("Not taken", &r.skipped),
    ];
    for (title, list) in lists {
        for (code, count) in list {
            let example =
                r.examples.get(code).map(|e| format!(" (first: {e})")).unwrap_or_default();
            all.push(format!("{title}: {count} × {code}{example}"));
        }
    }
    for (path, why) in &r.failed {
        all.push(format!("{path} could not be read: {why}"));
    }
    if r.stopped {
        all.push("Stopped before the end: the same command goes on from here.".into());
    }
    all
}
