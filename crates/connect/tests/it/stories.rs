//! With a real Dovecot: the first sync, what changes after it, and what a kill leaves.

use crate::world::{NOW, World, access, connect, count, folder_of, mail, options, run, run_with};
use mesinfos_connect::Error;
use mesinfos_connect::sync::sync;
use mesinfos_testkit::dovecot;
use mesinfos_vault::import::{Options, Watch};
use mesinfos_vault::mailboxes::{Secret, Security};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

fn name(n: usize) -> String {
    format!("17000{n:05}.x.host")
}

fn fill(account: &dovecot::Account, numbers: impl IntoIterator<Item = usize>) {
    for n in numbers {
        account.put("", &name(n), "S", mail(n).as_bytes());
    }
}

#[test]
fn a_first_sync_brings_all_newest_first_and_understood() {
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 2..702);
    account.put("Sent", "1.sent", "S", mail(0).replace("Boutique", "Lea").as_bytes());
    account.put("Junk", "1.junk", "", mail(1).as_bytes());
    let vault = world.vault("lea");
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    let mut kept = Vec::new();
    let stop = AtomicBool::new(false);
    let mut watch = Watch { progress: &mut |_, _| {}, kept: &mut |id| kept.push(id), stop: &stop };
    let synced = sync(&vault, &mailbox, &options(Duration::from_secs(20)), &mut watch).unwrap();
    assert_eq!(synced.report.new_messages, 702);
    assert_eq!((synced.report.sent, synced.report.spam), (1, 1));
    // A message's number is its minute: the first fifty are the newest.
    let first = kept.iter().take(50).max();
    assert_eq!(first, kept.iter().max(), "the newest mail is among the first that were kept");
    assert_eq!(count(&vault, "mailbox_mail"), 702);
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());
    let noted = vault.mailbox("lea").unwrap().unwrap();
    assert_eq!((noted.got, noted.trouble, noted.synced_us), (702, None, Some(NOW)));
}

#[test]
fn when_nothing_changed_one_round_trip_says_so() {
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 0..30);
    let vault = world.vault("lea");
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    run(&vault, &mailbox).unwrap();
    // The server itself settles its numbers when it is asked for the first time.
    run(&vault, &mailbox).unwrap();
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!((synced.unchanged, synced.report.arrivals), (synced.folders, 0));
    // LOGIN, ENABLE, and the one that asks.
    assert!(synced.traffic.commands <= 4, "{:?}", synced.traffic);
    assert!(synced.traffic.received + synced.traffic.sent < 2048, "{:?}", synced.traffic);
}

#[test]
fn what_is_new_read_or_deleted_on_the_server_is_followed() {
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 0..20);
    let vault = world.vault("lea");
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    run(&vault, &mailbox).unwrap();
    fill(&account, 20..22);
    account.remove("", &name(3));
    account.flag("", &name(4), "FS");
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!((synced.report.new_messages, synced.gone, synced.changed), (2, 1, 1));
    // The message stays, and counts: only that arrival has gone.
    assert_eq!(count(&vault, "message"), 22);
    assert_eq!(folder_of(&vault, "Votre commande 3"), ("inbox".to_owned(), true));
    assert_eq!(crate::world::there(&vault).len(), 21);
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());
}

#[test]
fn moved_to_the_trash_a_mail_counts_no_more_and_moved_back_it_does() {
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 0..5);
    let vault = world.vault("lea");
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    run(&vault, &mailbox).unwrap();
    account.remove("", &name(2));
    account.put("Trash", &name(2), "S", mail(2).as_bytes());
    run(&vault, &mailbox).unwrap();
    assert_eq!(folder_of(&vault, "Votre commande 2"), ("trash".to_owned(), false));
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());
    account.remove("Trash", &name(2));
    account.put("", &name(2), "S", mail(2).as_bytes());
    run(&vault, &mailbox).unwrap();
    assert_eq!(folder_of(&vault, "Votre commande 2"), ("inbox".to_owned(), true));
    assert_eq!(count(&vault, "message"), 5);
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());
}

