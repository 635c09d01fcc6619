//! Every folder of `cases/actors` holds one mail and what must be understood of its sender.

use mesinfos_reading::Mail;
use mesinfos_understanding::{Context, understand};
use serde_json::Value;
use std::path::Path;

#[test]
fn each_letter_is_given_to_who_wrote_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/actors");
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .expect("the cases are in the repository")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    cases.sort();
    assert!(cases.len() >= 30, "only {} cases", cases.len());
    let faults: Vec<String> = cases.iter().flat_map(|case| faults(case)).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// What one case expects and does not find. Keys: `domain`, `name`, `kind`, `via`, `alias` (one of
/// the aliases), `forwarded_by`, `fraud` (its reason); a key that is absent is not checked, but
/// nothing may be suspected without `fraud`.
fn faults(case: &Path) -> Vec<String> {
    let bytes = std::fs::read(case.join("input.eml")).expect("the case has a mail");
    let expected = std::fs::read(case.join("expected.json")).expect("the case has a truth");
    let expected: Value = serde_json::from_slice(&expected).expect("the truth is JSON");
    let context = Context {
        own_addresses: vec!["nour@vasseur.example".into()],
        trusted_authserv: Some("mx.vasseur.example".into()),
        ..Context::default()
    };
    let found = understand(&Mail::read(&bytes), &context);
    let actor = found.actor.as_ref();
    let text = |t: Option<&str>| t.map_or(Value::Null, Value::from);
    let mut seen = vec![
        ("domain", text(actor.and_then(|a| a.domain.as_deref()))),
        ("name", text(actor.map(|a| a.name.as_str()))),
        ("kind", text(actor.map(|a| a.kind.code()))),
        ("via", text(actor.and_then(|a| a.via.as_deref()))),
        ("forwarded_by", text(found.forwarded_by.as_deref())),
        ("fraud", text(found.suspected_fraud.as_ref().map(|f| f.reason.as_str()))),
    ];
    if let Some(alias) = expected.get("alias") {
        let aliases = actor.map(|a| a.domain_aliases.as_slice()).unwrap_or_default();
        let has = aliases.iter().any(|a| alias.as_str() == Some(a.as_str()));
        seen.push(("alias", if has { alias.clone() } else { Value::from(aliases) }));
    }
    let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
    seen.into_iter()
        .filter_map(|(key, value)| {
            let wanted = match expected.get(key) {
                Some(wanted) => wanted,
                None if key == "fraud" => &Value::Null,
                None => return None,
            };
            (*wanted != value).then(|| format!("{name}: {key} is {value}, not {wanted}"))
        })
        .collect()
}
