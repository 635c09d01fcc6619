//! One sentence on its way to a page: its key, its values, and the two ways out (text or markup).

use super::Words;
use askama::filters::HtmlSafe;
use fluent_bundle::{FluentArgs, FluentValue};
use std::fmt;

/// A sentence with its values. Shown as it is, a page escapes it like any text; [`Phrase::html`]
/// keeps the markup of our own files and escapes the values.
#[derive(Debug)]
pub struct Phrase<'w, 'k> {
    words: &'w Words,
    key: &'k str,
    args: FluentArgs<'static>,
}

impl<'w, 'k> Phrase<'w, 'k> {
    pub(super) fn new(words: &'w Words, key: &'k str) -> Self {
        Phrase { words, key, args: FluentArgs::new() }
    }

    /// Gives a value: a number (which then also chooses the plural) or a text.
    pub fn arg(mut self, name: &'static str, value: impl Value) -> Self {
        self.args.set(name, value.fluent());
        self
    }

    /// The sentence with the markup that stands in our own `.ftl` files; the values are escaped.
    pub fn html(self) -> Html {
        let mut safe = FluentArgs::new();
        for (name, value) in self.args.iter() {
            let value = match value {
                FluentValue::String(text) => FluentValue::from(escape(text)),
                other => other.to_owned(),
            };
            safe.set(name.to_owned(), value);
        }
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.words.write(&mut out, self.key, &safe);
        Html(out)
    }
}

impl fmt::Display for Phrase<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words.write(f, self.key, &self.args)
    }
}

/// Markup that is ours, its values escaped: a page lets it through as it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Html(String);

impl Html {
    /// A text as markup: everything in it escaped.
    pub fn text(text: &str) -> Html {
        Html(escape(text))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Markup that another of our templates has rendered (and thereby escaped).
    pub(crate) fn rendered(markup: String) -> Html {
        Html(markup)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl HtmlSafe for Html {}

/// What may stand in a sentence. Implemented for references too, because a template hands over
/// references as often as values.
pub trait Value {
    /// The value as Fluent wants it.
    fn fluent(&self) -> FluentValue<'static>;
}

impl<T: Value + ?Sized> Value for &T {
    fn fluent(&self) -> FluentValue<'static> {
        (**self).fluent()
    }
}
impl Value for str {
    fn fluent(&self) -> FluentValue<'static> {
        FluentValue::from(self.to_owned())
    }
}
impl Value for String {
    fn fluent(&self) -> FluentValue<'static> {
        self.as_str().fluent()
    }
}
impl Value for std::borrow::Cow<'_, str> {
    fn fluent(&self) -> FluentValue<'static> {
        self.as_ref().fluent()
    }
}
impl Value for Phrase<'_, '_> {
    fn fluent(&self) -> FluentValue<'static> {
        self.to_string().fluent()
    }
}
macro_rules! numbers {
    ($($t:ty),*) => {$(
        impl Value for $t {
            fn fluent(&self) -> FluentValue<'static> { FluentValue::from(*self as f64) }
        }
    )*};
}
numbers!(i8, i16, i32, i64, u8, u16, u32, u64, usize);

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape_into(&mut out, text);
    out
}

/// Appends a text as markup: everything in it escaped. The one place where this is written.
pub(crate) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}
