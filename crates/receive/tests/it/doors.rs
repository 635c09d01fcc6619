//! Our own doors, spoken to as any other side would.

use crate::session::Protocol;
use crate::world::{NOW, World, order, rules};
use mesinfos_receive::{Place, Rules, bind};
use mesinfos_testkit::postfix::Talk;
use mesinfos_vault::Mode;
use mesinfos_vault::directory::NewAccount;

const FROM: &str = "retour@mirabelle.example";

fn talk(port: u16, hello: &str) -> Talk {
    let mut talk = Talk::to(port).expect("it answers");
    assert!(talk.ask(hello).starts_with("250-"));
    talk
}

#[test]
fn nothing_is_relayed_and_nobody_is_told_who_lives_here() {
    let world = World::new();
    let vault = world.vault("lea");
    world.address(&vault, "Fnac");
    let door = world.open(Protocol::Smtp);
    let mut talk = talk(door.port(), "EHLO mx.shop.example");
    for to in [
        "victim@elsewhere.example",
        "victim%elsewhere.example@[127.0.0.1]",
        "lea@elsewhere.exemple.fr",
        "@exemple.fr:victim@elsewhere.example",
    ] {
        let said = talk.send(FROM, to, "x");
        assert!(said.starts_with("550 5.7.1"), "{to}: {said}");
    }
    let said = talk.send(FROM, "victim%elsewhere.example@exemple.fr", "x");
    assert!(said.starts_with("550 5.1.1"), "{said}");
    let said = talk.send(FROM, "lea@exemple.fr", "x");
    assert!(said.starts_with("550 5.1.1"), "a login is no address: {said}");
    assert!(talk.ask("VRFY lea").starts_with("252"));
    assert!(talk.ask("EXPN all").starts_with("502"));
    assert!(talk.ask("QUIT").starts_with("221"));
    assert_eq!(world.store().directory().waiting(vault.person()).unwrap().mails, 0);
}

#[test]
fn who_guesses_addresses_is_soon_told_nothing_more() {
    let world = World::new();
    let vault = world.vault("lea");
    let address = world.address(&vault, "Fnac");
    let few = Rules { unknown_from_one: 3, ..rules() };
    let door = world.open_by(Protocol::Smtp, "127.0.0.1:0", few, None);
    let mut talk = talk(door.port(), "EHLO mx.shop.example");
    for n in 0..3 {
        let said = talk.send(FROM, &format!("fnac.aaaa{n}@exemple.fr"), "x");
        assert!(said.starts_with("550 5.1.1"), "{said}");
    }
    let said = talk.send(FROM, &address, "x");
    assert!(said.starts_with("450 4.7.1"), "not even the right one is told: {said}");
}

#[test]
fn one_mail_more_than_the_limit_is_for_later() {
    let world = World::new();
    let vault = world.vault("lea");
    let (address, other) = (world.address(&vault, "Mirabelle"), world.address(&vault, "Autre"));
    let two = Rules { to_one: 2, ..rules() };
    let door = world.open_by(Protocol::Lmtp, "127.0.0.1:0", two, None);
    let mut talk = talk(door.port(), "LHLO mx");
    for n in 0..2 {
        let said = talk.send(FROM, &address, &order(&address, n));
        assert!(said.starts_with("250 2.0.0"), "{said}");
    }
    assert!(talk.send(FROM, &address, "x").starts_with("450 4.7.1"));
    assert!(talk.send(FROM, &other, &order(&other, 5)).starts_with("250"), "another has its own");
    let from_one = Rules { from_one: 1, ..rules() };
    let door = world.open_by(Protocol::Smtp, "127.0.0.1:0", from_one, None);
    let mut talk = self::talk(door.port(), "EHLO mx");
    assert!(talk.send(FROM, &address, &order(&address, 8)).starts_with("250"));
    assert!(talk.send(FROM, &other, &order(&other, 9)).starts_with("450 4.7.1"));
    assert_eq!(world.take(&vault).new_messages, 4);
}

