//! From paths to mails: folders walked in order, mailboxes and archives read as streams.

use mesinfos_reading::Mail;
use mesinfos_reading::mailbox::{self, Arrival, Content, Finish, Mark, Seen, Why};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

/// One mail or document to understand.
pub struct Job {
    /// The last part of its path.
    pub file: String,
    /// Its path below the one that was asked for, `!inner/path` and `#N` included.
    pub id: String,
    /// What to read.
    pub what: What,
}

/// What a job holds.
pub enum What {
    /// A message.
    Mail(Vec<u8>),
    /// A document in HTML, and the mail that brought it.
    Html(Vec<u8>, Option<Vec<u8>>),
}

/// Where jobs go.
type Give<'g> = dyn FnMut(Job) -> io::Result<()> + 'g;

/// What was seen on the way.
pub struct Walk {
    /// `--context`.
    context: Option<Vec<u8>>,
    /// A path that is not there or cannot be read.
    pub is_missing: bool,
    skipped: BTreeMap<&'static str, u64>,
}

/// Documents are read whole: beyond this they are not read.
const DOCUMENT_BYTES: u64 = 50 << 20;
/// The headers of a message that is too large to read.
const HEADER_BYTES: u64 = 256 << 10;

impl Walk {
    pub fn new(context: Option<&Path>) -> anyhow::Result<Walk> {
        let context = context.map(std::fs::read).transpose()?;
        Ok(Walk { context, is_missing: false, skipped: BTreeMap::new() })
    }

    /// Gives all mails and documents under one path, in the order of their names.
    pub fn path(&mut self, path: &Path, give: &mut Give<'_>) -> io::Result<()> {
        if path.is_dir() {
            return self.folder(path, path, give);
        }
        self.file(path, path, give)
    }

    fn folder(&mut self, root: &Path, folder: &Path, give: &mut Give<'_>) -> io::Result<()> {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.miss(folder, &error),
        };
        let mut names = entries.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>()?;
        names.sort();
        for path in names {
            // A link to a folder may lead in a circle.
            let kind = std::fs::symlink_metadata(&path)?;
            if kind.is_dir() {
                self.folder(root, &path, give)?;
            } else if path.is_file() && path.file_name().is_none_or(|n| n != "context.eml") {
                self.file(root, &path, give)?;
            }
        }
        Ok(())
    }

    fn file(&mut self, root: &Path, path: &Path, give: &mut Give<'_>) -> io::Result<()> {
        let name = |p: &Path| p.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let below = match path.strip_prefix(root) {
            Ok(below) if below != Path::new("") => below.to_string_lossy().into_owned(),
            _ => name(path),
        };
        let mut input = match File::open(path) {
            Ok(input) => input,
            Err(error) => return self.miss(path, &error),
        };
        let lower = below.to_ascii_lowercase();
        if lower.ends_with(".html") || lower.ends_with(".htm") {
            let mut html = Vec::new();
            input.take(DOCUMENT_BYTES).read_to_end(&mut html)?;
            let beside = || std::fs::read(path.with_file_name("context.eml")).ok();
            let context = self.context.clone().or_else(beside);
            return give(Job { file: name(path), id: below, what: What::Html(html, context) });
        }
        // Folder names tell what mail is; the root's own name is one of them.
        let full = if root == path { below.clone() } else { format!("{}/{below}", name(root)) };
        let mut mark = Mark::default();
        let mut failed = Ok(());
        loop {
            let finish = mailbox::read(&full, &mut input, mark, &mut |seen| {
                match seen {
                    Seen::Arrival(arrival) => failed = arrived(&below, arrival, give),
                    Seen::Skipped(s) => *self.skipped.entry(sort(s.why)).or_default() += 1,
                }
                if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            std::mem::replace(&mut failed, Ok(()))?;
            match finish {
                Ok(Finish::Done) => return Ok(()),
                Ok(Finish::GoOn(next)) => mark = next,
                Err(error) => return self.miss(path, &error),
            }
        }
    }

    fn miss(&mut self, path: &Path, error: &io::Error) -> io::Result<()> {
        eprintln!("mesinfos: {}: {error}", path.display());
        self.is_missing = true;
        Ok(())
    }

    /// Counts what was not taken.
    pub fn tell(&self, to: &mut dyn Write) {
        for (what, count) in &self.skipped {
            // Standard error closed is no reason to fail.
            let _ = writeln!(to, "mesinfos: {count} {what}");
        }
    }
}

fn arrived(below: &str, arrival: Arrival<'_>, give: &mut Give<'_>) -> io::Result<()> {
    let mut id = below.to_owned();
    if let Some(inner) = &arrival.place.inner {
        id = format!("{id}!{inner}");
    }
    if let Some(number) = arrival.place.number {
        id = format!("{id}#{number}");
    }
    let file = arrival.place.inner.as_deref().unwrap_or(below);
    let file = file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned();
    let bytes = match arrival.content {
        Content::Whole(bytes) => bytes,
        Content::Large(rest) => {
            let mut head = Vec::new();
            rest.take(HEADER_BYTES).read_to_end(&mut head)?;
            head
        }
    };
    give(Job { file, id, what: What::Mail(bytes) })
}

/// What a person is told of something that was not taken.
fn sort(why: Why) -> &'static str {
    match why {
        Why::NotMail | Why::NotAFile | Why::Unfinished => "files are neither mail nor document",
        Why::Empty => "files are empty",
        Why::Noise => "mailboxes begin with bytes that are no mail",
        Why::Utf16 => "files were saved as UTF-16; export them again",
        Why::Encrypted => "entries are encrypted; unpack the archive with its password",
        Why::ArchiveInArchive => "archives stand inside another; unpack the outer one",
        Why::Bomb => "entries unpack to absurd size and were left out",
        Why::Overlapping => "archives have entries that overlap and were refused",
        Why::Damaged => "archives or entries are damaged",
        Why::UnknownArchive => "archives are of a kind not read; pack them as zip or tar.gz",
        Why::Outlook => "Outlook stores (.pst); export them first, with Thunderbird or readpst",
    }
}

impl What {
    /// The mail to understand: a document is read as the HTML body of the mail that brought it.
    pub fn read(&self) -> Mail {
        match self {
            What::Mail(bytes) => Mail::read(bytes),
            What::Html(html, context) => {
                let mut mail = context.as_deref().map(Mail::read).unwrap_or_default();
                mail.text = None;
                mail.html = Some(mesinfos_reading::words::guess(html).into_owned());
                mail
            }
        }
    }

    /// Bytes held.
    pub fn len(&self) -> usize {
        match self {
            What::Mail(bytes) => bytes.len(),
            What::Html(html, context) => html.len() + context.as_ref().map_or(0, Vec::len),
        }
    }
}
