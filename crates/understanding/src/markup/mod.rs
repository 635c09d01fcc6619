//! schema.org markup in a mail's HTML: JSON-LD, microdata and RDFa, as JSON objects.

mod json;
mod microdata;

pub use json::lenient;

use aho_corasick::AhoCorasick;
use mesinfos_reading::html::{Dom, Tag};
use serde_json::Value;
use std::ops::Range;
use std::sync::LazyLock;

/// Objects at most.
const ITEMS: usize = 100;

/// What markup cannot do without, in any case of letters.
static MARKS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    // It fails only beyond millions of patterns.
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(["<script", "itemscope", "typeof"])
        .ok()
});

/// One object of markup.
#[derive(Clone, Debug)]
pub struct Item {
    /// The object, `@type` without its vocabulary.
    pub value: Value,
    /// Bytes of the HTML that it was read in.
    pub span: Range<u32>,
}

/// All top-level objects of a mail from node `from` on, in order.
pub fn items(dom: &Dom<'_>, from: u32) -> Vec<Item> {
    let mut out = Vec::new();
    // Cheap refusal: most mails carry none.
    if !MARKS.as_ref().is_some_and(|marks| marks.is_match(dom.source)) {
        return out;
    }
    for id in dom.ids().skip(from as usize) {
        if out.len() >= ITEMS {
            break;
        }
        if dom.tag(id) != Some(Tag::Script) {
            continue;
        }
        let is_ld =
            dom.attr(id, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"));
        let text = dom.children(id).find_map(|c| dom.text(c));
        if let Some(value) = text.filter(|_| is_ld).and_then(lenient) {
            flatten(value, &dom.node(id).span, &mut out);
        }
    }
    microdata::items(dom, from, &mut out);
    out
}

/// Arrays and `@graph` opened; types made plain.
fn flatten(value: Value, span: &Range<u32>, out: &mut Vec<Item>) {
    match value {
        Value::Array(list) => {
            for v in list.into_iter().take(ITEMS) {
                flatten(v, span, out);
            }
        }
        Value::Object(mut map) => {
            if let Some(graph) = map.remove("@graph") {
                flatten(graph, span, out);
            }
            let mut value = Value::Object(map);
            plain_types(&mut value, 0);
            if type_of(&value).is_some() {
                out.push(Item { value, span: span.clone() });
            }
        }
        _ => {}
    }
}

fn plain_types(value: &mut Value, depth: usize) {
    if depth > 40 {
        return;
    }
    match value {
        Value::Array(list) => list.iter_mut().for_each(|v| plain_types(v, depth + 1)),
        Value::Object(map) => {
            for (key, v) in map.iter_mut() {
                if key == "@type" {
                    let first = as_text(v).map(|t| plain(&t).to_owned());
                    if let Some(t) = first {
                        *v = Value::String(t);
                    }
                } else {
                    plain_types(v, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// `http://schema.org/Order` as `Order`.
pub fn plain(name: &str) -> &str {
    name.trim().trim_end_matches('/').rsplit(['/', '#', ':']).next().unwrap_or(name)
}

/// The type of an object.
pub fn type_of(value: &Value) -> Option<&str> {
    value.get("@type").and_then(Value::as_str)
}

/// A property's value, the first when there are several.
pub fn first<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    match value.get(name)? {
        Value::Array(list) => list.first(),
        Value::Null => None,
        v => Some(v),
    }
}

/// All values of a property.
pub fn all<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    match value.get(name) {
        Some(Value::Array(list)) => list,
        Some(Value::Null) | None => &[],
        Some(v) => std::slice::from_ref(v),
    }
}

/// A property as text: numbers as written, objects by their `name`, `@id` or `url`.
pub fn text(value: &Value, name: &str) -> Option<String> {
    as_text(first(value, name)?)
}

/// A value as text.
pub fn as_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(s) => s.trim().to_owned(),
        Value::Number(n) => n.to_string(),
        Value::Object(_) => ["name", "value", "@value", "url", "@id"]
            .into_iter()
            .find_map(|k| first(value, k).filter(|v| !v.is_object()).and_then(as_text))?,
        Value::Array(list) => return list.first().and_then(as_text),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<Value> {
        items(&Dom::parse(html), 0).into_iter().map(|i| i.value).collect()
    }

    #[test]
    fn broken_json_is_read_all_the_same() {
        let html = "<script type='application/ld+json'><!-- {\n// the order\n\"@type\": \"http://schema.org/Order\", \"orderNumber\": \"A-1\", \"note\": \"two\nlines <br/> // kept\", /* x */ \"price\": \"12.90\",}\n--></script>";
        let all = read(html);
        assert_eq!(all.len(), 1);
        assert_eq!(type_of(&all[0]), Some("Order"));
        assert_eq!(text(&all[0], "price").as_deref(), Some("12.90"));
        assert_eq!(text(&all[0], "note").as_deref(), Some("two\nlines <br/> // kept"));
    }

    #[test]
    fn a_graph_and_an_array_are_opened() {
        let html = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Order"},{"@type":["Invoice","Thing"]}]}</script><script type="application/ld+json">[{"@type":"ParcelDelivery"}]</script>"#;
        let types: Vec<_> =
            read(html).iter().filter_map(|v| type_of(v).map(str::to_owned)).collect();
        assert_eq!(types, ["Order", "Invoice", "ParcelDelivery"]);
    }

    #[test]
    fn microdata_is_read_with_its_nesting() {
        let html = r#"<div itemscope itemtype="http://schema.org/Order"><meta itemprop="orderNumber" content="7"/>
            <div itemprop="acceptedOffer" itemscope itemtype="http://schema.org/Offer"><div itemprop="itemOffered" itemscope itemtype="http://schema.org/Product"><span itemprop="name">Lampe</span><img itemprop="image" src="https://x.example/a.jpg"></div><meta itemprop="price" content="5.00"></div>
            <div itemprop="acceptedOffer" itemscope itemtype="http://schema.org/Offer"><span itemprop="price">6.00</span></div></div>"#;
        let all = read(html);
        assert_eq!(all.len(), 1);
        assert_eq!(self::all(&all[0], "acceptedOffer").len(), 2);
        assert_eq!(all[0]["acceptedOffer"][0]["itemOffered"]["name"], "Lampe");
    }
}
