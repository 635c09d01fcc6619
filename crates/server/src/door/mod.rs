//! The door: who may come in, how long they stay, how often one may try.

mod cookie;
mod device;
pub(crate) mod passkey;
pub mod passphrase;
mod tries;

pub(crate) use cookie::{clear, of as cookie_of, set};
pub(crate) use device::Device;
pub(crate) use tries::{Counted, Tries, network};

use hmac::{Hmac, Mac};
use sha2::Sha256;

const SECOND_US: i64 = 1_000_000;
const DAY_US: i64 = 86_400 * SECOND_US;
/// A session ends after a week without any use.
pub const IDLE_US: i64 = 7 * DAY_US;
/// And after thirty days in any case.
pub const LONGEST_US: i64 = 30 * DAY_US;
/// An entry link lives ten minutes.
pub const LINK_US: i64 = 600 * SECOND_US;

/// The part of the log that tells who came in and what was refused, by account number and never by name
/// or address (ASVS 16.3): shown unless the host says otherwise.
pub const LOG: &str = "door";

/// The token that every form sends back: bound to the session, so it needs no storage, and says
/// nothing of the cookie.
pub(crate) fn csrf(session_token: &str) -> String {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(session_token.as_bytes()) else {
        return String::new();
    };
    mac.update(b"csrf");
    hex(&mac.finalize().into_bytes())
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |d: u8| char::from(DIGITS[usize::from(d & 15)]);
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(*b)]).collect()
}

/// A text as it may stand in a query (RFC 3986): all but unreserved characters and `/`.
pub(crate) fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || b"/-_.~".contains(&b) {
            out.push(char::from(b));
        } else {
            out.push('%');
            out.push_str(&hex(&[b]).to_ascii_uppercase());
        }
    }
    out
}
