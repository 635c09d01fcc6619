//! `kill -9` in the middle of filing at a real Dovecot, and in the middle of putting back: no mail is lost
//! or doubled, each stands in the right folder in the end, and all come back.

use crate::filing::{agree, filed, wanted};
use crate::world::{World, access, connect, count, mail, open, run};
use mesinfos_testkit::dovecot::{self, Account};
use mesinfos_vault::{Store, Vault};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Set for the process that files and is killed: the folder of its store.
const CHILD: &str = "MESINFOS_TEST_FILING";
/// One step for each shop, so that there are many moments to be killed at.
const SHOPS: usize = 40;
const EACH: usize = 5;
const ALL: usize = SHOPS * EACH;
/// Kills on the way out, and as many on the way back.
const KILLS: usize = 8;

/// Not a story: what the killed process does. Without its variable it does nothing.
#[test]
fn child() {
    let Ok(folder) = std::env::var(CHILD) else { return };
    let (_store, vault) = opened(Path::new(&folder));
    let mailbox = vault.mailbox("lea").unwrap().unwrap();
    run(&vault, &mailbox).unwrap();
}

fn opened(folder: &Path) -> (Store, Vault) {
    let store = open(folder);
    let person = store.directory().accounts().unwrap().remove(0).person;
    let vault = store.vault(person).unwrap();
    (store, vault)
}

fn letter(n: usize) -> String {
    let shop = format!("shop{}.example", n % SHOPS);
    mail(n)
        .replace(&format!("shop{}.example", n % 3), &shop)
        .replace(&format!("Boutique {} <", n % 3), &format!("Boutique {} <", n % SHOPS))
}

fn in_folder(shop: usize) -> String {
    format!("MesInfos.Boutique {shop}.&AMk-v&AOk-nements")
}

/// Message-IDs of what stands in a folder, sorted.
fn ids(account: &Account, folder: &str) -> Vec<String> {
    let id = |m: String| m.lines().find_map(|l| l.strip_prefix("Message-ID: ").map(str::to_owned));
    let mut ids: Vec<String> = account.mails(folder).into_iter().map(|m| id(m).unwrap()).collect();
    ids.sort();
    ids
}

fn of_shop(shop: usize) -> Vec<String> {
    let mut ids: Vec<String> =
        (shop..ALL).step_by(SHOPS).map(|n| format!("<{n}@shop{shop}.example>")).collect();
    ids.sort();
    ids
}

/// Wherever they stand: each is there, and once.
fn each_stands_once(account: &Account) {
    let folders = (0..SHOPS).map(in_folder).chain([String::new()]);
    let mut there: Vec<String> = folders.flat_map(|f| ids(account, &f)).collect();
    there.sort();
    let mut all: Vec<String> = (0..SHOPS).flat_map(of_shop).collect();
    all.sort();
    assert_eq!(there, all);
}

/// The server goes on with what it was told before its client died.
fn at_rest(account: &Account) {
    let shape = || -> Vec<usize> {
        (0..SHOPS).map(|n| account.how_many(&in_folder(n))).chain([account.how_many("")]).collect()
    };
    let mut before = shape();
    for _ in 0..300 {
        std::thread::sleep(Duration::from_millis(100));
        let now = shape();
        if now == before && now.iter().sum::<usize>() == ALL {
            return;
        }
        before = now;
    }
    panic!("mails are missing or doubled: {before:?}")
}

fn start(folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "filing_killed::child", "--test-threads=1"])
        .env(CHILD, folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Rounds that are killed once so many mails stand in the inbox; how many were.
fn killed(folder: &Path, account: &Account, targets: impl Iterator<Item = usize>) -> usize {
    let is_emptied = account.how_many("") == ALL;
    let mut killed = 0;
    for target in targets {
        let mut child = start(folder);
        let began = Instant::now();
        let is_there = || match is_emptied {
            true => account.how_many("") <= target,
            false => account.how_many("") >= target,
        };
        while !is_there() && child.try_wait().unwrap().is_none() {
            assert!(began.elapsed() < Duration::from_secs(120), "it hangs before {target}");
            std::thread::sleep(Duration::from_micros(300));
        }
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        assert!(ended.code().is_none_or(|code| code == 0), "it failed by itself: {ended}");
        killed += usize::from(ended.code().is_none());
        at_rest(account);
        each_stands_once(account);
    }
    killed
}

#[test]
fn killed_in_the_middle_of_filing_and_of_putting_back_no_mail_is_lost_or_doubled() {
    let account = dovecot::account();
    for n in 0..ALL {
        account.put("", &format!("m{n}"), "", letter(n).as_bytes());
    }
    let world = World::new();
    let vault = world.vault("lea");
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    run(&vault, &mailbox).unwrap();
    assert_eq!(count(&vault, "message"), ALL as i64);
    agree(&vault, &mailbox, &wanted(&mailbox));
    let World { store, folder } = world;
    // From here on, each process opens the folder in its turn.
    drop((vault, store));

    // Not in whole steps: between two, and within one.
    let out = (1..=KILLS).map(|n| ALL - n * 23);
    assert!(killed(folder.path(), &account, out) > KILLS / 2, "most were killed at work");
    let (store, vault) = opened(folder.path());
    run(&vault, &mailbox).unwrap();
    run(&vault, &mailbox).unwrap();
    assert_eq!(account.how_many(""), 0);
    for shop in 0..SHOPS {
        assert_eq!(ids(&account, &in_folder(shop)), of_shop(shop));
    }
    let now = filed(&vault, &mailbox).unwrap();
    assert_eq!((now.mails, now.folders, now.left, now.trouble), (200, 40, 0, None));
    assert_eq!(count(&vault, "message"), ALL as i64, "no move is a new mail");
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());

    vault.end_filing(mailbox.id).unwrap();
    drop((vault, store));
    let back = (1..=KILLS).map(|n| n * 23);
    assert!(killed(folder.path(), &account, back) > KILLS / 2, "most were killed at work");
    let (_store, vault) = opened(folder.path());
    run(&vault, &mailbox).unwrap();
    assert_eq!(account.how_many(""), ALL);
    each_stands_once(&account);
    assert!(filed(&vault, &mailbox).is_none());
    assert_eq!(count(&vault, "message"), ALL as i64);
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());
}
