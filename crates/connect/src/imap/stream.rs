//! A connection's bytes: TCP, and TLS over it.

use super::Options;
use crate::{Error, Result, outward};
use mesinfos_vault::mailboxes::{Access, Security};
use rustls::pki_types::ServerName;
use rustls::{ClientConnection, StreamOwned};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub(crate) enum Stream {
    Clear(TcpStream),
    Safe(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Stream {
    /// Connects; with TLS from the first byte when the mailbox asks for it.
    pub fn open(access: &Access, options: &Options) -> Result<Stream> {
        let mut last = Error::Unreachable;
        for address in options.reach.addresses(&access.host, access.port)? {
            if access.security == Security::Plain && !address.ip().is_loopback() {
                last = Error::Insecure;
                continue;
            }
            let Ok(tcp) = TcpStream::connect_timeout(&address, options.patience) else { continue };
            tcp.set_read_timeout(Some(options.patience)).map_err(|e| Error::io(&e))?;
            tcp.set_write_timeout(Some(options.patience)).map_err(|e| Error::io(&e))?;
            tcp.set_nodelay(true).map_err(|e| Error::io(&e))?;
            let clear = Stream::Clear(tcp);
            return match access.security {
                Security::Tls => clear.secure(&access.host, options.root.as_deref()),
                Security::StartTls | Security::Plain => Ok(clear),
            };
        }
        Err(last)
    }

    /// Goes over to TLS. The handshake is done here: a certificate that is not believed is known
    /// before anything is said.
    pub fn secure(self, host: &str, root: Option<&Path>) -> Result<Stream> {
        let Stream::Clear(mut tcp) = self else { return Ok(self) };
        let name = ServerName::try_from(host.to_owned()).map_err(|_| Error::Insecure)?;
        let config = Arc::new(outward::tls(root)?);
        let mut tls = ClientConnection::new(config, name).map_err(|_| Error::Insecure)?;
        while tls.is_handshaking() {
            tls.complete_io(&mut tcp).map_err(|e| match e.kind() {
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Error::Slow,
                _ => Error::Insecure,
            })?;
        }
        Ok(Stream::Safe(Box::new(StreamOwned::new(tls, tcp))))
    }

    /// How long a read may wait.
    pub fn wait(&self, most: Duration) -> Result<()> {
        let tcp = match self {
            Stream::Clear(tcp) => tcp,
            Stream::Safe(tls) => &tls.sock,
        };
        tcp.set_read_timeout(Some(most)).map_err(|e| Error::io(&e))
    }
}

impl Read for Stream {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Stream::Clear(tcp) => tcp.read(out),
            Stream::Safe(tls) => tls.read(out),
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Stream::Clear(tcp) => tcp.write(bytes),
            Stream::Safe(tls) => tls.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Stream::Clear(tcp) => tcp.flush(),
            Stream::Safe(tls) => tls.flush(),
        }
    }
}
