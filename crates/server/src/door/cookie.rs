//! Cookies: opaque, out of reach of scripts, never sent from another site.

use crate::Reach;
use axum::http::{HeaderMap, HeaderValue, header};

/// `__Host-` binds the cookie to this host over HTTPS (RFC 6265bis, 4.1.3.2); on loopback there is no
/// HTTPS and the prefix would make browsers drop it.
fn prefix(reach: &Reach) -> &'static str {
    if reach.is_secure() { "__Host-" } else { "" }
}

/// The cookie of this name that the browser sent.
pub(super) fn value<'h>(headers: &'h HeaderMap, reach: &Reach, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|all| all.split(';'))
        .find_map(|pair| {
            pair.trim().strip_prefix(prefix(reach))?.strip_prefix(name)?.strip_prefix('=')
        })
}

/// Gives the browser a cookie. Lax and not Strict: a link in a mail or a bookmark to a page of
/// one's own should open it; whatever changes something is a POST and guarded by origin and token.
pub(super) fn header(name: &str, value: &str, seconds: i64, reach: &Reach) -> Option<HeaderValue> {
    let (prefix, secure) = (prefix(reach), if reach.is_secure() { "; Secure" } else { "" });
    let cookie = format!(
        "{prefix}{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    );
    HeaderValue::from_str(&cookie).ok()
}

/// The session token that the browser sent.
pub(crate) fn of<'h>(headers: &'h HeaderMap, reach: &Reach) -> Option<&'h str> {
    value(headers, reach, "session").filter(|token| !token.is_empty() && token.len() < 200)
}

/// Gives the browser its token.
pub(crate) fn set(token: &str, seconds: i64, reach: &Reach) -> Option<HeaderValue> {
    header("session", token, seconds, reach)
}

/// Takes it back.
pub(crate) fn clear(reach: &Reach) -> Option<HeaderValue> {
    set("", 0, reach)
}
