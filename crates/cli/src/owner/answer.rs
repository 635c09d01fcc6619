//! The owner's side: answers commands of the same user while it serves.

use super::{Reply, socket};
use crate::request::{Request, perform};
use anyhow::{Context, Result};
use mesinfos_server::State;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A request is one line of at most this many bytes.
const REQUEST_BYTES: u64 = 1 << 20;
/// How often the thread looks up to see whether the program ends.
const LOOK_UP: Duration = Duration::from_millis(200);

/// Answers on the folder's socket, in a thread of its own, until the program ends.
pub fn listen(data: &Path, state: State) -> Result<()> {
    let path = socket(data);
    // We hold the folder's lock: a socket that is there is a dead process's.
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
        _ => {}
    }
    let listener = UnixListener::bind(&path)
        .with_context(|| format!("{} cannot be made (is the path too long?)", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    listener.set_nonblocking(true)?;
    std::thread::spawn(move || {
        while !state.is_stopping() {
            match listener.accept() {
                Ok((stream, _)) => {
                    let state = state.clone();
                    std::thread::spawn(move || {
                        if let Err(error) = answer(&stream, &state) {
                            tracing::debug!(%error, "a command went away");
                        }
                    });
                }
                Err(_) => std::thread::sleep(LOOK_UP),
            }
        }
        let _ = std::fs::remove_file(&path);
    });
    Ok(())
}

fn answer(stream: &UnixStream, state: &State) -> Result<()> {
    stream.set_nonblocking(false)?;
    let mut line = String::new();
    BufReader::new(stream.take(REQUEST_BYTES)).read_line(&mut line)?;
    let request: Request = serde_json::from_str(&line)?;
    let stop = AtomicBool::new(false);
    let mut out = stream;
    let mut say = |said| {
        let gone = write(&mut out, &Reply::from(said)).is_err();
        // Who asked has left, or we are leaving: what is kept stays, the rest waits.
        if gone || state.is_stopping() {
            stop.store(true, Ordering::Relaxed);
        }
    };
    let erase = |person| Ok(state.erase(person)?);
    let last = match perform(state.store(), &request, &erase, &stop, &mut say) {
        Ok(ended) => Reply::Ended(ended),
        Err(error) => Reply::Failed(format!("{error:#}")),
    };
    write(&mut out, &last)
}

fn write(mut out: impl Write, reply: &Reply) -> Result<()> {
    let mut line = serde_json::to_vec(reply)?;
    line.push(b'\n');
    out.write_all(&line)?;
    Ok(())
}
