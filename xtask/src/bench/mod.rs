//! `cargo xtask bench`: figures beside a floor or a peer, in the same run.

mod browser;
mod import;
mod pages;
mod search;
mod sorting;
mod sync;

use anyhow::{Result, bail};

pub fn run(args: &[String]) -> Result<()> {
    match args {
        [what, rest @ ..] if what == "import" => import::run(rest),
        [what, rest @ ..] if what == "search" => search::run(rest),
        [what, rest @ ..] if what == "pages" => pages::run(rest),
        [what, rest @ ..] if what == "sorting" => sorting::run(rest),
        [what, rest @ ..] if what == "sync" => sync::run(rest),
        _ => bail!("cargo xtask bench import [MBOX] | search | pages | sorting | sync"),
    }
}
