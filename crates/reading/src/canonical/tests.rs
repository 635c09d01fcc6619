//! Two arrivals of one message are one; each comes back byte for byte.

use super::*;
use proptest::prelude::*;

fn same(message: &[u8], quoting: Quoting) -> Canonical {
    let c = canonical(message, quoting);
    assert_eq!(restore(&c.bytes, &c.kept), message, "restored from {:?}", c.kept);
    assert_eq!(Kept::decode(&c.kept.encode()), Some(c.kept.clone()));
    c
}

#[test]
fn line_ends_quoting_and_local_headers_do_not_make_another_message() {
    let plain = b"Subject: a\n\nFrom here on\n>From me\nend\n";
    let mbox = b"X-GM-THRID: 1\r\nX-Gmail-Labels: =?UTF-8?Q?a?=,\r\n b\r\nSubject: a\r\nStatus: RO\r\n\r\n>From here on\r\n>>From me\r\nend\r\n\r\n";
    let (a, b) = (same(plain, Quoting::None), same(mbox, Quoting::Nested));
    assert_eq!(a.bytes, b.bytes);
    assert_eq!(a.sha256, b.sha256);
    assert_eq!(b.kept.removed.len(), 3);
    assert_eq!(a.bytes, plain);
}

#[test]
fn another_body_is_another_message() {
    assert_ne!(
        canonical(b"Subject: a\n\nx\n", Quoting::None).sha256,
        canonical(b"Subject: a\n\ny\n", Quoting::None).sha256
    );
}

#[test]
fn a_header_name_in_the_body_stays() {
    let c = same(b"Subject: a\n\nStatus: shipped\nLines: 3\n", Quoting::None);
    assert_eq!(c.bytes, b"Subject: a\n\nStatus: shipped\nLines: 3\n");
}

#[test]
fn the_older_quoting_leaves_deeper_quotes_alone() {
    let c = same(b"A: b\n\n>From x\n>>From y\nFrom z\n", Quoting::Plain);
    assert_eq!(c.bytes, b"A: b\n\nFrom x\n>>From y\nFrom z\n");
}

#[test]
fn odd_ends_come_back() {
    for odd in [
        &b""[..],
        b"\n",
        b"\r",
        b"\r\n\r",
        b"a",
        b"a\r",
        b"a\r\r\nb\n\r\n\n\n",
        b"Status: x",
        b"Status: x\r\n\r\n\r\n",
        b"A: b\nStatus: x\n\n\n",
        b"A: b\n\n\n\nLines: 3",
        b" fold\nStatus: x\n\tmore\nB: c\n\n",
    ] {
        for q in [Quoting::None, Quoting::Plain, Quoting::Nested] {
            same(odd, q);
        }
    }
}

/// Bytes that look like mail more often than chance would have it.
fn mailish() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"\r".to_vec()),
        Just(b"\n\n".to_vec()),
        Just(b"From ".to_vec()),
        Just(b">From ".to_vec()),
        Just(b">>From ".to_vec()),
        Just(b">".to_vec()),
        Just(b"Status: R".to_vec()),
        Just(b"X-Mozilla-Keys:".to_vec()),
        Just(b"Subject: x".to_vec()),
        Just(b" ".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..6),
        proptest::collection::vec(any::<u8>(), 150..200),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|p| p.concat())
}

fn quoting() -> impl Strategy<Value = Quoting> {
    prop_oneof![Just(Quoting::None), Just(Quoting::Plain), Just(Quoting::Nested)]
}

proptest! {
    #[test]
    fn every_arrival_comes_back_byte_for_byte(message in mailish(), q in quoting()) {
        same(&message, q);
    }

    #[test]
    fn the_canonical_form_is_its_own(message in mailish(), q in quoting()) {
        let once = canonical(&message, q);
        let twice = canonical(&once.bytes, Quoting::None);
        prop_assert_eq!(&twice.bytes, &once.bytes);
        prop_assert!(twice.kept.removed.is_empty());
    }

    #[test]
    fn pieces_of_any_size_give_the_same(message in mailish(), q in quoting(), size in 1usize..200) {
        struct Pieces<'a>(&'a [u8], usize);
        impl Read for Pieces<'_> {
            fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
                let n = self.1.min(self.0.len()).min(buf.len());
                buf[..n].copy_from_slice(&self.0[..n]);
                self.0 = &self.0[n..];
                Ok(n)
            }
        }
        let whole = canonical(&message, q);
        let mut out = Vec::new();
        let streamed = stream(&mut Pieces(&message, size), q, &mut out).expect("memory");
        prop_assert_eq!(out, whole.bytes);
        prop_assert_eq!(streamed.sha256, whole.sha256);
        prop_assert_eq!(streamed.kept, whole.kept);
    }

    #[test]
    fn stored_arrival_data_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        if let Some(kept) = Kept::decode(&bytes)
            && kept.line_feeds < 1000 && kept.last_returns < 1000
            && kept.ends.iter().all(|e| e.1 < 1000)
            && kept.removed.iter().all(|r| r.at < 1000)
        {
            restore(b"Subject: x\n\nbody\n", &kept);
        }
    }
}
