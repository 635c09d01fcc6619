//! Whatever a server does wrong on the way, what is here in the end is what a clean sync gives.

use crate::server::{Can, Fault, Server};
use crate::world::{World, access, connect, count, mail, options, run_with, there};
use mesinfos_reading::canonical::{Quoting, canonical};
use mesinfos_vault::Vault;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How many stories; `SEED` in the environment tells one alone.
const SEEDS: u64 = 500;

/// A small generator (SplitMix64): the same seed, the same story.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn fault(&mut self) -> Fault {
        match self.below(10) {
            0..=2 => Fault::CutAt(self.below(6000)),
            3 => Fault::StallAt(self.below(4000)),
            4 => Fault::WrongLiteral(1 + self.below(10), [-7, -2, -1, 1, 2, 40][self.below(6)]),
            5 => Fault::Renumbers(self.below(7)),
            6 => Fault::Withholds(1 + self.below(10)),
            7 => Fault::Bye(self.below(7)),
            8 => [Fault::Chatters, Fault::Bomb(1 + self.below(5))][self.below(2)],
            _ => Fault::Unavailable,
        }
    }
}

/// What a clean sync would give.
fn truth(server: &Server) -> BTreeMap<(String, String), (Vec<u8>, String)> {
    let inside = server.inside.lock().unwrap();
    inside
        .mails
        .iter()
        .map(|(uid, mail)| {
            let place = ("INBOX".to_owned(), format!("{}.{uid}", inside.validity));
            let hash = canonical(&mail.bytes, Quoting::None).sha256.to_vec();
            (place, (hash, if mail.is_seen { "S" } else { "N" }.to_owned()))
        })
        .collect()
}

fn change(server: &Server, chance: &mut Chance, next: &mut usize) {
    let mut inside = server.inside.lock().unwrap();
    for _ in 0..chance.below(6) {
        let uids: Vec<u32> = inside.mails.keys().copied().collect();
        let one = uids.get(chance.below(uids.len().max(1))).copied().unwrap_or(1);
        match chance.below(4) {
            0 => inside.remove(one),
            1 => inside.see(one),
            _ => {
                inside.put(mail(*next).into_bytes());
                *next += 1;
            }
        }
    }
    if chance.below(12) == 0 {
        inside.renumber();
    }
}

fn story(vault: &Vault, seed: u64) {
    let mut chance = Chance(seed);
    let can = [Can::Plain, Can::CondStore, Can::QResync, Can::ListStatus][chance.below(4)];
    let server = Server::start(can, Vec::new());
    let mut next = 0;
    for _ in 0..chance.below(12) {
        server.inside.lock().unwrap().put(mail(next).into_bytes());
        next += 1;
    }
    let mailbox = connect(vault, &access(server.port, "lea"), "sesame");
    let mut options = options(Duration::from_millis(250));
    options.attempts = 2;
    options.threads = 1;
    for _ in 0..2 {
        change(&server, &mut chance, &mut next);
        let faults = (0..1 + chance.below(2)).map(|_| chance.fault()).collect();
        server.misbehave(faults);
        // It may fail, and says why; what it leaves is judged in the end.
        if let Err(error) = run_with(vault, &mailbox, &options) {
            assert!(error.is_passing(), "seed {seed}: {error:?}");
        }
    }
    server.behave();
    options.imap.patience = Duration::from_secs(20);
    let clean = run_with(vault, &mailbox, &options);
    assert!(clean.is_ok(), "seed {seed}: {clean:?}");
    assert_eq!(there(vault), truth(&server), "seed {seed} {can:?}");
    assert_eq!(count(vault, "mailbox_mail") as usize, truth(&server).len(), "seed {seed}");
    assert_eq!(vault.read(bodies).unwrap(), 0, "seed {seed}: a message that no server sent");
}

/// Messages that are not whole mails of ours.
fn bodies(db: &mesinfos_vault::Db) -> mesinfos_vault::Result<i64> {
    let found = db.first(
        "SELECT COUNT(*) FROM message WHERE person_id = $1 AND subject NOT LIKE 'Votre commande %'",
        &[db.person().into()],
        |r| r.get::<i64>(0),
    )?;
    Ok(found.unwrap_or(0))
}

#[test]
fn five_hundred_servers_misbehave_and_the_end_is_right() {
    let (world, next, began) = (World::new(), AtomicU64::new(0), Instant::now());
    if let Some(seed) = std::env::var("SEED").ok().and_then(|s| s.parse().ok()) {
        return story(&world.vault("lea"), seed);
    }
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= SEEDS {
                        return;
                    }
                    let vault = world.vault(&format!("lea{seed}"));
                    story(&vault, seed);
                    world.store.close(vault.person());
                }
            });
        }
    });
    eprintln!("{SEEDS} seeds in {:.0} s", began.elapsed().as_secs_f64());
}

#[test]
fn a_stalling_server_and_a_bomb_end_soon() {
    let world = World::new();
    for (n, fault) in [Fault::StallAt(300), Fault::Bomb(1)].into_iter().enumerate() {
        let vault = world.vault(&format!("lea{n}"));
        let server = Server::start(Can::QResync, vec![fault; 9]);
        server.inside.lock().unwrap().put(mail(1).into_bytes());
        let mailbox = connect(&vault, &access(server.port, "lea"), "sesame");
        let began = Instant::now();
        let outcome = run_with(&vault, &mailbox, &options(Duration::from_millis(250)));
        assert!(outcome.is_err(), "{outcome:?}");
        assert!(began.elapsed() < Duration::from_secs(30));
        assert_eq!(count(&vault, "message"), 0);
    }
}
