//! What the pages say: every sentence in French and in English, and the writing of sums, dates and
//! numbers in each.
//!
//! The sentences stand in `locales/{fr,en}/*.ftl` (Project Fluent); a page asks for one by its key:
//! `w.t("home-title")`, or, with values, `w.say("actors-count").arg("n", 3)`. Values are always
//! escaped; only our own files may hold markup, and [`Phrase::html`] is the one way to let it out.
//! A missing key never breaks a page: the other language is tried, then the key itself is shown.

mod dates;
mod names;
mod nouns;
mod numbers;
mod phrase;

pub use names::{isolate, kebab, letter_and_hue};
pub use nouns::{Choice, drawers};
pub(crate) use phrase::escape_into;
pub use phrase::{Html, Phrase, Value};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use rust_embed::RustEmbed;
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

/// A language of the pages.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Locale {
    /// Français.
    #[default]
    Fr,
    /// English.
    En,
}

impl Locale {
    /// Both.
    pub const ALL: [Locale; 2] = [Locale::Fr, Locale::En];

    /// The tag of BCP 47, as in `lang="fr"`, in the folder's name and in the cookie.
    pub fn code(self) -> &'static str {
        match self {
            Locale::Fr => "fr",
            Locale::En => "en",
        }
    }

    /// The other one, for the switch at the foot of each page.
    pub fn other(self) -> Locale {
        match self {
            Locale::Fr => Locale::En,
            Locale::En => Locale::Fr,
        }
    }

    /// Its own name, written in itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Locale::Fr => "Français",
            Locale::En => "English",
        }
    }

    /// The better of the two for an Accept-Language header (RFC 9110, 12.5.4); French where neither
    /// is asked for.
    pub fn from_accept_language(header: &str) -> Locale {
        let mut best = (Locale::Fr, 0.0_f32);
        for range in header.split(',').take(20) {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or("").trim().to_ascii_lowercase();
            let quality = parts
                .find_map(|p| p.trim().strip_prefix("q=").map(str::to_owned))
                .map_or(1.0, |q| q.parse().unwrap_or(0.0));
            let primary = tag.split('-').next().unwrap_or("");
            if let Ok(locale) = primary.parse::<Locale>()
                && quality > best.1
            {
                best = (locale, quality);
            }
        }
        best.0
    }
}

impl FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(code: &str) -> Result<Locale, UnknownLocale> {
        Locale::ALL.into_iter().find(|l| l.code() == code).ok_or(UnknownLocale)
    }
}

/// The pages are not written in this language.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("the pages are written in `fr` and `en`")]
pub struct UnknownLocale;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Sentences;

/// The sentences and formats of one language.
pub struct Words {
    locale: Locale,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// The words of a language, read once.
    pub fn of(locale: Locale) -> &'static Words {
        static ALL: [OnceLock<Words>; 2] = [OnceLock::new(), OnceLock::new()];
        ALL[locale as usize].get_or_init(|| Words::read(locale))
    }

    fn read(locale: Locale) -> Words {
        let tags = locale.code().parse().into_iter().collect();
        let mut bundle = FluentBundle::new_concurrent(tags);
        // Foreign names are isolated one by one (`names::isolate`); our own words need no marks.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::Fr => |value, _| numbers::for_fluent(Locale::Fr, value),
            Locale::En => |value, _| numbers::for_fluent(Locale::En, value),
        }));
        if bundle.add_function("SPELL", move |v, _| numbers::spell(locale, v)).is_err() {
            tracing::error!("the function SPELL stands twice");
        }
        for path in Sentences::iter().filter(|p| p.starts_with(locale.code())) {
            let Some(file) = Sentences::get(&path) else { continue };
            let text = String::from_utf8_lossy(&file.data).into_owned();
            let resource = FluentResource::try_new(text).unwrap_or_else(|(kept, errors)| {
                tracing::error!(%path, ?errors, "sentences that cannot be read");
                kept
            });
            if let Err(errors) = bundle.add_resource(resource) {
                tracing::error!(%path, ?errors, "a sentence stands twice");
            }
        }
        Words { locale, bundle }
    }

    /// Which language this is.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The tag for `lang="…"`.
    pub fn lang(&self) -> &'static str {
        self.locale.code()
    }

    /// Whether a sentence with this key stands in this language.
    pub fn knows(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A sentence without values.
    pub fn t(&self, key: &str) -> String {
        self.say(key).to_string()
    }

    /// A sentence whose only value is `{ $n }`.
    pub fn n(&self, key: &str, n: impl Value) -> String {
        self.say(key).arg("n", n).to_string()
    }

    /// A sentence with values: `.arg(name, value)` for each, then shown (escaped by the page) or
    /// turned into [`Html`].
    pub fn say<'k>(&self, key: &'k str) -> Phrase<'_, 'k> {
        Phrase::new(self, key)
    }

    fn write(&self, to: &mut impl fmt::Write, key: &str, args: &FluentArgs<'_>) -> fmt::Result {
        let message = self.bundle.get_message(key).and_then(|m| m.value());
        let Some(pattern) = message else { return self.fall_back(to, key, args) };
        let mut errors = Vec::new();
        to.write_str(&self.bundle.format_pattern(pattern, Some(args), &mut errors))?;
        if !errors.is_empty() {
            tracing::warn!(key, ?errors, "a sentence lacks a value");
        }
        Ok(())
    }

    fn fall_back(&self, to: &mut impl fmt::Write, key: &str, args: &FluentArgs<'_>) -> fmt::Result {
        tracing::warn!(key, locale = self.locale.code(), "no such sentence");
        let other = Words::of(self.locale.other());
        match other.knows(key) {
            true => other.write(to, key, args),
            false => to.write_str(key),
        }
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.locale.code())
    }
}
