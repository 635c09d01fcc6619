//! From a configuration to a port that answers, until it is asked to stop.

mod acme;
mod tls;

pub(crate) use tls::mail as mail_tls;

use crate::{Config, Error, Reach, State, app};
use axum::body::Body;
use axum::extract::Request;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tls::Tls;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// Connections at once: past that, new ones wait in the system's queue.
const CONNECTIONS: usize = 512;
/// A request's headers must be there within this time, and stay under `HEADER_BYTES`.
const HEADER_TIME: Duration = Duration::from_secs(15);
const HEADER_BYTES: usize = 16 * 1024;
/// How long running answers may still take after the order to stop.
const GRACE: Duration = Duration::from_secs(5);

/// A port that is open and not yet answered.
pub struct Bound {
    listener: TcpListener,
    tls: Option<Tls>,
    state: State,
}

/// Who is at the other end of the connection: a proxy's address when there is one.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Opens the port.
///
/// # Errors
/// [`Error::NotPrivate`] where passphrases would go in the clear, [`Error::Listen`] when the port is
/// taken, [`Error::Certificate`] when the TLS files are not usable.
pub async fn bind(config: &Config, state: State) -> Result<Bound, Error> {
    config.check()?;
    let tls = match &config.reach {
        Reach::Tls { certificate, key } => Some(Tls::of_files(certificate, key)?),
        Reach::Acme(acme) => Some(acme::begin(acme, &config.data.join("acme"))?),
        Reach::Loopback | Reach::BehindProxy(_) => None,
    };
    let listener = TcpListener::bind(config.listen).await.map_err(Error::Listen)?;
    Ok(Bound { listener, tls, state })
}

impl Bound {
    /// The address in use, with the port that the system chose.
    ///
    /// # Errors
    /// [`Error::Listen`] when the system does not say.
    pub fn address(&self) -> Result<SocketAddr, Error> {
        self.listener.local_addr().map_err(Error::Listen)
    }

    /// Answers until `stop` ends, then lets running answers finish for a few seconds.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let service = app(self.state.clone());
        let graceful = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                () = &mut stop => break,
                accepted = accept(&self.listener, &places) => accepted,
            };
            let Some((stream, peer, place)) = accepted else { continue };
            let watcher = graceful.watcher();
            let (service, tls) = (service.clone(), self.tls.clone());
            tokio::spawn(async move {
                answer(stream, peer, tls, service, watcher).await;
                drop(place);
            });
        }
        drop(self.listener);
        self.state.stop();
        if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
            tracing::info!("some answers were cut at the end of the grace time");
        }
        let state = self.state.clone();
        // A panic in there is told by the thread itself; there is nothing left to stop.
        let _ = tokio::task::spawn_blocking(move || state.imports().wait(GRACE)).await;
    }
}

type Accepted = (TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit);

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<Accepted> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            // Out of file descriptors, most often: waiting a moment lets connections end.
            tracing::warn!(%error, "a connection was not accepted");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

async fn answer(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<Tls>,
    service: axum::Router,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let _ = stream.set_nodelay(true);
    let service =
        hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            service.clone().oneshot(request)
        });
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(HEADER_BYTES);
    let outcome = match tls {
        None => watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await,
        Some(tls) => {
            let Ok(Some(stream)) = tokio::time::timeout(HEADER_TIME, tls.accept(stream)).await
            else {
                return;
            };
            watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await
        }
    };
    if let Err(error) = outcome {
        tracing::debug!(%error, "a connection ended early");
    }
}
