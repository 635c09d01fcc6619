//! The person's word: a correction on the page where the mistake is seen, and its undo.

use crate::mail::brought;
use crate::site::Site;
use axum::http::StatusCode;
use mesinfos_vault::Mode;

#[tokio::test(flavor = "multi_thread")]
async fn a_drawer_is_corrected_in_place_and_undone_from_the_notice() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let mail = brought(&site, camille, &mut browser).await;
    let id = mail.trim_start_matches("/mail/").to_owned();

    let chosen = |body: &str| {
        let before = body.split(" selected>").next().expect("a choice").to_owned();
        before.rsplit("value=\"").next().expect("a value").trim_end_matches('"').to_owned()
    };
    let page = browser.get(&mail).await;
    let read = chosen(&page.body);
    let said = if read == "after_sales" { "account" } else { "after_sales" };
    let csrf = page.csrf();
    let form = [
        ("csrf", &*csrf),
        ("kind", "category"),
        ("message", &id),
        ("category", said),
        ("back", &mail),
    ];
    let answer = browser.post("/corrections", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let shown = browser.get(answer.header("location")).await;
    assert_eq!(chosen(&shown.body), said);
    let undo = shown.body.split("action=\"/corrections/").nth(1).expect("an undo");
    let undo = format!("/corrections/{}", undo.split('"').next().expect("an address"));
    assert!(browser.get("/corrections").await.body.contains(&undo), "the log has it too");

    let answer = browser.post(&undo, &[("csrf", &csrf), ("back", answer.header("location"))]).await;
    assert_eq!(answer.header("location"), mail, "the notice is gone");
    assert_eq!(chosen(&browser.get(&mail).await.body), read);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_corrects_for_another_and_nothing_is_said_without_a_token() {
    let site = Site::new();
    let camille = site.account("camille", Mode::Watched);
    site.account("dominique", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let mail = brought(&site, camille, &mut browser).await;
    let id = mail.trim_start_matches("/mail/").to_owned();
    let form = [("kind", "category"), ("message", &*id), ("category", "account")];
    assert_eq!(browser.post("/corrections", &form).await.status, StatusCode::FORBIDDEN);

    let mut other = site.signed_in("dominique").await;
    let csrf = other.get("/help").await.csrf();
    let form = [("csrf", &*csrf), ("kind", "category"), ("message", &id), ("category", "account")];
    assert_eq!(other.post("/corrections", &form).await.status, StatusCode::NOT_FOUND);
    let choose = format!("/corrections/choose?message={id}");
    assert_eq!(other.get(&choose).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get(&choose).await.status, StatusCode::OK);
}
