//! The release binary of a source tree.

use super::said;
use crate::run::{cargo, root, step};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A source tree, and what names the files made of it.
#[derive(Clone)]
pub struct Release {
    /// Where the sources are.
    pub tree: PathBuf,
    /// Of the manifest.
    pub version: String,
    /// When its last commit was made, in seconds: the time that everything in a package carries.
    pub made: String,
    profile: String,
}

impl Release {
    pub fn of(tree: &Path, profile: &str) -> Result<Release> {
        let made =
            said(Command::new("git").args(["log", "-1", "--format=%ct"]).current_dir(root()));
        Ok(Release {
            tree: tree.to_owned(),
            version: version(tree)?,
            // Sources without their history: the beginning of time is as good for all.
            made: made.unwrap_or_else(|_| "0".into()),
            profile: profile.to_owned(),
        })
    }

    /// Builds the program into a file, without symbols and without the builder's folders: the same
    /// sources in the same folder give the same bytes.
    pub fn build(&self, to: &Path) -> Result<()> {
        let title = format!("build {}", self.version);
        step(
            &title,
            cargo()
                .args(["build", "--profile", &self.profile, "--locked", "-p", "mesinfos-cli"])
                .arg("--manifest-path")
                .arg(self.tree.join("Cargo.toml"))
                // One folder for this release and the one before: what both use is built once.
                .arg("--target-dir")
                .arg(root().join("target"))
                .env("SOURCE_DATE_EPOCH", &self.made)
                .env("RUSTFLAGS", flags()?),
        )?;
        let folder = if self.profile == "dev" { "debug" } else { &self.profile };
        place(&root().join("target").join(folder).join("mesinfos"), to)
    }
}

/// Puts a binary in its place, without symbols.
pub fn place(built: &Path, to: &Path) -> Result<()> {
    fs::copy(built, to).with_context(|| built.display().to_string())?;
    step("strip", Command::new("strip").arg("--strip-unneeded").arg(to))
}

/// Panics and the like name files: as `/cargo/…` and `/mesinfos/…`, wherever this machine has them.
pub fn flags() -> Result<String> {
    let cargo = match std::env::var_os("CARGO_HOME") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(std::env::var_os("HOME").context("HOME is set")?).join(".cargo"),
    };
    Ok(format!(
        "--remap-path-prefix={}=/cargo --remap-path-prefix={}=/mesinfos",
        cargo.display(),
        root().display()
    ))
}

/// The kind of machine, as Debian names it.
pub fn machine() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn version(tree: &Path) -> Result<String> {
    let out = said(
        cargo()
            .args([
                "metadata",
                "--format-version",
                "1",
                "--no-deps",
                "--offline",
                "--manifest-path",
            ])
            .arg(tree.join("Cargo.toml")),
    )?;
    let metadata: Value = serde_json::from_str(&out)?;
    metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|p| p["name"] == "mesinfos-cli")
        .and_then(|p| p["version"].as_str())
        .map(str::to_owned)
        .context("mesinfos-cli has a version")
}
