//! Every malformation that mail is known for goes through every reader: the samples in `cases/`,
//! which are the fuzzer's seeds too, and those made here because of their size.

#[path = "../../../fuzz/targets.rs"]
mod targets;

use std::path::Path;
use std::time::{Duration, Instant};

/// Wall time for all readers on one sample, on a busy machine and unoptimised.
const TIME: Duration = Duration::from_secs(10);

fn through_all(name: &str, bytes: &[u8]) {
    let start = Instant::now();
    targets::mail(bytes);
    targets::html(bytes);
    targets::canonical_form(bytes);
    targets::mbox(bytes);
    targets::archive(bytes);
    targets::emlx(bytes);
    let took = start.elapsed();
    assert!(took < TIME, "{name} took {took:?}");
}

#[test]
fn every_sample_goes_through_every_reader() {
    let mut count = 0;
    for kind in ["mail", "mbox", "html", "emlx"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases").join(kind);
        for entry in std::fs::read_dir(folder).expect("the folder is in the repository") {
            let path = entry.expect("it can be listed").path();
            through_all(&path.display().to_string(), &std::fs::read(&path).expect("a sample"));
            count += 1;
        }
    }
    assert!(count >= 20, "{count} samples");
}

/// A mail with this header and body.
fn mail(header: &str, body: &str) -> String {
    format!("From: a@b.example\nSubject: s\n{header}\n\n{body}\n")
}

#[test]
fn what_is_deep_long_or_many_goes_through_every_reader() {
    let mut nested = "innermost".to_owned();
    for n in 0..400 {
        nested =
            format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n{nested}\n--b{n}--\n");
    }
    let inside = (0..40).fold("From: a@b.example\n\nx\n".to_owned(), |m, _| {
        format!("From: a@b.example\nContent-Type: message/rfc822\n\n{m}")
    });
    let continued: String = (0..2000).map(|n| format!("; filename*{n}=x")).collect();
    for (name, text) in [
        ("nested parts", format!("From: a@b.example\n{nested}")),
        ("mails in mails", inside),
        (
            "many parts",
            mail("Content-Type: multipart/mixed; boundary=x", &"--x\n\np\n".repeat(5000)),
        ),
        ("many headers", mail(&"X-A: b\n".repeat(10_000), "x")),
        ("one long header", mail(&format!("X-A: {}", "v".repeat(500_000)), "x")),
        ("one long line", mail("", &"x".repeat(2_000_000))),
        ("many addresses", mail(&format!("To: {}", "a@b.example, ".repeat(8000)), "x")),
        ("deep comments", format!("From: {}a@b.example\n\nx\n", "(".repeat(20_000))),
        ("many continuations", mail(&format!("Content-Disposition: attachment{continued}"), "x")),
        ("encoded words", mail(&format!("X-A: {}", "=?utf-8?Q?=C3?= ".repeat(3000)), "x")),
        ("empty messages", "From a@b.example Mon Jan  5 10:00:00 2015\n\n".repeat(10_000)),
        ("deep html", mail("Content-Type: text/html", &"<div><table><tr><td>".repeat(10_000))),
        (
            "many attributes",
            mail("Content-Type: text/html", &format!("<p {}>", "a=b ".repeat(50_000))),
        ),
        ("nul", "\0".repeat(100_000)),
        ("cr", "a\r".repeat(100_000)),
        ("quoted", ">".repeat(300_000) + "From x"),
    ] {
        through_all(name, text.as_bytes());
    }
}
