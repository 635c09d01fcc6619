//! The session cookie: opaque, out of reach of scripts, never sent from another site.

use crate::Reach;
use axum::http::{HeaderMap, HeaderValue, header};

/// `__Host-` binds the cookie to this host over HTTPS (RFC 6265bis, 4.1.3.2); on loopback there is no
/// HTTPS and the prefix would make browsers drop it.
fn name(reach: &Reach) -> &'static str {
    if reach.is_secure() { "__Host-session" } else { "session" }
}

/// The session token that the browser sent.
pub(crate) fn of<'h>(headers: &'h HeaderMap, reach: &Reach) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|all| all.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name(reach))?.strip_prefix('='))
        .filter(|token| !token.is_empty() && token.len() < 200)
}

/// Gives the browser its token. Lax and not Strict: a link in a mail or a bookmark to a page of
/// one's own should open it; whatever changes something is a POST and guarded by origin and token.
pub(crate) fn set(token: &str, seconds: i64, reach: &Reach) -> Option<HeaderValue> {
    let secure = if reach.is_secure() { "; Secure" } else { "" };
    let cookie = format!(
        "{}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
        name(reach)
    );
    HeaderValue::from_str(&cookie).ok()
}

/// Takes it back.
pub(crate) fn clear(reach: &Reach) -> Option<HeaderValue> {
    set("", 0, reach)
}
