//! Consent in place of a password, from the address to the mailbox: an OAuth server of ours.

use crate::site::Site;
use axum::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mesinfos_connect::discovery::{Directory, Dns};
use mesinfos_connect::oauth::{Client, Issuer};
use mesinfos_server::{Neighbours, Reach};
use mesinfos_testkit::https::{self, answer};
use mesinfos_vault::Mode;
use mesinfos_vault::mailboxes::Way;
use sha2::{Digest, Sha256};

const GIVEN: &str = "{\"access_token\":\"t0ken\",\"refresh_token\":\"again\",\"expires_in\":3600}";

fn part<'a>(text: &'a str, before: &str, after: char) -> &'a str {
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split(after).next().expect("a part")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mailbox_is_connected_by_consent_and_by_nobody_elses() {
    let server = https::serve(|heard| match heard.body.contains("code=c0de") {
        true => answer(200, "application/json", GIVEN),
        false => answer(400, "application/json", "{\"error\":\"invalid_grant\"}"),
    });
    let neighbours = Neighbours {
        is_open: true,
        authority: Some(server.certificate.clone()),
        directory: Directory { files: Vec::new(), dns: Dns::Off },
        submission: None,
    };
    let issuer = Issuer {
        authorize: server.at("/authorize"),
        token: server.at("/token"),
        hosts: vec!["imap.mairie.example".into()],
        ..Issuer::google()
    };
    let clients = vec![Client::new(issuer, "us:s3cret")];
    let site = Site::of(Reach::Loopback, None, neighbours, clients);
    let camille = site.account("camille", Mode::Watched);
    site.account("dominique", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let csrf = browser.get("/mailboxes").await.csrf();

    let form = [("csrf", &*csrf), ("address", "camille@mairie.example")];
    let page = browser.post("/mailboxes/connect", &form).await.body.replace("&amp;", "&");
    let page = page.replace("&#38;", "&");
    assert!(page.contains("Donner mon accord chez Google"), "{page}");
    assert!(!page.contains("s3cret"), "the client's secret stays here");
    let url = part(&page, "href=\"https://localhost", '"').to_owned();
    assert!(url.contains("http%3A%2F%2Flocalhost%3A8420%2Fmailboxes%2Fconsent%2Fgoogle"), "{url}");
    let (state, challenge) = (part(&url, "&state=", '&'), part(&url, "&code_challenge=", '&'));
    assert!(server.heard().is_empty(), "showing the way asks nobody");

    let back = |state: &str, more: &str| format!("/mailboxes/consent/google?state={state}{more}");
    // What another began, or nobody, ends nothing.
    let mut other = site.signed_in("dominique").await;
    let mut elsewhere = site.signed_in("camille").await;
    let code = "&code=c0de";
    for wrong in [
        other.get(&back(state, code)).await,
        elsewhere.get(&back(state, code)).await,
        browser.get(&back("guessed", code)).await,
        browser.get(&back("", code)).await,
        browser.get(&format!("/mailboxes/consent/microsoft?state={state}{code}")).await,
    ] {
        assert_eq!(wrong.header("location"), "/mailboxes?consent=lost");
    }
    assert!(server.heard().is_empty());
    let nobody = site.browser().get(&back(state, code)).await;
    assert!(nobody.header("location").starts_with("/sign-in"));

    let done = browser.get(&back(state, code)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(done.header("location"), "/mailboxes?consent=done");
    let heard = server.heard();
    assert_eq!(heard.len(), 1);
    let verifier = part(&heard[0].body, "code_verifier=", '&');
    assert_eq!(URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)), challenge);
    assert!(heard[0].body.contains("client_secret=s3cret"));
    let vault = site.state.store().vault(camille).expect("a vault");
    let mailbox = vault.mailbox("camille@mairie.example").expect("read").expect("connected");
    assert_eq!(mailbox.access.way, Way::XOAuth2);
    assert!(vault.mailbox_secret(mailbox.id).expect("kept").expose().contains("t0ken"));
    assert!(browser.get("/mailboxes?consent=done").await.body.contains("L’accord est donné"));

    // Once: the same return again is worth nothing.
    let again = browser.get(&back(state, code)).await;
    assert_eq!(again.header("location"), "/mailboxes?consent=lost");
    assert_eq!(server.heard().len(), 1);

    // Too late, or refused, connects nothing.
    for (wait, more, word) in
        [(0, "&error=access_denied", "refused"), (0, "&code=other", "failed"), (1000, code, "lost")]
    {
        let csrf = browser.get("/mailboxes").await.csrf();
        let form = [("csrf", &*csrf), ("address", "jules@mairie.example")];
        let page = browser.post("/mailboxes/connect", &form).await.body;
        let state = part(&page, "state=", '&').to_owned();
        site.wait(wait);
        let ended = browser.get(&back(&state, more)).await;
        assert_eq!(ended.header("location"), format!("/mailboxes?consent={word}"));
    }
    assert!(vault.mailbox("jules@mairie.example").expect("read").is_none());
}
