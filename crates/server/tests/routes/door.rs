//! First run, signing in and out, entry links, sealed vaults.

use crate::site::{PASSPHRASE, Site};
use axum::http::StatusCode;
use mesinfos_server::Reach;
use mesinfos_vault::Mode;

#[tokio::test]
async fn an_empty_machine_asks_for_the_first_account_and_then_for_mails() {
    let site = Site::new();
    let mut browser = site.browser();
    assert_eq!(browser.get("/help").await.header("location"), "/sign-in?back=/help");
    assert_eq!(browser.get("/sign-in").await.header("location"), "/welcome");
    let page = browser.get("/welcome").await;
    assert!(page.body.contains("name=\"passphrase\""));

    let weak = [("login", "Camille"), ("passphrase", "motdepasse2026"), ("mode", "watched")];
    let refused = browser.post("/welcome", &weak).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("role=\"alert\"") && refused.body.contains("value=\"Camille\""));
    assert!(browser.cookie.is_none());

    let strong = [("login", "Camille"), ("passphrase", PASSPHRASE), ("mode", "watched")];
    let made = browser.post("/welcome", &strong).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/import"));
    assert_eq!(browser.get("/help").await.status, StatusCode::OK);

    let mut second = site.browser();
    assert_eq!(second.get("/welcome").await.header("location"), "/sign-in", "only once");
    let again = second.post("/welcome", &strong).await;
    assert_eq!(again.header("location"), "/sign-in");
}

#[tokio::test]
async fn where_others_can_reach_the_first_run_it_belongs_to_who_started_the_server() {
    let proxy = Reach::BehindProxy("127.0.0.1".parse().expect("an address"));
    let site = Site::reached(proxy, Some("abcdefgh"));
    let mut browser = site.browser();
    let account = [("login", "x"), ("passphrase", PASSPHRASE), ("mode", "watched")];
    let refused = browser.post("/welcome", &account).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let with_code = [&account[..], &[("setup", "abcdefgh")]].concat();
    assert_eq!(browser.post("/welcome", &with_code).await.status, StatusCode::SEE_OTHER);
    assert!(browser.cookie.as_deref().unwrap_or_default().starts_with("__Host-session="));
}

#[tokio::test]
async fn a_passphrase_opens_and_the_way_back_is_kept() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut browser = site.browser();
    let page = browser.get("/sign-in?back=/help").await;
    assert!(page.body.contains("name=\"back\" value=\"/help\""));
    let fields = [("login", "CAMILLE "), ("passphrase", PASSPHRASE), ("back", "/help")];
    let answer = browser.post("/sign-in", &fields).await;
    assert_eq!(answer.header("location"), "/help");
    let cookie = answer.header("set-cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let outside = [("login", "camille"), ("passphrase", PASSPHRASE), ("back", "//evil.example")];
    assert_eq!(site.browser().post("/sign-in", &outside).await.header("location"), "/");
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_passphrase_get_the_same_answer() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let known = site.browser().sign_in("camille", "not this passphrase").await;
    let unknown = site.browser().sign_in("nobody1", "not this passphrase").await;
    assert_eq!(known.status, StatusCode::UNAUTHORIZED);
    assert_eq!(unknown.status, known.status);
    assert_eq!(unknown.body.replace("nobody1", "camille"), known.body);
}

#[tokio::test]
async fn wrong_passphrases_wait_longer_and_longer() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut browser = site.browser();
    let mut waits = Vec::new();
    for _ in 0..5 {
        let wrong = browser.sign_in("camille", "not this passphrase").await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        let early = browser.sign_in("camille", PASSPHRASE).await;
        assert_eq!(early.status, StatusCode::TOO_MANY_REQUESTS, "not even the right one");
        waits.push(early.header("retry-after").parse::<i64>().expect("seconds"));
        site.wait(*waits.last().expect("one"));
    }
    assert_eq!(waits, [1, 2, 4, 8, 16]);
    let right = browser.sign_in("camille", PASSPHRASE).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "the right one opens when the wait is over");
}

