//! Help: the keys, how to ask, and how to leave.

use super::Frame;
use askama::Template;

/// `/help`.
#[derive(Template, Debug)]
#[template(path = "help.html")]
pub struct Help {
    /// What stands around it.
    pub frame: Frame,
}

impl Help {
    /// Each key of `assets/keys.js` with the sentence that says what it does.
    pub(crate) const KEYS: [(&'static str, &'static str); 7] = [
        ("/", "key-search"),
        ("j", "key-next"),
        ("k", "key-previous"),
        ("Enter", "key-open"),
        ("e", "key-correct"),
        ("u", "key-undo"),
        ("?", "key-help"),
    ];
}
