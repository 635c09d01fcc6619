//! A certificate that the program asks for itself and renews (ACME, RFC 8555; the proof is the TLS
//! handshake of RFC 8737, so no other port is needed). The only calls that the program makes: the
//! host asked for them, to the authority named.

use super::tls::{Tls, certificates};
use crate::{Acme, Error};
use futures_util::StreamExt;
use rustls_acme::caches::DirCache;
use rustls_acme::{AcmeConfig, UseChallenge};
use std::path::Path;
use std::sync::Arc;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// Begins to ask; until the first certificate is there, browsers are not answered. Account and
/// certificate are kept in `folder`, with their keys: mode 0700, as the host's own key.
///
/// # Errors
/// [`Error::Certificate`] when the file of roots or the folder is not usable.
pub(super) fn begin(acme: &Acme, folder: &Path) -> Result<Tls, Error> {
    let wrong = |path: &Path, why: &dyn std::fmt::Display| {
        Error::Certificate(format!("{}: {why}", path.display()))
    };
    let mut private = std::fs::DirBuilder::new();
    private.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut private, 0o700);
    private.create(folder).map_err(|e| wrong(folder, &e))?;
    let provider = Arc::new(ring::default_provider());
    let mut config = AcmeConfig::new_with_provider(&acme.names, Arc::clone(&provider));
    if let Some(file) = &acme.roots {
        let mut roots = RootCertStore::empty();
        for root in certificates(file)? {
            roots.add(root).map_err(|e| wrong(file, &e))?;
        }
        let client = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|e| wrong(file, &e))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config = config.client_tls_config(Arc::new(client));
    }
    let mut state = config
        .contact(acme.contact.iter().map(|c| format!("mailto:{c}")))
        .directory(&acme.directory)
        .challenge_type(UseChallenge::TlsAlpn01)
        .cache(DirCache::new(folder.to_owned()))
        .state();
    let tls =
        Tls::of_resolver(state.resolver(), state.challenge_rustls_config_with_provider(provider))?;
    tokio::spawn(async move {
        while let Some(event) = state.next().await {
            match event {
                Ok(done) => tracing::info!(?done, "certificate"),
                // It asks again by itself, each time after a longer wait.
                Err(error) => tracing::error!(%error, "no certificate yet"),
            }
        }
    });
    Ok(tls)
}
