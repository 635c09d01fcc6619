//! Mailboxes of every form, read message by message in bounded memory.
//!
//! The caller owns every effect: it walks folders, opens files and hands each to [`read`], which
//! shows what it finds to a closure, one message at a time, each with its place and with the
//! [`Mark`] from which a stopped reading goes on. What a path alone says (a Maildir's flags, a
//! folder's name, a file not worth opening) is [`hint`]'s to tell, for files and for the entries
//! of an archive alike.

mod archive;
mod emlx;
mod form;
mod hint;
mod labels;
mod mbox;
mod role;
mod separator;
pub mod thunderbird;
mod window;

pub use form::Form;
pub use hint::{Hint, hint};
pub use role::{Role, imap_name, imap_written};

use crate::canonical::Quoting;
use crate::limits;
use mesinfos_domain::Problem;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use window::Window;

/// One message as it arrived.
pub struct Arrival<'a> {
    /// Where it stood.
    pub place: Place,
    /// The folder it was in, parts joined by `/`; empty for the inbox and for loose files.
    pub folder: String,
    /// What that folder, or the labels, are for.
    pub role: Role,
    /// Gmail's labels, Thunderbird's keywords.
    pub labels: Vec<String>,
    /// Read, answered, flagged...
    pub flags: Flags,
    /// How its mailbox quotes: for [`crate::canonical::canonical`].
    pub quoting: Quoting,
    /// What stood before it: the `From ` line of an mbox, the length line of an emlx.
    pub before: Vec<u8>,
    /// Its bytes, with the blank line that an mbox puts after each message.
    pub content: Content<'a>,
    /// What stood after it: the property list of an emlx.
    pub after: Vec<u8>,
    /// What was odd.
    pub problems: Vec<Problem>,
    /// Where a reading that stops after this message goes on.
    pub next: Mark,
}

/// The bytes of an arrival.
pub enum Content<'a> {
    /// All of them.
    Whole(Vec<u8>),
    /// More than [`limits::MESSAGE_BYTES`]: kept as a stream, not understood. What the caller
    /// does not read is passed over. For [`crate::canonical::stream`].
    Large(&'a mut dyn Read),
}

/// Where a message stands.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub struct Place {
    /// The path given to [`read`].
    pub path: String,
    /// The entry inside an archive.
    pub inner: Option<String>,
    /// In an mbox, the how manieth message it is, from 1.
    pub number: Option<u64>,
    /// The byte where it begins in the file or entry (its `From ` line in an mbox).
    pub offset: u64,
}

/// `path!inner#number`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(inner) = &self.inner {
            write!(f, "!{inner}")?;
        }
        self.number.map_or(Ok(()), |n| write!(f, "#{n}"))
    }
}

/// The boundary where a reading begins or goes on; the default is the beginning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
pub struct Mark {
    /// Entries of the archive that are done.
    pub entry: u64,
    /// The byte in the file or entry.
    pub offset: u64,
    /// Messages of the mbox that are done.
    pub number: u64,
}

/// What the mailbox knows about a message beyond its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Flags {
    /// Whether it was read; `None` where the mailbox does not say.
    pub seen: Option<bool>,
    /// Answered.
    pub answered: bool,
    /// Marked with a star.
    pub flagged: bool,
    /// A draft.
    pub draft: bool,
    /// Deleted and not yet expunged.
    pub deleted: bool,
    /// Forwarded.
    pub forwarded: bool,
}

/// Something that was not taken.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skipped {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub why: Why,
    /// Where a reading that stops here goes on.
    pub next: Mark,
}

/// Why something was not taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// A picture, an index, a settings file: no mail.
    NotMail,
    /// Nothing in it.
    Empty,
    /// Bytes before the first message of an mbox that are no message.
    Noise,
    /// UTF-16: a mail program writes no such file; it was saved again by an editor.
    Utf16,
    /// The Maildir's `tmp`: a delivery that was never finished.
    Unfinished,
    /// A link or a device inside an archive.
    NotAFile,
    /// An encrypted entry: unpack it with its password first.
    Encrypted,
    /// An archive inside an archive: unpack the outer one first.
    ArchiveInArchive,
    /// Unpacks to far more than mail ever does.
    Bomb,
    /// Entries of a zip that share bytes, as only hostile ones do.
    Overlapping,
    /// The archive ends or breaks here; what came before was read.
    Damaged,
    /// An archive of a kind not read (rar, 7z, xz, bzip2): pack it as zip or tar.gz.
    UnknownArchive,
    /// Outlook's own store: export it first (Thunderbird's ImportExportTools, `readpst`).
    Outlook,
}

