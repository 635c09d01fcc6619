//! Everything a person runs in this repository.

mod badinput;
mod bench;
mod demo;
mod dist;
mod learn;
mod licences;
mod measure;
mod run;
mod score;
mod test;
mod tidy;

use anyhow::{Result, bail};
use std::env;

/// Name, what follows it, what it does, and where it lives.
type Command = (&'static str, &'static str, &'static str, fn(&[String]) -> Result<()>);

const COMMANDS: &[Command] = &[
    ("score", "DIR...", "what is understood of labelled mails against the truth", score::run),
    ("learn", "[--more] DIR...", "learn the category model again from labelled mails", learn::run),
    (
        "demo",
        "[PATH]",
        "build, make a vault from samples/ or PATH, serve it on loopback",
        demo::run,
    ),
    (
        "test",
        "",
        "install what is missing, then format, lint, all tests, the browser, tidy",
        test::run,
    ),
    (
        "badinput",
        "DIR",
        "every file of a folder through every reader, each in a process of its own",
        badinput::run,
    ),
    (
        "bench",
        "import [MBOX] | search | pages | sorting | sync",
        "a large mailbox into a vault, beside the floor and peers; then questions and pages on it",
        bench::run,
    ),
    (
        "dist",
        "[--try [--previous DEB|COMMIT]]",
        "a release in dist/; --try installs, upgrades and rolls back on a Debian",
        dist::run,
    ),
    (
        "tidy",
        "",
        "file sizes, edges between crates, a sentence at the head of each module",
        tidy::run,
    ),
];

fn main() -> Result<()> {
    let mut args = env::args().skip(1);
    let Some(name) = args.next() else { return usage() };
    let rest: Vec<String> = args.collect();
    env::set_current_dir(run::root())?;
    match COMMANDS.iter().find(|c| c.0 == name) {
        Some((.., command)) => command(&rest),
        None => usage(),
    }
}

fn usage() -> Result<()> {
    for (name, args, what, _) in COMMANDS {
        eprintln!("cargo xtask {:24} {what}", format!("{name} {args}"));
    }
    bail!("name one of these")
}
