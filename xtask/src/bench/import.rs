//! `cargo xtask bench import [MBOX] [--mails N] [--runs N] [--alone]`: a large mailbox into a
//! vault, in alternation with the floor; in the first round also by those of notmuch and mu that are
//! installed, unless `--alone` (notmuch takes ten minutes for 100,000 mails).

use crate::measure::{self, Run};
use crate::run::{cargo, has, root, step};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// In [`folder`]: the vault of the last run, and notmuch's settings.
pub const DATA: &str = "data";
pub const NOTMUCH: &str = "notmuch-config";

/// Where all benches leave and find their files.
pub fn folder() -> PathBuf {
    root().join("target/bench")
}

pub fn run(args: &[String]) -> Result<()> {
    let asked = Asked::read(args)?;
    step(
        "build",
        cargo().args(["build", "--release", "-p", "mesinfos-cli", "-p", "mesinfos-samples"]),
    )?;
    step("build the floor", cargo().current_dir("benches/floor").args(["build", "--release"]))?;
    let work = folder();
    fs::create_dir_all(&work)?;
    let mbox = match asked.mbox {
        Some(path) => path,
        None => made(&work, asked.mails)?,
    };
    let raw = measure::bytes(&mbox);
    println!("{}; {} MB of mail", measure::machine(), raw / 1_000_000);
    let data = work.join(DATA);
    let mut names = vec!["floor", "mesinfos"];
    names.extend(["notmuch", "mu"].into_iter().filter(|name| !asked.alone && has(name)));
    if names.len() > 2 {
        split(&mbox, &work.join("maildir"))?;
    }
    let mut runs: Vec<Vec<Run>> = names.iter().map(|_| Vec::new()).collect();
    for i in 1..=asked.runs {
        print!("run {i}:");
        for (name, runs) in names.iter().zip(&mut runs) {
            let run = match *name {
                "floor" => {
                    clear(&work, "floor.db")?;
                    let mut floor = Command::new("benches/floor/target/release/floor");
                    measure::run(floor.arg(&mbox).arg(work.join("floor.db")))?
                }
                "mesinfos" => {
                    clear(&work, DATA)?;
                    import(&data, &mbox)?
                }
                // No bar is set on these, and they take longest: once is enough.
                _ if i > 1 => continue,
                "mu" => mu(&work)?,
                _ => notmuch(&work)?,
            };
            print!(" {name} {:.1} s", run.wall);
            std::io::stdout().flush()?;
            runs.push(run);
        }
        println!();
    }
    let again = import(&data, &mbox)?;
    let runs: Vec<Run> = runs.into_iter().map(measure::median).collect();
    for (name, run) in names.iter().zip(&runs) {
        let disk = match *name {
            "floor" => work.join("floor.db"),
            "mesinfos" => data.clone(),
            "mu" => work.join("mu-home"),
            _ => work.join("maildir/.notmuch"),
        };
        row(name, run, measure::bytes(&disk), raw);
    }
    let (floor, ours) = (&runs[0], &runs[1]);
    println!("wall, mesinfos / floor: {:.2}", ours.wall / floor.wall);
    println!("import again, nothing changed: {:.2} s, {:.2} CPU s", again.wall, again.cpu);
    if let Some(report) = ours.output.lines().last().and_then(|l| serde_json::from_str(l).ok()) {
        let report: Value = report;
        println!("report: {report}");
    }
    Ok(())
}

struct Asked {
    mbox: Option<PathBuf>,
    mails: u32,
    runs: usize,
    alone: bool,
}

impl Asked {
    fn read(args: &[String]) -> Result<Asked> {
        let mut asked = Asked { mbox: None, mails: 100_000, runs: 3, alone: false };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut number =
                || args.next().and_then(|n| n.parse::<u32>().ok()).context("a number is missing");
            match arg.as_str() {
                "--mails" => asked.mails = number()?,
                "--alone" => asked.alone = true,
                "--runs" => asked.runs = number()?.max(1) as usize,
                path if !path.starts_with('-') => asked.mbox = Some(PathBuf::from(path)),
                _ => bail!("cargo xtask bench import [MBOX] [--mails N] [--runs N] [--alone]"),
            }
        }
        Ok(asked)
    }
}

/// The mailbox of our samples, made once.
fn made(work: &Path, mails: u32) -> Result<PathBuf> {
    let mbox = work.join(format!("mailbox-{mails}.mbox"));
    if !mbox.exists() {
        let part = work.join("mailbox.part");
        step(
            &format!("write {mails} mails"),
            Command::new("target/release/mesinfos-samples")
                .arg("mailbox")
                .arg(&part)
                .arg(mails.to_string()),
        )?;
        fs::rename(part, &mbox)?;
    }
    Ok(mbox)
}

fn import(data: &Path, mbox: &Path) -> Result<Run> {
    measure::run(
        Command::new("target/release/mesinfos")
            .env("MESINFOS_PASSPHRASE", "bench bench bench bench")
            .arg("--data")
            .arg(data)
            .args(["import", "--json"])
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

fn mu(work: &Path) -> Result<Run> {
    clear(work, "mu-home")?;
    let mu = |args: &[&str]| {
        let mut command = Command::new("mu");
        command.args(args).arg(format!("--muhome={}", work.join("mu-home").display()));
        command
    };
    measure::run(mu(&["init"]).arg(format!("--maildir={}", work.join("maildir").display())))?;
    measure::run(&mut mu(&["index", "--quiet"]))
}

fn notmuch(work: &Path) -> Result<Run> {
    clear(&work.join("maildir"), ".notmuch")?;
    let config = work.join(NOTMUCH);
    let path = work.join("maildir");
    fs::write(
        &config,
        format!(
            "[database]\npath={}\n[user]\nname=bench\nprimary_email=bench@mel.example\n[new]\ntags=new\n",
            path.display()
        ),
    )?;
    measure::run(Command::new("notmuch").env("NOTMUCH_CONFIG", &config).args(["new", "--quiet"]))
}

/// The mbox as a Maildir, one file a message, for peers that read nothing else. A Maildir of
/// another mbox is made anew.
pub(super) fn split(mbox: &Path, maildir: &Path) -> Result<()> {
    let (made_from, name) = (maildir.join("made-from"), mbox.display().to_string());
    if fs::read_to_string(&made_from).is_ok_and(|made| made == name) {
        return Ok(());
    }
    if maildir.exists() {
        fs::remove_dir_all(maildir)?;
    }
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
            fs::write(&made_from, name)?;
            return Ok(());
        }
        if !line.starts_with(b"From ") {
            message.extend_from_slice(&line);
        }
    }
}
