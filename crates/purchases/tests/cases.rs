//! Each file of `cases/` tells a story: the mails that arrive, and what the account then says.
//!
//! `mails`: `id`, `day`, `writer` (one of `writers`, by its key) and the `order` as `inspect`
//! prints it. `expect`: what the purchases must show; a field that is not named is not compared.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use mesinfos_domain::{ActorId, MessageId, Order};
use mesinfos_purchases::spent::sentence;
use mesinfos_purchases::{
    Counted, LineEdit, OrderMail, Purchase, Word, Writer, counted, join, rights,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Case {
    today: mesinfos_domain::Date,
    writers: BTreeMap<String, Value>,
    mails: Vec<CaseMail>,
    #[serde(default)]
    word: CaseWord,
    expect: Vec<Value>,
    #[serde(default)]
    sentence: Value,
}

#[derive(Deserialize)]
struct CaseMail {
    id: i64,
    day: mesinfos_domain::Date,
    writer: String,
    order: Value,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct CaseWord {
    not_orders: Vec<i64>,
    merges: Vec<(i64, i64)>,
    splits: Vec<i64>,
    confirmed: Vec<i64>,
    lines: Vec<(i64, usize, LineEdit)>,
}

fn word(said: CaseWord) -> Word {
    Word {
        not_orders: said.not_orders.into_iter().map(MessageId).collect(),
        merges: said.merges.into_iter().map(|(a, b)| (MessageId(a), MessageId(b))).collect(),
        splits: said.splits.into_iter().map(MessageId).collect(),
        confirmed: said.confirmed.into_iter().map(MessageId).collect(),
        lines: said.lines.into_iter().map(|(m, l, edit)| ((MessageId(m), l), edit)).collect(),
    }
}

/// What `inspect` prints for an order is merged over an empty one, so that cases stay short.
fn order(said: &Value) -> Order {
    let mut whole = serde_json::to_value(Order::default()).unwrap();
    let line = serde_json::to_value(mesinfos_domain::Line::default()).unwrap();
    let parcel = serde_json::to_value(mesinfos_domain::Parcel::default()).unwrap();
    let over = |base: &Value, said: &Value| {
        let mut whole = base.clone();
        for (name, value) in said.as_object().into_iter().flatten() {
            whole[name] = value.clone();
        }
        whole
    };
    for (name, value) in said.as_object().into_iter().flatten() {
        let base = match name.as_str() {
            "lines" => Some(&line),
            "tracking" => Some(&parcel),
            _ => None,
        };
        whole[name] = match (base, value.as_array()) {
            (Some(base), Some(list)) => list.iter().map(|one| over(base, one)).collect(),
            _ => value.clone(),
        };
    }
    serde_json::from_value(whole).unwrap()
}

fn mails(case: &Case) -> Vec<OrderMail> {
    let names: Vec<&String> = case.writers.keys().collect();
    let mail = |m: &CaseMail| {
        let writer = &case.writers[&m.writer];
        let actor = names.iter().position(|n| **n == m.writer).unwrap() as i64 + 1;
        let text = |name: &str| writer[name].as_str().map(str::to_owned);
        OrderMail {
            message: MessageId(m.id),
            at: format!("{}T10:00:00Z", m.day).parse().unwrap(),
            day: m.day,
            writer: Writer {
                actor: ActorId(writer["actor"].as_i64().unwrap_or(actor)),
                name: text("name").unwrap_or_else(|| m.writer.clone()),
                domain: text("domain"),
                kind: serde_json::from_value(writer["kind"].clone()).unwrap(),
                via: text("via"),
            },
            order: order(&m.order),
        }
    };
    case.mails.iter().map(mail).collect()
}

fn shown(p: &Purchase, today: mesinfos_domain::Date) -> Value {
    let right = |r: mesinfos_purchases::Right| {
        let (kind, state) = (r.kind.code(), serde_json::to_value(r.state).unwrap());
        let value = json!({
            "until": r.until, "state": state, "article": r.article.number, "caveats": r.caveats,
        });
        (kind.to_owned(), value)
    };
    let rights: serde_json::Map<String, Value> =
        rights::rights(p, (p.lines.len() == 1).then_some(0), today)
            .into_iter()
            .map(right)
            .collect();
    json!({
        "mails": p.mails, "merchant": p.merchant.name, "number": p.number, "placed": p.placed,
        "sold_by": p.sold_by, "nature": p.nature, "role": p.role, "status": p.status,
        "payment": p.payment, "total": p.total, "shipping": p.shipping, "proof": p.proof,
        "counted": match counted(p) {
            Counted::Spent(a) => json!({"spent": a}),
            Counted::Doubtful(a) => json!({"doubtful": a}),
            Counted::No => json!("no"),
            Counted::Beside(a) => json!({"beside": a}),
            Counted::Unknown => json!("unknown"),
        },
        "lines": p.lines.iter().map(|l| json!({
            "name": l.line.name, "quantity": l.line.quantity.map(|q| q as f64 / 1000.0),
            "state": l.state.on(p.received, today), "sku": l.line.sku, "read_in": l.read_in,
            "image_url": l.line.image_url, "corrected": l.corrected,
        })).collect::<Vec<_>>(),
        "parcels": p.parcels.iter().map(|s| json!({
            "number": s.parcel.number, "carrier": s.parcel.carrier, "delivered": s.delivered,
            "waiting": s.is_waiting(), "code": s.parcel.pickup_code, "until": s.parcel.pickup_until,
        })).collect::<Vec<_>>(),
        "refunds": p.refunds.iter().map(|r| json!({
            "amount": r.amount, "seen": r.confirmed.is_some(),
        })).collect::<Vec<_>>(),
        "received": p.received.map(|r| json!({"day": r.day, "known": r.known})),
        "history": p.history.iter().map(|s| s.status).collect::<Vec<_>>(),
        "rights": rights,
    })
}

/// Every field that is expected is there and equal; lists are compared one by one.
fn agrees(expected: &Value, found: &Value, path: &str, faults: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(e), Value::Object(_)) => {
            for (name, value) in e {
                agrees(value, &found[name], &format!("{path}.{name}"), faults);
            }
        }
        (Value::Array(e), Value::Array(f)) if e.len() == f.len() => {
            for (i, value) in e.iter().enumerate() {
                agrees(value, &f[i], &format!("{path}[{i}]"), faults);
            }
        }
        (Value::Number(e), Value::Number(f)) if e.as_f64() == f.as_f64() => {}
        _ if expected == found => {}
        _ => faults.push(format!("{path}: expected {expected}, found {found}")),
    }
}

