//! Reading back what was kept of a message: its bytes, and what was understood of it.

use crate::import::prepare::{chunk_about, parse_form};
use crate::packing::unpack;
use crate::{Db, Error, Result, Vault};
use mesinfos_domain::{MessageId, Understood};
use mesinfos_reading::canonical::restore;

impl Vault {
    /// The canonical bytes of a message, whole; `None` when there is no such message.
    pub fn original(&self, message: MessageId) -> Result<Option<Vec<u8>>> {
        self.read(|db| bytes(db, self.content_key().as_ref(), message, usize::MAX))
    }
}

/// One arrival of a message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrival {
    /// The file or folder that it came from.
    pub source: String,
    /// Where in it: `inner#number@offset`, or a file's name.
    pub place: String,
    /// `inbox`, `sent`, `trash`...
    pub folder: String,
    /// Labels, as a JSON array; empty when there are none.
    pub labels: String,
    /// As Maildir writes them.
    pub flags: String,
    form: Vec<u8>,
}

impl Arrival {
    /// The arrival byte for byte, from the message's canonical form: what stood before it in its
    /// mailbox, the message with its own line ends and local headers, what stood after.
    pub fn restore(&self, canonical: &[u8]) -> Option<Vec<u8>> {
        let (before, after, kept) = parse_form(&self.form)?;
        Some([before, &restore(canonical, &kept), after].concat())
    }
}

impl Vault {
    /// How often and where a message arrived.
    pub fn arrivals(&self, message: MessageId) -> Result<Vec<Arrival>> {
        self.read(|db| {
            db.query(
                "SELECT s.path, a.place, a.folder, a.labels, a.flags, a.form
                 FROM arrival a JOIN source s ON s.person_id = a.person_id AND s.id = a.source
                 WHERE a.person_id = $1 AND a.message = $2 ORDER BY a.source, a.place {by_bytes}",
                &[db.person().into(), message.0.into()],
                |r| {
                    Ok(Arrival {
                        source: r.get(0)?,
                        place: r.get(1)?,
                        folder: r.get(2)?,
                        labels: r.get(3)?,
                        flags: r.get(4)?,
                        form: r.get(5)?,
                    })
                },
            )
        })
    }
}

/// The canonical bytes; of a message kept in pieces, at least the first `enough`.
pub(crate) fn bytes(
    db: &Db,
    seal: Option<&[u8; 32]>,
    message: MessageId,
    enough: usize,
) -> Result<Option<Vec<u8>>> {
    let row = db.first(
        "SELECT o.chunks, o.body, m.hash FROM original o
            JOIN message m ON m.person_id = o.person_id AND m.id = o.message
         WHERE o.person_id = $1 AND o.message = $2",
        &[db.person().into(), message.0.into()],
        |r| Ok((r.get::<i64>(0)?, r.get::<Vec<u8>>(1)?, r.get::<Vec<u8>>(2)?)),
    )?;
    let Some((chunks, body, hash)) = row else { return Ok(None) };
    if chunks == 0 {
        return unpack(&body, seal, &hash).map(Some);
    }
    let mut whole = Vec::new();
    for number in 1..=chunks {
        let packed = db.first(
            "SELECT body FROM original_chunk
             WHERE person_id = $1 AND message = $2 AND chunk = $3",
            &[db.person().into(), message.0.into(), number.into()],
            |r| r.get::<Vec<u8>>(0),
        )?;
        let packed =
            packed.ok_or_else(|| Error::Damaged("a piece of a large message is missing".into()))?;
        whole.extend(unpack(&packed, seal, &chunk_about(number))?);
        if whole.len() >= enough {
            break;
        }
    }
    Ok(Some(whole))
}

/// All that was understood of a message.
pub(crate) fn understood(
    db: &Db,
    seal: Option<&[u8; 32]>,
    message: MessageId,
) -> Result<Option<Understood>> {
    let row = db.first(
        "SELECT u.body, m.hash FROM understood u
            JOIN message m ON m.person_id = u.person_id AND m.id = u.message
         WHERE u.person_id = $1 AND u.message = $2",
        &[db.person().into(), message.0.into()],
        |r| Ok((r.get::<Vec<u8>>(0)?, r.get::<Vec<u8>>(1)?)),
    )?;
    let Some((body, hash)) = row else { return Ok(None) };
    let json = unpack(&body, seal, &hash)?;
    serde_json::from_slice(&json)
        .map(Some)
        .map_err(|e| Error::Damaged(format!("facts of a message: {e}")))
}
