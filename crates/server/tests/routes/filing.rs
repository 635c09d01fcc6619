//! A mailbox filed from its page: shown, agreed to, seen under way, put back.

use crate::site::{Browser, Site};
use axum::http::StatusCode;
use mesinfos_server::{Neighbours, Reach};
use mesinfos_testkit::dovecot::{self, Account};
use mesinfos_vault::mailboxes::{Access, Secret, Security, Way};
use mesinfos_vault::{Mode, Vault};
use std::time::Duration;

fn site() -> Site {
    let neighbours = Neighbours { is_open: true, ..Neighbours::default() };
    Site::near(Reach::Loopback, None, neighbours)
}

fn mail(n: u8, shop: &str) -> String {
    format!(
        "From: {shop} <bonjour@{shop}.example>\r\nTo: camille@foyer.example\r\n\
         Subject: Nos graines {n}\r\nDate: Tue, {n:02} Sep 2025 08:00:00 +0200\r\n\
         Message-ID: <{n}@{shop}.example>\r\nList-Unsubscribe: <https://{shop}.example/u>\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n\
         Bonjour, voici nos nouveautes {n} : des graines de tomate en promotion.\r\n"
    )
}

fn connected(vault: &Vault, now_us: i64) -> Account {
    let account = dovecot::account();
    for n in 1..6 {
        let mail = mail(n, if n < 4 { "potager" } else { "verger" });
        account.put("", &format!("m{n}"), "", mail.as_bytes());
    }
    let access = Access {
        host: "localhost".to_owned(),
        port: account.port,
        security: Security::Plain,
        login: account.user.clone(),
        way: Way::Password,
    };
    let secret = Secret::new(account.password.to_owned());
    vault.add_mailbox("camille@foyer.example", &access, &secret, now_us).expect("added");
    account
}

/// Asks for a sync until the page says this.
async fn until(browser: &mut Browser<'_>, csrf: &str, says: &str) -> String {
    let form = [("csrf", csrf), ("name", "camille@foyer.example")];
    for _ in 0..100 {
        browser.post("/mailboxes/retry", &form).await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        let page = browser.get("/mailboxes").await.body;
        if page.contains(says) {
            return page;
        }
    }
    panic!("never: {says}: {}", browser.get("/mailboxes").await.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_is_filed_as_it_was_shown_and_put_back_in_one_click() {
    let site = site();
    let camille = site.account("camille", Mode::Watched);
    let vault = site.state.store().vault(camille).expect("a vault");
    let account = connected(&vault, site.state.now_us());
    let mut browser = site.signed_in("camille").await;
    let csrf = browser.get("/mailboxes").await.csrf();
    let page = until(&mut browser, &csrf, "5 mails apportés").await;
    assert!(page.contains("/mailboxes/filing?mailbox=1"), "{page}");

    let shown = browser.get("/mailboxes/filing?mailbox=1").await.body;
    assert!(shown.contains("5 mails dans 2 dossiers."), "{shown}");
    assert!(shown.contains("Rien n’est effacé"), "{shown}");
    let by_kind = browser.get("/mailboxes/filing?mailbox=1&shape=drawer&after=0").await.body;
    assert!(by_kind.contains("5 mails dans un dossier."), "{by_kind}");
    assert_eq!(account.mails("").len(), 5, "looking moves nothing");
    let missing = browser.get("/mailboxes/filing?mailbox=9").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);

    let form = |root| [("csrf", &*csrf), ("mailbox", "1"), ("root", root), ("after", "0")];
    let no = browser.post("/mailboxes/filing", &form("Corbeille")).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no.body.contains("ni la corbeille"), "{}", no.body);
    let agreed = browser.post("/mailboxes/filing", &form("MesInfos")).await;
    assert_eq!(agreed.header("location"), "/mailboxes");
    let page = until(&mut browser, &csrf, "5 mails dans 2 dossiers").await;
    assert!(page.contains("Tout remettre en place"), "{page}");
    assert_eq!(account.mails("").len(), 0);

    let back = browser.post("/mailboxes/filing/back", &[("csrf", &csrf), ("mailbox", "1")]).await;
    assert_eq!(back.header("location"), "/mailboxes");
    for _ in 0..100 {
        if vault.filings().expect("read").is_empty() {
            break;
        }
        until(&mut browser, &csrf, "camille@foyer.example").await;
    }
    assert_eq!(account.mails("").len(), 5);
    assert!(!browser.get("/mailboxes").await.body.contains("Tout remettre en place"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_s_mailbox_is_no_other_s_to_file() {
    let site = site();
    let camille = site.account("camille", Mode::Watched);
    site.account("tom", Mode::Watched);
    let vault = site.state.store().vault(camille).expect("a vault");
    let account = connected(&vault, site.state.now_us());
    let mut tom = site.signed_in("tom").await;
    let csrf = tom.get("/help").await.csrf();
    assert_eq!(tom.get("/mailboxes/filing?mailbox=1").await.status, StatusCode::NOT_FOUND);
    for path in ["/mailboxes/filing", "/mailboxes/filing/back"] {
        let asked = tom.post(path, &[("csrf", &csrf), ("mailbox", "1")]).await;
        assert_eq!(asked.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(vault.filings().expect("read").is_empty());
    assert_eq!(account.mails("").len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_is_followed_no_more_once_its_person_is_erased() {
    let site = site();
    let camille = site.account("camille", Mode::Watched);
    let vault = site.state.store().vault(camille).expect("a vault");
    let account = connected(&vault, site.state.now_us());
    let mut browser = site.signed_in("camille").await;
    let csrf = browser.get("/mailboxes").await.csrf();
    until(&mut browser, &csrf, "5 mails apportés").await;
    let mailbox = vault.mailboxes().expect("mailboxes").remove(0);
    site.state.follow(&vault, &mailbox, true).expect("followed");
    assert!(site.state.follows().of(camille, mailbox.id).is_some());

    let state = site.state.clone();
    let erased = tokio::task::spawn_blocking(move || state.erase(camille)).await;
    erased.expect("no panic").expect("erased");
    assert!(site.state.follows().of(camille, mailbox.id).is_none());
    assert!(vault.mailboxes().is_err(), "who still holds the vault reads nothing more");
    assert_eq!(account.mails("").len(), 5, "at the provider all stays");
}
