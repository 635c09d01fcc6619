//! What holds for every address: headers, origin, tokens, pages for what goes wrong.

use crate::site::{HOST, Site};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use mesinfos_server::Reach;
use mesinfos_vault::Mode;

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    for path in ["/help", "/sign-in", "/enter", "/nowhere", "/language/en"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "not on loopback");
        if !answer.body.is_empty() {
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
            assert!(!answer.body.contains(" style=") && !answer.body.contains("<style"), "{path}");
            assert!(!answer.body.contains("<script>"), "{path}");
        }
    }
}

#[tokio::test]
async fn behind_https_browsers_are_told_to_stay_there() {
    let proxy = Reach::BehindProxy("127.0.0.1".parse().expect("an address"));
    let site = Site::reached(proxy, None);
    let language = site.browser().get("/language/en").await;
    assert!(language.header("set-cookie").ends_with("; Secure"), "every cookie is");
    let answer = site.browser().get("/welcome").await;
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
}

#[tokio::test]
async fn what_another_site_sends_is_refused() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let token = browser.get("/help").await.csrf();
    for origin in [None, Some("null"), Some("http://evil.example"), Some("https://localhost:8420")]
    {
        for path in ["/sign-out", "/sign-in", "/enter", "/welcome", "/nowhere"] {
            let mut request = Request::post(path)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            if let Some(origin) = origin {
                request = request.header(header::ORIGIN, origin);
            }
            let request = request.body(Body::from(format!("csrf={token}"))).expect("a request");
            let answer = browser.send(request).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} from {origin:?}");
        }
    }
    assert_eq!(browser.get("/help").await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn a_form_without_this_session_s_token_is_refused() {
    let site = Site::new();
    site.account("camille", Mode::Watched);
    let mut browser = site.signed_in("camille").await;
    let others = site.signed_in("camille").await.get("/help").await.csrf();
    for token in ["", "x", others.as_str()] {
        let answer = browser.post("/sign-out", &[("csrf", token)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{token:?}");
    }
    assert_eq!(browser.get("/help").await.status, StatusCode::OK, "still signed in");
}

#[tokio::test]
async fn a_name_that_points_at_this_machine_is_not_this_machine() {
    let site = Site::new();
    for host in ["evil.example", "localhost.evil.example:8420", ""] {
        let request = Request::get("/welcome").header(header::HOST, host);
        let answer = site.browser().send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{host:?}");
    }
}

#[tokio::test]
async fn what_goes_wrong_is_said_calmly_in_the_person_s_language() {
    let site = Site::new();
    let request = |language: &str| {
        Request::get("/nowhere").header(header::ACCEPT_LANGUAGE, language).body(Body::empty())
    };
    let french = site.browser().send(request("fr").expect("a request")).await;
    let english = site.browser().send(request("en-GB, en").expect("a request")).await;
    assert_eq!((french.status, english.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert!(french.body.contains("lang=\"fr\"") && english.body.contains("lang=\"en\""));
    assert!(english.body.contains("nothing at this address"));

    let request = Request::builder()
        .method(Method::PUT)
        .uri("/sign-in")
        .header(header::ORIGIN, format!("http://{HOST}"));
    let answer = site.browser().send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.body.contains("<h1"));
}

#[tokio::test]
async fn a_form_is_small() {
    let site = Site::new();
    let mut browser = site.browser();
    let long = "x".repeat((1 << 20) + 1);
    let answer = browser.sign_in("camille", &long).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("<h1"));
}
