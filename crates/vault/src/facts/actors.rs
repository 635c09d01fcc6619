//! The actors of a vault in memory while mails are written: who is new, who is whom.

use crate::{Db, Result, fold};
use mesinfos_domain::{Actor, ActorKind, EvidenceKind, Sensitivity};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// All actors of a person, and what the mails of this writing say of them.
pub(crate) struct Actors {
    by_key: HashMap<String, i64>,
    /// Who writes from a domain, aliases included.
    by_domain: HashMap<String, i64>,
    rows: BTreeMap<i64, Row>,
    evidence: HashMap<(i64, &'static str, String), Seen>,
    touched: BTreeSet<i64>,
    /// Actors that became part of another since [`Actors::take_moved`].
    moved: BTreeSet<i64>,
    /// Names and kinds that the person gave: no vote of mails changes them.
    said: HashMap<i64, Details>,
    next: i64,
}

/// A name and a kind, where the person gave them.
type Details = (Option<String>, Option<ActorKind>);

#[derive(Clone)]
pub(crate) struct Row {
    pub main: i64,
    joined_by: Option<String>,
    pub name: String,
    name_key: String,
    pub domain: Option<String>,
    pub kind: ActorKind,
    sensitivity: Sensitivity,
    first_us: i64,
    last_us: i64,
    is_new: bool,
    key: String,
}

#[derive(Clone, Copy)]
struct Seen {
    mails: i64,
    first_us: i64,
    last_us: i64,
}

impl Actors {
    pub fn load(db: &Db, said: &HashMap<i64, Details>) -> Result<Actors> {
        let rows = db.query(
            "SELECT id, key, main, joined_by, name, name_key, domain, kind, sensitivity, first_us,
                last_us
             FROM actor WHERE person_id = $1",
            &[db.person().into()],
            |r| {
                let row = Row {
                    key: r.get(1)?,
                    main: r.get(2)?,
                    joined_by: r.get(3)?,
                    name: r.get(4)?,
                    name_key: r.get(5)?,
                    domain: r.get(6)?,
                    kind: ActorKind::from_code(&r.get::<String>(7)?).unwrap_or(ActorKind::Other),
                    sensitivity: Sensitivity::from_code(&r.get::<String>(8)?),
                    first_us: r.get(9)?,
                    last_us: r.get(10)?,
                    is_new: false,
                };
                Ok((r.get::<i64>(0)?, row))
            },
        )?;
        let mut actors = Actors {
            by_key: HashMap::new(),
            by_domain: HashMap::new(),
            rows: BTreeMap::new(),
            evidence: HashMap::new(),
            touched: BTreeSet::new(),
            moved: BTreeSet::new(),
            said: said.clone(),
            next: 1,
        };
        for (id, row) in rows {
            actors.by_key.insert(row.key.clone(), id);
            if let Some(domain) = &row.domain {
                actors.by_domain.insert(domain.clone(), id);
            }
            actors.next = actors.next.max(id + 1);
            actors.rows.insert(id, row);
        }
        for (id, domain) in db.query(
            "SELECT actor, value FROM actor_evidence WHERE person_id = $1 AND kind = 'domain'",
            &[db.person().into()],
            |r| Ok((r.get::<i64>(0)?, r.get::<String>(1)?)),
        )? {
            actors.by_domain.entry(domain).or_insert(id);
        }
        Ok(actors)
    }

    /// The row of an actor.
    pub fn row(&self, id: i64) -> Option<&Row> {
        self.rows.get(&id)
    }

    /// The actor that this one is part of, by its own number when it stands alone.
    pub fn main(&self, id: i64) -> i64 {
        self.rows.get(&id).map_or(id, |r| r.main)
    }

    /// How carefully what concerns this actor is shown.
    pub fn sensitivity(&self, id: i64) -> Sensitivity {
        self.rows.get(&self.main(id)).map(|r| r.sensitivity).unwrap_or_default()
    }

    /// Actors that became part of another: the keys of their orders changed.
    pub fn take_moved(&mut self) -> BTreeSet<i64> {
        std::mem::take(&mut self.moved)
    }

    /// The number of the actor that a mail names, and what the mail says of it taken down.
    pub fn meet(&mut self, actor: &Actor, at_us: i64) -> i64 {
        let key = key(actor);
        let id = match self.by_key.get(&key) {
            Some(&id) => id,
            None => self.create(key, actor, at_us),
        };
        if let Some(row) = self.rows.get_mut(&id) {
            row.first_us = row.first_us.min(at_us);
            row.last_us = row.last_us.max(at_us);
        }
        self.touched.insert(id);
        self.see(id, "name", &actor.name, at_us);
        self.see(id, "kind", actor.kind.code(), at_us);
        self.see(id, "sensitivity", actor.sensitivity.code(), at_us);
        for domain in actor.domain.iter().chain(&actor.domain_aliases) {
            self.see(id, "domain", domain, at_us);
            match self.by_domain.get(domain) {
                Some(&other) if other != id => self.join(other, id, "alias"),
                Some(_) => {}
                None => {
                    self.by_domain.insert(domain.clone(), id);
                }
            }
        }
        if let Some(via) = &actor.via {
            self.see(id, "via", via, at_us);
        }
        for evidence in &actor.evidence {
            self.see(id, code(evidence.kind), &evidence.value, at_us);
        }
        id
    }

