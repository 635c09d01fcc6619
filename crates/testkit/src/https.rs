//! A throw-away HTTPS server for `https://localhost:PORT`: what was asked is kept, and a test says
//! what is answered, byte for byte.

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heard {
    /// Request line and headers, as they came.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Heard {
    /// The path and query.
    pub fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    /// A header's value; the first of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|l| l.split_once(':'));
        lines.into_iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim())
    }
}

/// A server that runs as long as the test program.
pub struct Https {
    /// On loopback.
    pub port: u16,
    /// The authority that signed its certificate (PEM).
    pub certificate: PathBuf,
    heard: Arc<Mutex<Vec<Heard>>>,
    connections: Arc<AtomicUsize>,
    _folder: tempfile::TempDir,
}

impl Https {
    /// The requests so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("no test panicked here").clone()
    }

    /// Connections so far, those included on which nothing was asked.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The address of a path on it.
    pub fn at(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.port)
    }
}

/// An answer with a body.
pub fn answer(status: u16, kind: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Set-Cookie: seen=1; Path=/\r\nConnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Starts one.
pub fn serve(answers: impl Fn(&Heard) -> Vec<u8> + Send + Sync + 'static) -> Https {
    let folder = tempfile::tempdir().expect("a folder");
    crate::certificate::make(folder.path());
    let certificate = folder.path().join("cert.pem");
    let chain = CertificateDer::pem_file_iter(&certificate).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(folder.path().join("key.pem")).expect("a key");
    let config =
        ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain.flatten().collect(), key)
            .expect("a pair");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (heard, connections) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)));
    let (config, answers) = (Arc::new(config), Arc::new(answers));
    let (kept, counted) = (Arc::clone(&heard), Arc::clone(&connections));
    std::thread::spawn(move || {
        for tcp in listener.incoming().flatten() {
            counted.fetch_add(1, Ordering::SeqCst);
            let (config, answers, kept) =
                (Arc::clone(&config), Arc::clone(&answers), Arc::clone(&kept));
            // A client that goes away is part of some tests.
            std::thread::spawn(move || talk(tcp, config, &*answers, &kept));
        }
    });
    Https { port, certificate, heard, connections, _folder: folder }
}

fn talk(
    tcp: TcpStream,
    config: Arc<ServerConfig>,
    answers: &dyn Fn(&Heard) -> Vec<u8>,
    kept: &Mutex<Vec<Heard>>,
) -> Option<()> {
    tcp.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let mut tls = StreamOwned::new(ServerConnection::new(config).ok()?, tcp);
    let mut bytes = Vec::new();
    let mut byte = [0];
    while !bytes.ends_with(b"\r\n\r\n") {
        tls.read_exact(&mut byte).ok()?;
        bytes.push(byte[0]);
    }
    let mut heard =
        Heard { head: String::from_utf8_lossy(&bytes).into_owned(), body: String::new() };
    let length = heard.header("content-length").and_then(|l| l.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    tls.read_exact(&mut body).ok()?;
    heard.body = String::from_utf8_lossy(&body).into_owned();
    kept.lock().ok()?.push(heard.clone());
    tls.write_all(&answers(&heard)).ok()?;
    tls.conn.send_close_notify();
    tls.flush().ok()
}
