//! The nouns of MesInfos: what a person, an actor, an order, a sum of money are. No I/O.
//!
//! Everything here is plain data. What is read in a mail carries a [`Source`]; sums are whole
//! minor units; dates are civil dates, instants are microseconds since 1970 (UTC).

mod actor;
mod category;
mod id;
mod language;
mod money;
mod offer;
mod order;
mod source;
mod understood;
mod unsubscribe;

pub use actor::{Actor, ActorKind, Evidence, EvidenceKind, Sensitivity};
pub use category::Category;
pub use id::{ActorId, CorrectionId, MessageId, OrderId, PersonId};
pub use jiff::Timestamp;
pub use jiff::civil::Date;
pub use language::Language;
pub use money::{Amount, Currency, Money};
pub use offer::{Benefit, Offer};
pub use order::{Line, Order, OrderStatus, Parcel, PartOfOrder, Proof, Role, Seller, StatusClass};
pub use source::{Fact, Place, Problem, Source};
pub use understood::{AwaitedDocument, Fraud, Record, Understood};
pub use unsubscribe::{OneClick, Unsubscribe, Way};