#[test]
fn stopped_in_the_middle_it_goes_on_and_asks_for_nothing_twice() {
    // More than one transaction takes.
    const ALL: usize = 9000;
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 0..ALL);
    let vault = world.vault("lea");
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    let stop = AtomicBool::new(false);
    let mut kept = |_| stop.store(true, Ordering::Relaxed);
    let mut watch = Watch { progress: &mut |_, _| {}, kept: &mut kept, stop: &stop };
    let outcome = sync(&vault, &mailbox, &options(Duration::from_secs(20)), &mut watch);
    assert!(matches!(outcome, Err(Error::Stopped)), "{outcome:?}");
    let kept = count(&vault, "message");
    assert!((1..ALL as i64).contains(&kept), "{kept}");
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!(
        synced.report.arrivals as i64,
        ALL as i64 - kept,
        "what is here is not fetched again"
    );
    assert_eq!((count(&vault, "message"), count(&vault, "arrival")), (ALL as i64, ALL as i64));
}

#[test]
fn new_numbers_for_all_mails_fetch_nothing_again() {
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 0..200);
    let vault = world.vault("lea");
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    run(&vault, &mailbox).unwrap();
    let before = vault.mailbox_folders(mailbox.id).unwrap();
    account.renumber("");
    account.remove("", &name(7));
    fill(&account, 200..201);
    let synced = run(&vault, &mailbox).unwrap();
    let after = vault.mailbox_folders(mailbox.id).unwrap();
    assert_ne!(before[0].validity, after[0].validity, "the server did give new numbers");
    assert_eq!((synced.report.arrivals, synced.report.new_messages), (1, 1));
    assert_eq!(count(&vault, "message"), 201);
    assert_eq!(crate::world::there(&vault).len(), 200);
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());
}

#[test]
fn the_same_mail_in_an_mbox_and_on_the_server_is_one() {
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 0..20);
    let vault = world.vault("lea");
    let mbox: String = (0..20)
        .map(|n| format!("From x@y Mon Jan  5 10:00:00 2026\n{}\n", mail(n).replace("\r\n", "\n")))
        .collect();
    let path = world.folder.path().join("mail.mbox");
    std::fs::write(&path, mbox).unwrap();
    let mut watch =
        Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop: &AtomicBool::new(false) };
    let from_file = Options { now_us: NOW, full: false, threads: 2 };
    vault.import(&[path], &from_file, &mut watch).unwrap();
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!((synced.report.new_messages, synced.report.known_messages), (0, 20));
    assert_eq!((count(&vault, "message"), count(&vault, "arrival")), (20, 40));
}

#[test]
fn a_mailbox_that_is_connected_again_is_not_fetched_again() {
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 0..20);
    let vault = world.vault("lea");
    let how = access(account.port, &account.user);
    let mailbox = connect(&vault, &how, account.password);
    run(&vault, &mailbox).unwrap();
    vault.remove_mailbox(mailbox.id).unwrap();
    assert!(vault.mailbox_secret(mailbox.id).is_err(), "the password is forgotten");
    let mailbox = connect(&vault, &how, account.password);
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!(synced.report.arrivals, 0);
}

#[test]
fn only_a_certificate_that_is_believed_and_the_right_password_open_a_mailbox() {
    let (world, account) = (World::new(), dovecot::account());
    fill(&account, 0..3);
    let vault = world.vault("lea");
    let mut how = access(account.tls_port, &account.user);
    how.security = Security::Tls;
    let safe = connect(&vault, &how, account.password);
    let patience = Duration::from_secs(20);
    let mut options = options(patience);
    let outcome = run_with(&vault, &safe, &options);
    assert!(matches!(outcome, Err(Error::Insecure)), "{outcome:?}");
    options.imap.root = Some(account.certificate.clone());
    assert_eq!(run_with(&vault, &safe, &options).unwrap().report.new_messages, 3);
    (how.port, how.security) = (account.port, Security::StartTls);
    let secret = Secret::new(account.password.to_owned());
    vault.add_mailbox("starttls", &how, &secret, NOW).unwrap();
    let upgraded = vault.mailbox("starttls").unwrap().unwrap();
    assert_eq!(run_with(&vault, &upgraded, &options).unwrap().report.arrivals, 0);
    vault.set_mailbox_secret(upgraded.id, &Secret::new("no".to_owned())).unwrap();
    let outcome = run_with(&vault, &upgraded, &options);
    assert!(matches!(outcome, Err(Error::Refused)), "{outcome:?}");
    let noted = vault.mailbox("starttls").unwrap().unwrap();
    assert_eq!(noted.trouble.as_deref(), Some("refused"));
}
