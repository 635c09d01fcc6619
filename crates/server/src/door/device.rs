//! The cookie of a browser that signed in before: strangers who try a name do not slow it down.
//!
//! It opens nothing. It says, under the host's signature, that somebody signed in here with this name;
//! several people may share a browser, so it holds a mark for each.

use crate::Reach;
use crate::door::{cookie, hex};
use axum::http::{HeaderMap, HeaderValue};
use hmac::{Hmac, Mac};
use mesinfos_vault::fold;
use sha2::Sha256;

/// As long as browsers keep a cookie at all (RFC 6265bis, 5.5).
const DAYS: i64 = 400;
const DAY: i64 = 86_400;
/// A mark older than this is made anew at the next sign-in.
const FRESH: i64 = 100 * DAY;
/// People who share one browser.
const PEOPLE: usize = 4;

/// What the browser's cookie says.
pub(crate) struct Device {
    marks: Vec<Mark>,
    key: [u8; 32],
}

/// `nonce.seconds.signature`: made when, and for which name.
#[derive(Clone)]
struct Mark {
    nonce: String,
    made: i64,
    signature: String,
}

impl Device {
    /// What this browser sent; `key` signs marks.
    pub(crate) fn of(headers: &HeaderMap, reach: &Reach, key: [u8; 32]) -> Device {
        let sent = cookie::value(headers, reach, "device").unwrap_or_default();
        let marks = sent.split('~').take(PEOPLE).filter_map(Mark::read).collect();
        Device { marks, key }
    }

    /// The mark of this name, when somebody signed in with it here.
    pub(crate) fn known(&self, login: &str, now: i64) -> Option<String> {
        let mark = self.marks.iter().find(|mark| mark.is_of(&self.key, login))?;
        (now - mark.made < DAYS * DAY).then(|| mark.nonce.clone())
    }

    /// The cookie once somebody signed in with this name; `None` while the old one serves.
    pub(crate) fn remember(&self, login: &str, now: i64, reach: &Reach) -> Option<HeaderValue> {
        let (own, mut others): (Vec<Mark>, Vec<Mark>) =
            self.marks.iter().cloned().partition(|mark| mark.is_of(&self.key, login));
        if own.iter().any(|mark| now - mark.made < FRESH) {
            return None;
        }
        let mut nonce = [0; 16];
        getrandom::fill(&mut nonce).ok()?;
        others.insert(0, Mark::new(&self.key, login, hex(&nonce), now)?);
        others.truncate(PEOPLE);
        let written: Vec<String> = others.iter().map(Mark::written).collect();
        cookie::header("device", &written.join("~"), DAYS * DAY, reach)
    }
}

impl Mark {
    fn new(key: &[u8; 32], login: &str, nonce: String, made: i64) -> Option<Mark> {
        let signature = hex(&signed(key, login, &nonce, made)?.finalize().into_bytes());
        Some(Mark { nonce, made, signature })
    }

    fn read(text: &str) -> Option<Mark> {
        let mut parts = text.split('.');
        let (nonce, made, signature) = (parts.next()?, parts.next()?, parts.next()?);
        let is_hex = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_hexdigit());
        if parts.next().is_some() || !is_hex(nonce, 32) || !is_hex(signature, 64) {
            return None;
        }
        let made = made.parse().ok()?;
        Some(Mark { nonce: nonce.to_owned(), made, signature: signature.to_owned() })
    }

    fn written(&self) -> String {
        format!("{}.{}.{}", self.nonce, self.made, self.signature)
    }

    fn is_of(&self, key: &[u8; 32], login: &str) -> bool {
        let bytes: Option<Vec<u8>> = (0..self.signature.len())
            .step_by(2)
            .map(|i| u8::from_str_radix(self.signature.get(i..i + 2)?, 16).ok())
            .collect();
        let mac = signed(key, login, &self.nonce, self.made);
        // In constant time.
        mac.zip(bytes).is_some_and(|(mac, bytes)| mac.verify_slice(&bytes).is_ok())
    }
}

fn signed(key: &[u8; 32], login: &str, nonce: &str, made: i64) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(format!("{nonce}.{made}.{}", fold::key(login)).as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;

    const KEY: [u8; 32] = [7; 32];

    fn sent(cookie: &HeaderValue) -> HeaderMap {
        let text = cookie.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        HeaderMap::from_iter([(header::COOKIE, text.parse().expect("a value"))])
    }

    #[test]
    fn a_browser_is_known_to_those_who_signed_in_with_it_and_to_nobody_else() {
        let none = HeaderMap::new();
        let cookie = Device::of(&none, &Reach::Loopback, KEY)
            .remember("Camille ", 1_000, &Reach::Loopback)
            .expect("a cookie");
        let headers = sent(&cookie);
        let device = Device::of(&headers, &Reach::Loopback, KEY);
        assert!(device.known("camille", 2_000).is_some());
        assert!(device.known("lea", 2_000).is_none());
        assert!(device.known("camille", 1_000 + DAYS * DAY).is_none(), "not for ever");
        assert!(device.remember("camille", 2_000, &Reach::Loopback).is_none(), "it serves on");

        let shared = device.remember("lea", 2_000, &Reach::Loopback).expect("a second person");
        let headers = sent(&shared);
        let device = Device::of(&headers, &Reach::Loopback, KEY);
        assert!(device.known("lea", 3_000).is_some() && device.known("camille", 3_000).is_some());
        let elsewhere = Device::of(&headers, &Reach::Loopback, [8; 32]);
        assert!(elsewhere.known("lea", 3_000).is_none(), "another host's signature");
        let forged = HeaderMap::from_iter([(
            header::COOKIE,
            format!("device={}.1000.{}", "0".repeat(32), "0".repeat(64)).parse().expect("a value"),
        )]);
        assert!(Device::of(&forged, &Reach::Loopback, KEY).known("lea", 3_000).is_none());
    }
}
