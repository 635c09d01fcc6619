//! Who asks: a signed-in person, or anybody at the door.

use crate::door::{self, Counted, Device, cookie_of, network};
use crate::pages::{Frame, Nav, Notice, Strip, VaultMode, language};
use crate::words::{Locale, Words};
use crate::{Error, Peer, Reach, State};
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use jiff::civil::Date;
use mesinfos_domain::PersonId;
use mesinfos_vault::{Db, Mode, Store, Vault, fold};
use serde::de::DeserializeOwned;
use std::net::{IpAddr, Ipv4Addr};
use subtle::ConstantTimeEq;

/// A signed-in person and what their pages need. Taking it as a parameter is what makes a page
/// private: nobody signed in is sent to the door and comes back after.
pub struct Visitor {
    /// Who.
    pub person: PersonId,
    /// Their name, as shown.
    pub name: String,
    /// The language of their pages.
    pub locale: Locale,
    /// How their vault is kept.
    pub mode: Mode,
    /// The session's public name.
    pub session: String,
    /// Path and query of this request.
    pub here: String,
    /// Where the form that they sent stands, as it says itself; empty when it does not.
    pub back: String,
    /// Scheme, host and port by which the browser reached us.
    pub origin: String,
    /// What forms send back.
    pub csrf: String,
    /// The browser's own words.
    pub device: String,
    /// Whether the browser runs on this machine.
    pub is_here: bool,
    /// Whether this account manages the machine.
    pub is_host: bool,
    state: State,
}

/// What can come of something that went out, and whether that is good: keys of sentences.
const TOLD: [(&str, bool); 33] = [
    ("asked-done", true),
    ("asked-declined", false),
    ("asked-unreachable", false),
    ("asked-insecure", false),
    ("asked-forbidden", false),
    ("asked-slow", false),
    ("asked-cut", false),
    ("asked-broken", false),
    ("sent-done", true),
    ("sent-no-copy", true),
    ("sent-no-address", false),
    ("sent-no-words", false),
    ("sent-unreachable", false),
    ("sent-insecure", false),
    ("sent-forbidden", false),
    ("sent-refused", false),
    ("sent-consent-ended", false),
    ("sent-unavailable", false),
    ("sent-not-taken", false),
    ("sent-slow", false),
    ("sent-cut", false),
    ("sent-broken", false),
    ("consent-done", true),
    ("consent-lost", false),
    ("consent-refused", false),
    ("consent-failed", false),
    ("consent-taken", false),
    ("moved-done", true),
    ("moved-none", true),
    ("moved-back", true),
    ("moved-forbidden", false),
    ("moved-broken", false),
    ("moved-failed", false),
];

