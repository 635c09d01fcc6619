//! Organisations named in a mail's JSON-LD (schema.org).

use mesinfos_reading::{Dom, Tag};
use serde_json::Value;

/// Properties that name who sells, serves or publishes.
const ROLES: [&str; 7] =
    ["merchant", "seller", "provider", "broker", "publisher", "reservationFor.organizer", "sender"];

/// Names of organisations with their address on the web, as the markup gives them.
pub fn organisations(dom: &Dom<'_>) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    for id in dom.ids().filter(|&id| dom.tag(id) == Some(Tag::Script)) {
        if !dom.attr(id, "type").is_some_and(|t| t.eq_ignore_ascii_case("application/ld+json")) {
            continue;
        }
        for text in dom.children(id).filter_map(|c| dom.text(c)) {
            if let Ok(value) = serde_json::from_str::<Value>(text) {
                walk(&value, 0, &mut all);
            }
        }
    }
    all
}

fn walk(value: &Value, depth: usize, all: &mut Vec<(String, Option<String>)>) {
    if depth > 6 || all.len() >= 4 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().take(20).for_each(|v| walk(v, depth + 1, all)),
        Value::Object(fields) => {
            // A marketplace's seller stands on a line; the merchant of the whole comes first.
            for role in ROLES {
                if depth > 1 && role == "seller" {
                    continue;
                }
                if let Some(Value::Object(o)) = fields.get(role)
                    && let Some(name) = o.get("name").and_then(Value::as_str)
                {
                    let url = o.get("url").or_else(|| o.get("sameAs")).and_then(Value::as_str);
                    all.push((name.to_owned(), url.map(str::to_owned)));
                }
            }
            fields.values().filter(|v| v.is_array()).for_each(|v| walk(v, depth + 1, all));
        }
        _ => {}
    }
}