    /// The number of the actor that a mail names, if it is known; nothing is taken down.
    pub fn known(&self, actor: &Actor) -> Option<i64> {
        self.by_key.get(&key(actor)).copied()
    }

    /// Name and kind are settled again at the next flush, and its orders joined again.
    pub fn touch(&mut self, id: i64) {
        self.touched.insert(id);
        let main = self.main(id);
        self.moved.extend(self.rows.iter().filter(|(_, r)| r.main == main).map(|(id, _)| *id));
    }

    /// Joins by the person's word anew: first nobody is joined by it, then each word in its order.
    pub fn settle_joins(&mut self, db: &Db, joins: &[(i64, Option<i64>)]) -> Result<()> {
        let freed: Vec<i64> = self
            .rows
            .iter()
            .filter(|(_, r)| r.joined_by.as_deref() == Some("person"))
            .map(|(id, _)| *id)
            .collect();
        let before: HashMap<i64, i64> = self.rows.iter().map(|(id, r)| (*id, r.main)).collect();
        for id in &freed {
            if let Some(row) = self.rows.get_mut(id) {
                row.main = *id;
                row.joined_by = None;
                self.touched.insert(*id);
            }
        }
        for id in freed {
            self.join_by_evidence(db, id)?;
        }
        for (part, whole) in joins {
            match whole {
                Some(whole) => self.merge(self.main(*part), self.main(*whole)),
                None => self.free(*part),
            }
        }
        self.moved = self
            .rows
            .iter()
            .filter(|(id, r)| before.get(id) != Some(&r.main))
            .map(|(id, _)| *id)
            .collect();
        Ok(())
    }

    fn merge(&mut self, from: i64, to: i64) {
        if from == to {
            return;
        }
        for (id, row) in &mut self.rows {
            if row.main == from {
                row.main = to;
                row.joined_by = Some("person".to_owned());
                self.touched.insert(*id);
            }
        }
    }

    fn free(&mut self, id: i64) {
        if let Some(row) = self.rows.get_mut(&id) {
            row.main = id;
            row.joined_by = Some("person".to_owned());
            self.touched.insert(id);
        }
    }

    /// What mails say of an actor's domains and name, as when it was met.
    fn join_by_evidence(&mut self, db: &Db, id: i64) -> Result<()> {
        let others = db.query(
            "SELECT o.actor FROM actor_evidence e JOIN actor_evidence o
                ON o.person_id = e.person_id AND o.kind = 'domain' AND o.value = e.value
             WHERE e.person_id = $1 AND e.actor = $2 AND e.kind = 'domain' AND o.actor <> $2",
            &[db.person().into(), id.into()],
            |r| r.get::<i64>(0),
        )?;
        for other in others {
            self.join(id, other, "alias");
        }
        Ok(())
    }

    fn create(&mut self, key: String, actor: &Actor, at_us: i64) -> i64 {
        let id = self.next;
        self.next += 1;
        let name_key = fold::key(&actor.name);
        let twin = self.twin(actor, &name_key);
        self.rows.insert(
            id,
            Row {
                main: id,
                joined_by: None,
                name: actor.name.clone(),
                name_key,
                domain: actor.domain.clone(),
                kind: actor.kind,
                sensitivity: actor.sensitivity,
                first_us: at_us,
                last_us: at_us,
                is_new: true,
                key: key.clone(),
            },
        );
        self.by_key.insert(key, id);
        if let Some(twin) = twin {
            self.join(id, twin, "name");
        }
        id
    }

    /// The same name under the same label of another domain: `shop.fr` and `shop.de`.
    fn twin(&self, actor: &Actor, name_key: &str) -> Option<i64> {
        let label = label(actor.domain.as_deref()?);
        let same = |r: &&Row| {
            r.name_key == name_key && r.domain.as_deref().is_some_and(|d| self::label(d) == label)
        };
        self.rows.values().find(same).map(|r| r.main)
    }

    /// Makes `part` (and what was joined to it) part of `whole`, unless the person has had her say.
    fn join(&mut self, part: i64, whole: i64, why: &str) {
        let (from, to) = (self.main(part), self.main(whole));
        let says =
            |id: i64| self.rows.get(&id).is_some_and(|r| r.joined_by.as_deref() == Some("person"));
        if from == to || says(part) || says(whole) || says(from) {
            return;
        }
        for (id, row) in &mut self.rows {
            if row.main == from {
                row.main = to;
                row.joined_by = Some(why.to_owned());
                self.touched.insert(*id);
                self.moved.insert(*id);
            }
        }
    }

