//! `kill -9` a hundred times during an import: nothing acknowledged is lost, nothing is doubled.

use crate::bringing_mail::{count, mbox};
use crate::on_both::{NOW, World};
use mesinfos_vault::import::{Options, Watch};
use mesinfos_vault::{Engine, HostKey, Store, Vault};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Set for the process that imports and is killed: data folder, mailbox, URL.
const CHILD: &str = "MESINFOS_TEST_KILLED";

/// Not a story: what the killed process does. Without its variable it does nothing.
#[test]
fn child() {
    let Ok(args) = std::env::var(CHILD) else { return };
    let args: Vec<&str> = args.split('\n').collect();
    let data = PathBuf::from(args[0]);
    let options = mesinfos_vault::Options {
        host_key: HostKey::load_or_create(&data).unwrap(),
        data,
        postgres: args.get(2).map(|url| (*url).to_owned()),
        copied: false,
    };
    let store = Store::open(options).unwrap();
    let person = store.directory().accounts().unwrap().remove(0).person;
    let vault = store.vault(person).unwrap();
    let mut watch = Watch {
        progress: &mut |_, _| {},
        kept: &mut |id| println!("\nok {id}"),
        stop: &AtomicBool::new(false),
    };
    let options = Options { now_us: NOW, full: false, threads: 2 };
    vault.import(&[PathBuf::from(args[1])], &options, &mut watch).unwrap();
    println!("\nfinished");
}

/// When a round is killed.
#[derive(Clone, Copy)]
enum Kill {
    /// So long after its start.
    After(Duration),
    /// So long after its first acknowledgement: how fast it comes depends on the machine.
    AfterFirst(Duration),
    /// Not at all.
    Never,
}

/// What the child acknowledged before it was killed; whether it came to its end.
fn round(options: &mesinfos_vault::Options, path: &Path, kill: Kill) -> (Vec<i64>, bool) {
    let mut args = vec![options.data.display().to_string(), path.display().to_string()];
    args.extend(options.postgres.clone());
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killed::child", "--nocapture", "--test-threads=1"])
        .env(CHILD, args.join("\n"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (first, seen) = mpsc::channel();
    let said = thread::spawn(move || {
        let mut lines = Vec::new();
        for line in out.lines().map_while(Result::ok) {
            if line.starts_with("ok ") || line == "finished" {
                let _ = first.send(());
            }
            lines.push(line);
        }
        lines
    });
    match kill {
        Kill::After(after) => thread::sleep(after),
        Kill::AfterFirst(after) => {
            let _ = seen.recv_timeout(Duration::from_secs(60));
            thread::sleep(after);
        }
        Kill::Never => assert!(child.wait().unwrap().success()),
    }
    let _ = child.kill();
    let _ = child.wait();
    let said = said.join().unwrap();
    let is_finished = said.iter().any(|l| l == "finished");
    // The last line may be cut in two: only whole ones count, as a person would read them.
    let whole = said.iter().filter_map(|l| l.strip_prefix("ok ")?.parse().ok()).collect();
    (whole, is_finished)
}

fn open(options: &mesinfos_vault::Options) -> (Store, Vault) {
    let store = Store::open(options.clone()).unwrap();
    let person = store.directory().accounts().unwrap().remove(0).person;
    let vault = store.vault(person).unwrap();
    (store, vault)
}

fn check(options: &mesinfos_vault::Options, acknowledged: &BTreeSet<i64>) {
    let (_store, vault) = open(options);
    let kept: BTreeSet<i64> = vault
        .read(|db| {
            db.query("SELECT id FROM message WHERE person_id = $1", &[db.person().into()], |r| {
                r.get(0)
            })
        })
        .unwrap()
        .into_iter()
        .collect();
    let lost: Vec<_> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    let verified = vault.verify(&mut |_, _| {}).unwrap();
    assert!(verified.is_well(), "{verified:?}");
    assert_eq!(count(&vault, "arrival"), kept.len() as i64, "each arrived once");
}

fn killed_often(engine: Engine, kills: u32) {
    let world = World::new(engine);
    world.vault("lea");
    let World { store, options, folder } = world;
    // From here on, each process opens the folder in its turn.
    drop(store);
    let path = folder.path().join("mail.mbox");
    let mut mails = 1500;
    fs::write(&path, mbox(0..mails)).unwrap();
    let mut acknowledged = BTreeSet::new();
    let (mut seed, mut killed) = (20_261_124u64, 0);
    while killed < kills {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let after = Duration::from_millis((seed >> 33) % 300);
        let kill = if killed % 2 == 0 { Kill::AfterFirst(after) } else { Kill::After(after * 2) };
        let (said, is_finished) = round(&options, &path, kill);
        acknowledged.extend(said);
        if is_finished {
            // The mailbox grew meanwhile: there is more to be killed in.
            let more = mbox(mails..mails + 400);
            mails += 400;
            let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
            file.write_all(more.as_bytes()).unwrap();
        } else {
            killed += 1;
        }
        if killed % 20 == 10 {
            check(&options, &acknowledged);
        }
    }
    assert!(round(&options, &path, Kill::Never).1);
    check(&options, &acknowledged);
    let (_store, vault) = open(&options);
    assert_eq!(count(&vault, "message"), mails as i64, "all came in the end");
    assert!(!acknowledged.is_empty(), "some were acknowledged before a kill");
}

#[test]
fn nothing_acknowledged_is_lost_in_a_hundred_kills() {
    killed_often(Engine::Sqlite, 100);
}

#[test]
fn nor_on_postgres() {
    killed_often(Engine::Postgres, 20);
}
