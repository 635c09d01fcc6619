//! The edge: sockets, TLS, patience and room around the machine of [`crate::session`].

use crate::office::{Caller, House, Office};
use crate::session::{Limits, Next, Outcome, Protocol, Session, Verdict};
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

/// Connections at once, and from one address.
const CONNECTIONS: usize = 256;
const FROM_ONE: usize = 10;
/// Patience, in the measures of RFC 5321, 4.5.3.2: for a command, for the next piece of a mail, for
/// our reply to be taken.
const COMMAND: Duration = Duration::from_secs(5 * 60);
const PIECE: Duration = Duration::from_secs(3 * 60);
const REPLY: Duration = Duration::from_secs(60);
const HANDSHAKE: Duration = Duration::from_secs(30);
/// One conversation, however busy.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// Bytes of mails that are coming, all connections together, counted by units.
const ROOM: usize = 160 << 20;
const UNIT: usize = 64 << 10;
/// Mails sealed and written at once: each takes its size again a few times.
const WRITERS: usize = 2;
const READ: usize = 16 << 10;

/// Where to listen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// An address and port.
    Tcp(SocketAddr),
    /// A socket in the file system: whoever may enter its folder may speak.
    Unix(PathBuf),
}

impl std::str::FromStr for Place {
    type Err = io::Error;
    /// `HOST:PORT`, or a path with a `/`.
    fn from_str(text: &str) -> io::Result<Place> {
        if text.contains('/') {
            return Ok(Place::Unix(text.strip_prefix("unix:").unwrap_or(text).into()));
        }
        let mut found = text.to_socket_addrs()?;
        let none = || io::Error::other(format!("{text} names no address"));
        found.next().map(Place::Tcp).ok_or_else(none)
    }
}

enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener, PathBuf),
}

/// A place that is open and not yet answered.
pub struct Bound {
    protocol: Protocol,
    listener: Listener,
}

/// What all conversations share.
pub struct Hall<H> {
    office: Office<H>,
    limits: Limits,
    tls: Option<TlsAcceptor>,
    places: Arc<Semaphore>,
    room: Arc<Semaphore>,
    writers: Semaphore,
    from: Mutex<HashMap<IpAddr, usize>>,
}

impl<H: House> Hall<H> {
    /// With this certificate for STARTTLS, if there is one.
    pub fn new(office: Office<H>, limits: Limits, tls: Option<Arc<ServerConfig>>) -> Arc<Hall<H>> {
        Arc::new(Hall {
            office,
            limits,
            tls: tls.map(TlsAcceptor::from),
            places: Arc::new(Semaphore::new(CONNECTIONS)),
            room: Arc::new(Semaphore::new(ROOM / UNIT)),
            writers: Semaphore::new(WRITERS),
            from: Mutex::default(),
        })
    }
}

/// Opens a place. LMTP asks nobody who they are, so it is for this machine only.
///
/// # Errors
/// What the system answers, or that LMTP was to be open to others.
pub async fn bind(protocol: Protocol, place: &Place) -> io::Result<Bound> {
    let listener = match place {
        Place::Tcp(address) => {
            if protocol == Protocol::Lmtp && !address.ip().is_loopback() {
                return Err(io::Error::other(format!(
                    "LMTP at {address} would be open to others: use 127.0.0.1, or a path"
                )));
            }
            Listener::Tcp(TcpListener::bind(address).await?)
        }
        Place::Unix(path) => {
            // What an earlier run left; anything but a socket is not ours to remove.
            if std::fs::symlink_metadata(path).is_ok_and(|m| m.file_type().is_socket()) {
                std::fs::remove_file(path)?;
            }
            let listener = UnixListener::bind(path)?;
            // The mail server runs as another user: the folder says who may enter.
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o666))?;
            Listener::Unix(listener, path.clone())
        }
    };
    Ok(Bound { protocol, listener })
}

impl Bound {
    /// `lmtp` or `smtp`.
    pub fn protocol(&self) -> &'static str {
        match self.protocol {
            Protocol::Lmtp => "lmtp",
            Protocol::Smtp => "smtp",
        }
    }

    /// Where it listens, with the port that the system chose.
    pub fn place(&self) -> String {
        match &self.listener {
            Listener::Tcp(tcp) => tcp.local_addr().map(|a| a.to_string()).unwrap_or_default(),
            Listener::Unix(_, path) => path.display().to_string(),
        }
    }

    /// Answers until `stop` turns true; conversations then end as soon as they may.
    pub async fn run<H: House>(self, hall: Arc<Hall<H>>, mut stop: watch::Receiver<bool>) {
        loop {
            let accepted = tokio::select! {
                _ = stop.wait_for(|stops| *stops) => break,
                accepted = self.accept(&hall) => accepted,
            };
            let Some((stream, from, place)) = accepted else { continue };
            let (hall, stop, protocol) = (Arc::clone(&hall), stop.clone(), self.protocol);
            tokio::spawn(async move {
                let talk = hall.answer(protocol, stream, from, stop);
                if timeout(LONGEST, talk).await.is_err() {
                    tracing::debug!("a conversation was cut");
                }
                drop(place);
            });
        }
        if let Listener::Unix(_, path) = &self.listener {
            // Left behind, it is removed at the next start.
            let _ = std::fs::remove_file(path);
        }
    }

    async fn accept<H>(
        &self,
        hall: &Hall<H>,
    ) -> Option<(Box<dyn Wire>, Option<IpAddr>, OwnedSemaphorePermit)> {
        let place = Arc::clone(&hall.places).acquire_owned().await.ok()?;
        let accepted: io::Result<(Box<dyn Wire>, Option<IpAddr>)> = match &self.listener {
            Listener::Tcp(tcp) => tcp.accept().await.map(|(stream, peer)| {
                let _ = stream.set_nodelay(true);
                (Box::new(stream) as Box<dyn Wire>, Some(peer.ip()))
            }),
            Listener::Unix(unix, _) => {
                unix.accept().await.map(|(stream, _)| (Box::new(stream) as Box<dyn Wire>, None))
            }
        };
        match accepted {
            Ok((stream, from)) => Some((stream, from, place)),
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
                None
            }
        }
    }
}

