//! Settings: another passphrase, and who stays signed in.

use crate::site::{PASSPHRASE, Site};
use axum::http::StatusCode;
use mesinfos_vault::Mode;

#[tokio::test]
async fn another_passphrase_takes_the_old_one_and_ends_all_other_sessions() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut elsewhere = site.signed_in("camille").await;
    let mut browser = site.signed_in("camille").await;
    let csrf = browser.get("/settings").await.csrf();
    let new = "sept cailloux blancs";
    let change = |old| [("csrf", csrf.as_str()), ("old", old), ("new", new)];
    let wrong = browser.post("/settings/passphrase", &change("not this passphrase")).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    assert_eq!(elsewhere.get("/help").await.status, StatusCode::OK);

    site.wait(5);
    let before = browser.cookie.clone();
    let done = browser.post("/settings/passphrase", &change(PASSPHRASE)).await;
    assert_eq!(done.header("location"), "/settings?done=passphrase");
    assert_ne!(browser.cookie, before, "a new session here");
    assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    assert_eq!(elsewhere.get("/help").await.status, StatusCode::SEE_OTHER, "none elsewhere");
    let old = site.browser().sign_in("camille", PASSPHRASE).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    site.wait(5);
    assert_eq!(site.browser().sign_in("camille", new).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn all_other_devices_are_signed_out_at_once() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let (mut phone, mut tablet) =
        (site.signed_in("camille").await, site.signed_in("camille").await);
    let mut browser = site.signed_in("camille").await;
    let csrf = browser.get("/settings").await.csrf();
    let done = browser.post("/settings/sessions/end-others", &[("csrf", &csrf)]).await;
    assert_eq!(done.header("location"), "/settings?done=others");
    assert_eq!(phone.get("/help").await.status, StatusCode::SEE_OTHER);
    assert_eq!(tablet.get("/help").await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    let page = browser.get("/settings?done=others").await;
    assert!(!page.body.contains("end-others"), "nothing left to end");
}
