//! Dedicated addresses: whose they are, what waits for a closed vault, who else writes there.

use crate::on_both::{NOW, World, on_both, someone};
use mesinfos_domain::PersonId;
use mesinfos_vault::directory::{AddressState, MailDomain, NewAccount};
use mesinfos_vault::import::{Options, Report, Watch};
use mesinfos_vault::views::{Given, advice, given_addresses};
use mesinfos_vault::{Deposit, Deposited, Error, Mode, NewAddress, RereadWatch, Vault, days};
use std::sync::atomic::AtomicBool;

fn domains(world: &World, list: &[(&str, Option<&str>)]) {
    let of = |(name, owner): &(&str, Option<&str>)| MailDomain {
        name: (*name).to_owned(),
        owner: owner.map(str::to_owned),
    };
    let list: Vec<MailDomain> = list.iter().map(of).collect();
    world.store.directory().set_mail_domains(&list).unwrap();
}

fn give(world: &World, vault: &Vault, label: &str) -> String {
    let new = NewAddress { label, actor: None };
    world.store.give_address(vault, &new, NOW).unwrap().address
}

fn deliver(world: &World, person: PersonId, address: &str, mail: &str) {
    let deposit = Deposit {
        address: address.to_owned(),
        trace: format!("Return-Path: <x@y.example>\r\nDelivered-To: {address}\r\n").into_bytes(),
        mail: mail.replace('\n', "\r\n").into_bytes(),
    };
    assert_eq!(world.store.deposit(person, &deposit, NOW).unwrap(), Deposited::Kept);
}

fn take(world: &World, vault: &Vault) -> Report {
    let options = Options { now_us: NOW, full: false, threads: 2 };
    let stop = AtomicBool::new(false);
    let mut watch = Watch { progress: &mut |_, _| {}, kept: &mut |_| {}, stop: &stop };
    world.store.take_deposits(vault, &options, &mut watch).unwrap()
}

fn listed(world: &World, vault: &Vault) -> Vec<Given> {
    let all = world.store.directory().addresses(vault.person()).unwrap();
    given_addresses(vault, &all).unwrap()
}

fn mail(shop: &str, domain: &str, n: usize) -> String {
    format!(
        "From: {shop} <info@{domain}>\nTo: client@exemple.fr\nSubject: Votre commande {n}\n\
         Date: Mon, 5 Jan 2026 10:{n:02}:00 +0100\nMessage-ID: <{n}@{domain}>\n\n\
         Bonjour,\nvotre commande {n} chez {shop} est confirmée.\nhttps://www.{domain}/compte\n"
    )
}

fn count(vault: &Vault, sql: &str) -> i64 {
    vault.read(|db| db.first(sql, &[db.person().into()], |r| r.get::<i64>(0))).unwrap().unwrap()
}

#[test]
fn an_address_is_made_on_her_own_domain_first_and_cannot_be_guessed() {
    on_both(|world| {
        let (lea, tom) = (world.vault("lea"), world.vault("tom"));
        let new = NewAddress { label: "Fnac", actor: None };
        assert!(matches!(world.store.give_address(&lea, &new, NOW), Err(Error::NoMailDomain)));
        domains(&world, &[("exemple.fr", None), ("lea.example", Some("lea"))]);
        let (hers, his) = (give(&world, &lea, "Fnac"), give(&world, &tom, "Fnac"));
        let (local, domain) = hers.split_once('@').unwrap();
        assert_eq!(domain, "lea.example");
        assert!(his.ends_with("@exemple.fr"));
        let token = local.strip_prefix("fnac.").unwrap();
        assert_eq!(token.len(), 5);
        assert_ne!(hers, give(&world, &lea, "Fnac"), "each has letters of its own");
        assert_eq!(listed(&world, &lea).len(), 2);
        assert_eq!(listed(&world, &tom)[0].label, "Fnac");
        // It is nobody else's to change.
        let directory = world.store.directory();
        assert!(!directory.set_address(tom.person(), &hers, AddressState::Closed).unwrap());
        assert!(directory.set_address(lea.person(), &hers, AddressState::Paused).unwrap());
        assert_eq!(directory.dedicated(&hers).unwrap().unwrap().state, AddressState::Paused);
        world.store.erase(lea.person()).unwrap();
        assert_eq!(world.store.directory().dedicated(&hers).unwrap(), None);
    });
}

#[test]
fn a_token_makes_addresses_only_when_she_lets_it() {
    on_both(|world| {
        let lea = world.vault("lea").person();
        let directory = world.store.directory();
        let token = directory.address_token(lea).unwrap();
        assert!(!token.takes_new);
        assert_eq!(directory.person_of_token(&token.token).unwrap(), None);
        directory.let_mail_make_addresses(lea, true).unwrap();
        assert_eq!(directory.person_of_token(&token.token).unwrap(), Some(lea));
        assert_eq!(directory.address_token(lea).unwrap().token, token.token, "it stays the same");
        let made = directory.add_address(lea, "fnac.abcdef@exemple.fr", NOW).unwrap();
        assert_eq!(made.state, AddressState::Open);
        let again = directory.add_address(lea, "Fnac.abcdef@exemple.fr", NOW);
        assert!(matches!(again, Err(Error::Taken(_))));
    });
}

