//! What a person would read in a mail program is what is read here.

use super::*;
use crate::limits;

fn mail(text: &str) -> Mail {
    Mail::read(text.as_bytes())
}

fn codes(mail: &Mail) -> Vec<&str> {
    mail.problems.iter().map(|p| p.code.as_str()).collect()
}

const HEAD: &str = "From: a@b.example\nDate: Tue, 24 Nov 2026 10:00:00 +0100\nSubject: s\n";

#[test]
fn headers_are_decoded_and_unfolded() {
    let m = mail(
        "From: =?utf-8?Q?Caf=C3=A9?= <a@B.example>\nSubject: =?utf-8?B?w4l0w6k=?=\n 2026\nList-Id: =?utf-8?Q?=C3=A9?=\n\t<x.b.example>\nDate: Tue, 24 Nov 2026 10:00:00 +0100\nMessage-ID: <1@b.example>\n\nx\n",
    );
    assert_eq!(m.subject, "Été 2026");
    assert_eq!(
        m.from.as_ref().map(|f| (f.name.as_str(), f.address.as_str())),
        Some(("Café", "a@b.example"))
    );
    assert_eq!(m.header("list-id"), Some("é <x.b.example>"));
    assert_eq!(m.message_id.as_deref(), Some("1@b.example"));
    assert_eq!(m.date_offset, 60);
    assert!(m.problems.is_empty(), "{:?}", m.problems);
}

#[test]
fn raw_latin_headers_are_read() {
    let m = Mail::read(b"From: Andr\xe9 <a@b.example>\nSubject: d\xe9j\xe0 vu\nDate: Tue, 24 Nov 2026 10:00:00 +0100\n\nx\n");
    assert_eq!(m.subject, "déjà vu");
    assert_eq!(m.from.map(|f| f.name).as_deref(), Some("André"));
}

#[test]
fn a_date_that_makes_no_sense_falls_back_to_the_last_relay_and_says_so() {
    let m = mail(
        "Received: from x by y; Tue, 24 Nov 2026 09:00:00 +0000\nFrom: a@b.example\nDate: yesterday\n\nx\n",
    );
    assert_eq!(m.date, Some(1_795_510_800_000_000));
    assert_eq!(codes(&m), ["mail-date-unreadable"]);
    assert_eq!(mail("From: a@b.example\n\nx\n").date, None);
}

#[test]
fn a_placeholder_text_does_not_win_over_html() {
    let html = format!("<html><body><p>{}</p></body></html>", "Votre commande ".repeat(400));
    let m = mail(&format!(
        "{HEAD}Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nYour program does not show HTML.\n--x\nContent-Type: text/html\n\n{html}\n--x--\n"
    ));
    assert_eq!(m.text, None);
    assert!(m.html.is_some());
}

#[test]
fn inline_text_parts_are_joined_and_named_ones_are_attached() {
    let m = mail(&format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\none\n--x\nContent-Type: text/plain; name=\"notes.txt\"\nContent-Disposition: attachment; filename=\"notes.txt\"\n\nnotes\n--x\nContent-Type: text/plain\n\ntwo\n--x\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--x--\n"
    ));
    let text = m.text.expect("a text");
    assert!(text.contains("one") && text.contains("two") && !text.contains("notes"), "{text}");
    let kinds: Vec<&str> = m.attachments.iter().map(|a| a.media_type.as_str()).collect();
    assert_eq!(kinds, ["text/plain", "text/calendar"]);
    assert_eq!(m.attachments[0].name.as_deref(), Some("notes.txt"));
}

#[test]
fn charsets_that_lie_are_seen_through() {
    let utf8_as_latin = format!("{HEAD}Content-Type: text/plain; charset=iso-8859-1\n\ndéjà vu\n");
    assert_eq!(mail(&utf8_as_latin).text.as_deref(), Some("déjà vu\n"));
    let mut latin_as_utf8 =
        format!("{HEAD}Content-Type: text/plain; charset=utf-8\n\n").into_bytes();
    latin_as_utf8.extend(b"d\xe9j\xe0 vu \x80\n");
    assert_eq!(Mail::read(&latin_as_utf8).text.as_deref(), Some("déjà vu €\n"));
    let mut true_latin =
        format!("{HEAD}Content-Type: text/plain; charset=iso-8859-15\n\n").into_bytes();
    true_latin.extend(b"12 \xa4\n");
    assert_eq!(Mail::read(&true_latin).text.as_deref(), Some("12 €\n"));
    let qp = format!(
        "{HEAD}Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<meta charset=3D\"windows-1252\"><p>d=E9j=E0=\n vu</p>\n"
    );
    assert!(mail(&qp).html.is_some_and(|h| h.contains("déjà vu")));
}

