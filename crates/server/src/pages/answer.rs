//! The answer to a form: back to a page, with what came of it.

use super::language::local;
use super::parts::Address;
use crate::{Error, Visitor};
use axum::response::{IntoResponse, Redirect, Response};
use mesinfos_vault::corrections::Correction;
use std::fmt::Display;

/// Names in an address by which a page says what was just done; see `Visitor::told`.
const TOLD: [&str; 6] = ["corrected", "asked", "sent", "moved", "consent", "done"];

/// Where to go back to.
pub(crate) struct Back(Address);

impl Back {
    /// To a path of our own with its query; what an earlier answer said there is dropped.
    pub fn to(page: &str) -> Back {
        let (path, query) = local(page).split_once('?').unwrap_or((local(page), ""));
        let mut address = Address::new(path);
        let pairs = serde_urlencoded::from_str::<Vec<(String, String)>>(query);
        for (name, value) in pairs.unwrap_or_default() {
            if !TOLD.contains(&&*name) {
                address = address.with(&name, value);
            }
        }
        Back(address)
    }

    /// Saying there what came of it: the sentence `NAME-VALUE`.
    pub fn saying(self, name: &str, value: impl Display) -> Back {
        Back(self.0.with(name, value))
    }
}

impl IntoResponse for Back {
    fn into_response(self) -> Response {
        Redirect::to(&self.0.to_string()).into_response()
    }
}

impl Visitor {
    /// Back to the page that the form stood on (its field `back`), or else to this one.
    pub(crate) fn back_or(&self, page: &str) -> Back {
        Back::to(if self.back.is_empty() { page } else { &self.back })
    }

    /// Writes her word, and goes back to where it shows with its undo.
    ///
    /// # Errors
    /// As [`Visitor::write`].
    pub(crate) async fn says(&self, word: Correction, page: &str) -> Result<Back, Error> {
        let now = self.state().now_us();
        let id = self.vault(move |vault| vault.correct(&word, now)).await?;
        Ok(self.back_or(page).saying("corrected", id.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_to_the_filters_with_the_latest_news_only() {
        let at = |page: &str| Back::to(page).saying("sent", "done").0.to_string();
        assert_eq!(at("/mails?actor=3&corrected=7&page=2"), "/mails?actor=3&page=2&sent=done");
        assert_eq!(
            at("/actors?q=caf%C3%A9+cr%C3%A8me"),
            "/actors?q=caf%C3%A9+cr%C3%A8me&sent=done"
        );
        assert_eq!(at("//evil.example/?x=1"), "/?sent=done");
    }
}
