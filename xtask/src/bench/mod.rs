//! `cargo xtask bench`: figures beside a floor or a peer, in the same run.

mod import;

use anyhow::{Result, bail};

pub fn run(args: &[String]) -> Result<()> {
    match args {
        [what, rest @ ..] if what == "import" => import::run(rest),
        _ => bail!("cargo xtask bench import [MBOX]"),
    }
}
