//! What can go wrong in the server, and the calm page that says so in the person's language.

use crate::pages::{Frame, language};
use crate::{State, door};
use askama::Template;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use std::net::SocketAddr;

/// What can go wrong, named after what the caller can do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// At start: passphrases would travel in the clear. Listen on loopback, or give TLS files, or
    /// name the proxy.
    #[error(
        "plain HTTP is for this machine only: to listen on {0}, give --tls-cert and --tls-key, \
         or --behind-proxy ADDR when a proxy speaks HTTPS in front"
    )]
    NotPrivate(SocketAddr),
    /// At start: the port cannot be opened; choose another.
    #[error("this address cannot be listened on: {0}")]
    Listen(std::io::Error),
    /// At start: a door for mail cannot be opened; choose another.
    #[error("mail cannot be taken there: {0}")]
    Mail(std::io::Error),
    /// At start: the TLS files are not usable.
    #[error("TLS: {0}")]
    Certificate(String),
    /// Nobody is signed in: sign in, then come back to this path.
    #[error("signed out")]
    SignIn(String),
    /// The vault waits for its owner's passphrase: ask for it, then come back to this path.
    #[error("sealed")]
    Sealed(String),
    /// The request does not come from our own pages.
    #[error("refused: not sent by our own page")]
    Forbidden,
    /// Nothing there for this person.
    #[error("not found")]
    NotFound,
    /// The method is not one that this address knows.
    #[error("no such method")]
    Method,
    /// What was sent makes no sense.
    #[error("not understood: {0}")]
    Invalid(String),
    /// Too many tries: wait this many seconds.
    #[error("too many tries: wait {0} s")]
    Wait(i64),
    /// More was sent than is taken.
    #[error("too large")]
    TooLarge,
    /// All places are taken: try again in a moment.
    #[error("busy")]
    Busy,
    /// Our fault: logged, told without detail.
    #[error("broken: {0}")]
    Broken(String),
}

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Error::SignIn(_) | Error::Sealed(_) => StatusCode::SEE_OTHER,
            Error::Forbidden => StatusCode::FORBIDDEN,
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Method => StatusCode::METHOD_NOT_ALLOWED,
            Error::Invalid(_) => StatusCode::BAD_REQUEST,
            Error::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Error::NotPrivate(_)
            | Error::Listen(_)
            | Error::Mail(_)
            | Error::Certificate(_)
            | Error::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// Marks an answer as a failure, for [`render`] to write the page.
#[derive(Clone, Copy)]
struct Failure(i64);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let door = match &self {
            Error::SignIn(back) => Some(with_back("/sign-in", back)),
            Error::Sealed(back) => Some(with_back("/unseal", back)),
            _ => None,
        };
        if let Some(door) = door {
            return (StatusCode::SEE_OTHER, [(header::LOCATION, door)]).into_response();
        }
        let status = self.status();
        if status.is_server_error() && !matches!(self, Error::Busy) {
            tracing::error!(error = %self, "an answer failed");
        }
        match self {
            Error::Forbidden => {
                tracing::warn!(target: door::LOG, "not sent by our own page: refused")
            }
            Error::Wait(seconds) => {
                tracing::warn!(target: door::LOG, seconds, "too many tries: refused")
            }
            _ => {}
        }
        let wait = if let Error::Wait(seconds) = self { seconds } else { 0 };
        let mut response = status.into_response();
        response.extensions_mut().insert(Failure(wait));
        if wait > 0 {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }
}

/// An address of the door, with the way back when there is one.
fn with_back(door: &str, back: &str) -> String {
    match back {
        "" | "/" => door.to_owned(),
        back => format!("{door}?back={}", door::percent(back)),
    }
}

impl From<mesinfos_vault::Error> for Error {
    fn from(error: mesinfos_vault::Error) -> Error {
        use mesinfos_vault::Error as Vault;
        match error {
            Vault::Sealed => Error::Sealed(String::new()),
            Vault::NotFound(_) => Error::NotFound,
            Vault::Invalid(why) => Error::Invalid(why),
            other => Error::Broken(other.to_string()),
        }
    }
}

/// A page that says calmly what went wrong.
#[derive(Template)]
#[template(path = "error.html")]
struct Page {
    frame: Frame,
    key: &'static str,
    wait: i64,
}

/// Writes the page of a failed answer. Answers without a body that axum itself made (404, 405, 413)
/// get theirs too.
pub(crate) async fn render(
    axum::extract::State(state): axum::extract::State<State>,
    request: Request,
    next: Next,
) -> Response {
    let here = request.uri().path_and_query().map_or("/", |p| p.as_str()).to_owned();
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let status = response.status();
    let failure = response.extensions().get::<Failure>().copied();
    let bare = !response.headers().contains_key(header::CONTENT_LENGTH)
        && !response.headers().contains_key(header::CONTENT_TYPE);
    let plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|t| t.as_bytes().starts_with(b"text/plain"));
    let ours = failure.is_some()
        || ((status.is_client_error() || status.is_server_error()) && (bare || plain));
    if !ours {
        return response;
    }
    page(&state, &headers, here, status, failure.map_or(0, |f| f.0), response)
}

fn page(
    state: &State,
    headers: &HeaderMap,
    here: String,
    status: StatusCode,
    wait: i64,
    from: Response,
) -> Response {
    let frame = Frame::open(language::of(headers), state.today(), here, "");
    let key = match status.as_u16() {
        403 => "error-forbidden",
        404 | 405 => "error-not-found",
        413 => "error-too-large",
        429 => "error-wait",
        400..=499 => "error-invalid",
        503 => "error-busy",
        _ => "error-broken",
    };
    let title = frame.w.t(key);
    let page = Page { frame: frame.titled(title), key, wait };
    let Ok(body) = page.render() else { return status.into_response() };
    let mut response = (status, Html(body)).into_response();
    if let Some(after) = from.headers().get(header::RETRY_AFTER) {
        response.headers_mut().insert(header::RETRY_AFTER, after.clone());
    }
    if let Some(allow) = from.headers().get(header::ALLOW) {
        response.headers_mut().insert(header::ALLOW, allow.clone());
    }
    response
}

/// Renders a page: our templates only fail when memory does.
pub(crate) fn show(page: &impl Template) -> Result<Html<String>, Error> {
    page.render().map(Html).map_err(|e| Error::Broken(format!("template: {e}")))
}
