//! Consents under way: what was begun for whom, until she comes back from her provider.

use mesinfos_connect::oauth::Begun;
use mesinfos_domain::PersonId;
use mesinfos_vault::mailboxes::{Access, Outgoing, Secret};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A consent that was begun.
pub(crate) struct Consent {
    pub about: For,
    pub verifier: Secret,
    until_us: i64,
}

/// All of them, by their state.
#[derive(Default)]
pub(crate) struct Consents(Mutex<HashMap<String, Consent>>);

/// One agrees within this time, or begins again.
const LASTS_US: i64 = 15 * 60 * 1_000_000;
/// More at once are not kept: the oldest go.
const MOST: usize = 200;

/// What a consent is begun for.
pub(crate) struct For {
    pub person: PersonId,
    /// The session's public name: another browser cannot end what this one began.
    pub session: String,
    pub issuer: String,
    /// The address of the page that she comes back to.
    pub redirect: String,
    pub address: String,
    pub access: Access,
    pub outgoing: Outgoing,
}

impl Consents {
    /// Keeps one until she comes back.
    pub fn keep(&self, begun: &Begun, about: For, now_us: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, c| c.until_us > now_us);
        while all.len() >= MOST {
            let oldest = all.iter().min_by_key(|(_, c)| c.until_us).map(|(s, _)| s.clone());
            all.remove(&oldest.unwrap_or_default());
        }
        let (verifier, until_us) = (begun.verifier.clone(), now_us + LASTS_US);
        let consent = Consent { about, verifier, until_us };
        all.insert(begun.state.clone(), consent);
    }

    /// Takes the one with this state, once, if it is this person's in this browser.
    pub fn take(
        &self,
        state: &str,
        issuer: &str,
        person: PersonId,
        session: &str,
        now_us: i64,
    ) -> Option<Consent> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let consent = all.get(state)?;
        let about = &consent.about;
        let is_hers = about.person == person
            && about.session == session
            && about.issuer == issuer
            && consent.until_us > now_us;
        if is_hers { all.remove(state) } else { None }
    }
}
