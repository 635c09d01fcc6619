//! Consent in place of a password: the person agrees at her provider's own page (RFC 6749 with PKCE,
//! RFC 7636), and the token that comes of it logs in. The host registers the client, not we.

mod flow;
mod fresh;
mod issuer;

pub use flow::{Begun, begin, finish};
pub use fresh::{Clients, secret};
pub use issuer::{Client, Issuer};

use mesinfos_vault::mailboxes::Secret;
use serde::{Deserialize, Serialize};

/// What a consent gave. Kept where a password would be, sealed like one.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tokens {
    /// Whose.
    issuer: String,
    /// Logs in until it expires.
    access: String,
    /// Gives the next one.
    refresh: String,
    /// Microseconds since 1970.
    expires_us: i64,
}

impl Tokens {
    /// As it is kept.
    pub fn sealed(&self) -> Secret {
        Secret::new(serde_json::to_string(self).unwrap_or_default())
    }

    /// From what is kept; `None` when that is a bare token.
    fn opened(secret: &Secret) -> Option<Tokens> {
        serde_json::from_str(secret.expose()).ok()
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens({}, until {})", self.issuer, self.expires_us)
    }
}

impl Drop for Tokens {
    fn drop(&mut self) {
        use zeroize::Zeroize;
        self.access.zeroize();
        self.refresh.zeroize();
    }
}
