//! Who may write: a refusal from its preview to its undo; a letter from its draft to its clock.

use crate::mail::brought;
use crate::site::Site;
use axum::http::StatusCode;
use mesinfos_vault::Mode;

/// The first number after this in a page.
pub fn number_after(body: &str, before: &str) -> String {
    let rest = body.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {body}"));
    rest.chars().take_while(char::is_ascii_digit).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_weighed_said_seen_and_undone() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    site.account("dominique", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let mail = brought(&site, camille, &mut browser).await;
    let id = number_after(&browser.get(&mail).await.body, "href=\"/actor/");

    let preview = browser.get(&format!("/refuse?actor={id}")).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.body.contains("<b>un mail</b> masqué"), "{}", preview.body);
    let list = browser.get("/mails").await.body;
    assert!(list.contains(&mail), "a preview changes nothing");

    let csrf = preview.csrf();
    let form = [("actor", &*id), ("category", ""), ("back", "/mails")];
    assert_eq!(browser.post("/refuse", &form).await.status, StatusCode::FORBIDDEN, "no token");
    let form = [&[("csrf", &*csrf)], &form[..]].concat();
    let said = browser.post("/refuse", &form).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER);
    let shown = browser.get(said.header("location")).await;
    assert!(!shown.body.contains(&mail), "it is gone from the list");
    let undo = format!("/corrections/{}/undo", number_after(&shown.body, "action=\"/corrections/"));
    let ledger = browser.get("/refusals").await;
    assert!(
        ledger.body.contains(&undo) && ledger.body.contains("Masqués\u{a0}: 1"),
        "{}",
        ledger.body
    );
    assert!(browser.get(&mail).await.body.contains("Refusé depuis"), "the mail says so");
    assert!(browser.get("/search?q=recu").await.body.contains(&mail), "and is found");

    let mut other = site.signed_in("dominique").await;
    assert_eq!(other.get(&format!("/refuse?actor={id}")).await.status, StatusCode::NOT_FOUND);
    let token = other.get("/help").await.csrf();
    let form = [("csrf", &*token), ("actor", &id)];
    assert_eq!(other.post("/refuse", &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post("/accept", &form).await.status, StatusCode::NOT_FOUND);

    browser.post(&undo, &[("csrf", &csrf), ("back", "/mails")]).await;
    assert!(browser.get("/mails").await.body.contains(&mail));
    for path in
        ["/refuse", "/refuse?sort=merchant", "/refuse?actor=999", "/refuse?category=newsletter"]
    {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in
        ["/refuse?sort=all&category=newsletter", "/refuse?address=a@b.fr", "/advice", "/rights"]
    {
        assert_eq!(browser.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_is_written_sent_and_its_days_are_counted() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    site.account("dominique", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let mail = brought(&site, camille, &mut browser).await;
    let actor = number_after(&browser.get(&mail).await.body, "href=\"/actor/");
    let page = browser.get(&format!("/actor/{actor}")).await;
    let csrf = page.csrf();
    let form = [("csrf", &*csrf), ("actor", &actor), ("right", "access")];
    let made = browser.post("/rights", &form).await;
    let address = made.header("location").to_owned();
    let draft = browser.get(&address).await;
    assert!(
        draft.body.contains("article 15") && draft.body.contains("camille@foyer.example"),
        "{}",
        draft.body
    );
    assert!(draft.body.contains("href=\"mailto:?subject=Demande"), "it opens in a mail program");

    browser.post(&address, &[("csrf", &csrf), ("what", "sent")]).await;
    let sent = browser.get(&address).await;
    assert!(sent.body.contains("réponse due le"), "{}", sent.body);
    site.wait(45 * 86_400);
    let mut browser = site.signed_in("camille").await;
    let late = browser.get(&address).await;
    assert!(
        late.body.contains("jours de retard") && late.body.contains("cnil.fr"),
        "{}",
        late.body
    );
    let csrf = late.csrf();
    browser.post(&address, &[("csrf", &csrf), ("what", "answered")]).await;
    assert!(browser.get("/rights").await.body.contains("hors délai"));

    let mut other = site.signed_in("dominique").await;
    assert_eq!(other.get(&address).await.status, StatusCode::NOT_FOUND);
    let token = other.get("/help").await.csrf();
    let stolen = other.post(&address, &[("csrf", &token), ("what", "closed")]).await;
    assert_eq!(stolen.status, StatusCode::NOT_FOUND);
}
