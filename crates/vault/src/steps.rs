//! What she did to make an organisation keep silent: when it was asked to stop, and how.

use crate::{Db, Error, Result, Vault};
use mesinfos_domain::{ActorId, MessageId, Way};

/// One request to stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Who was asked.
    pub actor: ActorId,
    /// When, in microseconds since 1970.
    pub at_us: i64,
    /// How.
    pub way: Way,
    /// The address that was used.
    pub evidence: String,
    /// What the other side answered: a status of HTTP, or of SMTP; `None` when she asked herself.
    pub status: Option<u16>,
    /// The mail that said how to ask.
    pub mail: Option<MessageId>,
}

impl Step {
    /// She asked herself, by this address.
    pub fn by_herself(actor: ActorId, at_us: i64, way: Way, evidence: String) -> Step {
        Step { actor, at_us, way, evidence, status: None, mail: None }
    }

    /// Whether the request was taken: silence is counted from one that was.
    pub fn is_taken(&self) -> bool {
        self.status.is_none_or(|status| (200..300).contains(&status))
    }
}

impl Vault {
    /// Notes that an actor was asked to stop. [`Error::NotFound`] when she has no such actor.
    pub fn asked_to_stop(&self, step: &Step) -> Result<()> {
        self.write(|db| {
            let person = db.person().into();
            db.first(
                "SELECT id FROM actor WHERE person_id = $1 AND id = $2",
                &[person, step.actor.0.into()],
                |_| Ok(()),
            )?
            .ok_or(Error::NotFound("actor"))?;
            let id = db.first(
                "SELECT CAST(COALESCE(MAX(id), 0) AS BIGINT) + 1 FROM partner_step
                 WHERE person_id = $1",
                &[person],
                |r| r.get::<i64>(0),
            )?;
            let evidence: String = step.evidence.chars().take(1000).collect();
            db.execute(
                "INSERT INTO partner_step (person_id, id, actor, at_us, way, evidence, status, message)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                &[
                    person,
                    id.unwrap_or(1).into(),
                    step.actor.0.into(),
                    step.at_us.into(),
                    step.way.code().into(),
                    (&evidence).into(),
                    step.status.map(i64::from).into(),
                    step.mail.map(|m| m.0).into(),
                ],
            )?;
            Ok(())
        })
    }
}

/// How an organisation was asked to stop.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// The last time that it took the request, or that she asked herself: its silence counts from it.
    pub taken: Option<Step>,
    /// The last time that it did not, when that was later.
    pub declined: Option<Step>,
}

/// What those steps come to, in the order in which they were taken.
pub(crate) fn asked<'a>(steps: impl Iterator<Item = &'a Step>) -> Asked {
    let mut asked = Asked::default();
    for step in steps {
        if step.is_taken() {
            asked = Asked { taken: Some(step.clone()), declined: None };
        } else {
            asked.declined = Some(step.clone());
        }
    }
    asked
}

/// All of them, the oldest first.
pub(crate) fn all(db: &Db) -> Result<Vec<Step>> {
    db.query(
        "SELECT actor, at_us, way, evidence, status, message FROM partner_step
         WHERE person_id = $1 ORDER BY id",
        &[db.person().into()],
        |r| {
            Ok(Step {
                actor: ActorId(r.get(0)?),
                at_us: r.get(1)?,
                way: Way::from_code(&r.get::<String>(2)?).unwrap_or(Way::Link),
                evidence: r.get(3)?,
                status: r.get::<Option<i64>>(4)?.and_then(|s| u16::try_from(s).ok()),
                mail: r.get::<Option<i64>>(5)?.map(MessageId),
            })
        },
    )
}
