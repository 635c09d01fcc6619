//! The words: both languages say the same things, and no page asks for a sentence that is not there.

use mesinfos_server::words::{Locale, Words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Key to the values it names, for every sentence of a language.
fn sentences(locale: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(locale);
    let mut all = BTreeMap::new();
    for file in std::fs::read_dir(folder).expect("the locales stand beside the code") {
        let path = file.expect("a readable folder").path();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let mut key = String::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some((name, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}']))
            {
                key = name.to_owned();
                assert!(
                    all.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} stands twice in {locale}"
                );
            }
            for (at, _) in line.match_indices('$') {
                let rest = &line[at + 1..];
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
                let name = &rest[..end.unwrap_or(rest.len())];
                all.get_mut(&key).expect("a sentence is open").insert(name.to_owned());
            }
        }
    }
    all
}

/// Every literal key that templates and handlers ask for.
fn asked() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut keys = BTreeSet::new();
    let mut folders = vec![root.join("src"), root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            let text: String = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
            for call in [".t(\"", ".n(\"", ".say(\"", "phrase(\""] {
                for (at, _) in text.match_indices(call) {
                    let rest = &text[at + call.len()..];
                    keys.insert(rest[..rest.find('"').expect("a closed string")].to_owned());
                }
            }
        }
    }
    keys
}

#[test]
fn both_languages_hold_the_same_sentences_with_the_same_values() {
    let (fr, en) = (sentences("fr"), sentences("en"));
    let only = |a: &BTreeMap<_, _>, b: &BTreeMap<_, _>| -> Vec<String> {
        a.keys().filter(|k| !b.contains_key(*k)).cloned().collect()
    };
    assert_eq!(only(&fr, &en), Vec::<String>::new(), "only in French");
    assert_eq!(only(&en, &fr), Vec::<String>::new(), "only in English");
    for (key, values) in &fr {
        assert_eq!(values, &en[key], "the values of {key}");
    }
}

#[test]
fn pages_ask_only_for_sentences_that_are_there() {
    let known = sentences("fr");
    let unknown: Vec<String> = asked().into_iter().filter(|k| !known.contains_key(k)).collect();
    assert_eq!(unknown, Vec::<String>::new());
}

#[test]
fn every_sentence_can_be_said_in_both_languages() {
    for locale in Locale::ALL {
        let w = Words::of(locale);
        for (key, values) in sentences(locale.code()) {
            assert!(w.knows(&key), "{key} was not read in {locale:?}");
            for n in [0_i64, 1, 2, 1_234] {
                let mut phrase = w.say(&key);
                for name in &values {
                    phrase = phrase.arg(name.clone().leak(), n);
                }
                let said = phrase.to_string();
                assert!(!said.is_empty() && !said.contains("{$"), "{key} in {locale:?}: {said}");
            }
        }
    }
}

#[test]
fn french_signs_stand_after_a_fixed_space() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/fr");
    for file in std::fs::read_dir(folder).expect("a readable folder") {
        let path = file.expect("a readable folder").path();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            for sign in [" :", " ;", " ?", " !", " »", "« "] {
                assert!(!line.contains(sign), "{}: {line}", path.display());
            }
            assert!(!line.contains('\''), "a straight apostrophe: {line}");
            assert!(!line.contains('!'), "an exclamation: {line}");
        }
    }
}

#[test]
fn an_unknown_key_and_a_hostile_value_break_nothing() {
    let w = Words::of(Locale::Fr);
    assert_eq!(w.t("no-such-sentence"), "no-such-sentence");
    let html = w.say("strip-read").arg("read", "<img src=x>").arg("pace", 3).html().to_string();
    assert!(html.contains("&lt;img src=x&gt;") && !html.contains("<img"), "{html}");
    assert!(w.say("vault-attended").html().to_string().starts_with("<b>Coffre veillé.</b>"));
}