#[test]
fn flowed_text_flows() {
    let m = mail(&format!(
        "{HEAD}Content-Type: text/plain; format=flowed\n\none \ntwo\n> q1 \n> q2\n-- \nme\n"
    ));
    assert_eq!(m.text.as_deref(), Some("one two\n> q1 q2\n-- \nme\n"));
}

#[test]
fn attached_messages_are_read_five_deep_and_no_deeper() {
    let mut text = format!("{HEAD}\nthe innermost\n");
    for _ in 0..limits::EMBEDDED_DEPTH + 1 {
        text = format!("{HEAD}Content-Type: message/rfc822\n\n{text}");
    }
    let mut now = mail(&text);
    for _ in 0..limits::EMBEDDED_DEPTH {
        now = now.inner(0).expect("within the limit");
    }
    assert!(now.inner(0).is_none());
    assert_eq!(codes(&now), ["mail-inside-mail-too-deep"]);
}

#[test]
fn sealed_and_foreign_parts_are_noted() {
    for (kind, code) in [
        ("application/ms-tnef; name=winmail.dat", "mail-tnef"),
        ("application/pkcs7-mime; smime-type=enveloped-data", "mail-encrypted"),
        ("message/partial; id=1; number=1", "mail-partial"),
    ] {
        assert_eq!(codes(&mail(&format!("{HEAD}Content-Type: {kind}\n\nAAAA\n"))), [code]);
    }
}

#[test]
fn odd_beginnings_are_no_matter() {
    for text in [
        "\u{feff}From: a@b.example\nSubject: s\n\nx\n".to_owned(),
        "From - Tue Nov 24 10:00:00 2026\nFrom: a@b.example\nSubject: s\n\nx\n".to_owned(),
        "From: a@b.example\rSubject: s\r\rx\r".to_owned(),
        "\n\nFrom: a@b.example\nSubject: s\n\nx\n".to_owned(),
    ] {
        let m = mail(&text);
        assert_eq!(
            (m.subject.as_str(), m.text.as_deref().map(str::trim)),
            ("s", Some("x")),
            "{text:?}"
        );
    }
    let m = mail("no header here at all\n\nbut text\n");
    assert!(m.text.is_some_and(|t| t.contains("but text")));
}

/// Each limit, crossed by one.
mod limit {
    use super::*;

    #[test]
    fn of_a_message() {
        for (extra, cut) in [(0, false), (1, true)] {
            let mut bytes = format!("{HEAD}\n").into_bytes();
            bytes.resize(limits::MESSAGE_BYTES + extra, b'x');
            let m = Mail::read(&bytes);
            assert_eq!(codes(&m).contains(&"mail-too-large"), cut);
            assert_eq!(m.subject, "s");
        }
    }

    #[test]
    fn of_headers() {
        let name = "X-Long: ";
        for (extra, long) in [(0, false), (1, true)] {
            let value = "v".repeat(limits::HEADER_BYTES - 2 + extra);
            let m = mail(&format!("{HEAD}{name}{value}\n\nx\n"));
            assert_eq!(codes(&m).contains(&"mail-header-too-long"), long, "{extra}");
        }
        for (extra, large) in [(0, false), (1, true)] {
            let mut head = HEAD.to_owned();
            while head.len() < limits::HEADER_BLOCK_BYTES + extra {
                let left = limits::HEADER_BLOCK_BYTES + extra - head.len();
                let line = if left > 60_000 { 50_000 } else { left };
                head.push_str(&format!("{name}{}\n", "v".repeat(line - name.len() - 1)));
            }
            let m = mail(&format!("{head}\nx\n"));
            assert_eq!(codes(&m).contains(&"mail-headers-too-large"), large, "{extra}");
            assert_eq!(m.text.as_deref(), Some("x\n"));
        }
    }

