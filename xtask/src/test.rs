//! `cargo xtask test`: what CI runs, on a machine that has Rust, Node, a C compiler and apt.

use crate::run::{cargo, has, step};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

/// Programs that the tests start or that the build needs, and the Debian package of each.
const PROGRAMS: &[(&str, &str)] = &[
    ("make", "make"),
    ("perl", "perl"), // OpenSSL, inside SQLCipher, is configured by it.
    ("pg_ctlcluster", "postgresql"),
    ("dovecot", "dovecot-imapd"),
    ("postfix", "postfix"),
    ("/usr/lib/dovecot/submission", "dovecot-submissiond"),
    ("chromium", "chromium"),
    ("openssl", "openssl"), // Certificates of the browser tests.
    ("pebble", "pebble"),   // An ACME authority to test against.
];

pub fn run(_: &[String]) -> Result<()> {
    install()?;
    step("format", cargo().args(["fmt", "--all", "--check"]))?;
    step(
        "lint",
        cargo().args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--",
            "-D",
            "warnings",
        ]),
    )?;
    // The programs with the tests: built by themselves they would want other features of some thirty
    // crates (what only tests need), and with these most of ours once more.
    step("build", cargo().args(["build", "--workspace", "--bins", "--tests", "--locked"]))?;
    step("tests", cargo().args(["test", "--workspace", "--locked"]))?;
    if Path::new("e2e/package.json").exists() {
        let npm = |args: &[&str]| {
            let mut c = Command::new("npm");
            c.args(args).current_dir("e2e");
            c
        };
        step("browser: install", &mut npm(&["ci", "--no-audit", "--no-fund"]))?;
        step("browser", &mut npm(&["test"]))?;
    }
    crate::tidy::run(&[])
}

fn install() -> Result<()> {
    let missing: Vec<&str> =
        PROGRAMS.iter().filter(|(program, _)| !has(program)).map(|(_, package)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let line = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
    let root = Command::new("id").arg("-u").output()?.stdout.trim_ascii() == b"0";
    if !root {
        bail!("the tests need some programs; run: sudo apt-get update && sudo {line}");
    }
    step("apt: lists", Command::new("apt-get").args(["update", "-qq"]))?;
    step(
        &line,
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(&missing),
    )
}
