//! Mails filed in a real Dovecot by organisation and drawer, moved along, and put back.

use crate::world::{NOW, World, access, connect, count, folder_of, mail, run};
use mesinfos_connect::filing::prepare;
use mesinfos_connect::{Error, Outward, Reach};
use mesinfos_domain::{ActorId, Category};
use mesinfos_partners::{Rule, Stance};
use mesinfos_testkit::dovecot::{self, Account};
use mesinfos_vault::corrections::Correction;
use mesinfos_vault::mailboxes::Mailbox;
use mesinfos_vault::views::{ActorsAsked, actors, ledger};
use mesinfos_vault::{Filed, Filing, Shape, Vault};
use std::time::Duration;

pub fn outward() -> Outward {
    Outward { reach: Reach::Anywhere, patience: Duration::from_secs(20), ..Outward::default() }
}

/// Under `MesInfos`, by organisation and drawer, whatever their age.
pub fn wanted(mailbox: &Mailbox) -> Filing {
    // A confirmation is one or the other, as the words of the day are weighed.
    let drawers =
        [("notification", "événements"), ("transaction", "événements"), ("newsletter", "lettres")];
    let drawers = drawers.map(|(code, word)| (code.to_owned(), word.to_owned())).into();
    let filing = Filing::proposed(mailbox.id, "MesInfos", Shape::ActorAndDrawer, 0);
    Filing { drawers, ..filing }
}

/// She agrees.
pub fn agree(vault: &Vault, mailbox: &Mailbox, filing: &Filing) {
    let filing = prepare(vault, mailbox, filing.clone(), &outward()).unwrap();
    vault.set_filing(&filing).unwrap();
}

pub fn filed(vault: &Vault, mailbox: &Mailbox) -> Option<Filed> {
    vault.filing(mailbox.id).unwrap()
}

/// Mails of three shops in the inbox; one lies in a folder of hers, one in the trash.
fn begun(world: &World, mails: usize) -> (Account, Vault, Mailbox) {
    let account = dovecot::account();
    for n in 0..mails {
        account.put("", &format!("m{n}"), "", mail(n).as_bytes());
    }
    account.put("Perso", "mine", "S", mail(900).as_bytes());
    account.put("Trash", "gone", "S", mail(901).as_bytes());
    let vault = world.vault("lea");
    let mailbox = connect(&vault, &access(account.port, &account.user), account.password);
    run(&vault, &mailbox).unwrap();
    (account, vault, mailbox)
}

fn in_folder(n: usize) -> String {
    format!("MesInfos.Boutique {n}.&AMk-v&AOk-nements")
}

/// How many mails stand in the inbox, and under the folder of each shop.
fn places(account: &Account) -> (usize, [usize; 3]) {
    let at = |n| account.mails(&in_folder(n)).len();
    (account.mails("").len(), [at(0), at(1), at(2)])
}

fn shop(vault: &Vault, n: usize) -> ActorId {
    let day = mesinfos_vault::days::day(NOW);
    let all = actors(vault, &ActorsAsked::default(), day).unwrap().actors.rows;
    let domain = format!("shop{n}.example");
    all.iter().find(|r| r.actor.domain.as_deref() == Some(&domain)).unwrap().actor.id
}

