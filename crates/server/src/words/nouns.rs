//! Kinds and drawers by their words, and as the choices of a form; how reading is known.

use super::{Locale, Words};
use mesinfos_domain::{ActorKind, Category};
use mesinfos_vault::views::ReadBy;
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// One choice of a form: its code, its word, whether it is the one chosen.
pub type Choice = (&'static str, String, bool);

impl Words {
    /// The kinds of actors, one of them chosen.
    pub fn kinds(&self, chosen: impl Borrow<ActorKind>) -> Vec<Choice> {
        let chosen = *chosen.borrow();
        let choice = |k: ActorKind| (k.code(), self.t(&format!("kind-{}", k.code())), k == chosen);
        ActorKind::ALL.into_iter().map(choice).collect()
    }

    /// How it is known what was read; empty where nothing tells, or where nothing is unread.
    pub fn read_by(&self, by: ReadBy, unread: i64) -> String {
        match by {
            _ if unread == 0 => String::new(),
            ReadBy::Nobody => String::new(),
            ReadBy::Mailbox => self.t("read-by-mailbox"),
            ReadBy::Here(since) => self.n("read-by-here", self.date(since)),
        }
    }

    /// The drawers of mail, one of them chosen.
    pub fn categories(&self, chosen: impl Borrow<Category>) -> Vec<Choice> {
        let chosen = *chosen.borrow();
        let word = |c: Category| self.t(&format!("category-{}", c.code().replace('_', "-")));
        Category::ALL.into_iter().map(|c| (c.code(), word(c), c == chosen)).collect()
    }
}

/// The words for the drawers of mail by their codes, as folders of a mailbox are named by them.
pub fn drawers(locale: Locale) -> BTreeMap<String, String> {
    let choices = Words::of(locale).categories(Category::Personal);
    choices.into_iter().map(|(code, word, _)| (code.to_owned(), word)).collect()
}
