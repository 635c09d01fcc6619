//! `cargo xtask bench search`: the kept questions over HTTP, beside notmuch and mu.

use super::browser::{Site, percentile};
use super::import::{DATA, NOTMUCH, folder};
use crate::measure;
use crate::run::has;
use anyhow::{Context, Result, bail};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const QUERIES: &str = include_str!("../../../benches/queries.tsv");
/// So many times each question is asked, of each program in turn.
const ROUNDS: usize = 5;
const KINDS: [&str; 4] = ["rare", "common", "phrase", "prefix"];

pub fn run(args: &[String]) -> Result<()> {
    if !args.is_empty() {
        bail!("cargo xtask bench search, after `cargo xtask bench import`");
    }
    let queries: Vec<(&str, &str)> = QUERIES
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .collect();
    let work = folder();
    let mut site = Site::open(&work.join(DATA)).context("run `cargo xtask bench import` first")?;
    println!("{}; {} questions, {ROUNDS} times each", measure::machine(), queries.len());
    let peers = Peers { notmuch: has("notmuch"), mu: has("mu") };
    let mut ours: Vec<(&str, &str, Duration)> = Vec::new();
    let (mut notmuch, mut mu) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for (kind, query) in &queries {
            let answer = site.get(&format!("/search?q={}", encoded(query)))?;
            if answer.status != 200 {
                bail!("{query}: {}", answer.status);
            }
            ours.push((kind, query, answer.took));
            if peers.notmuch {
                let limited = ["search", "--limit=20", "--sort=newest-first", query];
                notmuch.push((*kind, *query, took(&mut peers.notmuch(&limited))?.0));
            }
            if peers.mu {
                let limited = ["find", "--maxnum=20", "--sortfield=date", "--reverse", query];
                mu.push((*kind, *query, took(&mut peers.mu(&limited))?.0));
            }
        }
    }
    table("mesinfos, over HTTP", &ours);
    if peers.notmuch {
        table("notmuch, its start included", &notmuch);
    }
    if peers.mu {
        table("mu, its start included", &mu);
    }
    drop(site);
    if peers.notmuch { hits(&peers, &queries) } else { Ok(()) }
}

struct Peers {
    notmuch: bool,
    mu: bool,
}

impl Peers {
    fn notmuch(&self, args: &[&str]) -> Command {
        let mut command = Command::new("notmuch");
        command.env("NOTMUCH_CONFIG", folder().join(NOTMUCH)).args(args);
        command
    }

    fn mu(&self, args: &[&str]) -> Command {
        let mut command = Command::new("mu");
        command.args(args).arg(format!("--muhome={}", folder().join("mu-home").display()));
        command
    }
}

/// How long a program took, and what it printed. "Nothing found" is an answer too.
fn took(command: &mut Command) -> Result<(Duration, String)> {
    let began = Instant::now();
    let output = command.stderr(Stdio::null()).output()?;
    Ok((began.elapsed(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

fn table(name: &str, times: &[(&str, &str, Duration)]) {
    println!("{name}:");
    let all: Vec<&str> = KINDS.iter().copied().chain(["all"]).collect();
    for kind in all {
        let mut of_kind: Vec<Duration> =
            times.iter().filter(|t| kind == "all" || t.0 == kind).map(|t| t.2).collect();
        let (p50, p95) = (percentile(&mut of_kind, 50), percentile(&mut of_kind, 95));
        println!(
            "  {kind:8} p50 {p50:7.1} ms   p95 {p95:7.1} ms   worst {:7.1} ms",
            percentile(&mut of_kind, 100)
        );
    }
    if let Some(worst) = times.iter().max_by_key(|t| t.2) {
        println!("  the worst: {} {}", worst.0, worst.1);
    }
}

/// How many mails each finds: notmuch must not find more.
fn hits(peers: &Peers, queries: &[(&str, &str)]) -> Result<()> {
    println!("mails found (mesinfos, notmuch), where they differ:");
    for (_, query) in queries {
        let (_, theirs) = took(&mut peers.notmuch(&["count", query]))?;
        let mut command = Command::new("target/release/mesinfos");
        command.arg("--data").arg(folder().join(DATA));
        command.args(["search", "--json", "--limit", "1000000", query]);
        let (_, ours) = took(&mut command)?;
        let (ours, theirs) = (ours.lines().count(), theirs.trim().parse::<usize>().unwrap_or(0));
        if ours != theirs {
            println!(
                "  {query:32} {ours:7} {theirs:7}{}",
                if ours < theirs { "  fewer" } else { "" }
            );
        }
    }
    Ok(())
}

/// A question as it stands in an address.
fn encoded(query: &str) -> String {
    query
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' => char::from(b).to_string(),
            b => format!("%{b:02X}"),
        })
        .collect()
}
