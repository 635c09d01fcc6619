//! What several pages show alike: an actor's name, a mail's line, a page of a list.

use crate::{Db, Result, Row, Value, days};
use mesinfos_domain::{
    ActorId, ActorKind, Amount, Category, Currency, Date, MessageId, Money, Sensitivity, Timestamp,
};
use std::collections::HashMap;

/// An actor as it is named anywhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorRef {
    /// Its id.
    pub id: ActorId,
    /// Its name; the person's own word when there is one.
    pub name: String,
    /// Its main domain.
    pub domain: Option<String>,
    /// What sort of organisation.
    pub kind: ActorKind,
    /// How carefully it is shown outside of the person's own pages.
    pub sensitivity: Sensitivity,
}

/// A mail as one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailRef {
    /// Its id.
    pub id: MessageId,
    /// Its subject, decoded; may be empty.
    pub subject: String,
    /// When it was written.
    pub at: Timestamp,
    /// Which drawer.
    pub category: Category,
    /// The organisation behind it; `None` for a person.
    pub actor: Option<ActorRef>,
    /// The name or address displayed in From, for mails of persons.
    pub from: String,
}

/// A picture of a thing. Only an inline part of a mail can be shown without any outgoing call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Picture {
    /// A part of this mail, by its Content-ID without the angle brackets.
    Inline {
        /// The mail that carries it.
        message: MessageId,
        /// The Content-ID.
        content_id: String,
    },
    /// An address on somebody's server: loaded only when the person asks.
    Remote(String),
}

/// A calendar month, by its first day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Month(pub Date);

impl Month {
    /// The month of this day.
    pub fn of(day: Date) -> Month {
        Month(day.first_of_month())
    }

    /// As stored: months since January 1970.
    pub fn index(self) -> i64 {
        (i64::from(self.0.year()) - 1970) * 12 + i64::from(self.0.month()) - 1
    }

    /// From the stored number; `None` outside of the years that a date can hold.
    pub fn from_index(index: i64) -> Option<Month> {
        let year = i16::try_from(1970 + index.div_euclid(12)).ok()?;
        let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
        Date::new(year, month, 1).ok().map(Month)
    }
}

/// How many mails in each drawer, in the order of [`Category::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CategoryCounts(pub [i64; 6]);

impl CategoryCounts {
    /// All of them.
    pub fn total(&self) -> i64 {
        self.0.iter().sum()
    }

    /// Those of one drawer.
    pub fn of(&self, category: Category) -> i64 {
        Category::ALL.iter().position(|c| *c == category).map_or(0, |i| self.0[i])
    }

    /// Adds to one drawer.
    pub fn add(&mut self, category: Category, count: i64) {
        if let Some(i) = Category::ALL.iter().position(|c| *c == category) {
            self.0[i] += count;
        }
    }
}

/// Which page of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PageAsked {
    /// From 0.
    pub number: i64,
    /// Rows a page, 1 to 500.
    pub size: i64,
}

impl Default for PageAsked {
    fn default() -> Self {
        PageAsked { number: 0, size: 40 }
    }
}

impl PageAsked {
    /// How many rows, within the limits.
    pub fn limit(self) -> i64 {
        self.size.clamp(1, 500)
    }

    /// How many rows come before.
    pub fn offset(self) -> i64 {
        self.number.max(0).saturating_mul(self.limit())
    }
}

/// One page of a list, and how many rows there are in all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paged<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// All rows that the filter lets through.
    pub total: i64,
    /// Which page this is.
    pub page: PageAsked,
}

/// All actors by their number as in `message`, each under the one that it is part of: eight
/// hundred rows are read in about a millisecond, and pages need many of them.
pub(crate) struct Names(HashMap<i64, ActorRef>);

impl Names {
    pub fn load(db: &Db) -> Result<Names> {
        let rows = db.query(
            "SELECT a.id, m.id, m.name, m.domain, m.kind, m.sensitivity
             FROM actor a JOIN actor m ON m.person_id = a.person_id AND m.id = a.main
             WHERE a.person_id = $1",
            &[db.person().into()],
            |r| {
                let actor = ActorRef {
                    id: ActorId(r.get(1)?),
                    name: r.get(2)?,
                    domain: r.get(3)?,
                    kind: ActorKind::from_code(&r.get::<String>(4)?).unwrap_or(ActorKind::Other),
                    sensitivity: Sensitivity::from_code(&r.get::<String>(5)?),
                };
                Ok((r.get::<i64>(0)?, actor))
            },
        )?;
        Ok(Names(rows.into_iter().collect()))
    }

    /// The actor with this number as in `message`; `None` for a person.
    pub fn get(&self, id: Option<i64>) -> Option<ActorRef> {
        self.0.get(&id?).cloned()
    }

    /// The actor with this number under its own name, whatever it is part of.
    pub fn own(&self, db: &Db, id: ActorId) -> Result<Option<ActorRef>> {
        db.first(
            "SELECT name, domain, kind, sensitivity FROM actor WHERE person_id = $1 AND id = $2",
            &[db.person().into(), id.0.into()],
            |r| {
                Ok(ActorRef {
                    id,
                    name: r.get(0)?,
                    domain: r.get(1)?,
                    kind: ActorKind::from_code(&r.get::<String>(2)?).unwrap_or(ActorKind::Other),
                    sensitivity: Sensitivity::from_code(&r.get::<String>(3)?),
                })
            },
        )
    }

