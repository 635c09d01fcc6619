//! One process owns a data folder. A command that finds it owned hands itself over on the Unix
//! socket in that folder: same user only, one JSON line asked, JSON lines answered.

mod answer;
mod ask;

pub use answer::listen;
pub use ask::ask;

use crate::request::{Ended, Said};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// One line of an answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Line(Value),
    Progress { share: f64, words: String },
    Words(String),
    Ended(Ended),
    Failed(String),
}

impl From<Said> for Reply {
    fn from(said: Said) -> Reply {
        match said {
            Said::Line(line) => Reply::Line(line),
            Said::Progress { share, words } => Reply::Progress { share, words },
            Said::Words(words) => Reply::Words(words),
        }
    }
}

/// In the folder, so that who may enter it may ask. A socket's path holds 107 bytes at most
/// (`sun_path`): a folder deeper than that is served without one, and says so.
fn socket(data: &Path) -> PathBuf {
    data.join("socket")
}