impl Visitor {
    /// Reads the person's vault on a thread that may block.
    ///
    /// # Errors
    /// [`Error::Sealed`] when the vault waits for its passphrase; otherwise what `read` answers.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Db) -> mesinfos_vault::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        self.vault(move |vault| vault.read(read)).await
    }

    /// Writes to the person's vault: all of it or nothing, durable when it returns.
    ///
    /// # Errors
    /// As [`Visitor::read`].
    pub async fn write<T: Send + 'static>(
        &self,
        write: impl FnOnce(&Db) -> mesinfos_vault::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        self.vault(move |vault| vault.write(write)).await
    }

    /// Lends the vault itself, for functions that take one.
    ///
    /// # Errors
    /// As [`Visitor::read`].
    pub async fn vault<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Vault) -> mesinfos_vault::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let person = self.person;
        let outcome = self.state.ask(move |store| work(&store.vault(person)?)).await;
        outcome.map_err(|error| match error {
            Error::Sealed(_) => Error::Sealed(self.here.clone()),
            other => other,
        })
    }

    /// Lends the store beside the vault, for what both know of.
    ///
    /// # Errors
    /// As [`Visitor::read`].
    pub async fn store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store, &Vault) -> mesinfos_vault::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let person = self.person;
        let outcome = self.state.ask(move |store| work(store, &store.vault(person)?)).await;
        outcome.map_err(|error| match error {
            Error::Sealed(_) => Error::Sealed(self.here.clone()),
            other => other,
        })
    }

    /// Does what lasts once the passphrase was given again (ASVS 7.5.1); `None` when it is the wrong
    /// one. An account without a passphrase has none to give.
    ///
    /// # Errors
    /// [`Error::Wait`] after wrong ones; otherwise what `work` answers.
    pub(crate) async fn confirmed<T: Send + 'static>(
        &self,
        passphrase: String,
        work: impl FnOnce(&Store, &str) -> mesinfos_vault::Result<T> + Send + 'static,
    ) -> Result<Option<T>, Error> {
        let (state, person) = (&self.state, self.person);
        let attempt = state.tries().begin(vec![Counted::Person(person)], state.seconds())?;
        let done = state
            .hash(move |store| {
                let directory = store.directory();
                let Some(account) = directory.account(person)? else { return Ok(None) };
                let sign_in = || directory.sign_in(&account.login, &passphrase);
                if account.has_passphrase && sign_in()?.is_none() {
                    return Ok(None);
                }
                work(store, &passphrase).map(Some)
            })
            .await?;
        if done.is_some() {
            attempt.right();
        }
        Ok(done)
    }

    /// What stands around a page of theirs.
    pub fn frame(&self, nav: Nav, title: impl Into<String>) -> Frame {
        let mut frame =
            Frame::new(self.locale, nav, self.today(), self.here.clone(), self.csrf.clone());
        frame.mode = match self.mode {
            Mode::Watched => VaultMode::Attended,
            Mode::Sealed => VaultMode::Sealed,
        };
        frame.strip = self.state.imports().of(self.person).map(|import| {
            let progress = import.seen().progress;
            Strip {
                read: progress.messages,
                share: (progress.share() * 100.0) as u8,
                pace: progress.rate() as u64,
                left: progress.left().map(|left| left.as_secs()),
            }
        });
        frame.notices.extend(self.corrected());
        frame.notices.extend(self.told());
        frame.titled(title)
    }

    /// After a correction its page is asked for with `corrected=NUMBER`: what was done, and its undo.
    fn corrected(&self) -> Option<Notice> {
        let (_, query) = self.here.split_once('?')?;
        let number: i64 =
            query.split('&').find_map(|p| p.strip_prefix("corrected="))?.parse().ok()?;
        let text = Words::of(self.locale).t("corrected");
        Some(Notice { text, undo: Some(format!("/corrections/{number}/undo")), bad: false })
    }

    /// After something went out its page is asked for with `asked=WORD`, `sent=WORD`,
    /// `moved=WORD` or `consent=WORD`: what came of it.
    fn told(&self) -> Option<Notice> {
        let (_, query) = self.here.split_once('?')?;
        let is_told =
            |p: &&str| ["asked=", "sent=", "moved=", "consent="].iter().any(|n| p.starts_with(n));
        let said = query.split('&').find(is_told)?;
        let (key, is_good) = TOLD.iter().find(|(key, _)| *key == said.replace('=', "-"))?;
        Some(Notice { text: Words::of(self.locale).t(key), undo: None, bad: !is_good })
    }

    /// Today, where they are.
    pub fn today(&self) -> Date {
        self.state.today()
    }

    /// What all requests share.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Refuses a form whose token is not this session's.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn check(&self, csrf: &str) -> Result<(), Error> {
        match bool::from(csrf.as_bytes().ct_eq(self.csrf.as_bytes())) {
            true => Ok(()),
            false => Err(Error::Forbidden),
        }
    }

    async fn of(parts: &Parts, state: &State) -> Result<Visitor, Error> {
        let here = parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned();
        // A form cannot be sent again after signing in: the way back is for pages.
        let back =
            if parts.method == axum::http::Method::GET { here.clone() } else { String::new() };
        let Some(token) = cookie_of(&parts.headers, state.reach()).map(str::to_owned) else {
            return Err(Error::SignIn(back));
        };
        let csrf = door::csrf(&token);
        let now = state.now_us();
        let found = state
            .ask(move |store| {
                let directory = store.directory();
                let Some(session) = directory.session(&token, now)? else { return Ok(None) };
                if now - session.created_us > door::LONGEST_US {
                    directory.close_session(&token)?;
                    return Ok(None);
                }
                let account = directory.account(session.person)?;
                Ok(account.map(|account| (session, account)))
            })
            .await?;
        let Some((session, account)) = found else { return Err(Error::SignIn(back)) };
        Ok(Visitor {
            person: account.person,
            name: account.name,
            locale: language::chosen(&parts.headers)
                .or_else(|| account.locale.parse().ok())
                .unwrap_or_else(|| language::of(&parts.headers)),
            mode: account.mode,
            session: session.id,
            here,
            back: String::new(),
            origin: origin(parts, state.reach()),
            csrf,
            device: device(&parts.headers),
            is_here: *state.reach() == Reach::Loopback,
            is_host: account.is_host,
            state: state.clone(),
        })
    }
}

impl FromRequestParts<State> for Visitor {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Visitor, Error> {
        Visitor::of(parts, state).await
    }
}

/// A form that a signed-in person sent, its token checked: what every page that changes something
/// takes. `Sent(visitor, form)`; see [`Visitor::back_or`] for the answer.
pub struct Sent<T>(pub Visitor, pub T);

/// The same for a form whose address names what it is about: `SentTo(visitor, id, form)`.
pub struct SentTo<P, T>(pub Visitor, pub P, pub T);

/// What any form may send: its token, and the page that it stands on.
#[derive(serde::Deserialize)]
struct Common {
    #[serde(default)]
    csrf: String,
    #[serde(default)]
    back: String,
}

/// A form of which only the button counts.
#[derive(serde::Deserialize)]
pub struct Nothing {}

