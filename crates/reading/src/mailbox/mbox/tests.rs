//! An mbox is parted where its messages part, and nowhere else.

use super::super::{Seen, read as open};
use super::*;
use proptest::prelude::*;
use std::io::Cursor;

/// One message as shown: what stood before it, its bytes, its number.
type Shown = (Vec<u8>, Vec<u8>, u64, Quoting);

fn split_from(bytes: &[u8], from: Mark, stop_after: usize) -> (Vec<Shown>, Vec<Why>, Finish) {
    let (mut shown, mut skipped) = (Vec::new(), Vec::new());
    let finish = open("Mail.mbox", &mut Cursor::new(bytes), from, &mut |seen| {
        match seen {
            Seen::Arrival(a) => {
                let content = match a.content {
                    Content::Whole(bytes) => bytes,
                    Content::Large(rest) => {
                        let mut bytes = Vec::new();
                        rest.read_to_end(&mut bytes).expect("memory");
                        bytes
                    }
                };
                shown.push((a.before, content, a.place.number.expect("an mbox"), a.quoting));
            }
            Seen::Skipped(s) => skipped.push(s.why),
        }
        if shown.len() == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    (shown, skipped, finish.expect("memory"))
}

fn split(bytes: &[u8]) -> Vec<Shown> {
    split_from(bytes, Mark::default(), usize::MAX).0
}

fn bodies(bytes: &[u8]) -> Vec<String> {
    split(bytes).into_iter().map(|s| String::from_utf8_lossy(&s.1).into_owned()).collect()
}

const FROM: &str = "From a@b.example Mon Jan  5 10:00:00 2015\n";

#[test]
fn messages_are_parted_at_real_separators_only() {
    let mbox = format!(
        "{FROM}Subject: 1\n\nbody\n\nFrom here on it rains.\n\nFrom a@b.example Mon Jan  5 10:00:00 2015\nno header follows\n\n{FROM}Subject: 2\n\nnot after a blank line:\n{FROM}Subject: x\n\n"
    );
    let found = bodies(mbox.as_bytes());
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].starts_with("Subject: 2"));
}

#[test]
fn crlf_a_byte_order_mark_and_a_missing_first_separator_are_no_matter() {
    let mbox = format!("\u{feff}{FROM}Subject: 1\n\na\n\n{FROM}Subject: 2\n\nb\n");
    assert_eq!(bodies(mbox.as_bytes()).len(), 2);
    assert_eq!(bodies(mbox.replace('\n', "\r\n").as_bytes()).len(), 2);
    let headless = format!("Subject: 1\nFrom: a\n\na\n\n{FROM}Subject: 2\n\nb\n");
    assert_eq!(bodies(headless.as_bytes()).len(), 2);
}

#[test]
fn noise_before_the_first_message_is_passed_over_and_told() {
    let mbox =
        format!("{}\n{FROM}Subject: 1\n\na\n\n{FROM}Subject: 2\n\nb\n", "#%! noise ".repeat(300));
    let (shown, skipped, _) = split_from(mbox.as_bytes(), Mark::default(), usize::MAX);
    assert_eq!((shown.len(), skipped), (2, vec![Why::Noise]));
}

#[test]
fn a_true_content_length_keeps_bare_from_lines_and_a_false_one_loses_nothing() {
    let body = format!("text\n\n{FROM}Subject: inner\n\nend\n");
    let message = |length: usize| format!("{FROM}Subject: 1\nContent-Length: {length}\n\n{body}\n");
    let last = format!("{FROM}Subject: 2\n\nb\n");
    let good = split((message(body.len()) + &last).as_bytes());
    assert_eq!(good.len(), 2);
    assert_eq!(good[0].3, Quoting::None);
    for lie in [0, 3, body.len() - 5, body.len() + 40, 1 << 40] {
        let found = split((message(lie) + &last).as_bytes());
        // The inner separator counts then: one wrong split, and every byte is there.
        assert_eq!(found.len(), 3, "Content-Length: {lie}");
    }
}