    /// Takes down one sight of an actor's evidence, or of what mails tell about it.
    pub fn see(&mut self, actor: i64, kind: &'static str, value: &str, at_us: i64) {
        let value: String = value.chars().take(200).collect();
        let seen = self.evidence.entry((actor, kind, value)).or_insert(Seen {
            mails: 0,
            first_us: at_us,
            last_us: at_us,
        });
        seen.mails += 1;
        seen.first_us = seen.first_us.min(at_us);
        seen.last_us = seen.last_us.max(at_us);
    }

    /// Writes what changed.
    pub fn flush(&mut self, db: &Db) -> Result<()> {
        let mut evidence: Vec<_> = self.evidence.drain().collect();
        evidence.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for ((actor, kind, value), seen) in evidence {
            db.execute(
                "INSERT INTO actor_evidence
                    (person_id, actor, kind, value, mails, first_us, last_us)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (person_id, actor, kind, value) DO UPDATE SET
                    mails = actor_evidence.mails + excluded.mails,
                    first_us = CASE WHEN excluded.first_us < actor_evidence.first_us
                        THEN excluded.first_us ELSE actor_evidence.first_us END,
                    last_us = CASE WHEN excluded.last_us > actor_evidence.last_us
                        THEN excluded.last_us ELSE actor_evidence.last_us END",
                &[
                    db.person().into(),
                    actor.into(),
                    kind.into(),
                    (&value).into(),
                    seen.mails.into(),
                    seen.first_us.into(),
                    seen.last_us.into(),
                ],
            )?;
        }
        for id in std::mem::take(&mut self.touched) {
            if let Some(row) = self.rows.get_mut(&id) {
                let said = self.said.get(&id);
                write(db, id, row, said)?;
                row.is_new = false;
            }
        }
        Ok(())
    }
}

fn write(db: &Db, id: i64, row: &mut Row, said: Option<&Details>) -> Result<()> {
    if !row.is_new {
        vote(db, id, row)?;
    }
    if let Some((name, kind)) = said {
        if let Some(name) = name {
            row.name_key = fold::key(name);
            row.name = name.clone();
        }
        row.kind = kind.unwrap_or(row.kind);
    }
    db.execute(
        "INSERT INTO actor (person_id, id, key, main, joined_by, name, name_key, domain, kind,
            sensitivity, first_us, last_us)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (person_id, id) DO UPDATE SET
            main = excluded.main, joined_by = excluded.joined_by, name = excluded.name,
            name_key = excluded.name_key, kind = excluded.kind,
            sensitivity = excluded.sensitivity, first_us = excluded.first_us,
            last_us = excluded.last_us",
        &[
            db.person().into(),
            id.into(),
            (&row.key).into(),
            row.main.into(),
            row.joined_by.as_deref().into(),
            (&row.name).into(),
            (&row.name_key).into(),
            row.domain.as_deref().into(),
            row.kind.code().into(),
            row.sensitivity.code().into(),
            row.first_us.into(),
            row.last_us.into(),
        ],
    )?;
    Ok(())
}

/// Name, kind and sensitivity by the most mails; of equal ones the latest.
fn vote(db: &Db, id: i64, row: &mut Row) -> Result<()> {
    let most = |kind: &str| {
        db.first(
            "SELECT value FROM actor_evidence WHERE person_id = $1 AND actor = $2 AND kind = $3
             ORDER BY mails DESC, last_us DESC, value LIMIT 1",
            &[db.person().into(), id.into(), kind.into()],
            |r| r.get::<String>(0),
        )
    };
    if let Some(name) = most("name")? {
        row.name_key = fold::key(&name);
        row.name = name;
    }
    if let Some(kind) = most("kind")?.as_deref().and_then(ActorKind::from_code) {
        row.kind = kind;
    }
    if let Some(sensitivity) = most("sensitivity")? {
        row.sensitivity = Sensitivity::from_code(&sensitivity);
    }
    Ok(())
}

/// The name under which an actor is found again, whatever its number.
pub(crate) fn key(actor: &Actor) -> String {
    match &actor.domain {
        Some(domain) => format!("d:{domain}"),
        None => format!("n:{}", fold::key(&actor.name)),
    }
}

fn label(domain: &str) -> &str {
    domain.split('.').next().unwrap_or(domain)
}

fn code(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Dkim => "dkim",
        EvidenceKind::Authenticated => "authenticated",
        EvidenceKind::ListId => "list_id",
        EvidenceKind::From => "from",
        EvidenceKind::DisplayName => "display_name",
        EvidenceKind::ReplyTo => "reply_to",
        EvidenceKind::Link => "link",
        EvidenceKind::Footer => "footer",
        EvidenceKind::Markup => "markup",
        EvidenceKind::Forwarded => "forwarded",
        EvidenceKind::Known => "known",
        EvidenceKind::Person => "person",
    }
}
