//! The page of settings.

use crate::door::hex;
use crate::pages::{Frame, Nav, Notice};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use mesinfos_vault::Mode;
use mesinfos_vault::directory::{self, Session};
use sha2::{Digest, Sha256};

/// `/settings`.
#[derive(Template)]
#[template(path = "settings/show.html")]
struct Page {
    frame: Frame,
    name: String,
    has_passphrase: bool,
    sealed: bool,
    devices: Vec<Device>,
    passkeys: Vec<Passkey>,
    refused: Option<Refused>,
}

/// What a form of the page was refused for: the key of a sentence.
#[derive(Clone, Copy)]
pub(super) enum Refused {
    Passphrase(&'static str),
    Passkey(&'static str),
}

/// A way to sign in without the passphrase.
struct Passkey {
    id: String,
    name: String,
    used: String,
    opens: bool,
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
    let done = match done.as_str() {
        "passphrase" => Some("settings-passphrase-done"),
        "others" => Some("settings-others-ended"),
        "passkey" => Some("passkey-made"),
        "passkey-removed" => Some("passkey-removed"),
        _ => None,
    };
    with(&visitor, None, done).await
}

/// The page with a refusal beside its form, or a notice above.
pub(super) async fn with(
    visitor: &Visitor,
    refused: Option<Refused>,
    done: Option<&'static str>,
) -> Result<Html<String>, Error> {
    let (person, now) = (visitor.person, visitor.state().now_us());
    let (account, sessions, passkeys) = visitor
        .state()
        .ask(move |store| {
            let directory = store.directory();
            let sessions = directory.sessions(person, now)?;
            Ok((directory.account(person)?, sessions, directory.passkeys(person)?))
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
        passkeys: passkeys.iter().map(|p| passkey(visitor, w, p)).collect(),
        refused,
    })
}

/// A passkey's public id in forms: short, and never its credential's whole.
pub(super) fn id(credential: &[u8]) -> String {
    hex(&Sha256::digest(credential)[..16])
}

fn passkey(visitor: &Visitor, w: &Words, passkey: &directory::Passkey) -> Passkey {
    let used = match passkey.used_us {
        Some(used) => seen(visitor, w, used),
        None => w.t("passkey-unused"),
    };
    let name = if passkey.name.is_empty() { w.t("passkey") } else { passkey.name.clone() };
    Passkey { id: id(&passkey.credential), name, used, opens: passkey.opens }
}

/// When something was used last, in words.
fn seen(visitor: &Visitor, w: &Words, at_us: i64) -> String {
    let at = jiff::Timestamp::from_microsecond(at_us).unwrap_or_default();
    let at = visitor.state().zone().to_datetime(at);
    let day = w.on_day(at.date(), visitor.today());
    w.say("settings-seen").arg("day", day).arg("time", w.time(at.time())).to_string()
}

fn device(visitor: &Visitor, w: &Words, session: &Session) -> Device {
    Device {
        id: session.id.clone(),
        name: browser(&session.device).unwrap_or_else(|| w.t("settings-device-unknown")),
        seen: seen(visitor, w, session.seen_us),
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
