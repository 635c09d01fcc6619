//! The page of settings.

use crate::pages::{Frame, Nav, Notice};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use mesinfos_vault::Mode;
use mesinfos_vault::directory::Session;

/// `/settings`.
#[derive(Template)]
#[template(path = "settings/show.html")]
struct Page {
    frame: Frame,
    name: String,
    has_passphrase: bool,
    sealed: bool,
    devices: Vec<Device>,
    refused: Option<&'static str>,
}

/// A browser that is signed in.
struct Device {
    id: String,
    name: String,
    seen: String,
    is_this: bool,
}

#[derive(serde::Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: String,
}

pub(super) async fn page(
    visitor: Visitor,
    Query(Done { done }): Query<Done>,
) -> Result<impl IntoResponse, Error> {
    let done = (done == "passphrase").then_some("settings-passphrase-done");
    with(&visitor, None, done).await
}

/// The page with a refusal beside the passphrase, or a notice above.
pub(super) async fn with(
    visitor: &Visitor,
    refused: Option<&'static str>,
    done: Option<&'static str>,
) -> Result<Html<String>, Error> {
    let (person, now) = (visitor.person, visitor.state().now_us());
    let (account, sessions) = visitor
        .state()
        .ask(move |store| {
            let directory = store.directory();
            Ok((directory.account(person)?, directory.sessions(person, now)?))
        })
        .await?;
    let account = account.ok_or(Error::NotFound)?;
    let w = Words::of(visitor.locale);
    let mut frame = visitor.frame(Nav::Settings, w.t("nav-settings"));
    // A refused form stands at its own address; a change of language must come back to the page.
    frame.here = "/settings".to_owned();
    let text = |key: &str| Notice { text: w.t(key), undo: None, bad: false };
    frame.notices.extend(done.map(text));
    show(&Page {
        frame,
        name: account.name,
        has_passphrase: account.has_passphrase,
        sealed: account.mode == Mode::Sealed,
        devices: sessions.iter().map(|s| device(visitor, w, s)).collect(),
        refused,
    })
}

fn device(visitor: &Visitor, w: &Words, session: &Session) -> Device {
    let zone = visitor.state().zone();
    let seen = jiff::Timestamp::from_microsecond(session.seen_us).unwrap_or_default();
    let seen = zone.to_datetime(seen);
    let day = w.day(seen.date(), visitor.today());
    Device {
        id: session.id.clone(),
        name: browser(&session.device).unwrap_or_else(|| w.t("settings-device-unknown")),
        seen: w.say("settings-seen").arg("day", day).arg("time", w.time(seen.time())).to_string(),
        is_this: session.id == visitor.session,
    }
}

/// A browser and its system in two words, from what it says of itself; what it says is shown escaped
/// and never believed.
fn browser(user_agent: &str) -> Option<String> {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ])?;
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    Some(match system {
        Some(system) => format!("{browser}, {system}"),
        None => browser.to_owned(),
    })
}
