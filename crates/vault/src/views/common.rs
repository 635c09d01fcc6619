//! What several pages show alike: an actor's name, a mail's line, a page of a list.

use mesinfos_domain::{ActorId, ActorKind, Category, Date, MessageId, Sensitivity, Timestamp};

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
