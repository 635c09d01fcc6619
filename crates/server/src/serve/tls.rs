//! HTTPS by the program itself: a certificate from PEM files, or one that an authority gave.

use crate::Error;
use std::path::Path;
use std::sync::Arc;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{Acceptor, ResolvesServerCert};
use tokio_rustls::rustls::{self, ConfigBuilder, ServerConfig, server::WantsServerCert};
use tokio_rustls::{LazyConfigAcceptor, server::TlsStream};

/// What speaks TLS with a browser.
#[derive(Clone)]
pub(super) struct Tls {
    browsers: Arc<ServerConfig>,
    /// What the authority is shown when it comes to see who answers at our name (RFC 8737).
    authority: Option<Arc<ServerConfig>>,
}

impl Tls {
    /// With a certificate, its chain and its key.
    ///
    /// # Errors
    /// [`Error::Certificate`] with a sentence that names the file.
    pub fn of_files(certificate: &Path, key: &Path) -> Result<Tls, Error> {
        Ok(Tls { browsers: http1(of_files(certificate, key)?), authority: None })
    }

    /// With the certificate of the moment.
    ///
    /// # Errors
    /// [`Error::Certificate`] when rustls refuses its own defaults.
    pub fn of_resolver(
        resolver: Arc<dyn ResolvesServerCert>,
        authority: Arc<ServerConfig>,
    ) -> Result<Tls, Error> {
        let browsers = http1(builder()?.with_cert_resolver(resolver));
        Ok(Tls { browsers, authority: Some(authority) })
    }

    /// Shakes hands with a browser. None when that failed, or when it was the authority.
    pub async fn accept(&self, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
        let begun = LazyConfigAcceptor::new(Acceptor::default(), stream).await.ok()?;
        if let Some(authority) = &self.authority
            && rustls_acme::is_tls_alpn_challenge(&begun.client_hello())
        {
            let mut shown = begun.into_stream(Arc::clone(authority)).await.ok()?;
            // The certificate was the answer; how the authority leaves does not matter.
            let _ = shown.shutdown().await;
            return None;
        }
        begun.into_stream(Arc::clone(&self.browsers)).await.ok()
    }
}

/// What speaks TLS with mail servers, after STARTTLS.
///
/// # Errors
/// [`Error::Certificate`] with a sentence that names the file.
pub(crate) fn mail(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, Error> {
    of_files(certificate, key).map(Arc::new)
}

fn of_files(certificate: &Path, key: &Path) -> Result<ServerConfig, Error> {
    let wrong =
        |why: &dyn std::fmt::Display| Error::Certificate(format!("{}: {why}", key.display()));
    let chain = certificates(certificate)?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|e| wrong(&e))?;
    builder()?.with_single_cert(chain, private).map_err(|e| wrong(&e))
}

/// All certificates of a PEM file, at least one.
pub(super) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let wrong =
        |why: &dyn std::fmt::Display| Error::Certificate(format!("{}: {why}", path.display()));
    let all = CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| wrong(&e))?;
    if all.is_empty() { Err(wrong(&"holds no certificate")) } else { Ok(all) }
}

/// TLS 1.2 and 1.3 with rustls' own choice of suites.
fn builder() -> Result<ConfigBuilder<ServerConfig, WantsServerCert>, Error> {
    let wrong = |e: rustls::Error| Error::Certificate(e.to_string());
    Ok(ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(wrong)?
        .with_no_client_auth())
}

fn http1(mut config: ServerConfig) -> Arc<ServerConfig> {
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Arc::new(config)
}
