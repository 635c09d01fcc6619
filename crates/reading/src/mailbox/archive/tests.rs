//! Archives are read without unpacking, and hostile ones are refused with a reason.

use super::super::{Content, Finish, Mark, Seen, Why, read};
use crate::limits;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;

const MAIL: &str = "From: a@b.example\nSubject: s\n\nbody\n";
const MBOX: &str = "From a@b.example Mon Jan  5 10:00:00 2015\nSubject: 1\n\na\n\nFrom a@b.example Mon Jan  5 10:00:00 2015\nSubject: 2\n\nb\n\n";

/// Places of what was taken, reasons of what was not, and how it ended.
fn all(name: &str, bytes: &[u8], from: Mark, most: usize) -> (Vec<String>, Vec<Why>, Finish) {
    let (mut places, mut skipped) = (Vec::new(), Vec::new());
    let finish = read(name, &mut Cursor::new(bytes), from, &mut |seen| {
        match seen {
            Seen::Arrival(a) => {
                if let Content::Large(rest) = a.content {
                    std::io::copy(rest, &mut std::io::sink()).expect("memory");
                }
                places.push(a.place.to_string());
            }
            Seen::Skipped(s) => skipped.push(s.why),
        }
        if places.len() == most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    (places, skipped, finish.expect("memory does not fail"))
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("a name");
        writer.write_all(bytes).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).expect("memory");
    }
    builder.into_inner().expect("memory")
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

const ENTRIES: [(&str, &[u8]); 5] = [
    ("Takeout/Mail/Corbeille.mbox", MBOX.as_bytes()),
    ("Maildir/.Sent/cur/1700000000.1.h:2,S", MAIL.as_bytes()),
    ("a.eml", MAIL.as_bytes()),
    ("picture.jpg", b"\xff\xd8\xff"),
    ("notes.txt", b"nothing of a mail"),
];
const PLACES: [&str; 4] = [
    "!Takeout/Mail/Corbeille.mbox#1",
    "!Takeout/Mail/Corbeille.mbox#2",
    "!Maildir/.Sent/cur/1700000000.1.h:2,S",
    "!a.eml",
];

/// The four archives that people make.
fn archives() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("m.zip", zip(&ENTRIES)),
        ("m.tar", tar(&ENTRIES)),
        ("m.tar.gz", gz(&tar(&ENTRIES))),
        ("m.tar.zst", zstd::encode_all(&tar(&ENTRIES)[..], 1).expect("memory")),
    ]
}

#[test]
fn mailboxes_inside_archives_are_read_in_place() {
    for (name, bytes) in archives() {
        let (places, skipped, _) = all(name, &bytes, Mark::default(), usize::MAX);
        let meant: Vec<String> = PLACES.iter().map(|p| format!("{name}{p}")).collect();
        assert_eq!(places, meant);
        assert_eq!(skipped, [Why::NotMail, Why::NotMail], "{name}");
    }
}

#[test]
fn a_reading_of_an_archive_goes_on_where_it_stopped() {
    for (name, bytes) in archives() {
        for stop in 1..PLACES.len() {
            let (mut places, _, finish) = all(name, &bytes, Mark::default(), stop);
            let Finish::GoOn(mark) = finish else { panic!("{name} stopped") };
            places.extend(all(name, &bytes, mark, usize::MAX).0);
            assert_eq!(places, all(name, &bytes, Mark::default(), usize::MAX).0, "{name} {stop}");
        }
    }
}

#[test]
fn a_compressed_mailbox_is_read_and_damage_costs_only_what_comes_after() {
    let packed = gz(MBOX.repeat(500).as_bytes());
    assert_eq!(all("m.mbox.gz", &packed, Mark::default(), usize::MAX).0.len(), 1000);
    let cut = &packed[..packed.len() / 2];
    let (places, skipped, _) = all("m.mbox.gz", cut, Mark::default(), usize::MAX);
    assert!(places.len() > 100 && places.len() < 1000, "{}", places.len());
    assert_eq!(skipped, [Why::Damaged]);
}

#[test]
fn a_checksum_that_does_not_hold_gives_no_mail() {
    let mut bytes = zip(&[("a.eml", MAIL.as_bytes()), ("b.eml", MAIL.as_bytes())]);
    let sum = memchr::memmem::find(&bytes, b"PK\x01\x02").expect("a directory") + 16;
    bytes[sum] ^= 1;
    let (places, skipped, _) = all("m.zip", &bytes, Mark::default(), usize::MAX);
    assert_eq!((places, skipped), (vec!["m.zip!b.eml".to_owned()], vec![Why::Damaged]));
}