impl<T: DeserializeOwned> FromRequest<State> for Sent<T> {
    type Rejection = Error;
    async fn from_request(request: Request, state: &State) -> Result<Sent<T>, Error> {
        let (parts, body) = request.into_parts();
        let mut visitor = Visitor::of(&parts, state).await?;
        let request = Request::from_parts(parts, body);
        let bytes = form(request, state).await?;
        let common: Common = serde_urlencoded::from_bytes(&bytes).map_err(|_| Error::Forbidden)?;
        visitor.check(&common.csrf)?;
        visitor.back = common.back;
        let form =
            serde_urlencoded::from_bytes(&bytes).map_err(|e| Error::Invalid(e.to_string()))?;
        Ok(Sent(visitor, form))
    }
}

impl<P, T> FromRequest<State> for SentTo<P, T>
where
    P: DeserializeOwned + Send,
    T: DeserializeOwned,
{
    type Rejection = Error;
    async fn from_request(request: Request, state: &State) -> Result<SentTo<P, T>, Error> {
        let (mut parts, body) = request.into_parts();
        // An address that names nothing of ours, as any other that is not there.
        let about = Path::<P>::from_request_parts(&mut parts, state).await;
        let Path(about) = about.map_err(|_| Error::NotFound)?;
        let sent = Sent::from_request(Request::from_parts(parts, body), state).await;
        sent.map(|Sent(visitor, form)| SentTo(visitor, about, form))
    }
}

async fn form(request: Request, state: &State) -> Result<Vec<u8>, Error> {
    let is_form = request
        .headers()
        .get(axum::http::header::CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !is_form {
        return Err(Error::Invalid("not a form".into()));
    }
    let bytes = axum::body::Bytes::from_request(request, state).await;
    bytes.map(Vec::from).map_err(|_| Error::TooLarge)
}

/// Anybody: the language and the address of whoever knocks.
pub struct Guest {
    /// Of the browser.
    pub locale: Locale,
    /// For limits.
    pub address: IpAddr,
    /// The browser's own words.
    pub device: String,
    /// Whether the connection comes from this machine.
    pub is_here: bool,
    /// The token of the session that the browser still holds: signing in again ends that one.
    pub(crate) held: Option<String>,
    /// Who signed in with this browser before.
    pub(crate) known: Device,
}

impl Guest {
    /// What a try of this name counts for.
    pub(crate) fn counted(&self, login: &str, now: i64) -> Vec<Counted> {
        if let Some(mark) = self.known.known(login, now) {
            return vec![Counted::Device(mark)];
        }
        let name: String = fold::key(login).chars().take(200).collect();
        let network = network(self.address);
        vec![
            Counted::Name(name.clone(), network),
            Counted::Everywhere(name),
            Counted::Network(network),
        ]
    }

    /// What a try counts for that names nobody: a link, a code, a passkey.
    pub(crate) fn nameless(&self) -> Vec<Counted> {
        vec![Counted::Network(network(self.address))]
    }
}

impl FromRequestParts<State> for Guest {
    type Rejection = Error;
    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Guest, Error> {
        let peer = parts.extensions.get::<Peer>().map(|p| p.0.ip());
        Ok(Guest {
            locale: language::of(&parts.headers),
            address: address(peer, &parts.headers, state.reach()),
            device: device(&parts.headers),
            is_here: *state.reach() == Reach::Loopback,
            held: cookie_of(&parts.headers, state.reach()).map(str::to_owned),
            known: Device::of(&parts.headers, state.reach(), state.store().device_key()),
        })
    }
}

fn origin(parts: &Parts, reach: &Reach) -> String {
    let named = parts.headers.get(axum::http::header::HOST).and_then(|h| h.to_str().ok());
    let host = named.or(parts.uri.authority().map(|a| a.as_str())).unwrap_or_default();
    let scheme = if reach.is_secure() { "https" } else { "http" };
    format!("{scheme}://{}", host.to_ascii_lowercase())
}

fn device(headers: &HeaderMap) -> String {
    let device = headers.get(axum::http::header::USER_AGENT);
    device.and_then(|d| d.to_str().ok()).unwrap_or_default().to_owned()
}

/// Whose tries are counted: the peer; behind our proxy, the last address that it added itself.
/// What anybody else writes into X-Forwarded-For is ignored.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, reach: &Reach) -> IpAddr {
    let peer = peer.unwrap_or(Ipv4Addr::UNSPECIFIED.into());
    let Reach::BehindProxy(proxy) = reach else { return peer };
    if peer.to_canonical() != proxy.to_canonical() {
        return peer;
    }
    headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(|a| a.trim().parse().ok())
        .next_back()
        .unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_our_own_proxy_says_who_comes() {
        let ip = |s: &str| s.parse::<IpAddr>().expect("an address");
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("1.1.1.1, 192.0.2.7"));
        let proxy = Reach::BehindProxy(ip("10.0.0.1"));
        assert_eq!(address(Some(ip("10.0.0.1")), &headers, &proxy), ip("192.0.2.7"));
        assert_eq!(address(Some(ip("10.0.0.2")), &headers, &proxy), ip("10.0.0.2"));
        assert_eq!(address(Some(ip("127.0.0.1")), &headers, &Reach::Loopback), ip("127.0.0.1"));
    }
}
