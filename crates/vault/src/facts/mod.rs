//! Facts: what was understood of each message, written as rows that pages and search can use.
//!
//! [`Facts`] is the state of one writing (an import, a rereading): what it keeps in memory is
//! flushed by [`Facts::flush`] in the same transaction as the messages it comes from.

pub(crate) mod account;
mod actors;
mod orders;
mod recipients;
pub(crate) mod sums;
mod tally;

pub(crate) use actors::Actors;
pub(crate) use recipients::recipient;
pub(crate) use tally::{add as tally_add, month};

use crate::corrections::Words;
use crate::{Db, Engine, Result, Value};
use mesinfos_domain::{Benefit, Category, Record, Understood};
use orders::Orders;
use recipients::Recipients;
use tally::Tally;

/// What is written of one message besides its own row.
pub(crate) struct Facts {
    pub actors: Actors,
    tally: Tally,
    orders: Orders,
    recipients: Recipients,
    /// The person's word: it wins over what was read.
    pub words: Words,
    seal: Option<[u8; 32]>,
}

/// What holds of a message once the person has had her say.
pub(crate) struct Settled {
    pub actor: Option<i64>,
    pub category: Category,
    pub has_order: bool,
}

/// The message that facts are about.
pub(crate) struct About {
    pub message: i64,
    pub at_us: i64,
    /// The addresses of hers to which it came: one, as its headers say ([`recipient`]), or each
    /// dedicated one to which it was delivered.
    pub recipients: Vec<String>,
    /// Its facts and counts are to be used.
    pub is_counted: bool,
}

impl Facts {
    /// `seal`: the key of packed bodies on PostgreSQL ([`crate::Vault::content_key`]).
    pub fn load(db: &Db, seal: Option<[u8; 32]>) -> Result<Facts> {
        let words = Words::load(db)?;
        Ok(Facts {
            actors: Actors::load(db, &words.actors)?,
            tally: Tally::default(),
            orders: Orders::new(seal),
            recipients: Recipients::load(db)?,
            words,
            seal,
        })
    }

    /// The key of packed bodies on PostgreSQL.
    pub fn seal(&self) -> Option<&[u8; 32]> {
        self.seal.as_ref()
    }

    /// What is said of this message's order changed (its actor, the person's word): its purchase
    /// is made again at the next flush.
    pub fn touch_order(&mut self, message: i64) {
        self.orders.touch(message);
    }

