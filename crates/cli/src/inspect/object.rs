//! The JSON object of one mail, as docs/contracts.md fixes it.

use mesinfos_domain::Understood;
use serde_json::{Value, json};

pub fn of(file: &str, id: &str, u: &Understood) -> Value {
    let mut records: Vec<Value> = u.records.iter().map(|r| json!(r)).collect();
    if let Some(order) = &u.order {
        let mut record = json!(order);
        if let Some(fields) = record.as_object_mut() {
            fields.insert("@type".into(), json!("Order"));
        }
        records.push(record);
    }
    json!({
        "file": file,
        "id": id,
        "actor": u.actor,
        "actor_domain": u.actor.as_ref().and_then(|a| a.domain.as_deref()),
        "category": u.category.code(),
        "language": u.language.code(),
        "order": u.order,
        "offers": u.offers,
        "records": records,
        "suspected_fraud": u.suspected_fraud,
        "problems": u.problems,
    })
}