#[test]
fn bombs_nested_archives_and_broken_files_are_refused_with_a_reason() {
    let mut zeros = MBOX.as_bytes().to_vec();
    zeros.resize(64 << 20, 0);
    let truncated = &zip(&ENTRIES)[..60];
    for (name, bytes, why) in [
        ("bomb.zip", zip(&[("a.mbox", &zeros)]), Why::Bomb),
        ("bomb.mbox.gz", gz(&zeros), Why::Bomb),
        ("n.zip", zip(&[("inner.zip", &zip(&ENTRIES))]), Why::ArchiveInArchive),
        ("n.tar.gz", gz(&tar(&[("inner.tar.gz", &gz(MBOX.as_bytes()))])), Why::ArchiveInArchive),
        ("t.zip", truncated.to_vec(), Why::Damaged),
        ("e.zip", zip(&[]), Why::Empty),
        ("o.pst", b"!BDN....".to_vec(), Why::Outlook),
        ("x.rar", b"Rar!\x1a\x07\x01\0".to_vec(), Why::UnknownArchive),
        (
            "u.mbox",
            "From: a@b.example\n".encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Why::Utf16,
        ),
    ] {
        let (places, skipped, _) = all(name, &bytes, Mark::default(), usize::MAX);
        // What came before the absurd part was mail.
        let before = usize::from(why == Why::Bomb);
        assert_eq!((places.len(), skipped), (before, vec![why]), "{name}");
    }
}

#[test]
fn links_and_devices_are_not_followed() {
    let mut builder = ::tar::Builder::new(Vec::new());
    for kind in [::tar::EntryType::Symlink, ::tar::EntryType::Link, ::tar::EntryType::Fifo] {
        let mut header = ::tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        builder.append_link(&mut header, "a.eml", "/etc/passwd").expect("memory");
    }
    let bytes = builder.into_inner().expect("memory");
    assert_eq!(all("l.tar", &bytes, Mark::default(), usize::MAX).1, [Why::NotAFile; 3]);
}

#[test]
fn entries_that_share_bytes_are_refused() {
    let mut bytes = zip(&[("a.eml", MAIL.as_bytes()), ("b.eml", MAIL.as_bytes())]);
    let second = memchr::memmem::rfind(&bytes, b"PK\x01\x02").expect("a directory");
    bytes[second + 42..second + 46].fill(0);
    assert_eq!(all("o.zip", &bytes, Mark::default(), usize::MAX).1, [Why::Overlapping]);
}

#[test]
fn a_step_takes_so_many_entries_and_the_next_goes_on() {
    // A tar by hand: 200,001 empty entries, which the builder would make slowly.
    let mut header = ::tar::Header::new_gnu();
    header.set_path("a.eml").expect("a name");
    header.set_size(0);
    header.set_cksum();
    let count = limits::ARCHIVE_ENTRIES + 1;
    let one = header.as_bytes();
    let mut many = Cursor::new(Vec::with_capacity(512 * (count as usize + 2)));
    for _ in 0..count {
        many.write_all(one).expect("memory");
    }
    many.write_all(&[0; 1024]).expect("memory");
    let bytes = many.into_inner();
    let (_, skipped, finish) = all("m.tar", &bytes, Mark::default(), usize::MAX);
    assert_eq!(skipped.len() as u64, limits::ARCHIVE_ENTRIES);
    let Finish::GoOn(mark) = finish else { panic!("a step ends") };
    let (_, skipped, finish) = all("m.tar", &bytes, mark, usize::MAX);
    assert_eq!((skipped.len(), finish), (1, Finish::Done));
}

#[test]
fn the_ratio_counts_only_after_ten_megabytes() {
    for (extra, taken, why) in [(0, 1, vec![]), (1, 0, vec![Why::Bomb])] {
        let packed = gz(&vec![b'a'; limits::ARCHIVE_FREE_BYTES as usize + extra]);
        let (places, skipped, _) = all("a.eml.gz", &packed, Mark::default(), usize::MAX);
        assert_eq!((places.len(), skipped), (taken, why));
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_after_a_magic_are_read(
        magic in 0usize..6,
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600),
    ) {
        let start: &[u8] = [&b"PK\x03\x04"[..], b"PK\x05\x06", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"PK\x01\x02", b""][magic];
        all("x.zip", &[start, &bytes].concat(), Mark::default(), usize::MAX);
    }

    #[test]
    fn a_damaged_archive_is_read_as_far_as_it_goes(at in 0usize..2000, with in proptest::prelude::any::<u8>(), which in 0usize..4) {
        let (name, mut bytes) = archives().swap_remove(which);
        let at = at % bytes.len();
        bytes[at] = with;
        all(name, &bytes, Mark::default(), usize::MAX);
    }
}
