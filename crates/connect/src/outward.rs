//! How this program connects to anybody: which machines, how patiently, whom it believes.

use crate::oauth::Clients;
use crate::{Error, Reach, Result};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How to connect.
#[derive(Clone, Debug)]
pub struct Outward {
    /// Which machines may be reached.
    pub reach: Reach,
    /// How long the server may say nothing, or next to nothing.
    pub patience: Duration,
    /// A file with one more authority to believe: of a server of one's own.
    pub root: Option<PathBuf>,
    /// Whose tokens can be made fresh.
    pub clients: Clients,
}

impl Default for Outward {
    fn default() -> Outward {
        Outward {
            reach: Reach::Public,
            patience: Duration::from_secs(30),
            root: None,
            clients: Clients::default(),
        }
    }
}

/// TLS 1.2 or 1.3; believed are the authorities of this machine, and one more when it is given.
pub(crate) fn tls(root: Option<&Path>) -> Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(believed(root)?);
    let config = ClientConfig::builder_with_provider(ring())
        .with_safe_default_protocol_versions()
        .map_err(|_| Error::Insecure)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

/// The certificates of all authorities that are believed.
pub(crate) fn believed(root: Option<&Path>) -> Result<Vec<CertificateDer<'static>>> {
    let mut all = rustls_native_certs::load_native_certs().certs;
    if let Some(path) = root {
        let own = CertificateDer::pem_file_iter(path).map_err(|_| Error::Insecure)?;
        all.extend(own.flatten());
    }
    Ok(all)
}

pub(crate) fn ring() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
