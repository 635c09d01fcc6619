//! The person's word: what was corrected, so that it can be seen and undone.

use super::ActorRef;
use mesinfos_domain::{CorrectionId, MessageId, OrderId, Timestamp};

/// One correction, latest first in the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CorrectionRow {
    /// Its id, to undo it.
    pub id: CorrectionId,
    /// When.
    pub at: Timestamp,
    /// What was corrected.
    pub kind: CorrectionKind,
    /// The mail concerned.
    pub message: Option<MessageId>,
    /// The order concerned.
    pub order: Option<OrderId>,
    /// The actor concerned.
    pub actor: Option<ActorRef>,
    /// What was read, as words.
    pub before: Option<String>,
    /// What the person says.
    pub after: Option<String>,
    /// It was undone since.
    pub undone: bool,
}

/// What can be corrected.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CorrectionKind {
    /// This mail belongs to another actor.
    Actor,
    /// This mail belongs in another drawer.
    Category,
    /// This is no order.
    NotAnOrder,
    /// A line was edited.
    Line,
    /// Two actors are one.
    MergeActors,
    /// An actor's name or kind.
    ActorDetails,
    /// Two orders are one.
    MergeOrders,
    /// This mail does not belong to that order.
    SplitOrder,
}
