//! Passkeys (WebAuthn): whose name they are made for, and the ceremonies under way.

use crate::door::hex;
use crate::{Error, Reach};
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE_NO_PAD;
use mesinfos_vault::directory::PasskeySecret;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use webauthn_rs::prelude::{DiscoverableAuthentication, PasskeyRegistration, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// A challenge is answered within this time.
const SECONDS: i64 = 300;
/// Challenges kept at once: a flood of asking must not fill the memory.
const MOST: usize = 4096;
/// Challenges of one address at once: one of many visitors must not take everybody's places. The oldest
/// makes room.
const MOST_EACH: usize = 32;

/// Passkeys belong to the name in the browser's address (the relying party of WebAuthn). The
/// browser signs that name, so one made at another name never verifies here, whatever `Host` says.
/// None where there is no name: a bare IP address has no passkeys.
pub(crate) fn party(headers: &HeaderMap, reach: &Reach) -> Option<Webauthn> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let scheme = if reach.is_secure() { "https" } else { "http" };
    let origin = Url::parse(&format!("{scheme}://{host}")).ok()?;
    let name = origin.domain()?.to_owned();
    WebauthnBuilder::new(&name, &origin).ok()?.rp_name("MesInfos").build().ok()
}

/// What the PRF extension gave, as the page's script writes it (base64url); none when the
/// authenticator has no such secret.
pub(crate) fn secret(text: &str) -> Option<PasskeySecret> {
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

/// What a challenge is for.
pub(crate) enum Ceremony {
    /// Making a passkey, in this session only.
    Making {
        /// The session's public name.
        session: String,
        /// What the answer is checked against.
        asked: Box<PasskeyRegistration>,
    },
    /// Signing in with one.
    Entering(Box<DiscoverableAuthentication>),
}

/// Challenges that were given out; each is answered once.
#[derive(Default)]
pub(crate) struct Ceremonies(Mutex<HashMap<String, Asked>>);

struct Asked {
    by: IpAddr,
    until: i64,
    ceremony: Ceremony,
}

impl Ceremonies {
    /// Keeps a ceremony that this address asked for, and names it.
    pub(crate) fn begin(&self, ceremony: Ceremony, by: IpAddr, now: i64) -> Result<String, Error> {
        let mut random = [0_u8; 16];
        getrandom::fill(&mut random).map_err(|e| Error::Broken(e.to_string()))?;
        let name = hex(&random);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, asked| asked.until > now);
        let own = || all.iter().filter(|(_, asked)| asked.by == by);
        if own().count() >= MOST_EACH {
            let oldest = own().min_by_key(|(_, asked)| asked.until).map(|(name, _)| name.clone());
            oldest.and_then(|name| all.remove(&name));
        }
        if all.len() >= MOST {
            return Err(Error::Busy);
        }
        all.insert(name.clone(), Asked { by, until: now + SECONDS, ceremony });
        Ok(name)
    }

    /// Takes a ceremony out: it serves once.
    pub(crate) fn end(&self, name: &str, now: i64) -> Option<Ceremony> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = all.remove(name)?;
        (asked.until > now).then_some(asked.ceremony)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn at(host: &'static str, reach: &Reach) -> Option<Webauthn> {
        party(&HeaderMap::from_iter([(header::HOST, HeaderValue::from_static(host))]), reach)
    }

    #[test]
    fn a_name_has_passkeys_and_a_bare_address_has_none() {
        let proxy = Reach::BehindProxy(std::net::Ipv4Addr::LOCALHOST.into());
        let origin = |w: Webauthn| w.get_allowed_origins()[0].to_string();
        let own = at("localhost:8420", &Reach::Loopback).map(origin);
        assert_eq!(own.as_deref(), Some("http://localhost:8420/"));
        let far = at("mesinfos.example", &proxy).map(origin);
        assert_eq!(far.as_deref(), Some("https://mesinfos.example/"));
        for bare in ["127.0.0.1:8420", "[::1]:8420", "not a host"] {
            assert!(at(bare, &Reach::Loopback).is_none(), "{bare}");
        }
    }

    #[test]
    fn a_challenge_serves_once_in_time_and_a_flood_is_turned_away() {
        let party = at("localhost", &Reach::Loopback).expect("a name");
        let asked = || {
            let (_, asked) = party.start_discoverable_authentication().expect("a challenge");
            Ceremony::Entering(Box::new(asked))
        };
        let all = Ceremonies::default();
        let address = |n: usize| IpAddr::from([10, 0, (n / 256) as u8, (n % 256) as u8]);
        let first = all.begin(asked(), address(0), 0).expect("room");
        assert!(all.end(&first, 10).is_some());
        assert!(all.end(&first, 10).is_none(), "once");
        let late = all.begin(asked(), address(0), 0).expect("room");
        assert!(all.end(&late, SECONDS + 1).is_none(), "in time");
        let kept = all.begin(asked(), address(1), 1).expect("room");
        let first = all.begin(asked(), address(0), 0).expect("room");
        for n in 0..MOST {
            all.begin(asked(), address(0), n as i64 / 100).expect("room");
        }
        assert!(all.end(&first, 2).is_none(), "the oldest of an address made room");
        assert!(all.end(&kept, 2).is_some(), "another's was not touched");
        for n in 0..MOST {
            let _ = all.begin(asked(), address(n), 0);
        }
        assert!(matches!(all.begin(asked(), address(9_999), 0), Err(Error::Busy)));
        assert!(all.begin(asked(), address(9_999), SECONDS + 42).is_ok(), "what is too old leaves");
    }
}