#[test]
fn every_case_holds_in_any_order() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cases");
    let mut faults = Vec::new();
    let mut cases = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut case: Case = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let word = word(std::mem::take(&mut case.word));
        let mails = mails(&case);
        let purchases = join(mails.clone(), &word);
        assert_eq!(purchases, join(mails.into_iter().rev().collect(), &word), "{name}");
        let found: Vec<Value> = purchases.iter().map(|p| shown(p, case.today)).collect();
        agrees(&Value::from(case.expect), &Value::from(found), &name, &mut faults);
        let said = sentence(&purchases, case.today);
        let said = json!({
            "spent": said.spent.iter().map(|(c, s)| (c.clone(), json!(s.amount))).collect::<BTreeMap<_, _>>(),
            "doubtful": said.doubtful.iter().map(|(c, s)| (c.clone(), json!(s.amount))).collect::<BTreeMap<_, _>>(),
            "merchants": said.merchants.len(),
            "things": said.things.values().sum::<i64>(),
            "guaranteed": said.guaranteed.values().sum::<i64>(),
            "unseen": said.unseen.iter().map(|(c, s)| (c.clone(), json!(s.amount))).collect::<BTreeMap<_, _>>(),
        });
        if !case.sentence.is_null() {
            agrees(&case.sentence, &said, &format!("{name}.sentence"), &mut faults);
        }
        cases += 1;
    }
    assert!(cases >= 20, "only {cases} cases were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