impl Why {
    /// A stable word, the key of the sentence shown.
    pub fn code(self) -> &'static str {
        match self {
            Why::NotMail => "not-mail",
            Why::Empty => "empty",
            Why::Noise => "mbox-noise",
            Why::Utf16 => "utf-16",
            Why::Unfinished => "maildir-unfinished",
            Why::NotAFile => "archive-not-a-file",
            Why::Encrypted => "archive-encrypted",
            Why::ArchiveInArchive => "archive-in-archive",
            Why::Bomb => "archive-bomb",
            Why::Overlapping => "archive-overlapping",
            Why::Damaged => "archive-damaged",
            Why::UnknownArchive => "archive-unknown",
            Why::Outlook => "outlook-store",
        }
    }

    /// Whether a person should hear of it: mail may be in there.
    pub fn is_a_loss(self) -> bool {
        !matches!(self, Why::NotMail | Why::Empty | Why::Unfinished | Why::NotAFile)
    }
}

/// What a reading shows.
pub enum Seen<'a> {
    /// A message.
    Arrival(Arrival<'a>),
    /// Something that was not taken.
    Skipped(Skipped),
}

/// How a reading ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finish {
    /// There is no more.
    Done,
    /// The closure asked to stop, or [`limits::ARCHIVE_ENTRIES`] were read in this step: call
    /// [`read`] again with this mark.
    GoOn(Mark),
}

/// Receives what a reading finds; `Break` stops it after this item.
pub type See<'s> = dyn FnMut(Seen<'_>) -> ControlFlow<()> + 's;

/// Anything that can be read at any place: a file, bytes in memory.
pub trait Input: Read + Seek {}
impl<T: Read + Seek> Input for T {}

/// Reads one file of any form, told by its content. `path` should begin with the name of what
/// the person chose (`Mail.zip`, `Maildir/.Sent/cur/1:2,S`): folder names in it tell the role.
///
/// # Errors
/// Those of `input`. A file that is not what it seems gives a [`Skipped`], never an error.
pub fn read(
    path: &str,
    input: &mut dyn Input,
    from: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    let mut at = Place { path: path.to_owned(), ..Place::default() };
    let hint = hint(path);
    if let Some(why) = hint.skip {
        return Ok(skip(at, why, Mark { entry: 1, ..Mark::default() }, see));
    }
    let form = {
        input.seek(SeekFrom::Start(0))?;
        let mut window = Window::new(&mut *input, 0);
        window.fill(form::LOOK)?;
        Form::of(window.data(), &hint)
    };
    let finish = match form {
        Form::Zip => archive::zip(&mut at, input, from, see)?,
        Form::Gzip | Form::Zstd | Form::Tar => {
            input.seek(SeekFrom::Start(0))?;
            archive::stream(&mut at, input, form, from, see)?
        }
        _ => {
            input.seek(SeekFrom::Start(from.offset))?;
            let mut window = Window::new(input, from.offset);
            entry(&at, &hint, form, &mut window, from, see)?
        }
    };
    Ok(finish)
}

/// Reads what is no archive; `window` stands at `from.offset`.
fn entry(
    at: &Place,
    hint: &Hint,
    form: Form,
    window: &mut Window<'_>,
    from: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    let done = Mark { entry: from.entry + 1, ..Mark::default() };
    if from.entry > 0 && at.inner.is_none() {
        return Ok(Finish::Done);
    }
    match form {
        Form::Mbox => mbox::read(at, hint, window, from, see),
        Form::Emlx => emlx::read(at, hint, window, done, see),
        Form::Message => message(at, hint, window, done, see),
        Form::Other(why) => Ok(skip(at.clone(), why, done, see)),
        Form::Zip | Form::Gzip | Form::Zstd | Form::Tar => {
            Ok(skip(at.clone(), Why::ArchiveInArchive, done, see))
        }
    }
}

/// A file that is one message.
fn message(
    at: &Place,
    hint: &Hint,
    window: &mut Window<'_>,
    next: Mark,
    see: &mut See<'_>,
) -> io::Result<Finish> {
    window.fill(limits::MESSAGE_BYTES + 1)?;
    let mut arrival = Arrival::new(at.clone(), hint, next);
    labels::of_headers(window.data(), &mut arrival);
    if window.data().len() > limits::MESSAGE_BYTES {
        arrival.problems.push(Problem::new("mail-too-large", at.to_string()));
        arrival.content = Content::Large(window);
        return Ok(finish(see(Seen::Arrival(arrival)), next));
    }
    arrival.content = Content::Whole(window.take_all());
    Ok(finish(see(Seen::Arrival(arrival)), next))
}

impl Arrival<'_> {
    fn new<'a>(place: Place, hint: &Hint, next: Mark) -> Arrival<'a> {
        Arrival {
            place,
            folder: hint.folder.clone(),
            role: hint.role,
            labels: Vec::new(),
            flags: hint.flags,
            quoting: Quoting::None,
            before: Vec::new(),
            content: Content::Whole(Vec::new()),
            after: Vec::new(),
            problems: Vec::new(),
            next,
        }
    }
}

fn skip(place: Place, why: Why, next: Mark, see: &mut See<'_>) -> Finish {
    finish(see(Seen::Skipped(Skipped { place, why, next })), next)
}

fn finish(flow: ControlFlow<()>, next: Mark) -> Finish {
    match flow {
        ControlFlow::Continue(()) => Finish::Done,
        ControlFlow::Break(()) => Finish::GoOn(next),
    }
}
