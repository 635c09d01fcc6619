//! Offers that actors made: codes and advantages, with their last day.

use super::{ActorRef, PageAsked};
use mesinfos_domain::{ActorId, Date, MessageId, Offer};

/// One offer and where it was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfferRow {
    /// What it gives.
    pub offer: Offer,
    /// Who makes it.
    pub actor: Option<ActorRef>,
    /// The mail.
    pub message: MessageId,
    /// The day of the mail.
    pub day: Date,
    /// Its last day is past.
    pub over: bool,
}

/// What the page asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OffersAsked {
    /// Of this actor.
    pub actor: Option<ActorId>,
    /// Those that are over too. Offers without a last day count as over after 90 days.
    pub over_too: bool,
    /// Which page.
    pub page: PageAsked,
}