#[test]
fn a_first_mail_makes_an_address_when_she_lets_it() {
    let world = World::new();
    let (lea, tom) = (world.vault("lea"), world.vault("tom"));
    let directory = world.store().directory();
    let token = directory.address_token(lea.person()).unwrap().token;
    let door = world.open(Protocol::Lmtp);
    let mut talk = talk(door.port(), "LHLO mx");
    let new = format!("Mirabelle.{token}@exemple.fr");
    assert!(talk.send(FROM, &new, "x").starts_with("550 5.1.1"), "not yet");
    directory.let_mail_make_addresses(lea.person(), true).unwrap();
    // Asking makes nothing.
    assert!(talk.ask(&format!("MAIL FROM:<{FROM}>")).starts_with("250"));
    assert!(talk.ask(&format!("RCPT TO:<{new}>")).starts_with("250"));
    talk.ask("RSET");
    assert!(world.listed(&lea).is_empty());
    assert!(talk.send(FROM, &new, &order(&new, 1)).starts_with("250"));
    world.take(&lea);
    let card = world.listed(&lea).remove(0);
    assert_eq!((card.address, card.label.as_str()), (new.to_lowercase(), "mirabelle"));
    assert!(card.is_by_mail);
    // Nor on somebody else's domain.
    let said = talk.send(FROM, &format!("x.{token}@tom.example"), "x");
    assert!(said.starts_with("550 5.1.1"), "{said}");
    assert!(world.listed(&tom).is_empty());
    // She takes it back: those that are there stay.
    directory.let_mail_make_addresses(lea.person(), false).unwrap();
    assert!(talk.send(FROM, &new, &order(&new, 2)).starts_with("250"));
    assert!(talk.send(FROM, &format!("y.{token}@exemple.fr"), "x").starts_with("550"));
}

#[test]
fn mail_for_a_sealed_vault_is_kept_while_its_owner_is_away() {
    let world = World::new();
    let new = NewAccount {
        login: "lea",
        name: "lea",
        locale: "fr",
        passphrase: Some("sésame"),
        mode: Mode::Sealed,
    };
    let (account, _) = world.store().create_account(&new, NOW).unwrap();
    let vault = world.store().unseal(account.person, "sésame").unwrap();
    let address = world.address(&vault, "Mirabelle");
    drop(vault);
    world.store().close(account.person);
    let door = world.open(Protocol::Lmtp);
    let said = talk(door.port(), "LHLO mx").send(FROM, &address, &order(&address, 1));
    assert!(said.starts_with("250"), "{said}");
    let vault = world.store().unseal(account.person, "sésame").unwrap();
    assert_eq!(world.take(&vault).new_messages, 1);
}

#[test]
fn who_answers_for_the_domain_is_reached() {
    let world = World::new();
    let host = world.vault("lea");
    world.vault("tom");
    let door = world.open(Protocol::Smtp);
    let mut talk = talk(door.port(), "EHLO mx.shop.example");
    for to in ["postmaster", "Postmaster@exemple.fr", "abuse@exemple.fr"] {
        let said = talk.send(FROM, to, &order("x@y.example", to.len()));
        assert!(said.starts_with("250"), "{to}: {said}");
    }
    assert_eq!(world.take(&host).new_messages, 3);
}

#[test]
fn a_mail_to_two_persons_is_each_one_s_and_one_conversation_can_hold_several() {
    let world = World::new();
    let (lea, tom) = (world.vault("lea"), world.vault("tom"));
    let (hers, his) = (world.address(&lea, "Club"), world.address(&tom, "Club"));
    assert!(his.ends_with("@tom.example"), "his own domain comes first");
    let door = world.open(Protocol::Lmtp);
    let mut talk = talk(door.port(), "LHLO mx");
    for n in 0..3 {
        talk.say(&format!(
            "MAIL FROM:<{FROM}>\r\nRCPT TO:<{hers}>\r\nRCPT TO:<{his}>\r\nDATA\r\n{}\r\n.\r\n",
            order(&hers, n)
        ));
        let replies: Vec<String> = (0..6).map(|_| talk.hear()).collect();
        assert!(replies[4].starts_with("250 2.0.0") && replies[5].contains(&his), "{replies:?}");
    }
    for vault in [&lea, &tom] {
        assert_eq!(world.take(vault).new_messages, 3);
    }
}

#[test]
fn lmtp_is_for_this_machine_only() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let outside: Place = "0.0.0.0:0".parse().unwrap();
    let refused = runtime.block_on(bind(Protocol::Lmtp, &outside));
    assert!(refused.is_err_and(|e| e.to_string().contains("open to others")));
    assert!(runtime.block_on(bind(Protocol::Smtp, &outside)).is_ok());
}

#[test]
fn too_many_conversations_from_one_address_wait() {
    let world = World::new();
    let door = world.open(Protocol::Smtp);
    let held: Vec<Talk> = (0..10).map(|_| talk(door.port(), "EHLO mx")).collect();
    assert!(Talk::to(door.port()).is_none(), "the eleventh is sent away");
    drop(held);
    let began = std::time::Instant::now();
    while Talk::to(door.port()).is_none() {
        assert!(began.elapsed().as_secs() < 10);
    }
}
