//! What goes out on a click: one click, a mail that unsubscribes, a letter; and what comes back.

use crate::mail::bring;
use crate::site::{Browser, Site};
use axum::http::StatusCode;
use mesinfos_domain::PersonId;
use mesinfos_server::{Neighbours, Reach};
use mesinfos_testkit::dovecot::{self, Account};
use mesinfos_testkit::https::{self, answer};
use mesinfos_vault::Mode;
use mesinfos_vault::mailboxes::{Access, Outgoing, Secret, Security, Way};

/// A newsletter of a shop that offers this way out, as the provider passed it on.
fn newsletter(n: u8, day: &str, way: &str) -> String {
    format!(
        "Authentication-Results: mx.ici.example; dkim=pass header.d=lettres.example header.s=k1\r\n\
         Delivered-To: camille@foyer.example\r\n\
         DKIM-Signature: v=1; d=lettres.example; s=k1; b=QUJDREVGR0hJSg==;\r\n \
         h=From:List-Unsubscribe:List-Unsubscribe-Post\r\n{way}\
         From: Lettres du Potager <bonjour@lettres.example>\r\nTo: camille@foyer.example\r\n\
         Subject: Nos graines de la semaine {n}\r\nDate: {day}\r\n\
         Message-ID: <{n}@lettres.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\
         Bonjour, voici nos nouveautes de la semaine {n} : des graines de tomate en promotion.\r\n\
         Vous recevez cette lettre car vous etes inscrite.\r\n"
    )
}

/// Six weeks of it; the address of the last mail.
async fn inbox(site: &Site, person: PersonId, browser: &mut Browser<'_>, way: &str) -> String {
    let day = |n: u8| format!("Tue, {n:02} Sep 2026 08:00:00 +0200");
    // First what tells whose mailbox it is, then a mail that is judged by it.
    bring(site, person, &[1, 3, 5, 7, 9].map(|n| newsletter(n, &day(n), way))).await;
    bring(site, person, &[newsletter(11, &day(11), way)]).await;
    let list = browser.get("/mails").await.body;
    let rest = list.split("href=\"/mail/").nth(1).unwrap_or_else(|| panic!("no mail in {list}"));
    let id: String = rest.chars().take_while(char::is_ascii_digit).collect();
    format!("/mail/{id}")
}

/// A mailbox of hers on a real server, that can send.
pub fn connected(site: &Site, person: PersonId) -> Account {
    let account = dovecot::account();
    let vault = site.state.store().vault(person).expect("a vault");
    let access = Access {
        host: "localhost".to_owned(),
        port: account.tls_port,
        security: Security::Tls,
        login: account.user.clone(),
        way: Way::Password,
    };
    let secret = Secret::new(account.password.to_owned());
    let address = from(&account);
    let id = vault.add_mailbox(&address, &access, &secret, site.state.now_us()).expect("added");
    let out = Outgoing {
        host: "localhost".to_owned(),
        port: account.out_port,
        security: Security::StartTls,
    };
    vault.set_outgoing(id, &address, Some(&out)).expect("written");
    account
}

pub fn from(account: &Account) -> String {
    format!("{}@foyer.example", account.user)
}

