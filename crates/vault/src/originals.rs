//! Reading back what was kept of a message: its bytes, and what was understood of it.

use crate::import::prepare::chunk_about;
use crate::packing::unpack;
use crate::{Db, Error, Result, Vault};
use mesinfos_domain::{MessageId, Understood};

impl Vault {
    /// The canonical bytes of a message, whole; `None` when there is no such message.
    pub fn original(&self, message: MessageId) -> Result<Option<Vec<u8>>> {
        self.read(|db| bytes(db, self.content_key().as_ref(), message, usize::MAX))
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
