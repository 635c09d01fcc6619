//! A server in the same process, and browsers that keep cookies.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use mesinfos_domain::PersonId;
use mesinfos_server::{Clock, Config, Neighbours, Peer, Reach, State, app};
use mesinfos_vault::directory::NewAccount;
use mesinfos_vault::{HostKey, Mode, Options, Store};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tower::ServiceExt;

pub const HOST: &str = "localhost:8420";
pub const PASSPHRASE: &str = "quatre pommes vertes";

/// A server with a clock that tests move.
pub struct Site {
    pub state: State,
    app: Router,
    seconds: Arc<AtomicI64>,
    _data: tempfile::TempDir,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().expect("ASCII"))
    }

    /// The token that the page's forms send back.
    pub fn csrf(&self) -> String {
        let after = self.body.split("name=\"csrf\" value=\"").nth(1).expect("a form with a token");
        after.split('"').next().expect("a closed value").to_owned()
    }
}

impl Site {
    pub fn new() -> Site {
        Site::reached(Reach::Loopback, None)
    }

    pub fn reached(reach: Reach, setup: Option<&str>) -> Site {
        Site::near(reach, setup, Neighbours::default())
    }

    /// Beside servers of its own.
    pub fn near(reach: Reach, setup: Option<&str>, neighbours: Neighbours) -> Site {
        Site::of(reach, setup, neighbours, Vec::new())
    }

    /// With clients of providers that ask for a consent.
    pub fn of(
        reach: Reach,
        setup: Option<&str>,
        neighbours: Neighbours,
        clients: Vec<mesinfos_connect::oauth::Client>,
    ) -> Site {
        let data = tempfile::tempdir().expect("a folder");
        let host_key = HostKey::load_or_create(data.path()).expect("a key");
        let options =
            Options { data: data.path().to_owned(), host_key, postgres: None, copied: false };
        let store = Store::open(options).expect("a store");
        let listen = "127.0.0.1:8420".parse().expect("an address");
        let config = Config { data: data.path().to_owned(), listen, reach, neighbours, clients };
        let seconds = Arc::new(AtomicI64::new(1_790_000_000));
        let told = Arc::clone(&seconds);
        let clock = Clock::from(move || {
            jiff::Timestamp::from_second(told.load(Ordering::Relaxed)).expect("a time")
        });
        let state = State::new(&config, store, clock, setup.map(str::to_owned));
        Site { app: app(state.clone()), state, seconds, _data: data }
    }

    /// Moves the clock.
    pub fn wait(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    /// Makes an account with [`PASSPHRASE`].
    pub fn account(&self, login: &str, mode: Mode) -> PersonId {
        let new =
            NewAccount { login, name: login, locale: "fr", passphrase: Some(PASSPHRASE), mode };
        let made = self.state.store().create_account(&new, self.state.now_us());
        made.expect("an account").0.person
    }

    /// A browser without cookies.
    pub fn browser(&self) -> Browser<'_> {
        Browser {
            site: self,
            cookie: None,
            device: None,
            address: "127.0.0.1:5000".into(),
            origin: true,
        }
    }

    /// A browser that has signed in.
    pub async fn signed_in(&self, login: &str) -> Browser<'_> {
        let mut browser = self.browser();
        let answer = browser.sign_in(login, PASSPHRASE).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        browser
    }
}

/// One browser.
#[derive(Clone)]
pub struct Browser<'s> {
    site: &'s Site,
    pub cookie: Option<String>,
    /// What says that somebody signed in with it before.
    pub device: Option<String>,
    pub address: String,
    /// Whether it sends Origin, as browsers do.
    pub origin: bool,
}

impl Browser<'_> {
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let form = serde_urlencoded::to_string(fields).expect("a form");
        let mut request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if self.origin {
            request = request.header(header::ORIGIN, self.own_origin());
        }
        self.send(request.body(Body::from(form)).expect("a request")).await
    }

    pub async fn sign_in(&mut self, login: &str, passphrase: &str) -> Answer {
        self.post("/sign-in", &[("login", login), ("passphrase", passphrase)]).await
    }

    fn own_origin(&self) -> String {
        let scheme = if self.site.state.reach().is_secure() { "https" } else { "http" };
        format!("{scheme}://{HOST}")
    }

    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        if !request.headers().contains_key(header::HOST) {
            request.headers_mut().insert(header::HOST, HOST.parse().expect("a value"));
        }
        let cookies: Vec<&str> =
            [&self.cookie, &self.device].into_iter().flatten().map(|c| &**c).collect();
        if !cookies.is_empty() {
            let cookies = cookies.join("; ").parse().expect("a value");
            request.headers_mut().insert(header::COOKIE, cookies);
        }
        let peer = Peer(self.address.parse().expect("an address"));
        request.extensions_mut().insert(peer);
        let answer = self.site.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        for set in parts.headers.get_all(header::SET_COOKIE) {
            let pair = set.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
            let kept = if pair.contains("device=") { &mut self.device } else { &mut self.cookie };
            *kept = (!pair.ends_with('=')).then_some(pair);
        }
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}
