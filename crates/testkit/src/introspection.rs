//! What a mail server asks whether a token is good (RFC 7662): `token-USER-ANYTHING` is USER's, any
//! other is nobody's.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};

/// Starts it on loopback, in plain HTTP; its port.
pub(crate) fn start() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for tcp in listener.incoming().flatten() {
            std::thread::spawn(move || talk(tcp));
        }
    });
    port
}

fn talk(tcp: TcpStream) -> Option<()> {
    let mut out = tcp.try_clone().ok()?;
    let mut lines = BufReader::new(tcp).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        lines.by_ref().find(String::is_empty)?;
        let token = first.split("token=").nth(1)?.split(' ').next()?;
        let user = token.strip_prefix("token-").and_then(|t| t.split('-').next());
        let body = match user {
            Some(user) => format!("{{\"active\":true,\"username\":\"{user}\"}}"),
            None => "{\"active\":false}".to_owned(),
        };
        let length = body.len();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
        write!(out, "{head}\r\nContent-Length: {length}\r\n\r\n{body}").ok()?;
    }
    Some(())
}
