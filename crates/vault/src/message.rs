//! The row of a message as it was read: written by the import, and again by each rereading.

use crate::facts::Settled;
use crate::{Db, Result, Value, fold};
use mesinfos_domain::Understood;
use mesinfos_reading::Attachment;
use mesinfos_understanding::READER_VERSION;

/// What is written of a message each time that it is read.
pub(crate) struct AsRead<'a> {
    pub from_name: &'a str,
    pub from_address: &'a str,
    pub subject: &'a str,
    pub folder: &'a str,
    pub is_counted: bool,
    pub settled: &'a Settled,
    pub understood: &'a Understood,
    pub attachments: &'a [Attachment],
}

/// What is written of it once.
pub(crate) struct AsArrived<'a> {
    pub hash: &'a [u8; 32],
    pub message_id_key: Option<i64>,
    pub at_us: i64,
    pub at_offset: i64,
    pub size: i64,
}

impl AsRead<'_> {
    /// Writes a new message.
    pub(crate) fn insert(&self, db: &Db, id: i64, arrived: &AsArrived<'_>) -> Result<()> {
        let mut values = self.values(db, id);
        values.extend::<[Value<'_>; 5]>([
            arrived.hash.into(),
            arrived.message_id_key.into(),
            arrived.at_us.into(),
            arrived.at_offset.into(),
            arrived.size.into(),
        ]);
        db.execute(
            "INSERT INTO message (person_id, id, from_name, from_address, subject, folder, is_counted,
                actor, category, language, fraud, forwarded_by, has_order, attachments, problems,
                sensitivity, reader, hash, message_id_key, at_us, at_offset, size)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                $18, $19, $20, $21, $22)",
            &values,
        )?;
        self.write_attachments(db, id)
    }

    /// Writes a message that is there anew; the rows of its attachments are gone already.
    pub(crate) fn update(&self, db: &Db, id: i64) -> Result<()> {
        db.execute(
            "UPDATE message SET from_name = $3, from_address = $4, subject = $5, folder = $6,
                is_counted = $7, actor = $8, category = $9, language = $10, fraud = $11,
                forwarded_by = $12, has_order = $13, attachments = $14, problems = $15,
                sensitivity = $16, reader = $17
             WHERE person_id = $1 AND id = $2",
            &self.values(db, id),
        )?;
        self.write_attachments(db, id)
    }

    /// `$1` to `$17`.
    fn values(&self, db: &Db, id: i64) -> Vec<Value<'_>> {
        let u = self.understood;
        let beside = self.attachments.iter().filter(|a| !a.is_inline).count() as i64;
        vec![
            db.person().into(),
            id.into(),
            self.from_name.into(),
            self.from_address.into(),
            self.subject.into(),
            self.folder.into(),
            self.is_counted.into(),
            self.settled.actor.into(),
            self.settled.category.code().into(),
            u.language.code().into(),
            u.suspected_fraud.as_ref().map(|f| f.reason.as_str()).into(),
            u.forwarded_by.as_deref().into(),
            self.settled.has_order.into(),
            beside.into(),
            (u.problems.len() as i64).into(),
            u.actor.as_ref().map_or("plain", |a| a.sensitivity.code()).into(),
            READER_VERSION.into(),
        ]
    }

    fn write_attachments(&self, db: &Db, message: i64) -> Result<()> {
        for a in self.attachments {
            // As it is searched by `filename:`.
            let key = a.name.as_deref().map(fold::key);
            db.execute(
                "INSERT INTO attachment (person_id, message, part, name, name_key, media_type, size,
                    content_id, is_inline)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                &[
                    db.person().into(),
                    message.into(),
                    a.part.into(),
                    a.name.as_deref().into(),
                    key.as_deref().into(),
                    (&a.media_type).into(),
                    (a.size as i64).into(),
                    a.content_id.as_deref().into(),
                    a.is_inline.into(),
                ],
            )?;
        }
        Ok(())
    }
}
