//! The language of the pages: a cookie that the person sets at the foot of any page. Chosen while signed in, it
//! is kept in the account too, for what is written without a browser: letters, names of folders, mails passed on.

use crate::Error;
use crate::door::cookie_of;
use crate::words::Locale;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// The route to mount: `/language/{code}`.
pub const ROUTE: &str = "/language/{code}";

/// The language of a request: the cookie `lang`, else what the browser asks for, else French.
pub fn of(headers: &HeaderMap) -> Locale {
    let asked = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    chosen(headers).unwrap_or_else(|| Locale::from_accept_language(asked().unwrap_or("")))
}

/// The language that the person chose at the foot of a page, in the cookie `lang`.
pub fn chosen(headers: &HeaderMap) -> Option<Locale> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    cookies
        .flat_map(|all| all.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix("lang="))
        .find_map(|code| code.parse().ok())
}

/// Where to go back to.
#[derive(Deserialize)]
pub struct Back {
    #[serde(default)]
    back: String,
}

/// Keeps the language for a year and goes back. Not a secret and not a change of the vault, so a
/// link may do it, signed in or not.
///
/// # Errors
/// What the directory answers.
pub async fn set(
    State(state): State<crate::State>,
    headers: HeaderMap,
    Path(code): Path<String>,
    Query(Back { back }): Query<Back>,
) -> Result<Response, Error> {
    let Ok(locale) = code.parse::<Locale>() else { return Err(Error::NotFound) };
    if let Some(token) = cookie_of(&headers, state.reach()).map(str::to_owned) {
        let now = state.now_us();
        let keep = state.ask(move |store| {
            let directory = store.directory();
            match directory.session(&token, now)? {
                Some(session) => directory.set_locale(session.person, locale.code()),
                None => Ok(()),
            }
        });
        keep.await?;
    }
    let secure = if state.reach().is_secure() { "; Secure" } else { "" };
    let code = locale.code();
    let cookie = format!("lang={code}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}");
    let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, local(&back).to_owned())];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// The path when it stays on this host (no `//elsewhere`, no scheme, no header break), else `/`.
pub fn local(path: &str) -> &str {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if ours { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_cookie_wins_over_the_browser_and_french_over_neither() {
        let mut headers = HeaderMap::new();
        assert_eq!(of(&headers), Locale::Fr);
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("de, en;q=0.8, fr;q=0.3"));
        assert_eq!(of(&headers), Locale::En);
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; lang=fr"));
        assert_eq!(of(&headers), Locale::Fr);
    }

    #[test]
    fn the_way_back_stays_on_this_host() {
        assert_eq!(local("/actors?sort=money&page=2"), "/actors?sort=money&page=2");
        for elsewhere in
            ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nX: y", ""]
        {
            assert_eq!(local(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
