//! Orders read in mails of layouts that no shop has: a folder a case, `input.eml` beside
//! `expected.json`, where only what stands in the expectation is compared.

use mesinfos_reading::{Dom, Mail};
use mesinfos_understanding::{Letter, language, orders};
use serde_json::Value;
use std::path::Path;

/// What differs, as paths with both values.
fn differences(path: &str, want: &Value, got: &Value, out: &mut Vec<String>) {
    match (want, got) {
        (Value::Object(w), Value::Object(_)) => {
            for (k, v) in w {
                differences(&format!("{path}.{k}"), v, &got[k], out);
            }
        }
        (Value::Array(w), Value::Array(g)) => {
            if w.len() != g.len() {
                out.push(format!("{path}: {} wanted, {} read: {got}", w.len(), g.len()));
                return;
            }
            for (i, (w, g)) in w.iter().zip(g).enumerate() {
                differences(&format!("{path}[{i}]"), w, g, out);
            }
        }
        (Value::Number(w), Value::Number(g)) if w.as_f64() == g.as_f64() => {}
        (w, g) if w == g => {}
        _ => out.push(format!("{path}: {want} wanted, {got} read")),
    }
}

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
