//! The release before this one, built from the repository's own past.

use super::build::Release;
use super::{package, said};
use crate::run::{root, step};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The package of a commit; without one, of the last whose schema is older than ours, so that the
/// upgrade has something to change. When that one knew no way back yet, our own binary under an earlier
/// version: what dpkg does is then real, and the schemas are left to the vault's own tests.
pub fn package(commit: Option<&str>, ours: &Release, binary: &Path) -> Result<PathBuf> {
    let commit = match commit {
        Some(commit) => Some(commit.to_owned()),
        None => before_the_newest_migration()?,
    };
    let folder = root().join("target/previous");
    let tree = folder.join("tree");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&tree)?;
    let Some(commit) = commit else {
        println!(
            "\n── no commit has an older schema and a way back: the previous release is this one"
        );
        let mut before = ours.clone();
        before.version += "~before";
        return package::deb(&before, binary, &root().join("dist/NOTICE"), &folder);
    };
    println!("\n── the previous release is {commit}");
    let mut archive = Command::new("git")
        .args(["archive", "--format=tar", &commit])
        .stdout(Stdio::piped())
        .spawn()
        .context("git could not be started")?;
    let sources = archive.stdout.take().context("its output is ours")?;
    step("its sources", Command::new("tar").arg("-x").arg("-C").arg(&tree).stdin(sources))?;
    archive.wait()?;
    let mut release = Release::of(&tree, "release")?;
    if release.version == ours.version {
        // Debian sorts a tilde before the end.
        release.version = format!("{}~{}", ours.version, commit.get(..7).unwrap_or(&commit));
    }
    let binary = folder.join("mesinfos");
    release.build(&binary)?;
    package::deb(&release, &binary, &root().join("dist/NOTICE"), &folder)
}

fn before_the_newest_migration() -> Result<Option<String>> {
    let migrations = ["crates/vault/migrations/vault", "crates/vault/migrations/directory"];
    let added = said(
        Command::new("git")
            .args(["log", "--diff-filter=A", "--format=%H", "-1", "--"])
            .args(migrations),
    )?;
    let before = said(Command::new("git").args(["rev-parse", &format!("{added}^")]))?;
    let way_back = format!("{before}:crates/cli/src/restore.rs");
    Ok(said(Command::new("git").args(["cat-file", "-e", &way_back])).is_ok().then_some(before))
}
