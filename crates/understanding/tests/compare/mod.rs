//! What an expectation asks for and a reading does not give.

use serde_json::Value;

/// What differs, as paths with both values: only what stands in the expectation is compared.
pub fn differences(path: &str, want: &Value, got: &Value, out: &mut Vec<String>) {
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