    /// Writes the facts of one message whose rows are new or were deleted before. Returns what
    /// its own row must say. `packed` is `understood` as it is kept.
    pub fn add(
        &mut self,
        db: &Db,
        about: &About,
        understood: &Understood,
        packed: &[u8],
    ) -> Result<Settled> {
        let person = Value::from(db.person());
        let message = Value::from(about.message);
        db.execute(
            "INSERT INTO understood (person_id, message, body) VALUES ($1, $2, $3)",
            &[person, message, packed.into()],
        )?;
        let said = self.words.of(about.message);
        let category = said.category.unwrap_or(understood.category);
        let has_order = understood.order.is_some() && !said.is_no_order;
        if !about.is_counted {
            return Ok(Settled { actor: None, category, has_order });
        }
        let read = understood.actor.as_ref().map(|a| self.actors.meet(a, about.at_us));
        let actor = said.actor.unwrap_or(read);
        self.tally.count(actor, about, category);
        for address in &about.recipients {
            self.recipients.add(db, about.message, address)?;
            if let Some(actor) = actor {
                self.actors.see(actor, "to", address, about.at_us);
            }
        }
        for (i, offer) in understood.offers.iter().enumerate() {
            let (percent, amount, free) = match offer.benefit {
                Some(Benefit::Percent(p)) => (Some(i64::from(p)), None, false),
                Some(Benefit::Amount(a)) => (None, Some(a.0), false),
                Some(Benefit::FreeShipping(free)) => (None, None, free),
                None => (None, None, false),
            };
            let until = offer.valid_until.map(|d| d.to_string());
            db.execute(
                "INSERT INTO offer (person_id, message, position, actor, at_us, code, description,
                    percent, amount, free_shipping, minimum_purchase, valid_until)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                &[
                    person,
                    message,
                    (i as i64).into(),
                    actor.into(),
                    about.at_us.into(),
                    offer.code.as_deref().into(),
                    (&offer.description).into(),
                    percent.into(),
                    amount.into(),
                    free.into(),
                    offer.minimum_purchase.map(|a| a.0).into(),
                    until.as_deref().into(),
                ],
            )?;
        }
        for (i, record) in understood.records.iter().enumerate() {
            self.add_record(db, about, actor, i as i64, record)?;
        }
        self.orders.add(about, actor, understood);
        Ok(Settled { actor, category, has_order })
    }

    /// A message that was here came to this address too.
    pub fn reached(&mut self, db: &Db, message: i64, address: &str) -> Result<()> {
        let row = db.first(
            "SELECT actor, at_us FROM message WHERE person_id = $1 AND id = $2 AND is_counted",
            &[db.person().into(), message.into()],
            |r| Ok((r.get::<Option<i64>>(0)?, r.get::<i64>(1)?)),
        )?;
        let Some((actor, at_us)) = row else { return Ok(()) };
        if self.recipients.add(db, message, address)?
            && let Some(actor) = actor
        {
            self.actors.see(actor, "to", address, at_us);
        }
        Ok(())
    }

    /// The dedicated addresses to which a message was delivered.
    pub fn delivered_to(&self, db: &Db, message: i64) -> Result<Vec<String>> {
        self.recipients.delivered_to(db, message)
    }

    fn add_record(
        &self,
        db: &Db,
        about: &About,
        actor: Option<i64>,
        position: i64,
        record: &Record,
    ) -> Result<()> {
        let head: [Value<'_>; 5] = [
            db.person().into(),
            about.message.into(),
            position.into(),
            actor.into(),
            about.at_us.into(),
        ];
        match record {
            Record::AwaitedDocument(document) => {
                let until = document.until.map(|d| d.to_string());
                let tail: [Value<'_>; 4] = [
                    (&document.kind).into(),
                    document.period.as_deref().into(),
                    until.as_deref().into(),
                    document.site.as_deref().into(),
                ];
                db.execute(
                    "INSERT INTO awaited_document
                        (person_id, message, position, actor, at_us, kind, period, until, site)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    &[head.as_slice(), &tail].concat(),
                )?;
            }
            Record::Markup(value) => {
                let kind = value.get("@type").and_then(|t| t.as_str()).unwrap_or("Thing");
                let body = value.to_string();
                let starts = starts(value);
                let tail: [Value<'_>; 3] = [kind.into(), starts.as_deref().into(), (&body).into()];
                db.execute(
                    "INSERT INTO record
                        (person_id, message, position, actor, at_us, kind, starts, body)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    &[head.as_slice(), &tail].concat(),
                )?;
            }
        }
        Ok(())
    }

    /// Writes what is held in memory and joins the orders that were touched.
    pub fn flush(&mut self, db: &Db) -> Result<()> {
        self.actors.flush(db)?;
        self.tally.flush(db)?;
        self.orders.flush(db, &mut self.actors, &self.words.purchases)
    }
}

/// The civil day on which a reservation begins, wherever schema.org puts it.
fn starts(value: &serde_json::Value) -> Option<String> {
    const NAMES: [&str; 5] =
        ["startDate", "checkinTime", "checkinDate", "departureTime", "startTime"];
    let at =
        |v: &serde_json::Value| NAMES.iter().find_map(|n| v.get(n)?.as_str().map(str::to_owned));
    let found = at(value).or_else(|| at(value.get("reservationFor")?))?;
    let day = found.get(..10)?;
    day.parse::<mesinfos_domain::Date>().ok().map(|d| d.to_string())
}

/// Deletes all that is derived, before it is derived again. The person's word and the originals
/// stay, and so do the actors' numbers: what she said of an actor finds it again.
pub(crate) fn forget(db: &Db) -> Result<()> {
    for table in [
        "understood",
        "actor_evidence",
        "tally",
        "tally_actor",
        "tally_month",
        "tally_purchase",
        "tally_thing",
        "order_key",
        "purchase",
        "purchase_line",
        "purchase_parcel",
        "purchase_body",
        "purchase_mail",
        "offer",
        "awaited_document",
        "record",
        "recipient",
        "message_recipient",
    ] {
        db.execute(&format!("DELETE FROM {table} WHERE person_id = $1"), &[db.person().into()])?;
    }
    if db.engine() == Engine::Sqlite {
        db.execute("INSERT INTO thing_index (thing_index) VALUES ('delete-all')", &[])?;
    }
    Ok(())
}
