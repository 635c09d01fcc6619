//! When two names, numbers, sums or domains are the same.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Public suffixes of two labels that occur.
const TWO_LABELS: &[&str] =
    &["co.uk", "org.uk", "gouv.fr", "com.au", "asso.fr", "com.pl", "ac.uk", "gov.uk", "co.jp"];

/// The registrable part of a domain, an address or a URL.
pub fn registrable(domain: &str) -> String {
    let lower = domain.trim().to_lowercase();
    let lower = lower.trim_end_matches('.').rsplit('@').next().unwrap_or_default();
    let host = lower
        .strip_prefix("https://")
        .or_else(|| lower.strip_prefix("http://"))
        .unwrap_or(lower)
        .split('/')
        .next()
        .unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    if labels.len() <= 2 {
        return host.to_owned();
    }
    let two = labels[labels.len() - 2..].join(".");
    let kept = if TWO_LABELS.contains(&two.as_str()) { 3 } else { 2 };
    labels[labels.len() - kept..].join(".")
}

/// An order or parcel number without what stands around it: `N° 12 345` is `12345`.
pub fn number(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    let upper: String = text.nfkc().collect::<String>().to_uppercase();
    let mut rest = upper.trim_start();
    const BEFORE: &[&str] =
        &["N°", "Nº", "NO", "NR", "ORDER", "COMMANDE", "BESTELLUNG", "PEDIDO", "ORDINE"];
    if let Some(after) = BEFORE.iter().find_map(|b| Some((b, rest.strip_prefix(b)?))) {
        rest = after.1;
        if after.0.starts_with('N') {
            rest = rest.strip_prefix('.').unwrap_or(rest);
        }
        rest = rest.trim_start();
        rest = rest.strip_prefix([':', '#']).unwrap_or(rest);
    }
    Some(rest.chars().filter(|c| !c.is_whitespace() && !matches!(c, '#' | '\u{200b}')).collect())
}

/// Lower case, no accents, anything but letters and digits one space.
pub fn text(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    let folded = text.nfkd().collect::<String>().to_lowercase();
    let mut out = String::new();
    for c in folded.chars().filter(|&c| !is_combining_mark(c)) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.trim_end().to_owned()
}

/// A sum in cents.
pub fn cents(value: &Value) -> Option<i64> {
    amount(value).map(|x| (x * 100.0).round() as i64)
}

/// A number, or a text that is one.
pub fn amount(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// How alike the predicted name is to the product's, with or without its variant: 1 when equal.
pub fn line_name(truth: &Value, said: &Value) -> f64 {
    let mut names = vec![said["name"].clone()];
    if let Some(variant) = said["variant"].as_str().filter(|v| !v.is_empty()) {
        let name = said["name"].as_str().unwrap_or("None");
        names.push(Value::String(format!("{name} {variant}")));
    }
    names.iter().map(|n| name(truth, n)).fold(0.0, f64::max)
}

fn name(truth: &Value, said: &Value) -> f64 {
    let (a, b) = (text(&truth["name"]), text(said));
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut candidates = vec![a.clone()];
    if let Some(variant) = truth["variant"].as_str().filter(|v| !v.is_empty()) {
        let values: Vec<&str> = variant
            .split([',', '/'])
            .map(|part| part.rsplit(':').next().unwrap_or_default())
            .collect();
        candidates.push(format!("{a} {}", text(&truth["variant"])));
        candidates.push(format!("{a} {}", text(&Value::String(values.join(" ")))));
    }
    candidates.iter().map(|c| likeness(c, &b)).fold(0.0, f64::max)
}

/// Ratcliff and Obershelp (1988): twice the letters in common runs over all letters.
fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let all = a.len() + b.len();
    if all == 0 { 1.0 } else { 2.0 * common(&a, &b) as f64 / all as f64 }
}

/// The letters of the longest common run (the first of several) and of what lies on both sides.
fn common(a: &[char], b: &[char]) -> usize {
    let (mut at_a, mut at_b, mut size) = (0, 0, 0);
    let mut runs = vec![0usize; b.len() + 1];
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![0usize; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            if x == y {
                let run = runs[j] + 1;
                next[j + 1] = run;
                if run > size {
                    (at_a, at_b, size) = (i + 1 - run, j + 1 - run, run);
                }
            }
        }
        runs = next;
    }
    if size == 0 {
        return 0;
    }
    common(&a[..at_a], &b[..at_b]) + size + common(&a[at_a + size..], &b[at_b + size..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_numbers_and_domains_are_compared_as_the_definitions_say() {
        assert_eq!(registrable("https://www.shop.example.co.uk/x"), "example.co.uk");
        assert_eq!(number(&json!("N° 12 345")), number(&json!("#12345")));
        assert_eq!(number(&json!("Order: A-7")), Some("A-7".into()));
        assert_eq!(text(&json!("Été  à l'eau")), "ete a l eau");
        assert_eq!(likeness("abcd", "bcde"), 0.75);
        let truth = json!({"name": "Lampe", "variant": "Couleur: Rouge"});
        assert_eq!(line_name(&truth, &json!({"name": "Lampe rouge"})), 1.0);
    }
}
