//! What the General Data Protection Regulation (EU) 2016/679 lets a person ask of an organisation:
//! the letter, and the time that it leaves for an answer.

mod course;
mod english;
mod french;
mod letter;

pub use course::{Course, Next, State, answer_by, extended_by};
pub use letter::{About, AddressUse, Letter, complaint, letter, reminder};

use serde::{Deserialize, Serialize};

/// What she asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// To see what they know of her.
    Access,
    /// To take her data elsewhere.
    Portability,
    /// To have an error put right.
    Rectification,
    /// That they stop canvassing her.
    Marketing,
    /// That they stop another use of her data.
    Objection,
    /// To be forgotten.
    Erasure,
}

impl Right {
    /// All, in the order in which pages show them.
    pub const ALL: [Right; 6] = [
        Right::Access,
        Right::Portability,
        Right::Rectification,
        Right::Marketing,
        Right::Objection,
        Right::Erasure,
    ];

    /// The word in addresses, in JSON and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Right::Access => "access",
            Right::Portability => "portability",
            Right::Rectification => "rectification",
            Right::Marketing => "marketing",
            Right::Objection => "objection",
            Right::Erasure => "erasure",
        }
    }

    /// The right with this code.
    pub fn from_code(code: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|r| r.code() == code)
    }

    /// The article of the regulation.
    pub fn article(self) -> u8 {
        match self {
            Right::Access => 15,
            Right::Rectification => 16,
            Right::Erasure => 17,
            Right::Portability => 20,
            Right::Marketing | Right::Objection => 21,
        }
    }

    /// Whether the letter needs something that only she can say: what is wrong, why she objects.
    pub fn needs_details(self) -> bool {
        matches!(self, Right::Rectification | Right::Objection)
    }
}
