//! The conversation as a machine: what is said to whom, where a mail ends, and that nothing of it
//! depends on how the bytes came.

use crate::session::{LINE_BYTES, Limits, Next, Outcome, Protocol, Session, Verdict};
use crate::target::{self, LIMITS, Seen, converse};
use proptest::prelude::*;

fn smtp(said: &str) -> Seen {
    converse(Protocol::Smtp, said.as_bytes(), &[])
}

fn lmtp(said: &str) -> Seen {
    converse(Protocol::Lmtp, said.as_bytes(), &[])
}

/// The codes of all replies but the greeting, lines of one reply together.
fn codes(seen: &Seen) -> Vec<&str> {
    let last = |l: &&str| !l.is_empty() && l.as_bytes().get(3) != Some(&b'-');
    seen.said.split("\r\n").filter(last).skip(1).map(|l| &l[..3]).collect()
}

const MAIL: &str =
    "EHLO mx.shop.example\r\nMAIL FROM:<a@shop.example>\r\nRCPT TO:<x@exemple.fr>\r\n";

#[test]
fn a_mail_is_taken_with_its_envelope() {
    let seen =
        smtp(&format!("{MAIL}RCPT TO:<y@exemple.fr>\r\nDATA\r\nA: b\r\n\r\n..c\r\n.\r\nQUIT\r\n"));
    assert_eq!(codes(&seen), ["250", "250", "250", "250", "354", "250", "221"]);
    let mail = &seen.mails[0];
    assert_eq!(mail.bytes, b"A: b\r\n\r\n.c\r\n");
    assert_eq!(mail.envelope.greeted_as, "mx.shop.example");
    assert_eq!(mail.envelope.sender.as_ref().unwrap().to_string(), "a@shop.example");
    let to: Vec<String> = mail.envelope.recipients.iter().map(|r| r.to_string()).collect();
    assert_eq!(to, ["x@exemple.fr", "y@exemple.fr"]);
    assert!(seen.is_over);
}

#[test]
fn in_lmtp_each_recipient_gets_a_reply_and_in_smtp_the_worst_decides() {
    let mail = |hello: &str| {
        format!(
            "{hello} mx\r\nMAIL FROM:<>\r\nRCPT TO:<x@e.fr>\r\nRCPT TO:<later@e.fr>\r\nDATA\r\nx\r\n.\r\n"
        )
    };
    let seen = lmtp(&mail("LHLO"));
    assert_eq!(codes(&seen), ["250", "250", "250", "250", "354", "250", "451"]);
    assert!(seen.said.contains("250 2.0.0 <x@e.fr>: kept\r\n451 4.3.0 <later@e.fr>: "));
    assert_eq!(codes(&smtp(&mail("EHLO"))), ["250", "250", "250", "250", "354", "451"]);
}

#[test]
fn who_is_not_taken_for_is_told_why_at_once() {
    for (name, code, words) in [
        ("no", "550 5.1.1", "no such address"),
        ("paused", "550 5.2.1", "paused"),
        ("closed", "550 5.2.1", "closed this address for good"),
        ("far", "550 5.7.1", "nothing is relayed"),
    ] {
        let seen = smtp(&format!("EHLO mx\r\nMAIL FROM:<>\r\nRCPT TO:<{name}@e.fr>\r\nDATA\r\n"));
        let reply = seen.said.split("\r\n").find(|l| l.starts_with(code)).expect(name);
        assert!(reply.contains(words) && reply.contains(&format!("<{name}@e.fr>")), "{reply}");
        assert_eq!(codes(&seen).last(), Some(&"503"), "no mail without a recipient");
    }
}

#[test]
fn commands_have_their_order() {
    for (said, code) in [
        ("MAIL FROM:<a@b.example>\r\n", "503"),
        ("EHLO mx\r\nRCPT TO:<a@b.example>\r\n", "503"),
        ("EHLO mx\r\nDATA\r\n", "503"),
        ("EHLO mx\r\nMAIL FROM:<>\r\nDATA\r\n", "503"),
        ("EHLO mx\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\n", "503"),
        ("EHLO mx\r\nMAIL FROM:<>\r\nRSET\r\nRCPT TO:<a@b.example>\r\n", "503"),
        ("EHLO mx\r\nMAIL FROM:<>\r\nEHLO mx\r\nRCPT TO:<a@b.example>\r\n", "503"),
        ("LHLO mx\r\n", "500"),
        ("EHLO mx\r\nSTARTTLS\r\n", "502"),
        ("HELO mx\r\nMAIL FROM:<>\r\nRCPT TO:<a@b.example>\r\n", "250"),
    ] {
        assert_eq!(codes(&smtp(said)).last(), Some(&code), "{said:?}");
    }
    assert_eq!(codes(&lmtp("EHLO mx\r\n")), ["500"]);
    assert_eq!(codes(&lmtp("HELO mx\r\n")), ["500"]);
}

