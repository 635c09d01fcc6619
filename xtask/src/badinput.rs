//! `cargo xtask badinput DIR`: malformed files through every reader, within their limits.

use crate::run::{cargo, root, step};
use anyhow::Result;
use std::process::Command;

pub fn run(args: &[String]) -> Result<()> {
    step("build", cargo().args(["build", "--release", "-p", "mesinfos-cli"]))?;
    step(
        "bad input",
        Command::new(root().join("target/release/mesinfos")).arg("badinput").args(args),
    )
}