#[tokio::test]
async fn a_stranger_with_a_thousand_addresses_slows_down_and_locks_nobody_out() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut her_own = site.signed_in("camille").await;
    let token = her_own.get("/help").await.csrf();
    her_own.post("/sign-out", &[("csrf", &token)]).await;
    assert!(her_own.device.is_some(), "signing out does not forget that she was here");

    let mut stranger = site.browser();
    let mut looked_at = 0;
    for day in 0..3 {
        for i in 0..1_000 {
            stranger.address = format!("10.{day}.{}.{}:5000", i / 250, i % 250);
            let answer = stranger.sign_in("camille", "not this passphrase").await;
            looked_at += i32::from(answer.status == StatusCode::UNAUTHORIZED);
            site.wait(60);
        }
    }
    assert!((60..120).contains(&looked_at), "{looked_at} of 3000 in two days");
    let mut unknown = site.browser();
    unknown.address = "192.0.2.1:5000".into();
    let waits = unknown.sign_in("camille", PASSPHRASE).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "a browser that nobody knows waits");
    assert!(waits.header("retry-after").parse::<i64>().expect("seconds") <= 3_600);
    let right = her_own.sign_in("camille", PASSPHRASE).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER, "her own does not");

    stranger.device = her_own.device.clone();
    let other = stranger.sign_in("somebody", "not this passphrase").await;
    assert_eq!(other.status, StatusCode::UNAUTHORIZED);
    let other = stranger.sign_in("somebody", "not this passphrase").await;
    assert_eq!(other.status, StatusCode::TOO_MANY_REQUESTS, "her mark is for her name alone");
}

#[tokio::test]
async fn one_address_cannot_try_many_names() {
    let site = Site::new();
    let mut browser = site.browser();
    let mut looked_at = 0;
    for i in 0..30 {
        let answer = browser.sign_in(&format!("name{i}"), "not this passphrase").await;
        looked_at += i32::from(answer.status == StatusCode::UNAUTHORIZED);
    }
    assert_eq!(looked_at, 11);
}

#[tokio::test]
async fn a_link_opens_once_within_ten_minutes() {
    let site = Site::new();
    let person = site.account("camille", Mode::Watched);
    let link = site.state.entry_link(person).expect("a link");
    assert!(site.browser().get("/enter").await.body.contains("name=\"code\""));
    let mut browser = site.browser();
    let answer = browser.post("/enter", &[("code", &link.token)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/help").await.status, StatusCode::OK);
    let again = site.browser().post("/enter", &[("code", &link.token)]).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
    let by_code = site.browser().post("/enter", &[("code", &link.code)]).await;
    assert_eq!(by_code.status, StatusCode::UNAUTHORIZED, "token and code are one link");

    let typed = site.state.entry_link(person).expect("a link").code.to_uppercase();
    let answer = site.browser().post("/enter", &[("code", &typed.replace('-', " "))]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);

    let late = site.state.entry_link(person).expect("a link");
    site.wait(601);
    let answer = site.browser().post("/enter", &[("code", &late.token)]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_ends_by_sign_out_by_idleness_and_by_age() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let token = browser.get("/help").await.csrf();
    let old = browser.clone();
    let left = browser.post("/sign-out", &[("csrf", &token)]).await;
    assert_eq!(left.header("location"), "/sign-in");
    assert!(browser.cookie.is_none());
    assert_eq!(old.clone().get("/help").await.status, StatusCode::SEE_OTHER, "the token is dead");

    let day = 86_400;
    let mut idle = site.signed_in("camille").await;
    site.wait(8 * day);
    assert_eq!(idle.get("/help").await.status, StatusCode::SEE_OTHER);

    let mut used = site.signed_in("camille").await;
    for _ in 0..6 {
        site.wait(5 * day);
        assert_eq!(used.get("/help").await.status, StatusCode::OK);
    }
    site.wait(day);
    assert_eq!(used.get("/help").await.status, StatusCode::SEE_OTHER, "thirty days at most");
}

#[tokio::test]
async fn signing_in_gives_a_new_session_whatever_cookie_was_sent() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut browser = site.browser();
    browser.cookie = Some("session=chosen-by-somebody-else".into());
    browser.sign_in("camille", PASSPHRASE).await;
    let cookie = browser.cookie.clone().expect("a cookie");
    assert!(cookie.len() > 40 && !cookie.contains("chosen"));

    let mut before = browser.clone();
    browser.sign_in("camille", PASSPHRASE).await;
    assert_ne!(browser.cookie, before.cookie);
    assert_eq!(before.get("/help").await.status, StatusCode::SEE_OTHER, "the earlier one ended");
    assert_eq!(browser.get("/help").await.status, StatusCode::OK);
}
