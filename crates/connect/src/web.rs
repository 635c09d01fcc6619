//! Asking a web server: one request, one answer, bounded in time and bytes. The only HTTP client of
//! the program: https, no cookies, no redirects, no proxy, and only the addresses that were judged.

use crate::outward::{self, Outward};
use crate::{Error, Reach, Result};
use std::io::Read;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// What a server answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    /// The status (RFC 9110, 15).
    pub status: u16,
    /// The body, cut at what was asked for.
    pub body: Vec<u8>,
}

/// One conversation's worth of HTTP.
pub(crate) struct Web(ureq::Agent);

/// Headers that are longer in all are not read.
const HEADER_BYTES: usize = 32 << 10;
/// More addresses of one name are not tried.
const ADDRESSES: usize = 4;

impl Web {
    /// Connects as `outward` says; all of a request and its answer take its patience at most.
    pub fn new(outward: &Outward) -> Result<Web> {
        let roots: Vec<Certificate<'static>> = outward::believed(outward.root.as_deref())?
            .iter()
            .map(|c| Certificate::from_der(c).to_owned())
            .collect();
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(outward::ring())
            .root_certs(RootCerts::Specific(Arc::new(roots)))
            .build();
        let config = Config::builder()
            .https_only(true)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .tls_config(tls)
            .user_agent("MesInfos")
            .accept_encoding("")
            .timeout_global(Some(outward.patience))
            .max_response_header_size(HEADER_BYTES)
            .max_idle_connections(0)
            .build();
        let judged = Judged(outward.reach);
        Ok(Web(ureq::Agent::with_parts(config, DefaultConnector::new(), judged)))
    }

    /// Posts a form that is already encoded (application/x-www-form-urlencoded).
    pub fn post(&self, url: &str, form: &str, most: u64) -> Result<Answer> {
        let request = self.0.post(address(url)?).header("accept", "*/*");
        let request = request.content_type("application/x-www-form-urlencoded");
        read(request.send(form), most)
    }

    /// Asks for a file.
    pub fn get(&self, url: &str, most: u64) -> Result<Answer> {
        read(self.0.get(address(url)?).header("accept", "*/*").call(), most)
    }
}

/// An https address without a login in it: a link is no place for one, and must not use one of ours.
fn address(url: &str) -> Result<Uri> {
    let uri: Uri = url.parse().map_err(|_| Error::Broken("no address"))?;
    let is_https = uri.scheme_str().is_some_and(|s| s.eq_ignore_ascii_case("https"));
    let authority = uri.authority().map_or("@", |a| a.as_str());
    if !is_https || authority.contains('@') {
        return Err(Error::Broken("no https address"));
    }
    Ok(uri)
}

fn read(
    answer: std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    most: u64,
) -> Result<Answer> {
    let answer = answer.map_err(|e| told(&e))?;
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    if most > 0 {
        let reader = answer.into_body().into_reader().take(most);
        { reader }.read_to_end(&mut body).map_err(|e| Error::io(&e))?;
    }
    Ok(Answer { status, body })
}

fn told(error: &ureq::Error) -> Error {
    match error {
        ureq::Error::Timeout(_) => Error::Slow,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => Error::Unreachable,
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) | ureq::Error::RequireHttpsOnly(_) => {
            Error::Insecure
        }
        ureq::Error::Io(e) if e.kind() == std::io::ErrorKind::ConnectionRefused => {
            Error::Unreachable
        }
        ureq::Error::Io(e) => Error::io(e),
        ureq::Error::Other(e) => match e.downcast_ref::<Error>() {
            Some(Error::Forbidden) => Error::Forbidden,
            Some(Error::Slow) => Error::Slow,
            _ => Error::Unreachable,
        },
        _ => Error::Broken("no HTTP"),
    }
}

/// Looks a name up once and gives the addresses that may be reached: those are connected to, and a
/// name that changes its mind in between changes nothing.
#[derive(Debug)]
struct Judged(Reach);

impl Resolver for Judged {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> std::result::Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default().to_owned();
        let port = uri.port_u16().unwrap_or(443);
        let (reach, (tell, hear)) = (self.0, mpsc::sync_channel(1));
        // The system's own look-up knows no limit of ours.
        thread::spawn(move || tell.send(reach.addresses(&host, port)));
        let other = |error: Error| ureq::Error::Other(Box::new(error));
        let found = hear.recv_timeout(*timeout.after).map_err(|_| other(Error::Slow))?;
        let mut addresses = self.empty();
        for one in found.map_err(other)?.into_iter().take(ADDRESSES) {
            addresses.push(one);
        }
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_without_a_login_is_an_address() {
        assert!(address("https://a.example/u?x=1").is_ok());
        assert!(address("HTTPS://a.example:8443/u").is_ok());
        for no in [
            "http://a.example/u",
            "https://lea:secret@a.example/u",
            "https://a.example@b.example/",
            "ftp://a.example/",
            "/u",
            "a.example",
            "https://",
            "https://a.example/\r\nX: y",
            "",
        ] {
            assert!(address(no).is_err(), "{no:?}");
        }
    }

    #[test]
    fn no_machine_of_its_own_network_is_asked() {
        let web = Web::new(&Outward::default()).expect("a client");
        for inside in [
            "https://127.0.0.1/u",
            "https://localhost/u",
            "https://10.0.0.1/",
            "https://192.168.1.1:8443/",
            "https://169.254.169.254/latest",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1]/",
            "https://[fd00::1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://224.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://127.1/",
        ] {
            let answer = web.post(inside, "a=b", 0);
            assert!(
                matches!(answer, Err(Error::Forbidden | Error::Unreachable | Error::Broken(_))),
                "{inside}: {answer:?}"
            );
        }
    }
}
