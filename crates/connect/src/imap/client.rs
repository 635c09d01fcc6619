//! A conversation with a server: commands out, answers in, one at a time, with patience and an end.

use super::Options;
use super::reply::{Copied, Reply, Status, parse};
use super::stream::Stream;
use super::{Frames, login};
use crate::{Error, Result};
use mesinfos_vault::mailboxes::{Access, Secret, Security};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Bytes on the wire (before TLS), and commands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize)]
pub struct Traffic {
    /// From the server.
    pub received: u64,
    /// To the server.
    pub sent: u64,
    /// Commands: round trips.
    pub commands: u64,
}

/// In this time the server must send more than [`LEAST`].
const READ_BYTES: usize = 64 << 10;
/// Fewer bytes in all of the patience is as good as none.
const LEAST: u64 = 256;
/// How often a waiting client looks up to see whether it should stop.
const LOOK_UP: Duration = Duration::from_millis(500);

/// A connection, logged in.
pub struct Client {
    stream: Stream,
    frames: Frames,
    room: Box<[u8]>,
    tag: u32,
    capable: BTreeSet<String>,
    is_quick: bool,
    patience: Duration,
    traffic: Traffic,
}

/// How a command ended.
pub(super) struct Ended {
    pub status: Status,
    pub text: String,
    pub copied: Option<Copied>,
}

impl Ended {
    /// Whether the command did what it should.
    pub fn well(&self) -> Result<()> {
        match self.status {
            Status::Ok => Ok(()),
            _ if is_passing(&self.text) => Err(Error::Unavailable),
            _ => Err(Error::Broken("a command refused")),
        }
    }
}

impl Client {
    /// Connects, makes the connection safe as the mailbox says, logs in, enables QRESYNC.
    ///
    /// # Errors
    /// Those of [`Error`], by what can be done.
    pub fn open(access: &Access, secret: &Secret, options: &Options) -> Result<Client> {
        let mut client = Client {
            stream: Stream::open(access, options)?,
            frames: Frames::default(),
            room: vec![0; READ_BYTES].into(),
            tag: 0,
            capable: BTreeSet::new(),
            is_quick: false,
            patience: options.patience,
            traffic: Traffic::default(),
        };
        let is_known = client.greeting()?;
        if access.security == Security::StartTls {
            client = client.start_tls(access, options)?;
        }
        if client.capable.is_empty() {
            client.ask_capabilities()?;
        }
        if !is_known {
            login::log_in(&mut client, access, secret)?;
        }
        if client.can("QRESYNC") && client.can("ENABLE") {
            // What it enables, the server says as capabilities: not to be taken for all of them.
            let known = std::mem::take(&mut client.capable);
            client.is_quick =
                client.run("ENABLE QRESYNC", &mut |_, _| Ok(()))?.status == Status::Ok;
            client.capable = known;
        }
        Ok(client)
    }

    /// Whether the server said that it can.
    pub fn can(&self, capability: &str) -> bool {
        self.capable.contains(capability)
    }

    /// Whether QRESYNC is on.
    pub fn is_quick(&self) -> bool {
        self.is_quick
    }

    /// What went over the wire so far.
    pub fn traffic(&self) -> Traffic {
        self.traffic
    }

    /// Says goodbye; whether the server hears it changes nothing.
    pub fn close(mut self) -> Traffic {
        let _ = self.send("LOGOUT\r\n");
        self.traffic
    }

    /// Runs a command that must succeed. `on` gets the replies that are no general news.
    pub(super) fn must(
        &mut self,
        command: &str,
        on: &mut dyn FnMut(&mut Client, Reply) -> Result<()>,
    ) -> Result<()> {
        self.run(command, on)?.well()
    }

    /// Runs a command to its end.
    pub(super) fn run(
        &mut self,
        command: &str,
        on: &mut dyn FnMut(&mut Client, Reply) -> Result<()>,
    ) -> Result<Ended> {
        let tag = self.begin(command)?;
        self.finish(&tag, on)
    }

    /// Sends a command; its tag.
    pub(super) fn begin(&mut self, command: &str) -> Result<String> {
        self.tag += 1;
        let tag = format!("m{}", self.tag);
        self.traffic.commands += 1;
        self.send(&format!("{tag} {command}\r\n"))?;
        Ok(tag)
    }

    /// Hears the answers of a command to their end.
    pub(super) fn finish(
        &mut self,
        tag: &str,
        on: &mut dyn FnMut(&mut Client, Reply) -> Result<()>,
    ) -> Result<Ended> {
        loop {
            match self.answer()? {
                Reply::Done { tag: t, status, capable, copied, text } if t == tag => {
                    if let Some(capable) = capable {
                        self.capable = capable.into_iter().collect();
                    }
                    return Ok(Ended { status, text, copied });
                }
                Reply::Done { .. } => return Err(Error::Broken("an answer to nothing")),
                Reply::Told { status: Status::Bye, .. } => return Err(Error::Unavailable),
                Reply::Capable(list) => self.capable = list.into_iter().collect(),
                other => on(self, other)?,
            }
        }
    }

