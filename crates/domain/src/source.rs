//! Provenance: each fact is one step from the words it was read in.

use serde::{Deserialize, Serialize};

/// Where in a mail words stand. `start..end` of a [`Source`] are bytes of the decoded UTF-8 text
/// of that place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The subject.
    Subject,
    /// The From header.
    From,
    /// Another header.
    Header,
    /// The HTML source of the body: offsets count in the markup, so that the words can be lit
    /// where they stand.
    Html,
    /// The plain-text body.
    Text,
    /// schema.org markup in the HTML (JSON-LD, microdata).
    Markup,
    /// Calculated from other facts.
    Derived,
}

/// The words that a fact was read in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Source {
    /// Where they stand.
    pub place: Place,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The words, shortened to 200 characters.
    pub words: String,
}

/// One fact's provenance: which field, which words, which rule, how sure.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fact {
    /// A path into the understood mail: `order.total`, `order.lines[2].name`, `category`, `offers[0]`.
    pub field: String,
    /// Where it was read.
    pub source: Source,
    /// The rule or model that read it: `json-ld`, `repeated-rows`, `label-beside-amount`.
    pub rule: String,
    /// From 0 to 100.
    pub confidence: u8,
}

impl Fact {
    /// The name that its words bear where the mail is shown, for the end of an address:
    /// `order.lines[2].name` is lit at `#f-order-lines-2-name`.
    pub fn anchor(&self) -> String {
        let mut name = String::with_capacity(self.field.len() + 2);
        name.push('f');
        for part in self.field.split(|c: char| !c.is_ascii_alphanumeric()) {
            if !part.is_empty() {
                name.push('-');
                name.push_str(part);
            }
        }
        name
    }
}

/// Something in the input that was not as it should be; what was understood is kept all the same.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// A stable word for it, the key of the sentence shown: `mail-boundary-missing`.
    pub code: String,
    /// Where: a part, a line, a byte offset, a file inside an archive.
    pub place: String,
}

impl Problem {
    /// A problem with this code at this place.
    pub fn new(code: &str, place: impl Into<String>) -> Problem {
        Problem { code: code.to_owned(), place: place.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_has_an_address_in_its_mail() {
        let source = Source { place: Place::Html, start: 0, end: 1, words: "x".to_owned() };
        let fact = Fact {
            field: "order.lines[2].unit_price".to_owned(),
            source,
            rule: String::new(),
            confidence: 90,
        };
        assert_eq!(fact.anchor(), "f-order-lines-2-unit-price");
    }
}
