//! One mail: whose it is, what its frame and its attachments may do.

use crate::site::{Browser, Site};
use axum::http::StatusCode;
use mesinfos_domain::PersonId;
use mesinfos_vault::Mode;
use std::time::Duration;

const MAIL: &str = "From: =?utf-8?q?Caf=C3=A9?= <cafe@shop.example>\r\nTo: camille@foyer.example\r\n\
    Subject: <script>alert(1)</script> =?utf-8?q?Votre_re=C3=A7u?=\r\nDate: Tue, 27 Oct 2026 19:04:12 +0100\r\n\
    Message-ID: <1@shop.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
    <p onclick=\"alert(1)\">Bonjour</p><script>alert(1)</script><img src=\"https://t.example/p.gif\">\r\n\
    --b\r\nContent-Type: text/plain; name=note.txt\r\nContent-Disposition: attachment; filename=note.txt\r\n\r\nbonjour\r\n\
    --b\r\nContent-Type: text/html; name=evil.html\r\nContent-Disposition: attachment; filename=\"../evil.html\"\r\n\r\n<script>alert(1)</script>\r\n\
    --b--\r\n";

/// Brings mails.
pub async fn bring(site: &Site, person: PersonId, mails: &[String]) {
    let folder = tempfile::tempdir().expect("a folder").keep();
    for (n, mail) in mails.iter().enumerate() {
        std::fs::write(folder.join(format!("{n}.eml")), mail).expect("a file");
    }
    let vault = site.state.store().vault(person).expect("a vault");
    site.state.bring(&vault, vec![folder.clone()]).expect("begun");
    for _ in 0..500 {
        if site.state.imports().of(person).is_none() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    std::fs::remove_dir_all(folder).expect("it was ours");
}

/// Brings one mail and gives its address.
pub async fn brought(site: &Site, person: PersonId, browser: &mut Browser<'_>) -> String {
    bring(site, person, &[MAIL.to_owned()]).await;
    let vault = site.state.store().vault(person).expect("a vault");
    let id = vault
        .read(|db| {
            let person = db.person();
            db.first("SELECT id FROM message WHERE person_id = $1", &[person.into()], |r| {
                r.get::<i64>(0)
            })
        })
        .expect("a vault")
        .expect("a message");
    let address = format!("/mail/{id}");
    assert_eq!(browser.get(&address).await.status, StatusCode::OK);
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_is_shown_to_its_owner_and_to_nobody_else() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    site.account("dominique", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let mail = brought(&site, camille, &mut browser).await;
    let mut other = site.signed_in("dominique").await;
    let mut nobody = site.browser();
    let page = browser.get(&mail).await;
    let link = page.body.split("/part/").nth(1).expect("an attachment");
    let part = link.split(['"', '/']).next().expect("a number").to_owned();
    for below in ["", "/body", "/original", &format!("/part/{part}"), &format!("/part/{part}/open")]
    {
        let address = format!("{mail}{below}");
        assert_eq!(browser.get(&address).await.status, StatusCode::OK, "{address}");
        let answer = other.get(&address).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(!answer.body.contains("Bonjour") && !answer.body.contains("shop.example"));
        assert_eq!(nobody.get(&address).await.status, StatusCode::SEE_OTHER, "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_mail_runs_or_loads() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let mail = brought(&site, camille, &mut browser).await;

    let page = browser.get(&mail).await;
    assert!(!page.body.contains("<script>alert"), "the subject is escaped");
    assert!(page.body.contains("&#60;script&#62;") || page.body.contains("&lt;script&gt;"));
    assert!(page.body.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));

    let body = browser.get(&format!("{mail}/body")).await;
    let policy = body.header("content-security-policy");
    for rule in ["default-src 'none'", "img-src data:;", "frame-ancestors 'self'", "; sandbox"] {
        assert!(policy.contains(rule), "{policy}");
    }
    assert!(!policy.contains("allow-scripts") && !policy.contains("allow-same-origin"), "{policy}");
    assert!(body.body.contains("<p>Bonjour</p>"));
    assert!(!body.body.contains("alert") && !body.body.contains("t.example"), "{}", body.body);

    let numbers: Vec<u32> = (0..10).collect();
    let mut saved = 0;
    for number in numbers {
        let answer = browser.get(&format!("{mail}/part/{number}")).await;
        if answer.status != StatusCode::OK {
            continue;
        }
        saved += 1;
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\""));
        assert!(!answer.header("content-disposition").contains(".."));
        assert!(answer.header("content-security-policy").ends_with("sandbox"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        let opened = browser.get(&format!("{mail}/part/{number}/open")).await;
        let is_page = answer.body.contains("<script>");
        assert_eq!(opened.status == StatusCode::OK, !is_page, "only the text is opened");
        if opened.status == StatusCode::OK {
            assert_eq!(opened.header("content-type"), "text/plain; charset=utf-8");
        }
    }
    assert_eq!(saved, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_she_opens_here_is_read_where_no_mailbox_says_so() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let second = MAIL.replace("<1@shop", "<2@shop").replace("19:04:12", "20:04:12");
    bring(&site, camille, &[MAIL.to_owned(), second]).await;
    let unread = browser.get("/mails?unread=1").await;
    assert!(unread.body.contains("Aucun mail non lu"), "nothing is known yet");
    let list = browser.get("/mails").await.body;
    let mail = list.split("href=\"/mail/").nth(1).and_then(|l| l.split('"').next());
    browser.get(&format!("/mail/{}", mail.expect("a mail"))).await;
    // Her page does not wait for the note.
    for _ in 0..200 {
        if browser.get("/mails?unread=1").await.body.contains("Un mail non lu") {
            let home = browser.get("/").await.body;
            assert!(home.contains("arrivés depuis le 21 septembre 2026"), "{home}");
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the other one is never unread");
}