    /// Sends bytes of a command under way.
    pub(super) fn send(&mut self, text: &str) -> Result<()> {
        self.send_bytes(text.as_bytes())
    }

    /// The same for what is no text.
    pub(super) fn send_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.traffic.sent += bytes.len() as u64;
        self.stream.write_all(bytes).map_err(|e| Error::io(&e))?;
        self.stream.flush().map_err(|e| Error::io(&e))
    }

    /// The next answer.
    pub(super) fn answer(&mut self) -> Result<Reply> {
        let (began, before) = (Instant::now(), self.traffic.received);
        loop {
            if let Some(answer) = self.frames.answer()? {
                return parse(answer);
            }
            if began.elapsed() > self.patience {
                let got = self.traffic.received - before;
                if got < LEAST * (1 + began.elapsed().as_secs() / self.patience.as_secs().max(1)) {
                    return Err(Error::Slow);
                }
            }
            self.hear()?;
        }
    }

    fn hear(&mut self) -> Result<()> {
        let n = self.stream.read(&mut self.room).map_err(|e| Error::io(&e))?;
        if n == 0 {
            return Err(Error::Cut);
        }
        self.traffic.received += n as u64;
        self.frames.take(&self.room[..n]);
        Ok(())
    }

    /// Waits for news of the folder that is open (RFC 2177), `most` long; whether there were any.
    /// Without IDLE it only waits.
    ///
    /// # Errors
    /// Those of the connection.
    pub fn idle(&mut self, most: Duration, stop: &AtomicBool) -> Result<bool> {
        let began = Instant::now();
        if !self.can("IDLE") {
            while began.elapsed() < most && !stop.load(Ordering::Relaxed) {
                std::thread::sleep(LOOK_UP.min(most));
            }
            return Ok(false);
        }
        let tag = self.begin("IDLE")?;
        self.stream.wait(LOOK_UP)?;
        let mut has_news = false;
        while !has_news && began.elapsed() < most && !stop.load(Ordering::Relaxed) {
            match self.answer_within() {
                Ok(Some(reply)) => has_news = is_news(&reply),
                Ok(None) => {}
                Err(e) => return Err(e),
            }
        }
        self.stream.wait(self.patience)?;
        self.send("DONE\r\n")?;
        self.finish(&tag, &mut |_, reply| {
            has_news |= is_news(&reply);
            Ok(())
        })?;
        Ok(has_news)
    }

    /// An answer, if one is whole before the read times out.
    fn answer_within(&mut self) -> Result<Option<Reply>> {
        loop {
            if let Some(answer) = self.frames.answer()? {
                return match parse(answer)? {
                    Reply::Told { status: Status::Bye, .. } => Err(Error::Unavailable),
                    reply => Ok(Some(reply)),
                };
            }
            match self.hear() {
                Err(Error::Slow) => return Ok(None),
                other => other?,
            }
        }
    }

    /// The first line; whether we are known already (PREAUTH).
    fn greeting(&mut self) -> Result<bool> {
        match self.answer()? {
            Reply::Capable(list) => {
                self.capable = list.into_iter().collect();
                Ok(false)
            }
            Reply::Told { status: Status::Ok, .. } => Ok(false),
            Reply::Told { status: Status::PreAuth, .. } => Ok(true),
            Reply::Told { .. } => Err(Error::Unavailable),
            _ => Err(Error::Broken("no greeting")),
        }
    }

    fn ask_capabilities(&mut self) -> Result<()> {
        self.must("CAPABILITY", &mut |_, _| Ok(()))
    }

    /// RFC 3501, 6.2.1. Failure is failure: nothing more is said in clear.
    fn start_tls(mut self, access: &Access, options: &Options) -> Result<Client> {
        let ended = self.run("STARTTLS", &mut |_, _| Ok(()))?;
        // Bytes that came with the answer were said in clear, by whoever stands between.
        if ended.status != Status::Ok || !self.frames.is_empty() {
            return Err(Error::Insecure);
        }
        let stream = self.stream.secure(&access.host, options.root.as_deref())?;
        Ok(Client { stream, capable: BTreeSet::new(), frames: Frames::default(), ..self })
    }
}

fn is_news(reply: &Reply) -> bool {
    matches!(reply, Reply::Exists(_) | Reply::Expunged | Reply::Vanished(_) | Reply::Fetched(_))
}

/// Response codes of RFC 5530 that pass by themselves.
pub(super) fn is_passing(text: &str) -> bool {
    let text = text.to_uppercase();
    ["[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[THROTTLED]", "[OVERQUOTA]"]
        .iter()
        .any(|code| text.contains(code))
}
