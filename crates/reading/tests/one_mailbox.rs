//! One mailbox in any form is one set of messages.

use mesinfos_reading::canonical::canonical;
use mesinfos_reading::mailbox::{self, Content, Mark, Role, Seen};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::ops::ControlFlow;

/// Twenty messages with what makes forms differ: `From ` lines, 8-bit text, no last line end.
fn messages() -> Vec<Vec<u8>> {
    (0..20)
        .map(|n| {
            let last = if n % 5 == 0 { "" } else { "\n" };
            format!(
                "From: a{n}@b.example\nSubject: =?utf-8?Q?num=C3=A9ro?= {n}\nDate: Tue, 24 Nov 2026 10:00:00 +0100\nMessage-ID: <{n}@b.example>\n\nBonjour,\n\nFrom here on it is é {n}.\n>From a reply\n>>From another\n\nFrom a@b.example Mon Jan  5 10:00:00 2015\nfin{last}"
            )
            .into_bytes()
        })
        .collect()
}

/// Adds one `>` before each line that begins with `From `, quoted or not (mboxrd).
fn quoted(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in message.split_inclusive(|&c| c == b'\n') {
        let depth = line.iter().take_while(|&&c| c == b'>').count();
        if line[depth..].starts_with(b"From ") {
            out.push(b'>');
        }
        out.extend_from_slice(line);
    }
    if !out.ends_with(b"\n") {
        out.push(b'\n');
    }
    out
}

fn mboxrd() -> Vec<u8> {
    let one = |m: Vec<u8>| {
        let head = b"From a@b.example Tue Nov 24 10:00:00 2026\n";
        [head, &b"Status: RO\nX-Status: A\n"[..], &quoted(&m), b"\n"].concat()
    };
    messages().into_iter().flat_map(one).collect()
}

fn takeout() -> Vec<u8> {
    let one = |(n, m): (usize, Vec<u8>)| {
        let head = format!(
            "From {n}@xxx Tue Nov 24 10:00:00 +0000 2026\r\nX-GM-THRID: {n}\r\nX-Gmail-Labels: =?UTF-8?Q?Messages_envoy=C3=A9s?=\r\n"
        );
        let body = String::from_utf8(quoted(&m)).expect("it is UTF-8").replace('\n', "\r\n");
        [head.as_bytes(), body.as_bytes(), b"\r\n"].concat()
    };
    messages().into_iter().enumerate().flat_map(one).collect()
}

fn mboxcl2() -> Vec<u8> {
    let one = |m: Vec<u8>| {
        let body = m.windows(2).position(|w| w == b"\n\n").expect("a body") + 2;
        let head = format!(
            "From a@b.example Tue Nov 24 10:00:00 2026\nContent-Length: {}\nLines: 9\n",
            m.len() - body
        );
        [head.as_bytes(), &m, b"\n\n"].concat()
    };
    messages().into_iter().flat_map(one).collect()
}

fn emlx(m: &[u8]) -> Vec<u8> {
    let plist = b"<?xml version=\"1.0\"?><plist><dict><key>flags</key><integer>1</integer></dict></plist>\n";
    [format!("{:<10}\n", m.len()).as_bytes(), m, plist].concat()
}

/// The identities of all messages in a file.
fn identities(name: &str, bytes: &[u8], into: &mut BTreeSet<[u8; 32]>) -> Vec<Role> {
    let mut roles = Vec::new();
    mailbox::read(name, &mut Cursor::new(bytes), Mark::default(), &mut |seen| {
        let Seen::Arrival(a) = seen else { return ControlFlow::Continue(()) };
        let Content::Whole(bytes) = a.content else { return ControlFlow::Break(()) };
        into.insert(canonical(&bytes, a.quoting).sha256);
        roles.push(a.role);
        ControlFlow::Continue(())
    })
    .expect("memory does not fail");
    roles
}

#[test]
fn every_form_gives_the_same_messages() {
    let mut whole = BTreeSet::new();
    for (n, m) in messages().iter().enumerate() {
        identities(&format!("Maildir/cur/17000000{n:02}.1.h:2,S"), m, &mut whole);
    }
    assert_eq!(whole.len(), 20);
    for (name, bytes) in [("a.mbox", mboxrd()), ("Takeout/b.mbox", takeout()), ("c", mboxcl2())] {
        let mut found = BTreeSet::new();
        assert_eq!(identities(name, &bytes, &mut found).len(), 20, "{name}");
        assert_eq!(found, whole, "{name}");
    }
    let (mut apple, mut windows) = (BTreeSet::new(), BTreeSet::new());
    for m in messages() {
        identities("Sent.mbox/Messages/1.emlx", &emlx(&m), &mut apple);
        let crlf = String::from_utf8(m).expect("it is UTF-8").replace('\n', "\r\n");
        identities("x.eml", crlf.as_bytes(), &mut windows);
    }
    assert_eq!(apple, whole);
    assert_eq!(windows, whole);
}

#[test]
fn sent_mail_is_known_by_label_and_by_folder() {
    let mut ids = BTreeSet::new();
    assert!(identities("b.mbox", &takeout(), &mut ids).iter().all(|r| *r == Role::Sent));
    let one = &messages()[1];
    assert_eq!(identities("M/.Sent/cur/1700000000.1.h:2,S", one, &mut ids), [Role::Sent]);
    assert_eq!(identities("Junk.mbox/Messages/1.emlx", &emlx(one), &mut ids), [Role::Spam]);
}
