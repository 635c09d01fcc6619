//! The mail as it counts: the one inside when a person sent it on.

use mesinfos_reading::{Address, Dom, Mail, Page};

/// What the parts of understanding read.
pub struct Letter<'a> {
    /// The mail as it arrived.
    pub mail: &'a Mail,
    /// The tree of its HTML body. When the letter is forwarded, only what [`Letter::page`] holds
    /// counts.
    pub dom: Option<&'a Dom<'a>>,
    /// Where the inner mail begins in `dom` (a node id); 0 when nothing is forwarded.
    pub dom_from: u32,
    /// Who wrote it: the inner From when forwarded.
    pub from: Option<Address>,
    /// Its subject: the inner one when forwarded, without `Fwd:`.
    pub subject: String,
    /// Its date, microseconds UTC: the inner one when forwarded and readable.
    pub date: Option<i64>,
    /// What it shows (the HTML body, else the plain text), from where the inner mail begins.
    pub page: Page,
    /// The person who forwarded it.
    pub forwarded_by: Option<Address>,
}

impl<'a> Letter<'a> {
    /// The letter in this mail.
    pub fn of(mail: &'a Mail, dom: Option<&'a Dom<'a>>) -> Letter<'a> {
        let page = match (dom, &mail.text) {
            (Some(dom), _) => Page::from_html(dom),
            (None, Some(text)) => Page::from_text(text),
            (None, None) => Page::default(),
        };
        Letter {
            mail,
            dom,
            dom_from: 0,
            from: mail.from.clone(),
            subject: mail.subject.clone(),
            date: mail.date,
            page,
            forwarded_by: None,
        }
    }
}
