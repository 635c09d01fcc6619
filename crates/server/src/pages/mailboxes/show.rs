//! The page of connected mailboxes: each with its last success, what it brought, what went wrong.

use super::consent::Asked;
use crate::pages::{Frame, Nav};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::response::Html;
use mesinfos_connect::provider::Source;
use mesinfos_vault::Filed;
use mesinfos_vault::mailboxes::{Access, Mailbox, Outgoing, Way};

/// `/mailboxes`.
#[derive(Template)]
#[template(path = "mailboxes/show.html")]
struct Page {
    frame: Frame,
    lede: String,
    lines: Vec<Line>,
    /// A server found for an address: its form waits for the password.
    found: Option<Found>,
    refused: Option<&'static str>,
    address: String,
    is_sealed: bool,
    /// One is being brought up to date: the page looks again.
    is_busy: bool,
}

/// One mailbox.
struct Line {
    id: i64,
    name: String,
    host: String,
    /// When it was last up to date, and how many mails it brought.
    state: String,
    /// What went wrong, and what to do.
    trouble: Option<String>,
    /// Her consent has ended: it is given again.
    has_ended: bool,
    is_busy: bool,
    /// How its mails are filed there, if they are.
    filing: Option<Filing>,
}

/// How far a filing is.
struct Filing {
    says: String,
    trouble: Option<String>,
    is_back: bool,
}

/// A server to connect to, as the form shows it.
pub(super) struct Found {
    pub access: Access,
    pub outgoing: Outgoing,
    /// What must be done at the provider first: a key.
    pub note: Option<String>,
    pub source: Source,
    /// Whether a password, or one made for this program, logs in.
    pub takes_password: bool,
    /// Where a consent is given instead.
    pub consent: Option<Asked>,
}

impl Found {
    /// Whether the server stands in our own table: its settings are folded away.
    fn is_known(&self) -> bool {
        matches!(self.source, Source::Table)
    }

    /// Who says so: the key of a sentence.
    fn why(&self) -> &'static str {
        match self.source {
            Source::Table => "mailboxes-known",
            Source::Autoconfig => "mailboxes-told",
            Source::Dns => "mailboxes-named",
            Source::Guess => "mailboxes-guess",
        }
    }
}

pub(super) async fn page(visitor: Visitor) -> Result<Html<String>, Error> {
    with(&visitor, None, None, String::new()).await
}

pub(super) async fn with(
    visitor: &Visitor,
    found: Option<Found>,
    refused: Option<&'static str>,
    address: String,
) -> Result<Html<String>, Error> {
    let w = Words::of(visitor.locale);
    let (all, filings) = visitor.vault(|vault| Ok((vault.mailboxes()?, vault.filings()?))).await?;
    let mut frame = visitor.frame(Nav::Import, w.t("mailboxes-name"));
    frame.here = "/mailboxes".to_owned();
    let filed = |m: &Mailbox| filings.iter().find(|f| f.filing.mailbox == m.id);
    let lines: Vec<Line> = all.iter().map(|m| line(visitor, w, m, filed(m))).collect();
    let is_busy = lines.iter().any(|l| l.is_busy);
    let lede = w.n("mailboxes-lede", lines.len());
    let is_sealed = visitor.mode == mesinfos_vault::Mode::Sealed;
    show(&Page { frame, lede, lines, found, refused, address, is_sealed, is_busy })
}

fn line(visitor: &Visitor, w: &Words, mailbox: &Mailbox, filed: Option<&Filed>) -> Line {
    let followed = visitor.state().follows().of(visitor.person, mailbox.id);
    let busy = followed.and_then(|f| f.seen());
    let state = match (&busy, mailbox.synced_us) {
        (Some(seen), _) => w.n("mailboxes-busy", seen.progress.messages),
        (None, None) => w.t("mailboxes-never"),
        (None, Some(us)) => {
            let at = jiff::Timestamp::from_microsecond(us).unwrap_or_default();
            let at = visitor.state().zone().to_datetime(at);
            w.say("mailboxes-synced")
                .arg("day", w.on_day(at.date(), visitor.today()))
                .arg("time", w.time(at.time()))
                .arg("n", mailbox.got)
                .to_string()
        }
    };
    let trouble = mailbox.trouble.as_deref().filter(|_| busy.is_none());
    let filing = filed.map(|filed| {
        let (says, trouble) = super::filing::state(w, filed);
        Filing { says, trouble, is_back: filed.filing.is_back }
    });
    Line {
        id: mailbox.id,
        filing,
        name: mailbox.name.clone(),
        host: mailbox.access.host.clone(),
        state,
        trouble: trouble.map(|code| w.t(&format!("mailboxes-trouble-{code}"))),
        has_ended: trouble == Some("consent-ended") && mailbox.access.way != Way::Password,
        is_busy: busy.is_some(),
    }
}
