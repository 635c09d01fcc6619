//! One rule: what it is about, and whether she accepts or refuses it.

use mesinfos_domain::{ActorId, ActorKind, Category};
use serde::{Deserialize, Serialize};

/// Yes or no.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// It may speak to her.
    Accepted,
    /// Its mails are kept and found by searching, and shown nowhere else.
    Refused,
}

/// What is accepted or refused. The more it says of a mail, the stronger it is; see
/// [`crate::Policy`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum Rule {
    /// All that an actor writes.
    Actor {
        /// Which.
        actor: ActorId,
    },
    /// One drawer of one actor.
    Drawer {
        /// Which.
        actor: ActorId,
        /// Which drawer.
        category: Category,
    },
    /// One drawer of a sort of actors: "newsletters of all shops".
    Sort {
        /// Which sort; `None`: of all.
        sort: Option<ActorKind>,
        /// Which drawer.
        category: Category,
        /// Actors that the rule leaves as they were.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        except: Vec<ActorId>,
    },
    /// All that arrives at one address of hers.
    Address {
        /// In lower case.
        address: String,
    },
    /// Actors that write for the first time after she said so.
    Newcomers {
        /// Which drawer; `None`: all that they write.
        category: Option<Category>,
    },
}

impl Rule {
    /// The one actor that it is about.
    pub fn actor(&self) -> Option<ActorId> {
        match self {
            Rule::Actor { actor } | Rule::Drawer { actor, .. } => Some(*actor),
            _ => None,
        }
    }

    /// The drawer that it is about; `None`: all of them.
    pub fn category(&self) -> Option<Category> {
        match self {
            Rule::Drawer { category, .. } | Rule::Sort { category, .. } => Some(*category),
            Rule::Newcomers { category } => *category,
            Rule::Actor { .. } | Rule::Address { .. } => None,
        }
    }

    /// Whether both are about the same thing: then the later one holds alone.
    pub fn is_about_the_same(&self, other: &Rule) -> bool {
        match (self, other) {
            (
                Rule::Sort { sort, category, .. },
                Rule::Sort { sort: other_sort, category: other_category, .. },
            ) => sort == other_sort && category == other_category,
            (Rule::Newcomers { .. }, Rule::Newcomers { .. }) => true,
            _ => self == other,
        }
    }
}
