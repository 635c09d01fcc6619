//! How quickly each page's read model is filled on a given vault.
//!
//! `cargo run --release -p mesinfos-vault --example pages -- FOLDER [MBOX]`: opens the data folder
//! (importing MBOX first when one is named), then fills every page many times.

use mesinfos_domain::{Category, Date};
use mesinfos_purchases::ThingState;
use mesinfos_vault::directory::NewAccount;
use mesinfos_vault::import::Watch;
use mesinfos_vault::views::*;
use mesinfos_vault::{HostKey, Mode, Result, Store, Vault};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

const NOW: i64 = 1_795_510_800_000_000;
const TODAY: Date = Date::constant(2026, 11, 24);
const TIMES: usize = 40;

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1).map(PathBuf::from);
    let data = args.next().unwrap_or_default();
    let vault = open(&data)?;
    if let Some(mbox) = args.next() {
        import(&vault, mbox)?;
    }
    let home_now = home(&vault, TODAY, NOW)?;
    println!(
        "{} mails, {} actors, {} orders; {:?}",
        home_now.mails, home_now.actors, home_now.orders, home_now.sentence
    );
    let loud = home_now.top_actors.first().map(|row| row.actor.id);
    let order_id = home_now.latest.first().map(|row| row.id);
    let merchant = home_now.money_merchants.first().map(|m| m.actor.id);
    measure("home", || home(&vault, TODAY, NOW).map(drop))?;
    for by in [ActorsBy::Mails, ActorsBy::Spent, ActorsBy::Name] {
        let asked = ActorsAsked { by, ..ActorsAsked::default() };
        measure(&format!("actors by {by:?}"), || actors(&vault, &asked, TODAY).map(drop))?;
    }
    for id in loud.into_iter().chain(merchant) {
        measure("actor", || actor(&vault, id, TODAY).map(drop))?;
        let asked = MessagesAsked { actor: Some(id), ..MessagesAsked::default() };
        measure("messages of an actor", || messages(&vault, &asked).map(drop))?;
        let page = PageAsked { number: 20, size: 40 };
        let asked = MessagesAsked { page, ..asked };
        measure("messages of an actor, page 20", || messages(&vault, &asked).map(drop))?;
    }
    for category in Category::ALL {
        let asked = MessagesAsked { category: Some(category), ..MessagesAsked::default() };
        let what = format!("messages, {}", category.code());
        measure(&what, || messages(&vault, &asked).map(drop))?;
    }
    measure("messages, fraud", || {
        messages(&vault, &MessagesAsked { fraud: true, ..MessagesAsked::default() }).map(drop)
    })?;
    let plain = PurchasesAsked::default;
    for (what, asked) in [
        ("purchases", plain()),
        ("purchases, words", PurchasesAsked { words: Some("lave-linge".into()), ..plain() }),
        ("purchases, one letter", PurchasesAsked { words: Some("e".into()), ..plain() }),
        ("purchases, guaranteed", PurchasesAsked { guaranteed: true, ..plain() }),
        ("purchases, by guarantee", PurchasesAsked { by: PurchasesBy::Guarantee, ..plain() }),
        ("purchases, by price", PurchasesAsked { by: PurchasesBy::Price, ..plain() }),
        ("purchases, one merchant", PurchasesAsked { merchant, ..plain() }),
        ("purchases, one year", PurchasesAsked { year: Some(2025), ..plain() }),
        ("purchases, delivered", PurchasesAsked { state: Some(ThingState::Delivered), ..plain() }),
    ] {
        measure(what, || purchases(&vault, &asked, TODAY).map(drop))?;
    }
    measure("orders", || orders(&vault, &OrdersAsked::default()).map(drop))?;
    measure("orders, doubtful", || {
        orders(&vault, &OrdersAsked { doubtful: true, ..OrdersAsked::default() }).map(drop)
    })?;
    if let Some(id) = order_id {
        measure("order", || order(&vault, id, TODAY).map(drop))?;
        measure("product", || product(&vault, id, 0, TODAY).map(drop))?;
    }
    let all = messages(&vault, &MessagesAsked::default())?;
    for row in all.mails.rows.iter().take(1) {
        measure("message", || message(&vault, row.mail.id).map(drop))?;
    }
    measure("to collect", || to_collect(&vault, TODAY).map(drop))?;
    measure("due in a year", || due(&vault, TODAY, 365).map(drop))?;
    measure("offers", || offers(&vault, &OffersAsked::default(), TODAY).map(drop))?;
    let over = OffersAsked { over_too: true, ..OffersAsked::default() };
    measure("offers, over too", || offers(&vault, &over, TODAY).map(drop))?;
    measure("awaited", || awaited(&vault, TODAY).map(drop))?;
    Ok(())
}

/// Nanoseconds that this thread has had a processor: what counts where others work too (Linux).
fn processor() -> u64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn measure(what: &str, mut page: impl FnMut() -> Result<()>) -> Result<()> {
    let mut times: Vec<Duration> = Vec::with_capacity(TIMES);
    let started = processor();
    for _ in 0..TIMES {
        let began = Instant::now();
        page()?;
        times.push(began.elapsed());
    }
    let cpu = (processor() - started) as f64 / 1e6 / TIMES as f64;
    let first = times[0];
    times.sort();
    let ms = |d: Duration| d.as_secs_f64() * 1000.0;
    let p95 = times[TIMES * 95 / 100];
    println!(
        "{what:32} p50 {:6.1} ms  p95 {:6.1} ms  first {:6.1} ms  processor {cpu:6.1} ms",
        ms(times[TIMES / 2]),
        ms(p95),
        ms(first)
    );
    Ok(())
}

fn import(vault: &Vault, mbox: PathBuf) -> Result<()> {
    let began = Instant::now();
    let options = mesinfos_vault::import::Options { now_us: NOW, full: false, threads: 0 };
    let mut watch =
        Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop: &AtomicBool::new(false) };
    let report = vault.import(&[mbox], &options, &mut watch)?;
    println!("{} new in {:.1} s", report.new_messages, began.elapsed().as_secs_f64());
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
    let (login, name) = ("bench", "bench");
    let new = NewAccount { login, name, locale: "fr", passphrase: None, mode: Mode::Watched };
    let (account, _) = store.create_account(&new, NOW)?;
    store.vault(account.person)
}
