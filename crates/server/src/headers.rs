//! The security headers of every answer.

use crate::State;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// What our own pages may do: our style sheet and scripts, pictures of ours or written into the
/// page, forms that come back here. A page framed by nobody; mails stand in a frame of their own.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
    img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; \
    frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

const FIXED: &[(&str, &str)] = &[
    ("content-security-policy", PAGE_POLICY),
    ("x-content-type-options", "nosniff"),
    // `same-origin` and not `no-referrer`: with the latter browsers send `Origin: null` on our own
    // forms, and the origin check would refuse them.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), \
         microphone=(), payment=(), usb=(), interest-cohort=()",
    ),
    // Private by default; what may be kept (styles, scripts) says so itself.
    ("cache-control", "no-store"),
];

/// Adds each header that the handler did not set itself: a mail's body and its attachments carry a
/// stricter policy of their own.
pub(crate) async fn add(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        set_missing(headers, name, value);
    }
    if state.reach().is_secure() {
        let year = "max-age=31536000; includeSubDomains";
        set_missing(headers, "strict-transport-security", year);
    }
    response
}

fn set_missing(headers: &mut HeaderMap, name: &'static str, value: &'static str) {
    headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
}
