//! Passkeys as far as they go without a browser: whose challenge, which form, how often.

use crate::site::{HOST, PASSPHRASE, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use mesinfos_vault::Mode;
use mesinfos_vault::directory::NewPasskey;

#[tokio::test]
async fn a_challenge_is_for_our_own_name_and_verified_owners() {
    let site = Site::new();
    let asked = site.browser().post("/sign-in/passkey/ask", &[]).await;
    let asked: serde_json::Value = serde_json::from_str(&asked.body).expect("JSON");
    assert_eq!(asked["options"]["rpId"], "localhost");
    assert_eq!(asked["options"]["userVerification"], "required");
    assert!(asked["options"]["challenge"].as_str().expect("a challenge").len() >= 22);

    let bare = Request::post("/sign-in/passkey/ask")
        .header(header::HOST, "127.0.0.1:8420")
        .header(header::ORIGIN, "http://127.0.0.1:8420");
    let answer = site.browser().send(bare.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND, "an address is no name");
}

#[tokio::test]
async fn making_one_needs_a_session_its_token_and_its_own_challenge() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let nobody = site.browser().post("/settings/passkeys/ask", &[]).await;
    assert!(nobody.header("location").starts_with("/sign-in"));
    let mut browser = site.signed_in("camille").await;
    let without = browser.post("/settings/passkeys/ask", &[]).await;
    assert_eq!(without.status, StatusCode::FORBIDDEN);
    let csrf = browser.get("/help").await.csrf();
    let asked = browser.post("/settings/passkeys/ask", &[("csrf", &csrf)]).await;
    let asked: serde_json::Value = serde_json::from_str(&asked.body).expect("JSON");
    assert_eq!(asked["options"]["authenticatorSelection"]["residentKey"], "required");
    let ceremony = asked["ceremony"].as_str().expect("a name");
    for credential in ["", "{}", "null"] {
        let form = [("csrf", csrf.as_str()), ("ceremony", ceremony), ("credential", credential)];
        let answer = browser.post("/settings/passkeys/add", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{credential}");
    }
}

#[tokio::test]
async fn removing_one_takes_the_passphrase_again() {
    let site = Site::new();
    let person = site.account("camille", Mode::Watched);
    let credential: &[u8] = b"credential";
    let new = NewPasskey { person, credential, name: "Téléphone", body: "{}" };
    let store = site.state.store();
    store.add_passkey(&new, PASSPHRASE, None, site.state.now_us()).expect("kept");
    let mut browser = site.signed_in("camille").await;
    let page = browser.get("/settings").await;
    let csrf = page.csrf();
    let form = page.body.split("/settings/passkeys/remove").nth(1).expect("a form");
    let id = form.split("name=\"id\" value=\"").nth(1).expect("an id").split('"').next();
    let id = id.expect("a value");
    for old in ["", "not this passphrase"] {
        let form = [("csrf", csrf.as_str()), ("id", id), ("old", old)];
        let answer = browser.post("/settings/passkeys/remove", &form).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{old:?}");
        assert_eq!(store.directory().passkeys(person).expect("a list").len(), 1);
        site.wait(5);
    }
    let form = [("csrf", csrf.as_str()), ("id", id), ("old", PASSPHRASE)];
    let answer = browser.post("/settings/passkeys/remove", &form).await;
    assert_eq!(answer.header("location"), "/settings?done=passkey-removed");
    assert_eq!(store.directory().passkeys(person).expect("a list").len(), 0);
}

#[tokio::test]
async fn answers_that_open_nothing_wait_like_wrong_passphrases() {
    let site = Site::new();
    let mut looked_at = 0;
    for _ in 0..30 {
        let form = [("ceremony", "0123"), ("credential", "{}")];
        let answer = site.browser().post("/sign-in/passkey", &form).await;
        looked_at += i32::from(answer.status == StatusCode::UNAUTHORIZED);
    }
    assert_eq!(looked_at, 11);
    let refused = Request::post("/sign-in/passkey/ask")
        .header(header::HOST, HOST)
        .header(header::ORIGIN, "http://evil.example");
    let answer = site.browser().send(refused.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "another site asks for nothing");
}
