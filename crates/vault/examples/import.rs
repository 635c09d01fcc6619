//! Imports a mailbox into a new vault and says how fast, how large, and how quickly words are found.
//!
//! `cargo run --release -p mesinfos-vault --example import -- MBOX FOLDER [QUERY...]`

use mesinfos_vault::directory::NewAccount;
use mesinfos_vault::import::{Options, Watch};
use mesinfos_vault::search::Ask;
use mesinfos_vault::{HostKey, Mode, Result, Store, Value, Vault};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NOW: i64 = 1_795_510_800_000_000;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let mbox = PathBuf::from(args.next().unwrap_or_default());
    let data = PathBuf::from(args.next().unwrap_or_default());
    let queries: Vec<String> = args.collect();
    let vault = open(&data)?;
    let began = Instant::now();
    let options = Options { now_us: NOW, full: false, threads: 0 };
    let mut told = Instant::now();
    let mut watch = Watch {
        progress: &mut |p, _| {
            if told.elapsed().as_secs() >= 5 {
                told = Instant::now();
                let (rate, share) = (p.rate(), p.share() * 100.0);
                eprintln!("{} messages, {rate:.0}/s, {share:.0} %", p.messages);
            }
        },
        kept: &mut |_| {},
        stop: &AtomicBool::new(false),
    };
    let report = vault.import(&[mbox], &options, &mut watch)?;
    let wall = began.elapsed().as_secs_f64();
    println!("{} arrivals, {} new in {wall:.1} s", report.arrivals, report.new_messages);
    println!("{report:?}");
    println!("{}", status(&["VmHWM", "VmRSS"]));
    sizes(&vault, report.bytes)?;
    for text in &queries {
        search(&vault, text)?;
    }
    Ok(())
}

fn open(data: &Path) -> Result<Vault> {
    let _ = std::fs::create_dir_all(data);
    let host_key = HostKey::load_or_create(data)?;
    let store = Store::open(mesinfos_vault::Options {
        data: data.to_owned(),
        host_key,
        postgres: None,
        copied: false,
    })?;
    if let Some(account) = store.directory().accounts()?.first() {
        return store.vault(account.person);
    }
    let new = NewAccount {
        login: "bench",
        name: "bench",
        locale: "fr",
        passphrase: None,
        mode: Mode::Watched,
    };
    let (account, _) = store.create_account(&new, NOW)?;
    store.vault(account.person)
}

fn search(vault: &Vault, text: &str) -> Result<()> {
    let ask = Ask { text, limit: 20, after: None, by_relevance: false };
    let mut times = Vec::new();
    let mut hits = 0;
    for _ in 0..21 {
        let began = Instant::now();
        hits = vault.search(&ask)?.mails.len();
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    let first = times[0];
    times.sort_by(f64::total_cmp);
    println!(
        "{text:30} {hits:3} hits, first {first:.2} ms, median {:.2}, worst {:.2}",
        times[10], times[20]
    );
    Ok(())
}

/// Bytes of each table, the largest first.
fn sizes(vault: &Vault, raw: u64) -> Result<()> {
    let rows = vault.read(|db| {
        db.query(
            "SELECT name, SUM(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 25",
            &[] as &[Value<'_>],
            |r| Ok((r.get::<String>(0)?, r.get::<i64>(1)?)),
        )
    });
    for (name, bytes) in rows.unwrap_or_default() {
        println!(
            "{name:28} {:8.1} MB {:5.1} %",
            bytes as f64 / 1e6,
            bytes as f64 * 100.0 / raw as f64
        );
    }
    Ok(())
}

fn status(names: &[&str]) -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines: Vec<&str> =
        text.lines().filter(|l| names.iter().any(|n| l.starts_with(n))).collect();
    lines.join(", ")
}
