//! `cargo xtask demo`: from nothing to a page with somebody's mails, in one command.

use crate::run::{cargo, root, step};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

pub fn run(args: &[String]) -> Result<()> {
    if args.len() > 1 {
        bail!("one path at most: an mbox, a Maildir, a folder or an archive of mails");
    }
    step(
        "build",
        cargo().args([
            "build",
            "--release",
            "--locked",
            "-p",
            "mesinfos-cli",
            "-p",
            "mesinfos-samples",
        ]),
    )?;
    let program = root().join("target/release/mesinfos");
    let data = root().join("demo-data");
    let mails = match args.first() {
        Some(path) => {
            let path = PathBuf::from(path);
            // `cargo xtask` moves to the root; the person's path is relative to where they stand.
            let from = std::env::var_os("PWD").map(PathBuf::from).unwrap_or_else(root).join(path);
            from.canonicalize().with_context(|| format!("{} is not there", from.display()))?
        }
        None => {
            let mbox = root().join("target/samples/foyer.mbox");
            fs::create_dir_all(root().join("target/samples"))?;
            step(
                "samples",
                Command::new(root().join("target/release/mesinfos-samples"))
                    .arg("household")
                    .arg(&mbox),
            )?;
            mbox
        }
    };
    if data.exists() {
        fs::remove_dir_all(&data).context("the folder of the last demo could not be removed")?;
    }
    // Both serve and import write to the terminal; Ctrl-C reaches the child, which stops cleanly.
    let status = Command::new(&program)
        .arg("--data")
        .arg(&data)
        .args(["serve", "--listen", "127.0.0.1:8420", "--demo"])
        .arg(&mails)
        .status()
        .context("mesinfos could not be started")?;
    if !status.success() {
        bail!("mesinfos serve: {status}");
    }
    Ok(())
}
