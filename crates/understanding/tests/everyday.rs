//! Mails of carriers, shops, bodies and people of everyday life, understood as a whole: a folder a
//! case in `cases/everyday`, where only what stands in the expectation is compared.

mod compare;
#[path = "../../../fuzz/understanding.rs"]
mod target;

use mesinfos_reading::Mail;
use mesinfos_understanding::{Context, understand};
use serde_json::Value;
use std::path::Path;

#[test]
fn mails_of_everyday_life_are_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/everyday");
    let mut cases: Vec<_> =
        std::fs::read_dir(&root).expect("there are cases").flatten().map(|e| e.path()).collect();
    cases.sort();
    assert!(cases.len() >= 30);
    let mut failed = Vec::new();
    for case in cases {
        let read = |name: &str| std::fs::read(case.join(name)).expect("the case has it");
        let want: Value = serde_json::from_slice(&read("expected.json")).expect("JSON");
        let got = understand(&Mail::read(&read("input.eml")), &Context::default());
        let got = serde_json::to_value(got).expect("facts serialise");
        let mut out = Vec::new();
        compare::differences("", &want, &got, &mut out);
        if !out.is_empty() {
            let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
            failed.push(format!("{name}\n    {}", out.join("\n    ")));
        }
    }
    assert!(failed.is_empty(), "{} cases differ\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_case_goes_through_the_fuzzer_s_target() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let (mut folders, mut count) = (vec![root], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it can be listed").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "eml") {
                target::understanding(&std::fs::read(path).expect("a case"));
                count += 1;
            }
        }
    }
    assert!(count >= 300, "{count} cases");
}
