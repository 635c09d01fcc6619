//! Refused mails put into a folder of the server and back, on a real Dovecot.

use crate::world::{NOW, World, connect, folder_of, mail, run};
use mesinfos_connect::moving::{folder, put_away, put_back};
use mesinfos_connect::{Error, Outward, Reach};
use mesinfos_partners::{Rule, Stance};
use mesinfos_testkit::dovecot::{self, Account};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::views::{ActorsAsked, actors};
use mesinfos_vault::{RefusalFolder, Vault};
use std::time::Duration;

fn outward() -> Outward {
    Outward { reach: Reach::Anywhere, patience: Duration::from_secs(20), ..Outward::default() }
}

/// Six mails of three shops in the inbox; those of the first are refused.
fn begun(world: &World) -> (Account, Vault, Mailbox, RefusalFolder) {
    let account = dovecot::account();
    for n in 0..6 {
        account.put("", &format!("m{n}"), "", mail(n).as_bytes());
    }
    let vault = world.vault("lea");
    let access = crate::world::access(account.port, &account.user);
    let mailbox = connect(&vault, &access, account.password);
    run(&vault, &mailbox).unwrap();
    let asked = ActorsAsked::default();
    let all = actors(&vault, &asked, mesinfos_vault::days::day(NOW)).unwrap().actors.rows;
    let is_first = |d: &Option<String>| d.as_deref() == Some("shop0.example");
    let shop = all.iter().find(|r| is_first(&r.actor.domain)).unwrap();
    let rule = Rule::Actor { actor: shop.actor.id };
    let word = Correction::Partner { rule, stance: Stance::Refused };
    let refusal = vault.correct(&word, NOW).unwrap();
    let name = folder(&vault, &mailbox, "Refusés", &outward()).unwrap();
    let rule = RefusalFolder {
        refusal,
        mailbox: mailbox.id,
        folder: name,
        goes_on: true,
        at_us: NOW,
        mails: 0,
    };
    vault.set_refusal_folder(&rule).unwrap();
    (account, vault, mailbox, rule)
}

/// How the server writes "Refusés".
const REFUSED: &str = "Refus&AOk-s";

#[test]
fn refused_mails_go_to_her_folder_the_next_ones_too_and_all_come_back() {
    let world = World::new();
    let (account, vault, mailbox, rule) = begun(&world);
    assert_eq!(rule.folder, REFUSED);
    let places = |account: &Account| (account.mails("").len(), account.mails(REFUSED).len());
    assert_eq!(places(&account), (6, 0));
    assert_eq!(put_away(&vault, &mailbox, &rule, NOW, &outward()).unwrap(), 2);
    assert_eq!(places(&account), (4, 2));
    assert!(account.mails(REFUSED).iter().all(|m| m.contains("@shop0.example")));
    assert_eq!(put_away(&vault, &mailbox, &rule, NOW, &outward()).unwrap(), 0, "once");

    // A sync finds them there, as the same messages, and puts a new one beside them.
    account.put("", "m6", "", mail(6).as_bytes());
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!((synced.report.new_messages, synced.moved), (1, 1));
    assert_eq!(places(&account), (4, 3));
    assert_eq!(run(&vault, &mailbox).unwrap().report.new_messages, 0);
    assert_eq!(crate::world::count(&vault, "message"), 7);
    assert_eq!(folder_of(&vault, "Votre commande 0"), ("inbox".to_owned(), true), "still counted");
    assert_eq!(vault.refusal_folders().unwrap()[0].mails, 3);

    // Back, and they stay there.
    assert_eq!(put_back(&vault, &mailbox, &rule, NOW, &outward()).unwrap(), 3);
    assert_eq!(places(&account), (7, 0));
    run(&vault, &mailbox).unwrap();
    assert_eq!(places(&account), (7, 0), "what she put back is not moved again");
    assert_eq!(vault.refusal_folders().unwrap()[0].mails, 0);
    assert_eq!(crate::world::count(&vault, "message"), 7);
}

#[test]
fn a_lifted_refusal_moves_nothing_more() {
    let world = World::new();
    let (account, vault, mailbox, rule) = begun(&world);
    vault.undo(rule.refusal, NOW).unwrap();
    assert_eq!(put_away(&vault, &mailbox, &rule, NOW, &outward()).unwrap(), 0);
    assert_eq!(run(&vault, &mailbox).unwrap().moved, 0);
    assert_eq!(account.mails("").len(), 6);
}

#[test]
fn no_folder_whose_mails_a_program_may_delete_takes_them() {
    let world = World::new();
    let (account, vault, mailbox, _) = begun(&world);
    for no in ["INBOX", "inbox", "Trash", "Junk", "Sent", "Corbeille", "", "a\"b", "a\r\nb", "*"] {
        let outcome = folder(&vault, &mailbox, no, &outward());
        assert!(matches!(outcome, Err(Error::Forbidden)), "{no:?}: {outcome:?}");
    }
    assert_eq!(folder(&vault, &mailbox, "Refusés", &outward()).unwrap(), REFUSED, "it is there");
    // New numbers: the mails are known again before any is moved.
    account.renumber("");
    let rule = &vault.refusal_folders().unwrap()[0];
    assert_eq!(put_away(&vault, &mailbox, rule, NOW, &outward()).unwrap(), 0);
    assert_eq!(run(&vault, &mailbox).unwrap().moved, 2);
}
