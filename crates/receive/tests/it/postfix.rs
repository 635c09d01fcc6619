//! With a real Postfix in front, configured as the host's guide says.

use crate::session::Protocol;
use crate::world::{MAIL_BYTES, World, certificate, order, rules};
use mesinfos_testkit::postfix;
use mesinfos_vault::directory::AddressState;
use mesinfos_vault::views::{MessagesAsked, messages};

fn can_start() -> bool {
    let can = postfix::can_start();
    if !can {
        eprintln!("not told: only root can start a Postfix");
    }
    can
}

#[test]
fn a_mail_through_postfix_is_in_the_vault_understood_and_filed_under_its_actor() {
    if !can_start() {
        return;
    }
    let world = World::new();
    let vault = world.vault("lea");
    let address = world.address(&vault, "Mirabelle");
    let door = world.open(Protocol::Lmtp);
    let postfix = postfix::start(&format!("lmtp:inet:{}", door.place), "");
    let said = postfix.talk().send("retour@mirabelle.example", &address, &order(&address, 1));
    assert!(said.starts_with("250"), "{said}\n{}", postfix.log());
    world.wait_for(vault.person(), 1, &|| postfix.log());
    let report = world.take(&vault);
    assert_eq!((report.new_messages, report.order_mails), (1, 1));
    let card = world.listed(&vault).remove(0);
    assert_eq!((card.mails, card.label.as_str()), (1, "Mirabelle"));
    assert_eq!(card.given_to.unwrap().domain.as_deref(), Some("mirabelle.example"));
    let all = messages(&vault, &MessagesAsked::default()).unwrap();
    assert_eq!(all.mails.rows[0].mail.subject, "Votre commande M-0001");
    let id = all.mails.rows[0].mail.id;
    let bytes = vault.original(id).unwrap().unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\n.deux points\n"), "what was stuffed twice is unstuffed twice: {text}");
    let arrival = vault.arrivals(id).unwrap().remove(0);
    let whole = arrival.restore(text.as_bytes()).unwrap();
    let trace = format!("Return-Path: <retour@mirabelle.example>\r\nDelivered-To: {address}\r\n");
    assert!(whole.starts_with(trace.as_bytes()));
}

#[test]
fn what_is_refused_is_refused_by_postfix_at_rcpt_with_our_words() {
    if !can_start() {
        return;
    }
    let world = World::new();
    let vault = world.vault("lea");
    let (address, other) = (world.address(&vault, "Fnac"), world.address(&vault, "Jeu"));
    let socket = world.folder.path().join("lmtp");
    open_to_all(world.folder.path());
    let _door = world.open_by(Protocol::Lmtp, &socket.display().to_string(), rules(), None);
    let postfix = postfix::start(&format!("lmtp:unix:{}", socket.display()), "");
    let directory = world.store().directory();
    let mut talk = postfix.talk();
    talk.ask("MAIL FROM:<a@shop.example>");
    let mut rcpt = |to: &str| talk.ask(&format!("RCPT TO:<{to}>"));
    let taken = rcpt(&address);
    assert!(taken.starts_with("250"), "{taken}\n{}", postfix.log());
    assert!(directory.set_address(vault.person(), &address, AddressState::Paused).unwrap());
    assert!(directory.set_address(vault.person(), &other, AddressState::Closed).unwrap());
    // Postfix goes by an answer for two seconds here, for two minutes in the guide.
    std::thread::sleep(std::time::Duration::from_secs(4));
    let paused = rcpt(&address);
    assert!(paused.starts_with("550") && paused.contains("paused this address"), "{paused}");
    let closed = rcpt(&other);
    assert!(
        closed.starts_with("550") && closed.contains("closed this address for good"),
        "{closed}"
    );
    let unknown = rcpt("fnac.aaaaa@exemple.fr");
    assert!(unknown.starts_with("550") && unknown.contains("no such address"), "{unknown}");
    let relay = rcpt("victim@elsewhere.example");
    assert!(relay.contains("Relay access denied"), "{relay}");
    assert!(directory.set_address(vault.person(), &address, AddressState::Open).unwrap());
    std::thread::sleep(std::time::Duration::from_secs(4));
    let again = rcpt(&address);
    assert!(again.starts_with("250"), "opened again it takes mail: {again}\n{}", postfix.log());
}

#[test]
fn postfix_delivers_by_smtp_under_tls_and_what_is_too_large_comes_back() {
    if !can_start() {
        return;
    }
    let world = World::new();
    let vault = world.vault("lea");
    let address = world.address(&vault, "Mirabelle");
    let tls = certificate(world.folder.path());
    let door = world.open_by(Protocol::Smtp, "127.0.0.1:0", rules(), Some(tls));
    let postfix = postfix::start(
        &format!("smtp:[127.0.0.1]:{}", door.port()),
        "smtp_tls_security_level = encrypt\nsmtp_tls_loglevel = 1\n",
    );
    let said = postfix.talk().send("retour@mirabelle.example", &address, &order(&address, 1));
    assert!(said.starts_with("250"), "{said}\n{}", postfix.log());
    world.wait_for(vault.person(), 1, &|| postfix.log());
    assert_eq!(world.take(&vault).new_messages, 1);
    let id = world.listed(&vault)[0].last.as_ref().unwrap().id;
    let arrival = vault.arrivals(id).unwrap().remove(0);
    let whole = arrival.restore(&vault.original(id).unwrap().unwrap()).unwrap();
    let whole = String::from_utf8(whole).unwrap();
    assert!(whole.contains("with ESMTPS;"), "{whole}");

    let large = format!("{}\r\n{}", order(&address, 2), "x".repeat(70).repeat(MAIL_BYTES / 70));
    let said = postfix.talk().send("retour@mirabelle.example", &address, &large);
    assert!(said.starts_with("250"), "Postfix's own limit is another: {said}");
    let began = std::time::Instant::now();
    while !postfix.log().contains("status=bounced") {
        assert!(began.elapsed().as_secs() < 60, "{}", postfix.log());
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert!(postfix.log().contains("message size"), "{}", postfix.log());
    assert_eq!(world.store().directory().waiting(vault.person()).unwrap().mails, 0);
}

/// Postfix runs as a user of its own.
fn open_to_all(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}