/// Bytes both ways.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Wire for T {}

enum End {
    Over,
    Handshake,
}

impl<H: House> Hall<H> {
    async fn answer(
        self: &Arc<Self>,
        protocol: Protocol,
        mut stream: Box<dyn Wire>,
        from: Option<IpAddr>,
        mut stop: watch::Receiver<bool>,
    ) {
        let counted = match (protocol, from) {
            (Protocol::Smtp, Some(ip)) => match Guest::enter(self, ip) {
                Some(guest) => Some(guest),
                None => {
                    let _ = timeout(REPLY, stream.write_all(Session::BUSY.as_bytes())).await;
                    return;
                }
            },
            _ => None,
        };
        let host = &self.office.rules().host;
        let mut session = Session::new(protocol, host, self.limits, self.tls.is_some());
        let mut caller = Caller { protocol, from, is_secure: false };
        let mut outcome = self.converse(&mut stream, &mut session, &caller, &mut stop).await;
        if let (Ok(End::Handshake), Some(tls)) = (&outcome, &self.tls) {
            let Ok(Ok(mut secured)) = timeout(HANDSHAKE, tls.accept(stream)).await else { return };
            session.secured();
            caller.is_secure = true;
            outcome = self.converse(&mut secured, &mut session, &caller, &mut stop).await;
            // The reply to QUIT was sent; how the other side leaves does not matter.
            let _ = timeout(REPLY, secured.shutdown()).await;
        }
        if let Err(error) = outcome {
            tracing::debug!(%error, "a conversation ended early");
        }
        drop(counted);
    }

    async fn converse<S: Wire>(
        self: &Arc<Self>,
        stream: &mut S,
        session: &mut Session,
        caller: &Caller,
        stop: &mut watch::Receiver<bool>,
    ) -> io::Result<End> {
        let mut taken: Option<OwnedSemaphorePermit> = None;
        let mut buffer = vec![0; READ];
        loop {
            let next = session.advance();
            let replies = session.replies();
            if !replies.is_empty() {
                timeout(REPLY, async {
                    stream.write_all(&replies).await?;
                    stream.flush().await
                })
                .await??;
            }
            match next {
                Next::Read => {
                    self.make_room(session, &mut taken);
                    let is_receiving = session.is_receiving();
                    let patience = if is_receiving { PIECE } else { COMMAND };
                    let read = tokio::select! {
                        // In the middle of a mail nothing may be said.
                        _ = stop.wait_for(|stops| *stops), if !is_receiving => {
                            session.stop();
                            continue;
                        }
                        read = timeout(patience, stream.read(&mut buffer)) => read,
                    };
                    match read {
                        Ok(Ok(0)) => return Ok(End::Over),
                        Ok(n) => session.feed(&buffer[..n?]),
                        Err(_) => session.too_slow(),
                    }
                }
                Next::Check(address) => {
                    let (hall, caller) = (Arc::clone(self), *caller);
                    let verdict =
                        tokio::task::spawn_blocking(move || hall.office.verdict(&caller, &address));
                    session.checked(&verdict.await.unwrap_or(Verdict::NotNow));
                }
                Next::Deliver(delivery) => {
                    let _turn = self.writers.acquire().await;
                    let (hall, caller) = (Arc::clone(self), *caller);
                    let kept =
                        tokio::task::spawn_blocking(move || hall.office.keep(&caller, &delivery));
                    let outcomes: Vec<Outcome> = kept.await.unwrap_or_default();
                    session.delivered(&outcomes);
                    taken = None;
                }
                Next::Handshake => return Ok(End::Handshake),
                Next::Close => return Ok(End::Over),
            }
        }
    }

    /// Counts what is held of a mail against what all may hold.
    fn make_room(&self, session: &mut Session, taken: &mut Option<OwnedSemaphorePermit>) {
        let wanted = session.held().div_ceil(UNIT);
        let has = taken.as_ref().map_or(0, |t| t.num_permits());
        if wanted == 0 {
            *taken = None;
        } else if wanted > has {
            let more = u32::try_from(wanted - has).unwrap_or(u32::MAX);
            match Arc::clone(&self.room).try_acquire_many_owned(more) {
                Ok(more) => match taken {
                    Some(taken) => taken.merge(more),
                    None => *taken = Some(more),
                },
                Err(_) => {
                    session.no_room();
                    *taken = None;
                }
            }
        }
    }
}

/// One of few from the same address.
struct Guest<'a> {
    from: &'a Mutex<HashMap<IpAddr, usize>>,
    ip: IpAddr,
}

impl<'a> Guest<'a> {
    fn enter<H>(hall: &'a Hall<H>, ip: IpAddr) -> Option<Guest<'a>> {
        let mut from = hall.from.lock().unwrap_or_else(PoisonError::into_inner);
        let n = from.entry(ip).or_default();
        if *n >= FROM_ONE {
            return None;
        }
        *n += 1;
        Some(Guest { from: &hall.from, ip })
    }
}

impl Drop for Guest<'_> {
    fn drop(&mut self) {
        let mut from = self.from.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = from.get_mut(&self.ip) {
            *n -= 1;
            if *n == 0 {
                from.remove(&self.ip);
            }
        }
    }
}