pub fn trusting(certificate: &std::path::Path) -> Site {
    let neighbours = Neighbours {
        is_open: true,
        authority: Some(certificate.to_owned()),
        ..Neighbours::default()
    };
    Site::near(Reach::Loopback, None, neighbours)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_unsubscribes_and_the_ledger_tells_who_wrote_again() {
    let server = https::serve(|_| answer(200, "text/plain", "ok"));
    let site = trusting(&server.certificate);
    let camille = site.account("camille", Mode::Watched);
    site.account("dominique", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let link = server.at("/u?n=42");
    let way = format!(
        "List-Unsubscribe: <{link}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    );
    let mail = inbox(&site, camille, &mut browser, &way).await;
    let page = browser.get(&mail).await;
    assert!(page.body.contains("Me désinscrire"), "{}", page.body);
    assert!(server.heard().is_empty(), "looking asks nobody");

    let (csrf, path) = (page.csrf(), format!("{mail}/unsubscribe"));
    assert_eq!(browser.post(&path, &[]).await.status, StatusCode::FORBIDDEN, "no token");
    let mut other = site.signed_in("dominique").await;
    let token = other.get("/help").await.csrf();
    assert_eq!(other.post(&path, &[("csrf", &token)]).await.status, StatusCode::NOT_FOUND);
    assert!(server.heard().is_empty());

    // She refuses its letters, then clicks.
    let actor = crate::partners::number_after(&page.body, "href=\"/actor/");
    let refusal = [("csrf", &*csrf), ("actor", &*actor)];
    browser.post("/refuse", &refusal).await;
    let said = browser.post(&path, &[("csrf", &csrf), ("back", &mail)]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    assert_eq!(said.header("location"), format!("{mail}?asked=done"));
    let heard = server.heard();
    assert_eq!((heard.len(), &*heard[0].body), (1, "List-Unsubscribe=One-Click"));
    let shown = browser.get(said.header("location")).await.body;
    assert!(shown.contains("la désinscription est acceptée"), "{shown}");
    assert!(shown.contains("Désinscrit en un clic le"), "{shown}");

    // Ten days later it writes again.
    site.wait(10 * 86_400);
    let again = newsletter(21, "Thu, 01 Oct 2026 08:00:00 +0200", &way);
    bring(&site, camille, &[again]).await;
    let mut browser = site.signed_in("camille").await;
    let ledger = browser.get("/refusals").await.body;
    assert!(ledger.contains("Désinscrit le 21 septembre 2026, a encore écrit le 1"), "{ledger}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_their_server_declines_is_told_and_counts_for_nothing() {
    let server = https::serve(|_| {
        b"HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n".to_vec()
    });
    let site = trusting(&server.certificate);
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let way = format!(
        "List-Unsubscribe: <{}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        server.at("/u")
    );
    let mail = inbox(&site, camille, &mut browser, &way).await;
    let csrf = browser.get(&mail).await.csrf();
    let form = [("csrf", &*csrf), ("back", &mail)];
    let said = browser.post(&format!("{mail}/unsubscribe"), &form).await;
    assert_eq!(said.header("location"), format!("{mail}?asked=declined"));
    let shown = browser.get(said.header("location")).await.body;
    assert!(shown.contains("n’a pas accepté la demande (réponse 302)"), "{shown}");

    // On a shared host a link into its own network is not followed.
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let mail = inbox(&site, camille, &mut browser, &way).await;
    let csrf = browser.get(&mail).await.csrf();
    let form = [("csrf", &*csrf), ("back", &mail)];
    let said = browser.post(&format!("{mail}/unsubscribe"), &form).await;
    assert_eq!(said.header("location"), format!("{mail}?asked=forbidden"));
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_unsubscribes_is_shown_then_sent_once() {
    let account = dovecot::account();
    let site = trusting(&account.certificate);
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let way = "List-Unsubscribe: <mailto:stop@lettres.example?subject=Stop%2042&cc=>\r\n";
    let mail = inbox(&site, camille, &mut browser, way).await;
    let ask = browser.get(&format!("{mail}/ask")).await;
    assert_eq!(ask.status, StatusCode::NOT_FOUND, "it names others too");

    let site = trusting(&account.certificate);
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let way = "List-Unsubscribe: <mailto:stop@lettres.example?subject=Stop%2042>\r\n";
    let mail = inbox(&site, camille, &mut browser, way).await;
    assert!(browser.get(&mail).await.body.contains(&format!("{mail}/ask")));
    let none = browser.get(&format!("{mail}/ask")).await.body;
    assert!(none.contains("Aucune de vos boîtes connectées ne sait envoyer"), "{none}");

    let account = connected(&site, camille);
    let page = browser.get(&format!("{mail}/ask")).await;
    for word in ["stop@lettres.example", "Stop 42", &from(&account)] {
        assert!(page.body.contains(word), "{word}: {}", page.body);
    }
    assert!(account.sent_from(&from(&account)).is_empty(), "showing sends nothing");
    let csrf = page.csrf();
    let form = [("csrf", &*csrf), ("mailbox", "1"), ("back", &*mail)];
    for _ in 0..2 {
        let said = browser.post(&format!("{mail}/ask"), &form).await;
        assert_eq!(said.header("location"), format!("{mail}?sent=done"));
    }
    let sent = account.sent_from(&from(&account));
    assert_eq!(sent.len(), 1, "a second click is the same click");
    assert_eq!(sent[0].to, ["stop@lettres.example"]);
    assert!(sent[0].mail.contains("Subject: Stop 42\r\n"), "{}", sent[0].mail);
    assert_eq!(account.mails("Sent").len(), 1);
    let shown = browser.get(&mail).await.body;
    assert!(shown.contains("Désinscription demandée par mail le"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_sent_and_its_answer_is_known_again() {
    let account = dovecot::account();
    let site = trusting(&account.certificate);
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let mail = inbox(&site, camille, &mut browser, "").await;
    let account = connected(&site, camille);
    let page = browser.get(&mail).await;
    let (csrf, actor) = (page.csrf(), crate::partners::number_after(&page.body, "href=\"/actor/"));
    let made = browser
        .post("/rights", &[("csrf", &csrf), ("actor", &actor), ("right", "access")])
        .await
        .header("location")
        .to_owned();
    let draft = browser.get(&made).await.body;
    assert!(draft.contains("bonjour@lettres.example"), "an address that they write from: {draft}");

    let send = format!("{made}/send");
    let form = |to| [("csrf", &*csrf), ("what", "letter"), ("mailbox", "1"), ("to", to)];
    let bad = browser.post(&send, &form("dpo@localhost")).await;
    assert_eq!(bad.header("location"), format!("{made}?sent=no-address"));
    let nobody = browser.post(&send, &form("nobody@lettres.example")).await;
    assert_eq!(nobody.header("location"), format!("{made}?sent=not-taken"));
    assert!(browser.get(&made).await.body.contains("pas encore envoyée"));
    for _ in 0..2 {
        let said = browser.post(&send, &form("dpo@lettres.example")).await;
        assert_eq!(said.header("location"), format!("{made}?sent=done"));
    }
    let sent = account.sent_from(&from(&account));
    assert_eq!(sent.len(), 1, "a second click is the same click");
    assert!(sent[0].mail.contains("From: ") && sent[0].mail.contains("To: "));
    let shown = browser.get(&made).await.body;
    assert!(shown.contains("réponse due le") && shown.contains("à"), "{shown}");
    assert!(shown.contains("dpo@lettres.example"), "{shown}");

    // The answer comes from elsewhere, under a subject of its own, and names the letter.
    let id = sent[0].mail.lines().find_map(|l| l.strip_prefix("Message-ID: ")).expect("an id");
    let answer = format!(
        "From: Service juridique <cabinet@avocats.example>\r\nTo: camille@foyer.example\r\n\
         Subject: Dossier 7781\r\nDate: Fri, 25 Sep 2026 10:00:00 +0200\r\n\
         Message-ID: <a@avocats.example>\r\nIn-Reply-To: {id}\r\n\r\nMadame, ci-joint.\r\n"
    );
    site.wait(5 * 86_400);
    bring(&site, camille, &[answer]).await;
    let mut browser = site.signed_in("camille").await;
    let shown = browser.get(&made).await.body;
    assert!(shown.contains("répond à votre lettre") && shown.contains("Dossier 7781"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn refused_mails_are_put_away_in_her_own_mailbox_and_back() {
    let account = dovecot::account();
    let site = trusting(&account.certificate);
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let account = connected(&site, camille);
    for n in 1..4 {
        let mail = newsletter(n, &format!("Tue, {n:02} Sep 2026 08:00:00 +0200"), "");
        account.put("", &format!("m{n}"), "", mail.as_bytes());
    }
    let csrf = browser.get("/mailboxes").await.csrf();
    let name = from(&account);
    browser.post("/mailboxes/retry", &[("csrf", &csrf), ("name", &name)]).await;
    let vault = site.state.store().vault(camille).expect("a vault");
    for _ in 0..500 {
        if vault.mailbox(&name).expect("read").expect("there").synced_us.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let list = browser.get("/actors").await.body;
    let actor = crate::partners::number_after(&list, "href=\"/actor/");
    let said = browser.post("/refuse", &[("csrf", &csrf), ("actor", &actor)]).await;
    let refusal = crate::partners::number_after(said.header("location"), "corrected=");
    assert!(browser.get("/refusals").await.body.contains("Ranger ces mails dans ma boîte"));

    let path = format!("/refusals/{refusal}/folder");
    let put = |folder| [("csrf", &*csrf), ("mailbox", "1"), ("folder", folder), ("goes_on", "1")];
    let trash = browser.post(&path, &put("Trash")).await;
    assert_eq!(trash.header("location"), "/refusals?moved=forbidden");
    let unknown = browser.post("/refusals/999/folder", &put("Refusés")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(account.mails("").len(), 3, "nothing was moved yet");

    let moved = browser.post(&path, &put("Refusés")).await;
    assert_eq!(moved.header("location"), "/refusals?moved=done");
    assert_eq!((account.mails("").len(), account.mails("Refus&AOk-s").len()), (0, 3));
    let ledger = browser.get("/refusals").await.body;
    assert!(ledger.contains("3 mails rangés dans"), "{ledger}");

    let back = browser.post(&format!("{path}/back"), &put("")).await;
    assert_eq!(back.header("location"), "/refusals?moved=back");
    assert_eq!((account.mails("").len(), account.mails("Refus&AOk-s").len()), (3, 0));
    assert!(!browser.get("/refusals").await.body.contains("rangés dans"));
}