#[test]
fn smuggled_mails_are_part_of_the_first_and_refused_with_it() {
    for end in ["\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r\n", "\r\n.\r", "\r\n\0.\r\n"] {
        let inner = "MAIL FROM:<admin@bank.example>\r\nRCPT TO:<y@exemple.fr>\r\nDATA\r\nfake";
        let said = format!("{MAIL}DATA\r\nx{end}{inner}\r\n.\r\nNOOP\r\n");
        let seen = smtp(&said);
        assert_eq!(seen.said.matches("\r\n354 ").count(), 1, "{end:?}");
        let has_bare = !end.contains('\0');
        assert_eq!(seen.mails.len(), usize::from(!has_bare), "{end:?}");
        assert_eq!(&codes(&seen)[4..], [if has_bare { "550" } else { "250" }, "250"], "{end:?}");
        // The host's own server cannot send it back: it is kept as it came, as one mail.
        let seen = lmtp(&said.replace("EHLO", "LHLO"));
        assert_eq!(seen.mails.len(), 1, "{end:?}");
        assert!(seen.mails[0].bytes.windows(4).any(|w| w == b"fake"), "{end:?}");
    }
}

#[test]
fn a_command_line_ends_as_it_must_or_all_ends() {
    for said in ["EHLO mx\nNOOP\r\n", "EHLO mx\rNOOP\r\n", "EHLO\0mx\r\nNOOP\r\n"] {
        let seen = smtp(said);
        assert_eq!((codes(&seen), seen.is_over), (vec!["500"], true), "{said:?}");
    }
}

#[test]
fn a_line_of_one_byte_more_than_the_limit_ends_it() {
    let line = |n: usize| format!("NOOP {}\r\n", "x".repeat(n - "NOOP \r\n".len()));
    let seen = smtp(&line(LINE_BYTES));
    assert_eq!((codes(&seen), seen.is_over), (vec!["250"], false));
    let seen = smtp(&line(LINE_BYTES + 1));
    assert_eq!((codes(&seen), seen.is_over), (vec!["500"], true));
}

#[test]
fn a_mail_of_one_byte_more_than_the_limit_is_too_large() {
    let data = |n: usize| format!("{MAIL}DATA\r\n{}\r\n.\r\nNOOP\r\n", "x".repeat(n - 2));
    let seen = smtp(&data(LIMITS.mail_bytes));
    assert_eq!((&codes(&seen)[4..], seen.mails.len()), (&["250", "250"][..], 1));
    let seen = smtp(&data(LIMITS.mail_bytes + 1));
    assert_eq!((&codes(&seen)[4..], seen.mails.len()), (&["552", "250"][..], 0));
    let announced = |n: usize| smtp(&format!("EHLO mx\r\nMAIL FROM:<> SIZE={n}\r\n"));
    assert_eq!(codes(&announced(LIMITS.mail_bytes)), ["250", "250"]);
    assert_eq!(codes(&announced(LIMITS.mail_bytes + 1)), ["250", "552"]);
    let seen = smtp(&data(3 * LIMITS.mail_bytes));
    assert!(seen.is_over, "much too large: its end is not waited for");
}

#[test]
fn one_recipient_more_than_the_limit_is_for_later_and_one_fault_more_ends_it() {
    let to = |n: usize| (0..n).map(|i| format!("RCPT TO:<{i}@e.fr>\r\n")).collect::<String>();
    let seen = smtp(&format!("EHLO mx\r\nMAIL FROM:<>\r\n{}DATA\r\nx\r\n.\r\n", to(4)));
    assert_eq!(codes(&seen), ["250", "250", "250", "250", "250", "452", "354", "250"]);
    let seen = smtp(&"X\r\n".repeat(LIMITS.faults - 1));
    assert!(!seen.is_over);
    let seen = smtp(&"X\r\n".repeat(LIMITS.faults));
    assert!(seen.is_over && seen.said.contains("\r\n421 4.7.0"));
    // Guessing addresses counts; from the host's own server it is no guessing.
    let no = "MAIL FROM:<>\r\n".to_owned() + &"RCPT TO:<no@e.fr>\r\n".repeat(LIMITS.faults);
    assert!(smtp(&format!("EHLO mx\r\n{no}")).is_over);
    assert!(!lmtp(&format!("LHLO mx\r\n{no}")).is_over);
}

#[test]
fn what_was_said_before_tls_is_forgotten_and_nothing_may_follow_the_word() {
    let begin = || {
        let mut session = Session::new(Protocol::Smtp, "mx", Limits::default(), true);
        session.feed(b"EHLO mx\r\n");
        assert_eq!(session.advance(), Next::Read);
        assert!(String::from_utf8(session.replies()).unwrap().contains("250-STARTTLS\r\n"));
        session
    };
    let mut session = begin();
    session.feed(b"STARTTLS\r\n");
    assert_eq!(session.advance(), Next::Handshake);
    session.secured();
    session.feed(b"MAIL FROM:<>\r\nEHLO mx\r\n");
    assert_eq!(session.advance(), Next::Read);
    let said = String::from_utf8(session.replies()).unwrap();
    assert!(said.contains("503 5.5.1 say hello first") && !said.contains("STARTTLS"), "{said}");
    assert!(session.is_secure());

    let mut session = begin();
    session.feed(b"STARTTLS\r\nMAIL FROM:<>\r\n");
    assert_eq!(session.advance(), Next::Close);
    assert!(session.replies().starts_with(b"554 5.5.0"));
}

