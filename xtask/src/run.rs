//! Running other programs, loudly.

use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// Where cargo builds: as `CARGO_TARGET_DIR` says, or beside the workspace.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program of ours, built for release.
pub fn release(name: &str) -> PathBuf {
    target().join("release").join(name)
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Whether a program is on the PATH.
pub fn has(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(program).is_file()))
}

/// Runs a command to its end; says what it ran and for how long.
pub fn step(title: &str, command: &mut Command) -> Result<()> {
    println!("\n── {title}");
    let begun = Instant::now();
    let status = command
        .status()
        .with_context(|| format!("{:?} could not be started", command.get_program()))?;
    if !status.success() {
        bail!("{title}: {status}");
    }
    println!("── {title}: {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}
