//! What the host decides: where to listen, and how the outside reaches this server.

use crate::Error;
use mesinfos_connect::discovery::Directory;
use mesinfos_connect::oauth::Client;
use mesinfos_vault::mailboxes::{Access, Secret};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// How to serve.
#[derive(Clone, Debug)]
pub struct Config {
    /// The data folder.
    pub data: PathBuf,
    /// Address and port; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// How browsers reach it.
    pub reach: Reach,
    /// Servers of the host's own.
    pub neighbours: Neighbours,
    /// Clients that the host registered with providers that ask for a consent.
    pub clients: Vec<Client>,
}

/// Where the host has people's forwarded mails handed in (RFC 6409).
#[derive(Clone, Debug)]
pub struct Submission {
    /// The server; without a login it is one of this machine.
    pub access: Access,
    /// Its password.
    pub secret: Secret,
}

/// Servers of the host's own, beside those of the open Internet.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    /// Whether this machine's own network may be reached, by links in mails too.
    pub is_open: bool,
    /// Who signed their certificates: a PEM file.
    pub authority: Option<PathBuf>,
    /// Whom the servers of a mail domain are asked of.
    pub directory: Directory,
    /// Who takes the mails that are passed on.
    pub submission: Option<Submission>,
}

/// How browsers reach the server: it decides on cookies, HSTS and which address is the visitor's.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Plain HTTP, from this machine only.
    Loopback,
    /// HTTPS by the program itself, with these PEM files.
    Tls {
        /// The certificate and its chain.
        certificate: PathBuf,
        /// Its private key.
        key: PathBuf,
    },
    /// HTTPS by the program itself, with a certificate that it asks for and renews.
    Acme(Acme),
    /// Plain HTTP behind a proxy that speaks HTTPS; only this peer's X-Forwarded-For is believed.
    BehindProxy(IpAddr),
}

/// Whom a certificate is asked of (ACME, RFC 8555), and for which names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Acme {
    /// The names in browsers' addresses; the authority connects to each on port 443.
    pub names: Vec<String>,
    /// Where the authority may write to, if anywhere.
    pub contact: Option<String>,
    /// The authority's directory; [`Acme::LETS_ENCRYPT`] by default.
    pub directory: String,
    /// Who signed the authority's own HTTPS, when it is a private one: a PEM file.
    pub roots: Option<PathBuf>,
}

impl Acme {
    /// The directory of Let's Encrypt.
    pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";
}

impl Config {
    /// Refuses what would send a passphrase in the clear.
    ///
    /// # Errors
    /// [`Error::NotPrivate`] when the address is not loopback and there is neither TLS nor a proxy.
    pub fn check(&self) -> Result<(), Error> {
        if self.reach == Reach::Loopback && !self.listen.ip().is_loopback() {
            return Err(Error::NotPrivate(self.listen));
        }
        Ok(())
    }
}

impl Reach {
    /// Whether the browser speaks HTTPS.
    pub fn is_secure(&self) -> bool {
        *self != Reach::Loopback
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(listen: &str, reach: Reach) -> Config {
        Config {
            data: "/nowhere".into(),
            listen: listen.parse().expect("an address"),
            reach,
            neighbours: Neighbours::default(),
            clients: Vec::new(),
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        assert!(config("127.0.0.1:8080", Reach::Loopback).check().is_ok());
        assert!(config("[::1]:8080", Reach::Loopback).check().is_ok());
        for outside in ["0.0.0.0:8080", "192.168.1.4:8080", "[::]:8080"] {
            assert!(config(outside, Reach::Loopback).check().is_err(), "{outside}");
            let proxy = Reach::BehindProxy("127.0.0.1".parse().expect("an address"));
            assert!(config(outside, proxy).check().is_ok(), "{outside}");
        }
    }
}