#[test]
fn without_room_a_mail_is_for_later_and_its_bytes_are_let_go() {
    let mut session = Session::new(Protocol::Lmtp, "mx", Limits::default(), false);
    session.feed(b"LHLO mx\r\nMAIL FROM:<>\r\nRCPT TO:<a@e.fr>\r\n");
    assert!(matches!(session.advance(), Next::Check(_)));
    session.checked(&Verdict::Taken);
    session.feed(b"DATA\r\nhello\r\n");
    assert_eq!(session.advance(), Next::Read);
    assert_eq!((session.held(), session.is_receiving()), (7, true));
    session.no_room();
    assert_eq!(session.held(), 0);
    session.replies();
    session.feed(b"more\r\n.\r\n");
    assert_eq!(session.advance(), Next::Read);
    assert!(session.replies().starts_with(b"452 4.3.1"));
}

#[test]
fn a_mail_for_which_no_outcome_is_given_is_for_later() {
    let mut session = Session::new(Protocol::Lmtp, "mx", Limits::default(), false);
    session
        .feed(b"LHLO mx\r\nMAIL FROM:<>\r\nRCPT TO:<a@e.fr>\r\nRCPT TO:<b@e.fr>\r\nDATA\r\n.\r\n");
    for _ in 0..2 {
        assert!(matches!(session.advance(), Next::Check(_)));
        session.checked(&Verdict::Taken);
    }
    assert!(matches!(session.advance(), Next::Deliver(_)));
    session.replies();
    session.delivered(&[Outcome::Kept]);
    let said = String::from_utf8(session.replies()).unwrap();
    assert!(said.starts_with("250 ") && said.contains("\r\n451 "), "{said}");
}

#[test]
fn every_seed_goes_through_the_fuzzer_s_target() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/conversation");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is in the repository") {
        target::conversation(&std::fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count >= 8, "{count} seeds");
}

/// What another side may say: words of the protocol, and bytes.
fn said() -> impl Strategy<Value = Vec<u8>> {
    let word = prop_oneof![
        Just(&b"EHLO mx\r\n"[..]),
        Just(&b"LHLO mx\r\n"[..]),
        Just(&b"MAIL FROM:<a@b.example>\r\n"[..]),
        Just(&b"RCPT TO:<x@e.fr>\r\n"[..]),
        Just(&b"RCPT TO:<no@e.fr>\r\n"[..]),
        Just(&b"RCPT TO:<later@e.fr>\r\n"[..]),
        Just(&b"DATA\r\n"[..]),
        Just(&b"RSET\r\n"[..]),
        Just(&b"QUIT\r\n"[..]),
        Just(&b".\r\n"[..]),
        Just(&b"."[..]),
        Just(&b"\r"[..]),
        Just(&b"\n"[..]),
        Just(&b"\r\n"[..]),
        Just(&b"Subject: hello\r\n"[..]),
    ];
    let piece = prop_oneof![
        9 => word.prop_map(<[u8]>::to_vec),
        1 => proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Begins as a mail does, so that its text is reached often.
fn in_a_mail() -> impl Strategy<Value = Vec<u8>> {
    let hello = prop_oneof![Just("EHLO"), Just("LHLO")];
    (hello, said()).prop_map(|(hello, rest)| {
        let head = format!("{hello} mx\r\nMAIL FROM:<>\r\nRCPT TO:<x@e.fr>\r\nDATA\r\n");
        [head.as_bytes(), &rest].concat()
    })
}

proptest! {
    #[test]
    fn how_the_bytes_came_changes_nothing(
        bytes in prop_oneof![said(), in_a_mail()],
        pieces in proptest::collection::vec(1_usize..20, 1..30),
        is_lmtp: bool,
    ) {
        let protocol = if is_lmtp { Protocol::Lmtp } else { Protocol::Smtp };
        let (whole, cut) = (converse(protocol, &bytes, &[]), converse(protocol, &bytes, &pieces));
        prop_assert_eq!((whole.said, whole.mails), (cut.said, cut.mails));
    }

    #[test]
    fn a_text_that_is_stuffed_as_it_must_be_comes_back(
        lines in proptest::collection::vec("[.a-z]{0,12}", 0..12),
        pieces in proptest::collection::vec(1_usize..9, 1..9),
    ) {
        let text: String = lines.iter().map(|l| format!("{l}\r\n")).collect();
        let stuffed: String = lines
            .iter()
            .map(|l| if l.starts_with('.') { format!(".{l}\r\n") } else { format!("{l}\r\n") })
            .collect();
        let seen = converse(
            Protocol::Smtp, format!("{MAIL}DATA\r\n{stuffed}.\r\nQUIT\r\n").as_bytes(), &pieces,
        );
        prop_assert_eq!(&seen.mails[0].bytes, text.as_bytes());
        prop_assert!(seen.is_over);
    }

    #[test]
    fn any_bytes_are_borne(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        target::conversation(&bytes);
    }
}
