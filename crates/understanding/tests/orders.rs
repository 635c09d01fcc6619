//! Orders read in mails of layouts that no shop has: a folder a case, `input.eml` beside
//! `expected.json`, where only what stands in the expectation is compared.

mod compare;

use compare::differences;
use mesinfos_reading::{Dom, Mail};
use mesinfos_understanding::{Letter, language, orders};
use serde_json::Value;
use std::path::Path;

fn read(eml: &Path) -> Value {
    let bytes = std::fs::read(eml).expect("the case has a mail");
    let mail = Mail::read(&bytes);
    let dom = mail.html.as_deref().map(Dom::parse);
    let letter = Letter::of(&mail, dom.as_ref());
    let read = orders::read(&letter, language::of(&letter));
    if let Some(r) = &read {
        for fact in &r.facts {
            assert!(fact.source.start <= fact.source.end, "{}: {fact:?}", eml.display());
        }
    }
    serde_json::to_value(read.map(|r| r.order)).expect("orders serialise")
}

#[test]
fn orders_of_any_layout_are_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/orders");
    let mut cases: Vec<_> =
        std::fs::read_dir(&root).expect("there are cases").flatten().map(|e| e.path()).collect();
    cases.sort();
    assert!(cases.len() >= 25);
    let mut failed = Vec::new();
    for case in cases {
        let want: Value = serde_json::from_slice(
            &std::fs::read(case.join("expected.json")).expect("an expectation"),
        )
        .expect("JSON");
        let got = read(&case.join("input.eml"));
        let mut out = Vec::new();
        differences("order", &want, &got, &mut out);
        if !out.is_empty() {
            let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
            failed.push(format!("{name}\n    {}", out.join("\n    ")));
        }
    }
    assert!(failed.is_empty(), "{} cases differ\n{}", failed.len(), failed.join("\n"));
}

/// Mails written to cost time: each is read in well under the second that a mail may take.
#[test]
fn hostile_mails_are_read_in_bounded_time() {
    let wrap = |body: String| {
        format!(
            "From: a@b.example\r\nSubject: Order 1234\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}"
        )
    };
    let plain = |body: String| {
        format!(
            "From: a@b.example\r\nSubject: Order 1234\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}"
        )
    };
    let mails = [
        ("one line of prices", plain("12,90 € ".repeat(100_000))),
        (
            "rows of prices",
            wrap(
                "<table>".to_owned()
                    + &"<tr><td>Lampe</td><td>2</td><td>12,90 €</td></tr>".repeat(15_000)
                    + "</table>",
            ),
        ),
        (
            "a row of cells",
            wrap("<table><tr>".to_owned() + &"<td>12,90 €</td>".repeat(50_000) + "</tr></table>"),
        ),
        ("titles without end", plain("Prix\n".repeat(100_000))),
        ("totals without end", plain((0..40_000).map(|i| format!("Total : {i},90 €\n")).collect())),
        ("labels without numbers", plain("commande ".repeat(100_000))),
        ("labels with numbers", plain("commande n° 12345 colis 12345678901 ".repeat(30_000))),
        (
            "nested scopes",
            wrap(
                "<div itemscope itemtype='http://schema.org/EmailMessage'>".repeat(10_000)
                    + "Commande n° 12345",
            ),
        ),
        (
            "a huge style",
            wrap(format!(
                "<div style='display:flex;{}'>{}</div>",
                "x".repeat(500_000),
                "<b>1</b>".repeat(50_000)
            )),
        ),
        ("nested tables", wrap("<table><tr><td>a</td><td>".repeat(5_000) + "12,90 €")),
        ("pictures", wrap("<img src='x.jpg'><p>Lampe</p><p>12,90 €</p>".repeat(10_000))),
        (
            "markup of many lines",
            wrap(format!(
                r#"<script type="application/ld+json">{{"@context":"https://schema.org","@type":"Order","acceptedOffer":[{}]}}</script>{}"#,
                vec![r#"{"itemOffered":{"name":"Lampe rouge"},"price":"1"}"#; 5_000].join(","),
                "<table><tr><td>Vase bleu</td><td>2</td><td>12,90 €</td></tr></table>"
                    .repeat(2_000)
            )),
        ),
    ];
    for (name, bytes) in mails {
        let mail = Mail::read(bytes.as_bytes());
        let dom = mail.html.as_deref().map(Dom::parse);
        let letter = Letter::of(&mail, dom.as_ref());
        let begun = std::time::Instant::now();
        let _ = orders::read(&letter, mesinfos_domain::Language::Fr);
        let took = begun.elapsed();
        eprintln!("{name}: {took:?}");
        assert!(
            took.as_secs() < 3,
            "{name} took {took:?} in an unoptimised build on a shared machine"
        );
    }
}
