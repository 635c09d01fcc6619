//! Refuses what another site sends: foreign Host on loopback, foreign Origin on whatever changes
//! something.

use crate::{Error, Reach, State};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Runs before every handler.
pub(crate) async fn check(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    let Some(host) = host(&request) else { return Error::Forbidden.into_response() };
    // DNS rebinding: a site whose name is made to point at 127.0.0.1 keeps its own name in Host.
    if *state.reach() == Reach::Loopback && !is_this_machine(&host) {
        return Error::Forbidden.into_response();
    }
    if is_unsafe(request.method()) && !is_own(request.headers(), &host, state.reach()) {
        return Error::Forbidden.into_response();
    }
    next.run(request).await
}

/// Methods that may change something.
pub(crate) fn is_unsafe(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn host(request: &Request) -> Option<String> {
    let named = request.headers().get(header::HOST).and_then(|h| h.to_str().ok());
    named.or(request.uri().authority().map(|a| a.as_str())).map(str::to_ascii_lowercase)
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Browsers send Origin with every form: one that is missing, null or another's is refused.
fn is_own(headers: &HeaderMap, host: &str, reach: &Reach) -> bool {
    let scheme = if reach.is_secure() { "https" } else { "http" };
    headers
        .get(header::ORIGIN)
        .and_then(|o| o.to_str().ok())
        .and_then(|o| {
            o.to_ascii_lowercase().strip_prefix(scheme)?.strip_prefix("://").map(str::to_owned)
        })
        .is_some_and(|o| o == host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_names_of_this_machine_are_answered_on_loopback() {
        for own in ["localhost", "localhost:8080", "127.0.0.1:8080", "127.9.9.9", "[::1]:8080"] {
            assert!(is_this_machine(own), "{own}");
        }
        for other in ["example.org", "localhost.example.org", "127.0.0.1.example.org", "[::2]", ""]
        {
            assert!(!is_this_machine(other), "{other}");
        }
    }

    #[test]
    fn only_our_own_origin_may_change_things() {
        let own = |origin: Option<&'static str>, reach: &Reach| {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            is_own(&headers, "localhost:8080", reach)
        };
        let proxy = Reach::BehindProxy(std::net::Ipv4Addr::LOCALHOST.into());
        assert!(own(Some("http://localhost:8080"), &Reach::Loopback));
        assert!(own(Some("https://localhost:8080"), &proxy));
        for foreign in [
            None,
            Some("null"),
            Some("http://localhost:8081"),
            Some("https://localhost:8080"),
            Some("http://localhost:8080.example.org"),
        ] {
            assert!(!own(foreign, &Reach::Loopback), "{foreign:?}");
        }
    }
}
