//! The page of the import, and the part of it that lives.

use super::report::{self, Line};
use crate::bring::{Profile, are_gone, profiles};
use crate::pages::{Frame, Nav, Strip};
use crate::words::Words;
use crate::{Error, Visitor, show};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use mesinfos_vault::import::journal::{self, Run, State as Stands};
use std::path::PathBuf;

/// `/import`.
#[derive(Template)]
#[template(path = "import/show.html")]
struct Page {
    frame: Frame,
    /// Whether paths of this machine may be named: by its owner, on itself.
    may_name: bool,
    /// Thunderbird's profiles, once the person has asked to look.
    profiles: Option<Vec<Profile>>,
    refused: Option<&'static str>,
    path: String,
    /// Mails were read by an earlier version of the program, and can be read again.
    is_behind: bool,
    /// Nothing was ever brought: the steps of the first run are shown.
    is_first: bool,
    /// Found so far: actors, orders, offers.
    sofar: Option<(u64, u64, u64)>,
    last: Option<Last>,
}

impl Page {
    /// Whether the last import brought mails to look at.
    fn has_read(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.total > 0)
    }

    /// Whether what was refused is the path: said beside its field.
    fn is_of_path(&self) -> bool {
        matches!(self.refused, Some("import-no-path" | "import-own-folder"))
    }
}

/// The last import.
struct Last {
    /// What it found, in one sentence.
    lede: String,
    title: String,
    /// Nothing in it was a mail: what can be read is said instead of the counts.
    is_nothing: bool,
    stands: Stands,
    /// Whether what it read is still there: uploads are removed when an import stops.
    can_go_on: bool,
    lines: Vec<Line>,
    total: u64,
    found: Vec<Line>,
    odd: Vec<String>,
}

#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    thunderbird: String,
}

pub(super) async fn page(
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, Error> {
    with(&visitor, asked.thunderbird == "look", None, String::new()).await
}

/// Whether this visitor may name files of the machine.
pub(super) fn may_name(visitor: &Visitor) -> bool {
    visitor.is_here && visitor.is_host
}

/// The home folder of whoever runs the server: on loopback, the person's own.
pub(super) fn home() -> Option<PathBuf> {
    ["HOME", "USERPROFILE"].iter().find_map(std::env::var_os).map(PathBuf::from)
}

pub(super) async fn with(
    visitor: &Visitor,
    look: bool,
    refused: Option<&'static str>,
    path: String,
) -> Result<Html<String>, Error> {
    let w = Words::of(visitor.locale);
    let may_name = may_name(visitor);
    let (last, found, is_behind) = visitor
        .vault(move |vault| {
            let last = vault.read(|db| journal::latest(db, 1))?.pop();
            let found = home().filter(|_| look && may_name).map(|home| profiles(&home));
            Ok((last, found, vault.is_read_by_an_earlier()?))
        })
        .await?;
    let mut frame = visitor.frame(Nav::Import, w.t("nav-import"));
    frame.here = "/import".to_owned();
    let sofar = sofar(visitor);
    let is_first = last.is_none();
    let last = last.filter(|_| sofar.is_none()).map(|run| told(visitor, w, &run));
    let profiles = found;
    show(&Page { frame, may_name, profiles, refused, path, is_behind, is_first, sofar, last })
}

/// What the import under way has found: actors, mails of orders, offers.
fn sofar(visitor: &Visitor) -> Option<(u64, u64, u64)> {
    let running = visitor.state().imports().of(visitor.person)?;
    let report = running.seen().report;
    Some((report.actors, report.order_mails, report.offers))
}

fn told(visitor: &Visitor, w: &Words, run: &Run) -> Last {
    let zone = visitor.state().zone();
    let at = |us: i64| zone.to_datetime(jiff::Timestamp::from_microsecond(us).unwrap_or_default());
    let seconds = run.ended_us.map_or(0, |end| (end - run.started_us).max(0) / 1_000_000);
    let lasted = w.lasting(seconds);
    let names: Vec<String> = run
        .paths
        .iter()
        .filter_map(|p| p.file_name())
        .map(|n| crate::words::isolate(&n.to_string_lossy()).into_owned())
        .collect();
    let title = w
        .say("import-report")
        .arg("what", w.list(&names))
        .arg("day", w.day(at(run.started_us).date(), visitor.today()))
        .arg("lasted", lasted)
        .to_string();
    let r = &run.report;
    let is_done = run.state == Stands::Done;
    let lede = match r.arrivals == 0 && r.unchanged_files > 0 && is_done {
        true => w.t("import-nothing-new"),
        false => w
            .say("import-done")
            .arg("mails", r.arrivals)
            .arg("actors", r.actors)
            .arg("orders", r.orders)
            .to_string(),
    };
    Last {
        lede,
        is_nothing: r.arrivals == 0 && r.unchanged_files == 0 && is_done,
        title,
        stands: run.state,
        can_go_on: !are_gone(visitor.state().store(), visitor.person, &run.paths),
        lines: report::arrived(w, &run.report),
        total: run.report.arrivals,
        found: report::found(w, &run.report),
        odd: report::odd(w, &run.report),
    }
}

/// What replaces the strip while the import runs.
#[derive(Template)]
#[template(path = "import/progress.html")]
struct Living {
    frame: Frame,
    strip: Strip,
    sofar: (u64, u64, u64),
}

/// The strip alone, for the page's script; 204 when the import is over.
pub(super) async fn progress(visitor: Visitor) -> Result<Response, Error> {
    let frame = visitor.frame(Nav::Import, "");
    match (frame.strip, sofar(&visitor)) {
        (Some(strip), Some(sofar)) => Ok(show(&Living { frame, strip, sofar })?.into_response()),
        _ => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}