    #[test]
    fn of_recipients() {
        for (extra, many) in [(0, false), (1, true)] {
            let to = vec!["a@b.example"; limits::RECIPIENTS + extra].join(",");
            let m = mail(&format!("{HEAD}To: {to}\n\nx\n"));
            assert_eq!(m.to.len(), limits::RECIPIENTS);
            assert_eq!(codes(&m).contains(&"mail-too-many-recipients"), many);
        }
    }

    #[test]
    fn of_parts() {
        for (extra, many) in [(0, false), (1, true)] {
            // The container counts as one.
            let part = "--x\n\npart\n";
            let parts = part.repeat(limits::MIME_PARTS - 1 + extra);
            let m =
                mail(&format!("{HEAD}Content-Type: multipart/mixed; boundary=x\n\n{parts}--x--\n"));
            assert_eq!(codes(&m).contains(&"mail-too-many-parts"), many);
        }
    }

    #[test]
    fn of_nesting() {
        for (extra, deep) in [(0, false), (1, true)] {
            let depth = limits::MIME_DEPTH + extra;
            let mut body = "Content-Type: text/plain\n\ninnermost\n".to_owned();
            for n in 0..depth {
                body = format!(
                    "Content-Type: multipart/mixed; boundary=b{n}x\n\n--b{n}x\n{body}\n--b{n}x--\n"
                );
            }
            let m = mail(&format!("{HEAD}{body}"));
            assert_eq!(codes(&m).contains(&"mail-too-deep"), deep);
            assert_eq!(m.text.is_some(), !deep);
        }
    }

    #[test]
    fn of_bodies_and_attachments() {
        for (extra, large) in [(0, false), (1, true)] {
            let text = "x".repeat(limits::TEXT_BYTES + extra);
            let m = mail(&format!("{HEAD}\n{text}"));
            assert_eq!(codes(&m).contains(&"mail-body-too-large"), large);
            assert_eq!(m.text.map(|t| t.len()), Some(limits::TEXT_BYTES));
            let data = "x".repeat(limits::ATTACHMENT_BYTES + extra);
            let m = mail(&format!("{HEAD}Content-Type: application/octet-stream\n\n{data}"));
            assert_eq!(codes(&m).contains(&"attachment-too-large"), large);
            assert_eq!(m.attachments[0].size, data.len() as u64);
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        Mail::read(&bytes);
    }

    #[test]
    fn odd_mime_is_read(pieces in proptest::collection::vec(0usize..14, 0..40)) {
        const PIECES: [&str; 14] = [
            "From: a@b.example\n", "Content-Type: multipart/mixed; boundary=x\n", "\n", "--x\n", "--x--\n",
            "Content-Type: message/rfc822\n", "Content-Transfer-Encoding: base64\n", "text ",
            "Content-Type: text/html; charset=utf-7\n", "--", "Content-Type: multipart/alternative; boundary=\"\"\n",
            "\r\n", "=?utf-8?Q?", "Content-Type: multipart/digest; boundary=x\n",
        ];
        let text: String = pieces.iter().map(|&i| PIECES[i]).collect();
        let m = Mail::read(text.as_bytes());
        for a in &m.attachments {
            Mail::content(text.as_bytes(), a.part);
        }
        m.inner(0);
    }
}

#[test]
fn a_mail_that_was_cut_off_in_its_text_is_read_as_far_as_it_goes() {
    for (encoding, body) in [
        ("quoted-printable", "Votre colis est arriv=C3=A9=\n hier"),
        ("base64", "Vm90cmUgY29saXMgZXN0IGFycml2w6kgaGllcg"),
    ] {
        let m = mail(&format!(
            "{HEAD}Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{body}"
        ));
        let text = m.text.clone().unwrap_or_default();
        assert!(text.contains("Votre colis est arrivé hier"), "{encoding}: {text}");
    }
}

#[test]
fn a_first_boundary_right_below_the_headers_still_parts_the_mail() {
    let m = mail(
        "From: a@b.example\nContent-Type: multipart/alternative;\n\tboundary=\"=_x\"\n--=_x\nContent-Type: text/plain\n\nVotre colis vous attend depuis hier au relais de la place.\n--=_x\nContent-Type: text/html\n\n<p>page et tout ce qui la remplit</p>\n--=_x--\n",
    );
    assert!(m.text.is_some_and(|t| t.contains("relais") && !t.contains("=_x")));
    assert!(m.html.is_some_and(|h| h.contains("page") && !h.contains("=_x")));
}
