//! Mails handed in to a real submission server, and the copy that stays.

use mesinfos_connect::submission::{Letter, hand_in, keep_copy, message_id};
use mesinfos_connect::{Error, Outward, Reach};
use mesinfos_testkit::dovecot::{self, Account};
use mesinfos_vault::mailboxes::{Access, Secret, Security, Way};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::time::Duration;

fn outward(account: &Account) -> Outward {
    let root = Some(account.certificate.clone());
    Outward {
        reach: Reach::Anywhere,
        patience: Duration::from_secs(20),
        root,
        ..Outward::default()
    }
}

fn access(account: &Account, port: u16, security: Security) -> Access {
    let (host, login) = ("localhost".to_owned(), account.user.clone());
    Access { host, port, security, login, way: Way::Password }
}

fn secret(account: &Account) -> Secret {
    Secret::new(account.password.to_owned())
}

fn letter(from: &str, id: &str, to: &str) -> Vec<u8> {
    let body = "Bonjour,\n\n.\nje m’oppose.\n";
    let (subject, at_us) = ("Opposition à la prospection", 1_795_510_800_000_000);
    Letter { from: ("Léa", from), to, subject, body, id, follows: None, at_us }.written()
}

#[test]
fn a_letter_is_handed_in_under_tls_and_its_copy_stays_once() {
    let account = dovecot::account();
    let from = format!("{}@exemple.fr", account.user);
    let (secret, outward) = (secret(&account), outward(&account));
    let ways = [(account.out_port, Security::StartTls), (account.out_tls_port, Security::Tls)];
    for (n, (port, security)) in ways.into_iter().enumerate() {
        let id = message_id([n as u8 + 1; 16], &from);
        let mail = letter(&from, &id, "dpo@boutique.example");
        let access = access(&account, port, security);
        let taken = hand_in(&access, &secret, &from, "dpo@boutique.example", &mail, &outward);
        assert_eq!(taken.unwrap(), 250);
        let there = account.sent_from(&from);
        assert_eq!(there.len(), n + 1);
        let last = there.last().unwrap();
        assert_eq!(last.to, ["dpo@boutique.example"]);
        assert!(last.mail.contains(&id), "{}", last.mail);
        let read = mesinfos_reading::Mail::read(last.mail.as_bytes());
        assert!(read.text.unwrap().contains("\n.\r\n") || last.mail.contains("=2E"), "the dot");

        let imap = self::access(&account, account.tls_port, Security::Tls);
        for _ in 0..2 {
            assert!(keep_copy(&imap, &secret, &mail, &id, &outward).unwrap());
        }
        assert_eq!(account.mails("Sent").len(), n + 1, "one copy, however often it is kept");
    }
}

#[test]
fn a_wrong_password_an_unknown_certificate_and_nobody_are_told_apart() {
    let account = dovecot::account();
    let from = format!("{}@exemple.fr", account.user);
    let outward = outward(&account);
    let mail = letter(&from, "1@exemple.fr", "nobody@boutique.example");
    let safe = access(&account, account.out_port, Security::StartTls);
    let send = |access: &Access, secret: &Secret, outward: &Outward| {
        hand_in(access, secret, &from, "nobody@boutique.example", &mail, outward)
    };
    let wrong = send(&safe, &Secret::new("wrong".to_owned()), &outward);
    assert!(matches!(wrong, Err(Error::Refused)), "{wrong:?}");
    let unknown = send(&safe, &secret(&account), &Outward { root: None, ..outward.clone() });
    assert!(matches!(unknown, Err(Error::Insecure)), "{unknown:?}");
    let nobody = send(&safe, &secret(&account), &outward);
    assert!(matches!(nobody, Err(Error::Declined(550 | 554))), "{nobody:?}");
    let private = Outward { reach: Reach::Public, ..outward.clone() };
    assert!(matches!(send(&safe, &secret(&account), &private), Err(Error::Forbidden)));
    assert!(account.sent_from(&from).is_empty());
}

#[test]
fn what_was_said_before_tls_counts_for_nothing() {
    let account = dovecot::account();
    for answer in ["220 go\r\n250-x\r\n250 AUTH PLAIN\r\n", "454 not now\r\n"] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let told = std::thread::spawn(move || {
            let (tcp, _) = listener.accept().unwrap();
            let mut out = tcp.try_clone().unwrap();
            let mut lines = BufReader::new(tcp).lines().map_while(Result::ok);
            out.write_all(b"220 x\r\n").unwrap();
            let mut told = vec![lines.next().unwrap()];
            out.write_all(b"250-x\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n").unwrap();
            told.push(lines.next().unwrap());
            out.write_all(answer.as_bytes()).unwrap();
            told.extend(lines);
            told
        });
        let access = access(&account, port, Security::StartTls);
        let mail = letter("a@b.fr", "1@b.fr", "c@d.fr");
        let outcome =
            hand_in(&access, &secret(&account), "a@b.fr", "c@d.fr", &mail, &outward(&account));
        assert!(matches!(outcome, Err(Error::Insecure)), "{outcome:?}");
        assert_eq!(told.join().unwrap(), ["EHLO [127.0.0.1]", "STARTTLS"], "no password in clear");
    }
}
