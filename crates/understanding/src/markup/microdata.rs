//! Microdata (`itemscope`, `itemprop`) and RDFa Lite (`typeof`, `property`) to JSON objects.

use super::{ITEMS, Item, plain};
use mesinfos_reading::html::{Dom, NodeId, Tag};
use mesinfos_reading::limits;
use serde_json::{Map, Value};

/// Adds all top-level objects from node `from` on.
pub(super) fn items(dom: &Dom<'_>, from: u32, out: &mut Vec<Item>) {
    let mut next = from;
    let mut wrappers = 0;
    for id in dom.ids().skip(from as usize) {
        if id.0 < next || !is_scope(dom, id) {
            continue;
        }
        // `EmailMessage` and the like may wrap the whole mail: look inside them too.
        let value = object(dom, id, 0);
        let wraps = value
            .get("@type")
            .and_then(Value::as_str)
            .is_none_or(|t| matches!(t, "EmailMessage" | "WebPage" | "Thing"));
        if wraps {
            wrappers += 1;
            if wrappers > 8 {
                return;
            }
        } else {
            next = dom.end_of(id);
            out.push(Item { value, span: dom.node(id).span.clone() });
        }
        if out.len() >= ITEMS {
            return;
        }
    }
}

fn is_scope(dom: &Dom<'_>, id: NodeId) -> bool {
    !dom.attrs(id).is_empty()
        && (dom.attr(id, "itemscope").is_some() || dom.attr(id, "typeof").is_some())
}

fn object(dom: &Dom<'_>, id: NodeId, depth: usize) -> Value {
    let mut map = Map::new();
    if let Some(t) = dom.attr(id, "itemtype").or_else(|| dom.attr(id, "typeof")) {
        let first = t.split_whitespace().next().unwrap_or_default();
        map.insert("@type".into(), Value::String(plain(first).to_owned()));
    }
    if depth <= 12 {
        properties(dom, id, depth, &mut map);
    }
    Value::Object(map)
}

fn properties(dom: &Dom<'_>, id: NodeId, depth: usize, map: &mut Map<String, Value>) {
    let end = dom.end_of(id);
    let mut at = id.0 + 1;
    while at < end {
        let node = NodeId(at);
        let scope = is_scope(dom, node);
        let name = dom.attr(node, "itemprop").or_else(|| dom.attr(node, "property"));
        if let Some(name) = name {
            let value = if scope { object(dom, node, depth + 1) } else { value(dom, node) };
            for n in name.split_whitespace() {
                add(map, plain(n), value.clone());
            }
        }
        // A nested object keeps its properties to itself.
        at = if scope { dom.end_of(node) } else { at + 1 };
    }
}

fn add(map: &mut Map<String, Value>, name: &str, value: Value) {
    match map.get_mut(name) {
        None => {
            map.insert(name.to_owned(), value);
        }
        Some(Value::Array(list)) => {
            if list.len() < limits::ORDER_LINES {
                list.push(value);
            }
        }
        Some(old) => {
            let first = old.take();
            *old = Value::Array(vec![first, value]);
        }
    }
}

fn value(dom: &Dom<'_>, id: NodeId) -> Value {
    let attr = |n: &str| dom.attr(id, n).map(|v| Value::String(v.trim().to_owned()));
    let by_tag = match dom.tag(id) {
        Some(Tag::A | Tag::Link) => attr("href"),
        Some(Tag::Img | Tag::Iframe) => attr("src"),
        Some(Tag::Time) => attr("datetime"),
        _ => None,
    };
    attr("content").or(by_tag).or_else(|| attr("value")).unwrap_or_else(|| {
        let mut text = String::new();
        for d in dom.descendants(id).take(200) {
            if let Some(t) = dom.text(d) {
                text.push_str(t);
            }
        }
        Value::String(text.split_whitespace().collect::<Vec<_>>().join(" "))
    })
}