    /// The number of the actor that this one is part of.
    pub fn main(&self, id: i64) -> i64 {
        self.0.get(&id).map_or(id, |a| a.id.0)
    }

    /// The numbers as in `message` of the actors whose name or domain holds all of these, folded.
    pub fn called(&self, parts: &[String]) -> Vec<i64> {
        let holds = |actor: &ActorRef| {
            let key = crate::fold::key(&actor.name);
            let domain = actor.domain.as_deref().unwrap_or_default();
            parts.iter().all(|p| key.contains(p.as_str()) || domain.contains(p.as_str()))
        };
        self.0.iter().filter(|(_, actor)| holds(actor)).map(|(id, _)| *id).collect()
    }

    /// One for each actor that stands for itself and others.
    pub fn mains(&self) -> impl Iterator<Item = &ActorRef> {
        self.0.iter().filter(|(id, a)| **id == a.id.0).map(|(_, a)| a)
    }
}

/// The columns that [`mail_ref`] reads, of `message m`.
pub(super) const MAIL: &str =
    "m.id, m.subject, m.at_us, m.category, m.actor, m.from_name, m.from_address";
/// How many they are.
pub(super) const MAIL_COLUMNS: usize = 7;

/// A mail from the columns of [`MAIL`], the first at `at`.
pub(super) fn mail_ref(r: &Row<'_>, at: usize, names: &Names) -> Result<MailRef> {
    let (name, address): (String, String) = (r.get(at + 5)?, r.get(at + 6)?);
    Ok(MailRef {
        id: MessageId(r.get(at)?),
        subject: r.get(at + 1)?,
        at: days::timestamp(r.get(at + 2)?),
        category: category(&r.get::<String>(at + 3)?),
        actor: names.get(r.get(at + 4)?),
        from: if name.is_empty() { address } else { name },
    })
}

/// The mails with these numbers, in their order; unknown ones are left out.
pub(super) fn mails(db: &Db, names: &Names, ids: &[MessageId]) -> Result<Vec<MailRef>> {
    let sql = format!("SELECT {MAIL} FROM message m WHERE m.person_id = $1 AND m.id = $2");
    let mut mails = Vec::with_capacity(ids.len());
    for id in ids {
        mails
            .extend(db.first(&sql, &[db.person().into(), id.0.into()], |r| mail_ref(r, 0, names))?);
    }
    Ok(mails)
}

/// A stored category.
pub(super) fn category(code: &str) -> Category {
    Category::from_code(code).unwrap_or(Category::Personal)
}

/// A stored day.
pub(super) fn day(text: Option<String>) -> Option<Date> {
    text?.parse().ok()
}

/// A stored sum beside its currency.
pub(super) fn money(amount: Option<i64>, currency: Option<&str>) -> Option<Money> {
    Some(Money { amount: Amount(amount?), currency: currency?.parse().ok()? })
}

/// Sums by currency, the commonest first: by the number of rows, then by the code.
#[derive(Default)]
pub(super) struct Sums(Vec<(Currency, i64, Amount)>);

impl Sums {
    pub fn add(&mut self, currency: Option<&str>, rows: i64, amount: i64) {
        let Some(Ok(currency)) = currency.map(str::parse::<Currency>) else { return };
        if rows == 0 {
            return;
        }
        match self.0.iter_mut().find(|(c, ..)| *c == currency) {
            Some((_, n, sum)) => {
                *n += rows;
                *sum = *sum + Amount(amount);
            }
            None => self.0.push((currency, rows, Amount(amount))),
        }
    }

    pub fn list(mut self) -> Vec<Money> {
        self.0.sort_by_key(|(currency, n, _)| (-n, *currency));
        self.0.into_iter().map(|(currency, _, amount)| Money { amount, currency }).collect()
    }
}

/// A query whose conditions depend on what was asked.
#[derive(Clone)]
pub(super) struct Filter<'a> {
    /// ` AND ...` for each condition.
    pub sql: String,
    /// `$1` is the person.
    pub values: Vec<Value<'a>>,
}

impl<'a> Filter<'a> {
    pub fn new(db: &Db) -> Filter<'a> {
        Filter { sql: String::new(), values: vec![db.person().into()] }
    }

    /// Adds a condition; `?` in it stands for the value.
    pub fn and(&mut self, condition: &str, value: impl Into<Value<'a>>) {
        let place = self.bind(value);
        self.sql.push_str(" AND ");
        self.sql.push_str(&condition.replace('?', &place));
    }

    /// Adds a condition without value.
    pub fn say(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }

    /// Binds a value; returns its place, `$3`.
    pub fn bind(&mut self, value: impl Into<Value<'a>>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }
}

/// The pattern of a folded word anywhere in a folded column: `column LIKE ? ESCAPE '!'`. Both
/// sides are lower case, so that both engines agree.
pub(super) fn holding(word: &str) -> String {
    let mut pattern = String::from("%");
    for c in word.chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// `lave-linge` as [`crate::facts`] folds what things are found by: words apart.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    let folded = crate::fold::key(text).replace(['-', '\'', '’'], " ");
    folded.split_whitespace().take(8).map(str::to_owned).collect()
}

/// A code made by Rust that this program does not know: an older or newer one wrote it.
pub(super) fn unknown(what: &str) -> crate::Error {
    crate::Error::Damaged(format!("an unknown {what}"))
}