#[test]
fn mails_are_filed_within_the_sync_as_it_was_foretold_and_all_come_back() {
    let world = World::new();
    let (account, vault, mailbox) = begun(&world, 9);
    assert_eq!(places(&account), (9, [0; 3]));
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 0, "off by default");
    let plan = vault.filing_plan(&wanted(&mailbox), NOW).unwrap();
    assert_eq!((plan.mails, plan.folders.len(), plan.by_label), (9, 3, false));
    assert_eq!(plan.folders[0], ("MesInfos/Boutique 0/Événements".to_owned(), 3));
    assert_eq!(places(&account), (9, [0; 3]), "a preview moves nothing");

    agree(&vault, &mailbox, &wanted(&mailbox));
    let before = count(&vault, "message");
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!((synced.filed, synced.report.arrivals), (9, 0));
    assert_eq!(places(&account), (0, [3; 3]));
    assert_eq!((account.mails("Perso").len(), account.mails("Trash").len()), (1, 1));
    let now = filed(&vault, &mailbox).unwrap();
    assert_eq!((now.mails, now.folders, now.left, now.trouble), (9, 3, 0, None));

    // Our own move is nothing new: no mail is fetched again, none is counted twice.
    let again = run(&vault, &mailbox).unwrap();
    assert_eq!((again.report.arrivals, again.gone, again.filed), (0, 0, 0));
    assert_eq!(count(&vault, "message"), before);
    assert_eq!(folder_of(&vault, "Votre commande 0"), ("inbox".to_owned(), true));
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());

    // The next one is filed at its sync; what she takes back herself stays with her.
    account.put("", "m9", "", mail(9).as_bytes());
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 1);
    assert_eq!(places(&account), (0, [4, 3, 3]));
    account.take_to(&in_folder(1), "", "1@shop1.example");
    run(&vault, &mailbox).unwrap();
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 0);
    assert_eq!(places(&account), (1, [4, 2, 3]));

    assert!(vault.end_filing(mailbox.id).unwrap());
    let back = run(&vault, &mailbox).unwrap();
    assert_eq!((back.filed, back.report.arrivals), (9, 0));
    assert_eq!(places(&account), (10, [0; 3]));
    assert!(filed(&vault, &mailbox).is_none());
    let last = run(&vault, &mailbox).unwrap();
    assert_eq!((last.report.arrivals, last.filed), (0, 0));
    assert_eq!(count(&vault, "message"), before + 1);
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());
}

#[test]
fn a_corrected_drawer_or_a_joined_organisation_moves_its_mails_along_and_undo_knows_the_first_place()
 {
    let world = World::new();
    let (account, vault, mailbox) = begun(&world, 6);
    agree(&vault, &mailbox, &wanted(&mailbox));
    run(&vault, &mailbox).unwrap();
    assert_eq!(places(&account), (0, [2; 3]));
    let (one, two) = (shop(&vault, 0), shop(&vault, 1));
    let message = crate::world::message(&vault, "Votre commande 2");
    let category = Category::Newsletter;
    vault.correct(&Correction::Category { message, category }, NOW).unwrap();
    vault.correct(&Correction::MergeActors { part: two, whole: one }, NOW).unwrap();
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!((synced.filed, synced.report.arrivals), (3, 0));
    assert_eq!(places(&account), (0, [4, 0, 1]));
    assert_eq!(account.mails("MesInfos.Boutique 2.Lettres").len(), 1);
    vault.end_filing(mailbox.id).unwrap();
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 6);
    assert_eq!(places(&account), (6, [0; 3]));
}

#[test]
fn young_mails_stay_in_the_inbox_and_persons_mails_always() {
    let world = World::new();
    let (account, vault, mailbox) = begun(&world, 3);
    let note = "From: Tom <tom@gmail.com>\r\nTo: lea@exemple.fr\r\nSubject: Samedi\r\n\
        Date: 2 Jan 2026 10:00:00 +0100\r\nMessage-ID: <t@gmail.com>\r\n\r\nTu viens samedi ?\r\n";
    account.put("", "tom", "", note.as_bytes());
    run(&vault, &mailbox).unwrap();
    let old = Filing { after_days: 10_000, ..wanted(&mailbox) };
    assert_eq!(vault.filing_plan(&old, NOW).unwrap().mails, 0);
    agree(&vault, &mailbox, &Filing { after_days: 30, ..wanted(&mailbox) });
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 3);
    assert_eq!(places(&account), (1, [1; 3]), "Tom's mail stays");
}

