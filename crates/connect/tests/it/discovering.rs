//! Where an address has its servers, asked of a settings file and of a name server of ours.

use mesinfos_connect::discovery::{Directory, Dns, find};
use mesinfos_connect::provider::Source;
use mesinfos_connect::{Outward, Reach};
use mesinfos_testkit::https::{self, Https, answer};
use mesinfos_vault::mailboxes::Security;
use std::net::{SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

const FILE: &str = "<clientConfig version=\"1.1\"><emailProvider id=\"x\">\
    <incomingServer type=\"imap\"><hostname>imap.hote.example</hostname><port>993</port>\
    <socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>\
    <outgoingServer type=\"smtp\"><hostname>smtp.hote.example</hostname><port>465</port>\
    <socketType>SSL</socketType></outgoingServer></emailProvider></clientConfig>";

fn outward(server: &Https) -> Outward {
    let root = Some(server.certificate.clone());
    Outward { reach: Reach::Anywhere, patience: Duration::from_secs(5), root, ..Outward::default() }
}

fn directory(server: &Https, dns: Dns) -> Directory {
    Directory { files: vec![server.at("/{domain}.xml")], dns }
}

/// Answers questions for SRV records of `_imaps._tcp.*` and `_submissions._tcp.*` (RFC 1035, 4).
fn name_server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap();
    std::thread::spawn(move || {
        let mut room = [0; 1500];
        while let Ok((n, from)) = socket.recv_from(&mut room) {
            let asked = &room[..n];
            let name = &asked[12..];
            let end = name.iter().position(|b| *b == 0).unwrap() + 1;
            let question = &asked[12..12 + end + 4];
            let service = String::from_utf8_lossy(&name[1..1 + usize::from(name[0])]).into_owned();
            let found = match service.as_str() {
                "_imaps" => Some((993_u16, "imap")),
                "_submissions" => Some((465, "smtp")),
                _ => None,
            };
            let mut out = asked[..2].to_vec();
            out.extend([0x81, if found.is_some() { 0x80 } else { 0x83 }, 0, 1]);
            out.extend([0, u8::from(found.is_some()), 0, 0, 0, 0]);
            out.extend(question);
            if let Some((port, host)) = found {
                let mut data = vec![0, 0, 0, 1];
                data.extend(port.to_be_bytes());
                for label in [host, "annuaire", "example"] {
                    data.push(label.len() as u8);
                    data.extend(label.bytes());
                }
                data.push(0);
                out.extend([0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 60]);
                out.extend((data.len() as u16).to_be_bytes());
                out.extend(data);
            }
            let _ = socket.send_to(&out, from);
        }
    });
    address
}

#[test]
fn a_domain_tells_its_servers_by_file_then_by_name_and_never_hears_the_address() {
    let server = https::serve(|heard| match heard.path() {
        "/mairie.example.xml" => answer(200, "text/xml", FILE),
        _ => answer(404, "text/plain", "no"),
    });
    let dns = Dns::Server(name_server());
    let find = |address: &str| find(address, &outward(&server), &directory(&server, dns)).unwrap();

    let told = find("lea.dupont@Mairie.example");
    assert_eq!((told.source, told.access.host.as_str()), (Source::Autoconfig, "imap.hote.example"));
    assert_eq!(told.access.login, "lea.dupont@mairie.example");
    assert_eq!(told.outgoing.host, "smtp.hote.example");
    assert!(server.heard().iter().all(|h| !h.head.contains("lea")), "{:?}", server.heard());

    let named = find("lea@club.example");
    assert_eq!((named.source, named.access.host.as_str()), (Source::Dns, "imap.annuaire.example"));
    assert_eq!((named.access.port, named.access.security), (993, Security::Tls));
    assert_eq!((named.outgoing.host.as_str(), named.outgoing.port), ("smtp.annuaire.example", 465));

    let before = server.heard().len();
    assert_eq!(find("lea@orange.fr").source, Source::Table);
    assert_eq!(server.heard().len(), before, "what is known is not asked for");
}

#[test]
fn a_domain_that_says_nothing_or_too_much_is_left_to_a_guess() {
    let server = https::serve(|heard| match heard.path() {
        "/slow.example.xml" => {
            std::thread::sleep(Duration::from_secs(9));
            answer(200, "text/xml", FILE)
        }
        "/long.example.xml" => answer(200, "text/xml", &format!("{FILE}{}", " ".repeat(70_000))),
        "/moved.example.xml" => {
            b"HTTP/1.1 301 X\r\nLocation: /mairie.example.xml\r\nContent-Length: 0\r\n\r\n".to_vec()
        }
        _ => answer(200, "text/xml", FILE),
    });
    let directory = directory(&server, Dns::Off);
    for domain in ["slow", "long", "moved"] {
        let began = Instant::now();
        let found = find(&format!("lea@{domain}.example"), &outward(&server), &directory).unwrap();
        assert_eq!(found.source, Source::Guess, "{domain}");
        assert!(began.elapsed() < Duration::from_secs(8), "{domain}");
    }
    let public = Outward { reach: Reach::Public, ..outward(&server) };
    let connections = server.connections();
    assert_eq!(find("a@b.example", &public, &directory).unwrap().source, Source::Guess);
    assert_eq!(server.connections(), connections, "no address of its own network");
    assert!(find("no address", &public, &directory).is_none());
}
