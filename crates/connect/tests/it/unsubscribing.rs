//! One click, by the book of RFC 8058 and by no other.

use mesinfos_connect::{Error, Outward, Reach, one_click};
use mesinfos_domain::{OneClick, Unsubscribe};
use mesinfos_testkit::https::{self, Https, answer};
use std::time::{Duration, Instant};

fn offer(link: &str) -> Unsubscribe {
    let one_click = OneClick::Yes { signed_by: "lettres.example".to_owned() };
    Unsubscribe { link: Some(link.to_owned()), mailto: None, one_click }
}

fn near(server: &Https) -> Outward {
    let root = Some(server.certificate.clone());
    Outward {
        reach: Reach::Anywhere,
        patience: Duration::from_secs(10),
        root,
        ..Outward::default()
    }
}

#[test]
fn it_is_one_post_that_says_one_click_and_nothing_of_the_person() {
    let server = https::serve(|_| answer(200, "text/html", "<p>Bye</p>"));
    let link = server.at("/u?who=x%2Fy&n=1#part");
    // The second time the server's cookie is not given back.
    for _ in 0..2 {
        assert_eq!(one_click(&offer(&link), &near(&server)).unwrap(), 200);
    }
    let heard = server.heard();
    assert_eq!(heard.len(), 2);
    for one in heard {
        assert!(one.head.starts_with("POST /u?who=x%2Fy&n=1 HTTP/1.1\r\n"), "{}", one.head);
        assert_eq!(one.body, "List-Unsubscribe=One-Click");
        assert_eq!(one.header("content-type"), Some("application/x-www-form-urlencoded"));
        assert_eq!(one.header("host"), Some(&*format!("localhost:{}", server.port)));
        for none in ["cookie", "authorization", "referer", "origin", "from", "accept-language"] {
            assert_eq!(one.header(none), None, "{none}");
        }
    }
}

#[test]
fn a_redirect_is_an_answer_and_is_not_followed() {
    let server = https::serve(|heard| match heard.path() {
        "/u" => b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n".to_vec(),
        _ => answer(200, "text/plain", ""),
    });
    assert_eq!(one_click(&offer(&server.at("/u")), &near(&server)).unwrap(), 302);
    assert_eq!(server.heard().len(), 1);
    let refusing = https::serve(|_| answer(500, "text/plain", "no"));
    assert_eq!(one_click(&offer(&refusing.at("/u")), &near(&refusing)).unwrap(), 500);
}

#[test]
fn nothing_is_said_to_a_server_whose_certificate_is_not_believed() {
    let server = https::serve(|_| answer(200, "text/plain", ""));
    let outward = Outward { root: None, ..near(&server) };
    let outcome = one_click(&offer(&server.at("/u")), &outward);
    assert!(matches!(outcome, Err(Error::Insecure)), "{outcome:?}");
    let by_number = format!("https://127.0.0.1:{}/u", server.port);
    let outcome = one_click(&offer(&by_number), &near(&server));
    assert!(matches!(outcome, Err(Error::Insecure)), "another name: {outcome:?}");
    assert!(server.heard().is_empty());
}

#[test]
fn a_link_into_a_private_network_is_not_even_connected_to() {
    let server = https::serve(|_| answer(200, "text/plain", ""));
    let outward = Outward { reach: Reach::Public, ..near(&server) };
    for host in ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "2130706433", "127.1"] {
        let link = format!("https://{host}:{}/u", server.port);
        let outcome = one_click(&offer(&link), &outward);
        assert!(
            matches!(outcome, Err(Error::Forbidden | Error::Unreachable | Error::Broken(_))),
            "{host}: {outcome:?}"
        );
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_server_that_says_too_much_or_nothing_is_left() {
    let slow = https::serve(|_| {
        std::thread::sleep(Duration::from_secs(8));
        answer(200, "text/plain", "")
    });
    let outward = Outward { patience: Duration::from_secs(1), ..near(&slow) };
    let began = Instant::now();
    let outcome = one_click(&offer(&slow.at("/u")), &outward);
    assert!(matches!(outcome, Err(Error::Slow)), "{outcome:?}");
    assert!(began.elapsed() < Duration::from_secs(4));

    let talker = https::serve(|_| {
        let mut endless = b"HTTP/1.1 200 OK\r\n".to_vec();
        (0..2000).for_each(|n| endless.extend(format!("X-{n}: {}\r\n", "y".repeat(90)).bytes()));
        endless
    });
    let outcome = one_click(&offer(&talker.at("/u")), &near(&talker));
    assert!(outcome.is_err(), "{outcome:?}");
    // A long body is not waited for: the status is the answer.
    let long = https::serve(|_| answer(200, "text/html", &"z".repeat(1 << 20)));
    assert_eq!(one_click(&offer(&long.at("/u")), &near(&long)).unwrap(), 200);
}

#[test]
fn what_nobody_vouches_for_is_not_clicked() {
    let server = https::serve(|_| answer(200, "text/plain", ""));
    let link = server.at("/u");
    for why in [
        OneClick::NotOffered,
        OneClick::NotHttps,
        OneClick::Repeated,
        OneClick::NotSigned,
        OneClick::NotVerified,
    ] {
        let offer = Unsubscribe { one_click: why, ..offer(&link) };
        assert!(one_click(&offer, &near(&server)).is_err());
    }
    let plain = link.replace("https:", "http:");
    assert!(one_click(&offer(&plain), &near(&server)).is_err());
    assert_eq!(server.connections(), 0);
}
