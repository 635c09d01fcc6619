//! The journal of imports: what was asked for, how it ended, what it found. A run that is still
//! `running` when the program starts was cut short, and goes on where it was.

use super::Report;
use crate::{Db, Result, Row};
use std::path::PathBuf;

/// How a run stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Under way, or cut short by the program's end.
    Running,
    /// Read to its end.
    Done,
    /// The person stopped it.
    Stopped,
    /// Something of the vault or the disk failed; what was kept stays.
    Failed,
}

impl State {
    fn code(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Done => "done",
            State::Stopped => "stopped",
            State::Failed => "failed",
        }
    }

    fn from_code(code: &str) -> State {
        let all = [State::Running, State::Done, State::Stopped];
        all.into_iter().find(|s| s.code() == code).unwrap_or(State::Failed)
    }
}

/// One import.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// Larger is later.
    pub id: i64,
    /// When it began, microseconds since 1970.
    pub started_us: i64,
    /// When it ended, the same; `None` while it runs, and when it was cut short.
    pub ended_us: Option<i64>,
    /// How it stands.
    pub state: State,
    /// What the person chose.
    pub paths: Vec<PathBuf>,
    /// What it found, as far as it came.
    pub report: Report,
}

/// Notes that these paths are being read; the run's number.
pub fn begin(db: &Db, paths: &[PathBuf], now_us: i64) -> Result<i64> {
    let paths: Vec<String> = paths.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let id = db
        .first(
            "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) + 1 FROM import_run WHERE person_id = $1",
            &[db.person().into()],
            |r| r.get::<i64>(0),
        )?
        .unwrap_or(1);
    db.execute(
        "INSERT INTO import_run (person_id, id, started_us, ended_us, state, paths, report)
         VALUES ($1, $2, $3, NULL, 'running', $4, '{}')",
        &[
            db.person().into(),
            id.into(),
            now_us.into(),
            (&serde_json::Value::from(paths).to_string()).into(),
        ],
    )?;
    Ok(id)
}

/// Notes how a run ended.
pub fn end(db: &Db, id: i64, state: State, report: &Report, now_us: i64) -> Result<()> {
    let report = serde_json::to_string(report)
        .map_err(|e| crate::Error::Invalid(format!("a report does not serialise: {e}")))?;
    db.execute(
        "UPDATE import_run SET ended_us = $3, state = $4, report = $5
         WHERE person_id = $1 AND id = $2",
        &[db.person().into(), id.into(), now_us.into(), state.code().into(), (&report).into()],
    )?;
    Ok(())
}

/// The latest runs, newest first.
pub fn latest(db: &Db, most: i64) -> Result<Vec<Run>> {
    db.query(
        "SELECT id, started_us, ended_us, state, paths, report FROM import_run
         WHERE person_id = $1 ORDER BY id DESC LIMIT $2",
        &[db.person().into(), most.into()],
        run,
    )
}

fn run(r: &Row<'_>) -> Result<Run> {
    let paths: Vec<String> = serde_json::from_str(&r.get::<String>(4)?).unwrap_or_default();
    Ok(Run {
        id: r.get(0)?,
        started_us: r.get(1)?,
        ended_us: r.get(2)?,
        state: State::from_code(&r.get::<String>(3)?),
        paths: paths.into_iter().map(PathBuf::from).collect(),
        report: serde_json::from_str(&r.get::<String>(5)?).unwrap_or_default(),
    })
}