#[test]
fn what_is_delivered_is_in_the_vault_and_twice_delivered_it_is_one() {
    on_both(|world| {
        let lea = world.vault("lea");
        domains(&world, &[("exemple.fr", None)]);
        let (shop, other) = (give(&world, &lea, "Mirabelle"), give(&world, &lea, "Autre"));
        let text = mail("Librairie Mirabelle", "mirabelle.example", 1);
        deliver(&world, lea.person(), &shop, &text);
        deliver(&world, lea.person(), &shop, &text);
        let report = take(&world, &lea);
        assert_eq!((report.new_messages, report.known_messages), (1, 1));
        assert_eq!(world.store.directory().waiting(lea.person()).unwrap().mails, 0);
        // The same mail to another of her addresses is the same mail, come to both.
        deliver(&world, lea.person(), &other, &text);
        assert_eq!(take(&world, &lea).known_messages, 1);
        assert_eq!(count(&lea, "SELECT COUNT(*) FROM message WHERE person_id = $1"), 1);
        assert_eq!(count(&lea, "SELECT COUNT(*) FROM arrival WHERE person_id = $1"), 2);
        let both = "SELECT COUNT(*) FROM message_recipient WHERE person_id = $1";
        assert_eq!(count(&lea, both), 2);
        let cards = listed(&world, &lea);
        let card = cards.iter().find(|c| c.address == shop).unwrap();
        assert_eq!(card.given_to.as_ref().unwrap().domain.as_deref(), Some("mirabelle.example"));
        assert_eq!((card.mails, card.is_named, card.strangers.len()), (1, false, 0));
        // How it came belongs to the arrival, which comes back whole.
        let message = card.last.as_ref().unwrap().id;
        let arrival = lea.arrivals(message).unwrap().remove(0);
        let whole = arrival.restore(&lea.original(message).unwrap().unwrap()).unwrap();
        let whole = String::from_utf8(whole).unwrap();
        assert!(whole.starts_with("Return-Path: <x@y.example>\r\nDelivered-To: mirabelle."));
        assert!(whole.ends_with(&text.replace('\n', "\r\n")));
        assert!(lea.verify(&mut |_, _| {}).unwrap().is_well());
        // And is known again when all facts are read anew.
        let stop = AtomicBool::new(false);
        lea.reread(&mut RereadWatch { progress: &mut |_, _| {}, stop: &stop }).unwrap();
        assert_eq!(count(&lea, both), 2);
    });
}

#[test]
fn while_a_sealed_vault_is_closed_its_mail_waits_where_nobody_can_read_it() {
    on_both(|world| {
        let new = NewAccount { passphrase: Some("sésame"), mode: Mode::Sealed, ..someone("lea") };
        let (account, _) = world.store.create_account(&new, NOW).unwrap();
        let deposit = |address: &str| Deposit {
            address: address.to_owned(),
            trace: Vec::new(),
            mail: b"Subject: chrysantheme\r\n\r\nx\r\n".to_vec(),
        };
        // Before her vault was ever open there is nothing to seal to.
        let before = world.store.deposit(account.person, &deposit("x@exemple.fr"), NOW).unwrap();
        assert_eq!(before, Deposited::NoKey);
        let vault = world.store.unseal(account.person, "sésame").unwrap();
        domains(&world, &[("exemple.fr", None)]);
        let address = give(&world, &vault, "Fnac");
        drop(vault);
        world.store.close(account.person);
        let kept = world.store.deposit(account.person, &deposit(&address), NOW).unwrap();
        assert_eq!(kept, Deposited::Kept);
        assert!(matches!(world.store.vault(account.person), Err(Error::Sealed)));
        let world = world.restarted();
        assert_eq!(world.store.directory().waiting(account.person).unwrap().mails, 1);
        let vault = world.store.unseal(account.person, "sésame").unwrap();
        assert_eq!(take(&world, &vault).new_messages, 1);
        assert_eq!(listed(&world, &vault)[0].mails, 1);
        assert_eq!(world.store.directory().waiting(account.person).unwrap().bytes, 0);
    });
}

#[test]
fn who_else_writes_to_an_address_is_told_with_the_evidence() {
    on_both(|world| {
        let lea = world.vault("lea");
        domains(&world, &[("exemple.fr", None)]);
        let address = give(&world, &lea, "Mirabelle");
        deliver(
            &world,
            lea.person(),
            &address,
            &mail("Librairie Mirabelle", "mirabelle.example", 1),
        );
        take(&world, &lea);
        assert!(!listed(&world, &lea)[0].is_leaking());
        deliver(&world, lea.person(), &address, &mail("Casino Or", "casino-or.example", 2));
        deliver(&world, lea.person(), &address, &mail("Casino Or", "casino-or.example", 3));
        take(&world, &lea);
        let card = listed(&world, &lea).remove(0);
        assert!(card.is_leaking());
        let stranger = &card.strangers[0];
        assert_eq!(stranger.actor.as_ref().unwrap().domain.as_deref(), Some("casino-or.example"));
        assert_eq!((stranger.mails, stranger.first.subject.as_str()), (2, "Votre commande 2"));
        let told = advice(&lea, days::day(NOW), 0).unwrap();
        assert_eq!(told.leaks.len(), 1);
        assert_eq!(told.leaks[0].address, address);
        assert_eq!(told.leaks[0].given_to.domain.as_deref(), Some("mirabelle.example"));
        // She says to whom she gave it: then the first to write may be the stranger.
        let casino = stranger.actor.as_ref().unwrap().id;
        lea.set_given_address(&address, "Casino", Some(casino), NOW).unwrap();
        let card = listed(&world, &lea).remove(0);
        assert_eq!((card.label.as_str(), card.is_named), ("Casino", true));
        assert_eq!(card.given_to.unwrap().id, casino);
        assert_eq!(card.strangers[0].mails, 1);
    });
}