#[test]
fn a_reading_stopped_at_any_message_goes_on_where_it_was() {
    let mbox: String = (1..=5).map(|n| format!("{FROM}Subject: {n}\n\nbody {n}\n\n")).collect();
    let whole = split(mbox.as_bytes());
    assert_eq!(whole.len(), 5);
    for stop in 1..5 {
        let (mut first, _, finish) = split_from(mbox.as_bytes(), Mark::default(), stop);
        let Finish::GoOn(mark) = finish else { panic!("stopped") };
        first.extend(split_from(mbox.as_bytes(), mark, usize::MAX).0);
        assert_eq!(first, whole, "stopped after {stop}");
    }
}

#[test]
fn a_message_too_large_to_hold_is_streamed_once_and_the_next_is_found() {
    let line = "x".repeat(75) + "\n";
    let body = line.repeat(limits::MESSAGE_BYTES / 76 + 1);
    let mbox =
        format!("{FROM}Subject: 1\n\na\n\n{FROM}Subject: big\n\n{body}\n{FROM}Subject: 3\n\nc\n");
    let found = split(mbox.as_bytes());
    assert_eq!(found.len(), 3);
    assert_eq!(found[1].1.len(), body.len() + "Subject: big\n\n\n".len());
    assert_eq!(found[2].2, 3);
    // Passed over unread, the next is found all the same.
    let mut count = 0;
    open("m.mbox", &mut Cursor::new(mbox.as_bytes()), Mark::default(), &mut |_| {
        count += 1;
        ControlFlow::Continue(())
    })
    .expect("memory");
    assert_eq!(count, 3);
}

#[test]
fn the_limit_is_crossed_by_one() {
    for (extra, is_large) in [(0, false), (1, true)] {
        let mut mbox = format!("{FROM}Subject: 1\n\n").into_bytes();
        let from = FROM.len();
        mbox.resize(from + limits::MESSAGE_BYTES + extra, b'x');
        let mut seen = None;
        open("m.mbox", &mut Cursor::new(&mbox), Mark::default(), &mut |s| {
            if let Seen::Arrival(a) = s {
                seen = Some(matches!(a.content, Content::Large(_)));
            }
            ControlFlow::Continue(())
        })
        .expect("memory");
        assert_eq!(seen, Some(is_large));
    }
}

#[test]
fn labels_of_takeout_are_read_in_the_persons_language() {
    let mbox = "From 1@xxx Mon Jan 05 10:00:00 +0000 2015\r\nX-GM-THRID: 1\r\nX-Gmail-Labels: =?UTF-8?Q?Messages_envoy=C3=A9s,Ouvert?=,\r\n \"a, b\"\r\nSubject: x\r\n\r\nb\r\n";
    let mut found = None;
    open(
        "Takeout/Mail/Tous les messages.mbox",
        &mut Cursor::new(mbox),
        Mark::default(),
        &mut |s| {
            if let Seen::Arrival(a) = s {
                found = Some((a.labels, a.role));
            }
            ControlFlow::Continue(())
        },
    )
    .expect("memory");
    let (labels, role) = found.expect("one message");
    assert_eq!(labels, ["Messages envoyés", "Ouvert", "a, b"]);
    assert_eq!(role, super::super::Role::Sent);
}

proptest! {
    #[test]
    fn the_pieces_joined_are_the_file(bytes in pieces(), cut in 0usize..400) {
        let bytes = &bytes[cut.min(bytes.len())..];
        let start = [FROM.as_bytes(), b"Subject: s\n\n", bytes].concat();
        let joined: Vec<u8> = split(&start).into_iter().flat_map(|s| [s.0, s.1].concat()).collect();
        prop_assert_eq!(joined, start);
    }

    #[test]
    fn messages_joined_are_split_again(messages in proptest::collection::vec("[a-z \n>]{0,80}", 1..12)) {
        let mbox: String = messages.iter().map(|m| format!("{FROM}Subject: s\n\n{m}\n\n")).collect();
        let found = bodies(mbox.as_bytes());
        let meant: Vec<String> = messages.iter().map(|m| format!("Subject: s\n\n{m}\n\n")).collect();
        prop_assert_eq!(found, meant);
    }
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(FROM.as_bytes().to_vec()),
        Just(b"\n\n".to_vec()),
        Just(b"\r\n\r\n".to_vec()),
        Just(b"From ".to_vec()),
        Just(b"Content-Length: 20\n".to_vec()),
        Just(b"Subject: x\n\n".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..50),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|p| p.concat())
}
