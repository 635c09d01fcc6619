//! What she did to make an organisation keep silent: when it was asked to stop, and how.

use crate::{Db, Error, Result, Vault};
use mesinfos_domain::{ActorId, Way};

/// One request to stop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// Who was asked.
    pub actor: ActorId,
    /// When, in microseconds since 1970.
    pub at_us: i64,
    /// How.
    pub way: Way,
    /// The address that was used, what came back.
    pub evidence: String,
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
                "INSERT INTO partner_step (person_id, id, actor, at_us, way, evidence)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                &[
                    person,
                    id.unwrap_or(1).into(),
                    step.actor.0.into(),
                    step.at_us.into(),
                    step.way.code().into(),
                    (&evidence).into(),
                ],
            )?;
            Ok(())
        })
    }
}

/// All of them, the oldest first.
pub(crate) fn all(db: &Db) -> Result<Vec<Step>> {
    db.query(
        "SELECT actor, at_us, way, evidence FROM partner_step WHERE person_id = $1 ORDER BY id",
        &[db.person().into()],
        |r| {
            Ok(Step {
                actor: ActorId(r.get(0)?),
                at_us: r.get(1)?,
                way: Way::from_code(&r.get::<String>(2)?).unwrap_or(Way::Link),
                evidence: r.get(3)?,
            })
        },
    )
}
