//! What there is to read below the paths that a person chose, and what of it is as it was.

use crate::{Db, Error, Result};
use mesinfos_reading::mailbox::{self, Mark};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{File, Metadata};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// How much before the last boundary is checked before a grown mbox is read on from there.
const TAIL_BYTES: u64 = 64 << 10;

/// Something to read.
pub(crate) struct Source {
    /// Its row, when it was read before.
    pub id: Option<i64>,
    pub path: PathBuf,
    /// From the name of what the person chose: folder names in it tell what a folder is for.
    pub name: String,
    pub identity: String,
    pub from: Mark,
    pub what: What,
}

pub(crate) enum What {
    /// An mbox, an archive, a loose mail.
    File,
    /// One-message files of a folder; `read` of them were read before.
    Folder { files: Vec<OneMail>, all: Vec<u64> },
    /// Handed in by who knows it: [`super::fed`].
    Fed(&'static str),
}

/// A file with one message.
pub(super) struct OneMail {
    pub name: std::ffi::OsString,
    mark: u64,
}

/// All that there is to do.
#[derive(Default)]
pub(super) struct Plan {
    pub sources: Vec<Source>,
    pub unchanged: u64,
    pub bytes: u64,
}

/// What is known of a source from the last time.
struct Known {
    id: i64,
    identity: String,
    from: Mark,
    tail: Option<Vec<u8>>,
    files: Option<Vec<u8>>,
    is_complete: bool,
}

impl Plan {
    /// Looks at every file below `paths`, opens none that is as it was. `full`: all are read.
    pub fn make(db: &Db, paths: &[PathBuf], full: bool) -> Result<Plan> {
        let mut known = HashMap::new();
        for (path, row) in db.query(
            "SELECT path, id, identity, position, tail, files, is_complete FROM source
             WHERE person_id = $1",
            &[db.person().into()],
            |r| {
                let row = Known {
                    id: r.get(1)?,
                    identity: r.get(2)?,
                    from: serde_json::from_str(&r.get::<String>(3)?).unwrap_or_default(),
                    tail: r.get(4)?,
                    files: r.get(5)?,
                    is_complete: r.get(6)?,
                };
                Ok((r.get::<String>(0)?, row))
            },
        )? {
            known.insert(path, row);
        }
        let mut plan = Plan::default();
        for path in paths {
            let path = path.canonicalize().map_err(Error::file(path))?;
            let meta = path.metadata().map_err(Error::file(&path))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let walk = Walk { known: &known, full };
            if meta.is_dir() {
                walk.folder(&path, &name, &mut plan)?;
            } else {
                walk.file(path, name, &meta, &mut plan);
            }
        }
        Ok(plan)
    }
}

struct Walk<'a> {
    known: &'a HashMap<String, Known>,
    full: bool,
}

