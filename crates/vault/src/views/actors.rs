//! Who knows the person: the list of actors, sorted and filtered.

use super::{ActorRef, CategoryCounts, PageAsked, Paged};
use mesinfos_domain::{ActorKind, Money, Timestamp};

/// The list, with what the filters offer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actors {
    /// This page of it.
    pub actors: Paged<ActorRow>,
    /// All actors, without filter.
    pub all: i64,
    /// How many of each kind, the most frequent first, without filter.
    pub kinds: Vec<KindCount>,
}

/// One actor as a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ActorRow {
    /// Who.
    pub actor: ActorRef,
    /// Mails, by drawer.
    pub counts: CategoryCounts,
    /// What was spent there, a figure for each currency, the commonest first.
    pub spent: Vec<Money>,
    /// How many orders.
    pub orders: i64,
    /// When it first wrote.
    pub first: Timestamp,
    /// When it last wrote.
    pub last: Timestamp,
    /// Mails of the last twelve months, by month, oldest first.
    pub trend: [i64; 12],
}

/// How many actors of a kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KindCount {
    /// Which kind.
    pub kind: ActorKind,
    /// How many.
    pub count: i64,
}

/// What the page asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActorsAsked {
    /// Of this kind only.
    pub kind: Option<ActorKind>,
    /// Whose name or domain holds these letters, accents and case aside.
    pub named: Option<String>,
    /// That wrote in the last so many months (this one included).
    pub months: Option<u16>,
    /// That have not written for two years.
    pub silent: bool,
    /// Sorted by.
    pub by: ActorsBy,
    /// From the other end.
    pub reversed: bool,
    /// Which page.
    pub page: PageAsked,
}

/// Sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum ActorsBy {
    /// Mails, most first.
    #[default]
    Mails,
    /// Name.
    Name,
    /// Newsletters, most first.
    Newsletters,
    /// Spent (in the vault's commonest currency), most first.
    Spent,
    /// Last contact, latest first.
    Last,
    /// Kind, then name.
    Kind,
}
