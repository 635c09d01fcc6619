//! The languages that mails are read in.

use serde::{Deserialize, Serialize};

/// A language whose labels and dates we read. Others are kept as `Other`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
    /// German.
    De,
    /// Spanish.
    Es,
    /// Italian.
    It,
    /// Any other: understood by structure and arithmetic only.
    Other,
}

impl Language {
    /// Those with a lexicon.
    pub const READ: [Language; 5] =
        [Language::Fr, Language::En, Language::De, Language::Es, Language::It];

    /// ISO 639-1 code; `und` for `Other` (BCP 47).
    pub fn code(self) -> &'static str {
        match self {
            Language::Fr => "fr",
            Language::En => "en",
            Language::De => "de",
            Language::Es => "es",
            Language::It => "it",
            Language::Other => "und",
        }
    }

    /// From an ISO 639-1 code or a BCP 47 tag (`fr-CA`), in either case; `Other` for any other.
    pub fn from_code(code: &str) -> Language {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Language::READ
            .into_iter()
            .find(|l| primary.eq_ignore_ascii_case(l.code()))
            .unwrap_or(Language::Other)
    }
}