#[test]
fn a_mail_that_was_filed_breaks_no_silence_and_a_new_one_does() {
    let world = World::new();
    let (account, vault, mailbox) = begun(&world, 6);
    let refused = 1_772_000_000_000_000;
    let rule = Rule::Actor { actor: shop(&vault, 0) };
    vault.correct(&Correction::Partner { rule, stance: Stance::Refused }, refused).unwrap();
    let before = ledger(&vault).unwrap();
    agree(&vault, &mailbox, &wanted(&mailbox));
    run(&vault, &mailbox).unwrap();
    run(&vault, &mailbox).unwrap();
    assert_eq!(places(&account), (0, [2; 3]));
    assert_eq!(ledger(&vault).unwrap(), before, "nobody wrote");
    let late = mail(90).replace("Jan 2026", "Oct 2026");
    account.put("", "late", "", late.as_bytes());
    run(&vault, &mailbox).unwrap();
    assert_eq!(account.mails("").len(), 0, "filed like the others");
    assert_eq!(ledger(&vault).unwrap().rows[0].watched[0].again, 1);
}

#[test]
fn a_round_that_was_cut_anywhere_goes_on_and_undo_finds_every_mail() {
    let world = World::new();
    let (account, vault, mailbox) = begun(&world, 9);
    agree(&vault, &mailbox, &wanted(&mailbox));
    let filing = filed(&vault, &mailbox).unwrap().filing;
    let plan = vault.filing_plan(&filing, NOW).unwrap();
    // Ended before the server was asked: only what was to be done is written down.
    vault.mails_filing(mailbox.id, &plan.steps[0].pile, &plan.steps[0].to, NOW).unwrap();
    // Ended after the server had moved, before anything was written down of it.
    let step = &plan.steps[1];
    vault.mails_filing(mailbox.id, &step.pile, &step.to, NOW).unwrap();
    for n in [1, 4, 7] {
        account.take_to("", &in_folder(1), &format!("{n}@shop1.example"));
    }
    assert_eq!(places(&account), (6, [0, 3, 0]));
    let synced = run(&vault, &mailbox).unwrap();
    assert_eq!((synced.filed, synced.report.new_messages), (6, 0));
    assert_eq!(places(&account), (0, [3; 3]));
    let now = filed(&vault, &mailbox).unwrap();
    assert_eq!((now.mails, now.left), (9, 0));
    assert_eq!(count(&vault, "message"), 11);

    // The same on the way back: one is back already and nothing is written down of it.
    vault.end_filing(mailbox.id).unwrap();
    account.take_to(&in_folder(2), "", "2@shop2.example");
    assert_eq!(run(&vault, &mailbox).unwrap().filed, 8);
    assert_eq!(places(&account), (9, [0; 3]));
    assert!(filed(&vault, &mailbox).is_none());
    assert!(vault.verify(&mut |_, _| {}).unwrap().is_well());
}

#[test]
fn new_numbers_in_the_middle_move_nothing_wrong() {
    let world = World::new();
    let (account, vault, mailbox) = begun(&world, 6);
    agree(&vault, &mailbox, &wanted(&mailbox));
    run(&vault, &mailbox).unwrap();
    account.renumber(&in_folder(0));
    vault.end_filing(mailbox.id).unwrap();
    run(&vault, &mailbox).unwrap();
    assert_eq!(places(&account), (6, [0; 3]));
    assert_eq!(count(&vault, "message"), 8);
}

#[test]
fn no_folder_that_a_program_may_empty_takes_them() {
    let world = World::new();
    let (_account, vault, mailbox) = begun(&world, 1);
    let odd = ["INBOX", "inbox", "Trash", "Perso/Corbeille", " / ", "", "a\"b", "a\r\nb", "*"];
    for no in odd {
        let filing = Filing { root: no.to_owned(), ..wanted(&mailbox) };
        let outcome = prepare(&vault, &mailbox, filing, &outward());
        assert!(matches!(outcome, Err(Error::Forbidden)), "{no:?}: {outcome:?}");
    }
    let deep = Filing { root: " Perso / Rangé ".to_owned(), ..wanted(&mailbox) };
    let deep = prepare(&vault, &mailbox, deep, &outward()).unwrap();
    assert_eq!((deep.root.as_str(), deep.delimiter.as_str()), ("Perso/Rangé", "/"));
    assert!(vault.filings().unwrap().is_empty(), "nothing is agreed to yet");
}
