//! `cargo xtask bench import [MBOX]`: a large mailbox into a vault, beside the floor and peers.

use crate::measure::{self, Run};
use crate::run::{cargo, has, root, step};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RUNS: usize = 3;

pub fn run(args: &[String]) -> Result<()> {
    step(
        "build",
        cargo().args(["build", "--release", "-p", "mesinfos-cli", "-p", "mesinfos-samples"]),
    )?;
    step("build the floor", cargo().current_dir("benches/floor").args(["build", "--release"]))?;
    let work = root().join("target/bench");
    fs::create_dir_all(&work)?;
    let mbox = match args.first() {
        Some(path) => PathBuf::from(path),
        None => made(&work)?,
    };
    let raw = measure::bytes(&mbox);
    println!("{}; {} MB of mail", measure::machine(), raw / 1_000_000);
    let floor_db = work.join("floor.db");
    let data = work.join("data");
    let (mut floor, mut ours) = (Vec::new(), Vec::new());
    for i in 1..=RUNS {
        clear(&work, "floor.db")?;
        floor.push(measure::run(
            Command::new("benches/floor/target/release/floor").arg(&mbox).arg(&floor_db),
        )?);
        clear(&work, "data")?;
        ours.push(import(&data, &mbox, &[])?);
        println!("run {i}: floor {:.1} s, ours {:.1} s", last(&floor).wall, last(&ours).wall);
    }
    let again = import(&data, &mbox, &[])?;
    let (floor, ours) = (measure::median(floor), measure::median(ours));
    row("floor", &floor, measure::bytes(&floor_db), raw);
    row("mesinfos", &ours, measure::bytes(&data), raw);
    println!("wall, ours / floor: {:.2}", ours.wall / floor.wall);
    println!("import again, nothing changed: {:.2} s, {:.2} CPU s", again.wall, again.cpu);
    if let Some(report) = ours.output.lines().last().and_then(|l| serde_json::from_str(l).ok()) {
        let report: Value = report;
        println!("report: {report}");
    }
    peers(&work, &mbox, raw)
}

fn last(runs: &[Run]) -> &Run {
    &runs[runs.len() - 1]
}

/// The mailbox of docs/bench-mailbox, made once.
fn made(work: &Path) -> Result<PathBuf> {
    let mbox = work.join("mailbox-100000.mbox");
    if !mbox.exists() {
        let part = work.join("mailbox.part");
        step(
            "write 100,000 mails",
            Command::new("target/release/mesinfos-samples").arg("mailbox").arg(&part).arg("100000"),
        )?;
        fs::rename(part, &mbox)?;
    }
    Ok(mbox)
}

fn import(data: &Path, mbox: &Path, more: &[&str]) -> Result<Run> {
    measure::run(
        Command::new("target/release/mesinfos")
            .env("MESINFOS_PASSPHRASE", "bench bench bench bench")
            .arg("--data")
            .arg(data)
            .args(["import", "--json"])
            .args(more)
            .arg(mbox),
    )
}

fn clear(work: &Path, name: &str) -> Result<()> {
    for entry in fs::read_dir(work)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with(name) {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path()),
            false => fs::remove_file(entry.path()),
        }
        .with_context(|| format!("{} cannot be removed", entry.path().display()))?;
    }
    Ok(())
}

fn row(name: &str, run: &Run, disk: u64, raw: u64) {
    println!(
        "{name:10} wall {:7.1} s   cpu {:7.1} s   peak {:5} MB   disk {:6} MB ({:.0} % of the mail)",
        run.wall,
        run.cpu,
        run.peak / 1_000_000,
        disk / 1_000_000,
        disk as f64 * 100.0 / raw as f64
    );
}

/// notmuch and mu on the same mails as a Maildir, when they are installed.
fn peers(work: &Path, mbox: &Path, raw: u64) -> Result<()> {
    if !has("notmuch") && !has("mu") {
        println!("notmuch and mu are not installed: no peer in this run");
        return Ok(());
    }
    let maildir = work.join("maildir");
    if !maildir.exists() {
        split(mbox, &maildir)?;
    }
    if has("mu") {
        clear(work, "mu-home")?;
        let home = work.join("mu-home");
        let mu = |args: &[&str]| {
            let mut c = Command::new("mu");
            c.args(args).arg(format!("--muhome={}", home.display()));
            c
        };
        measure::run(mu(&["init"]).arg(format!("--maildir={}", maildir.display())))?;
        row("mu", &measure::run(&mut mu(&["index", "--quiet"]))?, measure::bytes(&home), raw);
    }
    if has("notmuch") {
        clear(work, "notmuch")?;
        let _ = fs::remove_dir_all(maildir.join(".notmuch"));
        let config = work.join("notmuch-config");
        fs::write(
            &config,
            format!(
                "[database]\npath={}\n[user]\nname=bench\nprimary_email=bench@mel.example\n[new]\ntags=new\n",
                maildir.display()
            ),
        )?;
        let run = measure::run(
            Command::new("notmuch").env("NOTMUCH_CONFIG", &config).args(["new", "--quiet"]),
        )?;
        row("notmuch", &run, measure::bytes(&maildir.join(".notmuch")), raw);
    }
    Ok(())
}

/// The mbox as a Maildir, one file a message, for peers that read nothing else.
fn split(mbox: &Path, maildir: &Path) -> Result<()> {
    for folder in ["cur", "new", "tmp"] {
        fs::create_dir_all(maildir.join(folder))?;
    }
    let mut reader = std::io::BufReader::with_capacity(1 << 20, fs::File::open(mbox)?);
    let (mut message, mut line, mut number) = (Vec::new(), Vec::new(), 0);
    loop {
        line.clear();
        let read = std::io::BufRead::read_until(&mut reader, b'\n', &mut line)?;
        if (read == 0 || line.starts_with(b"From ")) && !message.is_empty() {
            number += 1;
            fs::write(maildir.join(format!("cur/{number}.bench:2,S")), &message)?;
            message.clear();
        }
        if read == 0 {
            return Ok(());
        }
        if !line.starts_with(b"From ") {
            message.extend_from_slice(&line);
        }
    }
}
