//! A person finds each mail in the drawer where they would have put it, and each promotion with
//! its code: one folder a case in `cases/`.
#![expect(clippy::unwrap_used, reason = "a test says where it fails by failing")]

use mesinfos_reading::Mail;
use mesinfos_understanding::{Context, understand};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

/// Every case of a set with what is understood of its mail and what is expected.
fn cases(set: &str) -> Vec<(String, Value, Value)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases").join(set);
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let case = entry.unwrap().path();
            let name = case.file_name().unwrap().to_string_lossy().into_owned();
            let mail = Mail::read(&fs::read(case.join("input.eml")).unwrap());
            let understood = understand(&mail, &Context::default());
            let expected = fs::read(case.join("expected.json")).unwrap();
            (name, json!(understood), serde_json::from_slice(&expected).unwrap())
        })
        .collect();
    cases.sort_by(|a, b| a.0.cmp(&b.0));
    cases
}

#[test]
fn mails_of_all_walks_of_life_find_their_drawer() {
    let cases = cases("categories");
    assert!(cases.len() >= 60);
    let wrong: Vec<String> = cases
        .into_iter()
        .filter(|(_, understood, expected)| {
            understood["category"] != expected["category"]
                || understood["language"] != expected["language"]
        })
        .map(|(name, understood, expected)| {
            format!("{name}: {} {}, not {expected}", understood["category"], understood["language"])
        })
        .collect();
    assert_eq!(wrong, [""; 0], "in the wrong drawer or language");
}

#[test]
fn a_drawer_is_explained_by_words_that_stand_in_the_mail() {
    let mut explained = 0;
    let cases = cases("categories");
    let all = cases.len();
    for (name, understood, _) in cases {
        let facts = understood["facts"].as_array().unwrap();
        let reasons: Vec<&Value> = facts.iter().filter(|f| f["field"] == "category").collect();
        assert!(reasons.len() <= 3, "{name}");
        for reason in &reasons {
            assert_ne!(reason["source"]["words"], "", "{name} gives an empty reason");
        }
        explained += usize::from(!reasons.is_empty());
    }
    assert!(explained * 100 >= all * 95, "only {explained} of {all} say why");
}

#[test]
fn promotions_are_read_with_their_conditions() {
    let cases = cases("offers");
    assert!(cases.len() >= 15);
    for (name, understood, expected) in cases {
        let offers = understood["offers"].as_array().unwrap();
        let due = expected["offers"].as_array().unwrap();
        assert_eq!(offers.len(), due.len(), "{name}: {offers:?}");
        for (offer, due) in offers.iter().zip(due) {
            for (field, value) in due.as_object().unwrap() {
                assert_eq!(&offer[field], value, "{name}: {field} of {offer}");
            }
        }
    }
}
