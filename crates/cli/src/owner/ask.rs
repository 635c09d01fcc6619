//! The command's side: hands its request to the owner of the folder.

use super::{Reply, socket};
use crate::request::{Ended, Request, Said};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

/// Asks the owner and repeats what it says.
pub fn ask(data: &Path, request: &Request, say: &mut dyn FnMut(Said)) -> Result<Ended> {
    let path = socket(data);
    let stream = UnixStream::connect(&path).with_context(|| {
        format!("another process has {} and does not answer; stop it first", data.display())
    })?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    (&stream).write_all(&line)?;
    for line in BufReader::new(&stream).lines() {
        match serde_json::from_str(&line?)? {
            Reply::Line(line) => say(Said::Line(line)),
            Reply::Progress { share, words } => say(Said::Progress { share, words }),
            Reply::Words(words) => say(Said::Words(words)),
            Reply::Ended(ended) => return Ok(ended),
            Reply::Failed(why) => bail!(why),
        }
    }
    bail!("the owner of {} stopped before the end; what is kept stays", data.display())
}
