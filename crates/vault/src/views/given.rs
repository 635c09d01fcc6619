//! Dedicated addresses: to whom each was given, what came to it, and who else writes there.

use super::common::{Names, mails};
use super::{ActorRef, MailRef};
use crate::dedicated::label_of;
use crate::directory::{AddressState, Dedicated};
use crate::{Db, Result, Vault, days, fold};
use mesinfos_domain::{ActorKind, MessageId, Timestamp};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// A dedicated address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Given {
    /// In lower case.
    pub address: String,
    /// Whether it takes mail.
    pub state: AddressState,
    /// Her word for it.
    pub label: String,
    /// To whom she gave it, or who wrote first.
    pub given_to: Option<ActorRef>,
    /// Whether she said to whom.
    pub is_named: bool,
    /// When it was made.
    pub made: Timestamp,
    /// Whether its first mail made it.
    pub is_by_mail: bool,
    /// How many mails came.
    pub mails: i64,
    /// The last of them.
    pub last: Option<MailRef>,
    /// Who else wrote there, those with the most mails first.
    pub strangers: Vec<Stranger>,
}

impl Given {
    /// Whether somebody else has it who is not just bringing a parcel.
    pub fn is_leaking(&self) -> bool {
        self.strangers.iter().any(|s| !s.is_carrier)
    }
}

/// Who writes to an address that was given to somebody else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stranger {
    /// The organisation; `None` when it is not known as one: then the address in From.
    pub actor: Option<ActorRef>,
    /// The address in From, of whom is not known as an organisation; hostile as any text.
    pub from: String,
    /// A carrier: the address is passed on to it for a parcel, which is no leak.
    pub is_carrier: bool,
    /// How many mails.
    pub mails: i64,
    /// The first of them: the evidence.
    pub first: MailRef,
}

/// So many strangers of one address are told.
const STRANGERS: usize = 20;
/// A page stays under 100 kB.
const NAMES: usize = 800;

/// Her addresses, as the directory lists them.
pub fn given_addresses(vault: &Vault, addresses: &[Dedicated]) -> Result<Vec<Given>> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let noted = notes(db)?;
        let mut seen = seen(db)?;
        let mut all = Vec::with_capacity(addresses.len());
        for one in addresses {
            let note = noted.get(&one.address);
            let users = seen.remove(&one.address).unwrap_or_default();
            let mut given = fill(db, &names, &one.address, note, users)?;
            given.state = one.state;
            given.made = days::timestamp(one.created_us);
            all.push(given);
        }
        Ok(all)
    })
}

/// Those that others than the one they were given to write to; whatever the directory says of them.
pub(super) fn leaking(db: &Db, names: &Names) -> Result<Vec<Given>> {
    let noted = notes(db)?;
    let mut leaking = Vec::new();
    for (address, users) in seen(db)? {
        if users.len() > 1 || noted.get(&address).is_some_and(|n| n.actor.is_some()) {
            let given = fill(db, names, &address, noted.get(&address), users)?;
            if given.is_leaking() {
                leaking.push(given);
            }
        }
    }
    Ok(leaking)
}

struct Note {
    label: String,
    actor: Option<i64>,
    is_by_mail: bool,
}

