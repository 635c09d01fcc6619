//! The limits of HTTP, each crossed by one: a request's head, the time it takes, the time of an answer.

use crate::site::{HOST, Site};
use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use mesinfos_server::{Config, Neighbours, Reach, bind};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

/// The same server behind a real port.
async fn serving(site: &Site) -> SocketAddr {
    let listen = "127.0.0.1:0".parse().expect("an address");
    let data = site.state.store().data().to_owned();
    let (neighbours, clients) = (Neighbours::default(), Vec::new());
    let config = Config { data, listen, reach: Reach::Loopback, neighbours, clients };
    let bound = bind(&config, site.state.clone()).await.expect("a port");
    let address = bound.address().expect("an address");
    tokio::spawn(bound.run(std::future::pending()));
    address
}

/// A whole request whose head has so many bytes.
fn head_of(bytes: usize) -> String {
    let start = format!("GET /sign-in HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\nX-Long: ");
    format!("{start}{}\r\n\r\n", "v".repeat(bytes - start.len() - 4))
}

#[tokio::test]
async fn a_request_s_head_has_sixteen_kilobytes_at_most() {
    let site = Site::new();
    let address = serving(&site).await;
    for (bytes, answer) in [(16 * 1024, "HTTP/1.1 303 "), (16 * 1024 + 1, "HTTP/1.1 431 ")] {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        stream.write_all(head_of(bytes).as_bytes()).await.expect("sent");
        let mut said = Vec::new();
        stream.read_to_end(&mut said).await.expect("an answer");
        let said = String::from_utf8_lossy(&said);
        assert!(said.starts_with(answer), "{bytes}: {said:.40}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_never_ends_a_request_is_hung_up_on() {
    let site = Site::new();
    let address = serving(&site).await;
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.write_all(b"GET /sign-in HTTP/1.1\r\nHost: local").await.expect("sent");
    let begun = Instant::now();
    let mut said = Vec::new();
    // Whatever it says in parting, it does leave.
    let _ = stream.read_to_end(&mut said).await;
    assert_eq!(begun.elapsed().as_secs(), 15);
}

#[tokio::test(start_paused = true)]
async fn a_form_that_never_ends_is_given_up_after_thirty_seconds() {
    let site = Site::new();
    let begun = Instant::now();
    let endless = futures_util::stream::pending::<Result<Bytes, std::io::Error>>();
    let request = Request::post("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ORIGIN, format!("http://{HOST}"))
        .body(Body::from_stream(endless))
        .expect("a request");
    let answer = site.browser().send(request).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("<h1"), "and it says so");
    assert_eq!(begun.elapsed().as_secs(), 30);
}
