//! What the program says of its work holds nothing of a person (ASVS 7.1), even when it says all.

use crate::site::{PASSPHRASE, Site};
use axum::http::StatusCode;
use mesinfos_vault::Mode;
use std::io::Write;
use std::sync::{Arc, Mutex};

/// All that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_no_search_and_no_name_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .init();
    let site = Site::new();
    site.account("philomene", Mode::Sealed);
    let mut browser = site.browser();
    browser.sign_in("philomene", "a-wrong-passphrase").await;
    site.wait(5);
    assert_eq!(browser.sign_in("philomene", PASSPHRASE).await.status, StatusCode::SEE_OTHER);
    let cookie = browser.cookie.clone().expect("a cookie");
    let csrf = browser.get("/help").await.csrf();
    browser.get("/search?q=ordonnance-secrete").await;
    browser.get("/mail/1?fact=ordonnance-secrete").await;
    browser.post("/enter", &[("code", "jeton-secret")]).await;
    let answer = [("ceremony", "x"), ("credential", "{}"), ("secret", "cle-secrete")];
    browser.post("/sign-in/passkey", &answer).await;
    browser.post("/sign-out", &[("csrf", &csrf)]).await;
    let said = String::from_utf8_lossy(&log.0.lock().expect("not poisoned")).into_owned();
    assert!(said.contains("answered") && said.contains("/search"), "it does log: {said}");
    for told in [
        "door: refused way=\"passphrase\"",
        "door: signed in way=\"passphrase\" account=1",
        "door: refused way=\"link\"",
        "door: refused way=\"passkey\"",
        "door: signed out",
    ] {
        assert!(said.contains(told), "{told} was not logged: {said}");
    }
    let token = cookie.split('=').nth(1).expect("a token");
    for secret in [
        "philomene",
        "a-wrong-passphrase",
        PASSPHRASE,
        "ordonnance-secrete",
        "jeton-secret",
        "cle-secrete",
        token,
        csrf.as_str(),
    ] {
        assert!(!said.contains(secret), "{secret} was logged");
    }
}