fn notes(db: &Db) -> Result<HashMap<String, Note>> {
    let rows = db.query(
        "SELECT address, label, actor, is_by_mail FROM given_address WHERE person_id = $1",
        &[db.person().into()],
        |r| {
            let note = Note { label: r.get(1)?, actor: r.get(2)?, is_by_mail: r.get(3)? };
            Ok((r.get::<String>(0)?, note))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Who wrote to an address: the actor as in `message`, or the address in From of who is none.
struct User {
    actor: Option<i64>,
    from: String,
    mails: i64,
    first: i64,
    last: i64,
}

/// What was delivered has no place inside its source: the index `arrival_delivered` holds nothing else.
/// (CROSS JOIN: SQLite begins with the addresses, as it is written.)
fn seen(db: &Db) -> Result<BTreeMap<String, Vec<User>>> {
    let mut seen: BTreeMap<String, Vec<User>> = BTreeMap::new();
    for (address, user) in db.query(
        "SELECT s.path, m.actor, CASE WHEN m.actor IS NULL THEN m.from_address ELSE '' END,
            COUNT(*), MIN(m.id), MAX(m.id)
         FROM source s CROSS JOIN arrival a
            JOIN message m ON m.person_id = a.person_id AND m.id = a.message
         WHERE s.person_id = $1 AND s.kind = 'address'
            AND a.person_id = $1 AND a.source = s.id AND a.place = ''
         GROUP BY s.path, m.actor, CASE WHEN m.actor IS NULL THEN m.from_address ELSE '' END",
        &[db.person().into()],
        |r| {
            let user = User {
                actor: r.get(1)?,
                from: r.get(2)?,
                mails: r.get(3)?,
                first: r.get(4)?,
                last: r.get(5)?,
            };
            Ok((r.get::<String>(0)?, user))
        },
    )? {
        seen.entry(address).or_default().push(user);
    }
    Ok(seen)
}

fn fill(
    db: &Db,
    names: &Names,
    address: &str,
    note: Option<&Note>,
    users: Vec<User>,
) -> Result<Given> {
    // Actors that are one are one here too.
    let mut by: BTreeMap<(Option<i64>, String), User> = BTreeMap::new();
    for user in users {
        let main = user.actor.map(|a| names.main(a));
        match by.get_mut(&(main, user.from.clone())) {
            Some(known) => {
                known.mails += user.mails;
                known.first = known.first.min(user.first);
                known.last = known.last.max(user.last);
            }
            None => {
                by.insert((main, user.from.clone()), User { actor: main, ..user });
            }
        }
    }
    let named = note.and_then(|n| names.get(n.actor));
    let is_named = named.is_some();
    let mut users: Vec<User> = by.into_values().collect();
    users.sort_by_key(|u| u.first);
    let given_to = named.or_else(|| users.iter().find_map(|u| names.get(u.actor)));
    let (total, last) = (users.iter().map(|u| u.mails).sum(), users.iter().map(|u| u.last).max());
    let last = mails(db, names, &last.map(MessageId).into_iter().collect::<Vec<_>>())?.pop();
    let mut strangers = Vec::new();
    if let Some(owner) = &given_to {
        users.retain(|u| u.actor != Some(owner.id.0));
        users.sort_by_key(|u| (Reverse(u.mails), u.first));
        for user in users.into_iter().take(STRANGERS) {
            let actor = names.get(user.actor);
            let carries = |a: &ActorRef| a.kind == ActorKind::Transport;
            let is_carrier = actor.as_ref().is_some_and(carries) && !carries(owner);
            if let Some(first) = mails(db, names, &[MessageId(user.first)])?.pop() {
                let (from, mails) = (user.from, user.mails);
                strangers.push(Stranger { actor, from, is_carrier, mails, first });
            }
        }
    }
    Ok(Given {
        address: address.to_owned(),
        state: AddressState::Open,
        label: note.map_or_else(|| label_of(address).to_owned(), |n| n.label.clone()),
        given_to,
        is_named,
        made: days::timestamp(0),
        is_by_mail: note.is_some_and(|n| n.is_by_mail),
        mails: total,
        last,
        strangers,
    })
}

/// The actor that she means by a name or a domain, written in full.
pub fn actor_named(vault: &Vault, text: &str) -> Result<Option<ActorRef>> {
    let key = fold::key(text);
    vault.read(|db| {
        let names = Names::load(db)?;
        let is = |a: &&ActorRef| fold::key(&a.name) == key || a.domain.as_deref() == Some(&key);
        let found = names.mains().filter(is).min_by_key(|a| a.id).cloned();
        Ok(found.filter(|_| !key.is_empty()))
    })
}

/// Names of actors to choose from, in their order.
pub fn actor_names(vault: &Vault) -> Result<Vec<String>> {
    vault.read(|db| {
        let names = Names::load(db)?;
        let mut all: Vec<String> = names.mains().map(|a| a.name.clone()).collect();
        all.sort_by_cached_key(|name| fold::key(name));
        all.dedup();
        all.truncate(NAMES);
        Ok(all)
    })
}