impl Walk<'_> {
    fn folder(&self, path: &Path, name: &str, plan: &mut Plan) -> Result<()> {
        let mut folders = Vec::new();
        let mut mails = Vec::new();
        let mut files = Vec::new();
        for entry in path.read_dir().map_err(Error::file(path))? {
            let Ok(entry) = entry else { continue };
            // Links are not followed: they could lead round in a circle, or out of what was chosen.
            let Ok(kind) = entry.file_type() else { continue };
            let file_name = entry.file_name();
            let below = format!("{name}/{}", file_name.to_string_lossy());
            if kind.is_dir() {
                folders.push((entry.path(), below));
            } else if kind.is_file() {
                let hint = mailbox::hint(&below);
                let Ok(meta) = entry.metadata() else { continue };
                if hint.skip.is_some() || meta.len() == 0 {
                    continue;
                }
                if hint.is_message {
                    let mark = mark(&file_name, &meta);
                    mails.push((OneMail { name: file_name, mark }, meta.len()));
                } else {
                    files.push((entry.path(), below, meta));
                }
            }
        }
        files.sort_by(|a, b| a.1.cmp(&b.1));
        for (path, name, meta) in files {
            self.file(path, name, &meta, plan);
        }
        self.mails(path, name, mails, plan);
        folders.sort();
        for (path, name) in folders {
            self.folder(&path, &name, plan)?;
        }
        Ok(())
    }

    fn file(&self, path: PathBuf, name: String, meta: &Metadata, plan: &mut Plan) {
        let identity = identity(meta);
        let known = self.known.get(&*path.to_string_lossy());
        let mut from = Mark::default();
        if let Some(known) = known
            && !self.full
        {
            let same = known.identity == identity;
            if same && known.is_complete {
                plan.unchanged += 1;
                return;
            }
            let grown = || {
                known.tail.is_some()
                    && known.from.offset <= meta.len()
                    && tail(&path, known.from) == known.tail
            };
            if same || grown() {
                from = known.from;
            }
        }
        plan.bytes += meta.len() - from.offset.min(meta.len());
        let id = known.map(|k| k.id);
        plan.sources.push(Source { id, path, name, identity, from, what: What::File });
    }

    fn mails(&self, path: &Path, name: &str, mut mails: Vec<(OneMail, u64)>, plan: &mut Plan) {
        if mails.is_empty() {
            return;
        }
        let mut all: Vec<u64> = mails.iter().map(|(m, _)| m.mark).collect();
        all.sort_unstable();
        let identity = digest(&all);
        let known = self.known.get(&*path.to_string_lossy());
        let mut from = Mark::default();
        if let Some(known) = known
            && !self.full
        {
            let same = known.identity == identity;
            if same && known.is_complete {
                plan.unchanged += mails.len() as u64;
                return;
            }
            if let Some(read) = &known.files {
                let read = marks(read);
                let before = mails.len();
                mails.retain(|(m, _)| read.binary_search(&m.mark).is_err());
                plan.unchanged += (before - mails.len()) as u64;
            } else if same {
                from = known.from;
            }
        }
        mails.sort_by(|a, b| a.0.name.cmp(&b.0.name));
        plan.bytes += mails.iter().skip(from.entry as usize).map(|(_, size)| size).sum::<u64>();
        let files = mails.into_iter().map(|(m, _)| m).collect();
        plan.sources.push(Source {
            id: known.map(|k| k.id),
            path: path.to_owned(),
            name: name.to_owned(),
            identity,
            from,
            what: What::Folder { files, all },
        });
    }
}

/// What tells a file from its later self.
fn identity(meta: &Metadata) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let mtime = i128::from(meta.mtime()) * 1_000_000_000 + i128::from(meta.mtime_nsec());
        format!("{}:{}:{}:{mtime}", meta.dev(), meta.ino(), meta.size())
    }
    #[cfg(not(unix))]
    format!("{}:{:?}", meta.len(), meta.modified().ok())
}

/// The same in 8 bytes, with its name.
fn mark(name: &std::ffi::OsStr, meta: &Metadata) -> u64 {
    let mut hash = Sha256::new();
    hash.update(name.as_encoded_bytes());
    hash.update([0]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        for n in [meta.dev(), meta.ino(), meta.size()] {
            hash.update(n.to_le_bytes());
        }
        hash.update(meta.mtime().to_le_bytes());
        hash.update(meta.mtime_nsec().to_le_bytes());
    }
    #[cfg(not(unix))]
    hash.update(identity(meta));
    let hash: [u8; 32] = hash.finalize().into();
    u64::from_le_bytes(hash.first_chunk().copied().unwrap_or_default())
}

fn digest(marks: &[u64]) -> String {
    let mut hash = Sha256::new();
    for mark in marks {
        hash.update(mark.to_le_bytes());
    }
    hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// Marks as they are kept.
pub(super) fn mark_bytes(marks: &[u64]) -> Vec<u8> {
    marks.iter().flat_map(|m| m.to_le_bytes()).collect()
}

fn marks(bytes: &[u8]) -> Vec<u64> {
    bytes.as_chunks().0.iter().map(|c| u64::from_le_bytes(*c)).collect()
}

/// SHA-256 of the last 64 kB before a boundary; `None` inside archives and when the file is
/// shorter.
pub(super) fn tail(path: &Path, at: Mark) -> Option<Vec<u8>> {
    if at.entry > 0 || at.offset == 0 {
        return None;
    }
    let start = at.offset.saturating_sub(TAIL_BYTES);
    let mut file = File::open(path).ok()?;
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut bytes = Vec::new();
    file.take(at.offset - start).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == at.offset - start).then(|| Sha256::digest(&bytes).to_vec())
}
