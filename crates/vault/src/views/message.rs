//! One mail: its headers, its drawer and why, its facts and the words they were read in.

use super::{ActorRef, MailRef, OrderRow};
use mesinfos_domain::{
    AwaitedDocument, Evidence, Fact, Fraud, Language, MessageId, Offer, Order, Problem, Source,
};

/// The page of one mail. The body is rendered from the original, in a frame of its own.
#[derive(Clone, PartialEq, Debug)]
pub struct MessageCard {
    /// Subject, date, actor, drawer.
    pub mail: MailRef,
    /// From, To, Cc, Reply-To, Date, List-Id: name and decoded value, hostile as any text.
    pub headers: Vec<HeaderRow>,
    /// How sure of the drawer, from 0 to 100.
    pub category_confidence: u8,
    /// The person chose the drawer.
    pub category_corrected: bool,
    /// Why this actor.
    pub evidence: Vec<Evidence>,
    /// The person chose the actor.
    pub actor_corrected: bool,
    /// The platform that wrote on the actor's behalf.
    pub via: Option<String>,
    /// The address of the person who forwarded it: "forwarded, not authenticated".
    pub forwarded_by: Option<String>,
    /// The language of its text.
    pub language: Language,
    /// What it says of an order.
    pub order: Option<Order>,
    /// The order that it belongs to, with its history.
    pub purchase: Option<OrderRow>,
    /// The promotions it carries.
    pub offers: Vec<Offer>,
    /// The documents that it announces.
    pub awaited: Vec<AwaitedDocument>,
    /// Set on positive evidence of imitation.
    pub suspected_fraud: Option<Fraud>,
    /// Every fact, with the words it was read in.
    pub facts: Vec<FactRow>,
    /// Its attachments.
    pub attachments: Vec<AttachmentRow>,
    /// What was odd in it.
    pub problems: Vec<Problem>,
    /// Other mails with the same Message-ID and other contents.
    pub twins: Vec<MessageId>,
    /// The actor, as shown in lists.
    pub actor: Option<ActorRef>,
}

/// One header.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeaderRow {
    /// `From`, `To`...
    pub name: String,
    /// Decoded.
    pub value: String,
}

/// One fact and its provenance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactRow {
    /// The mail that it was read in.
    pub message: MessageId,
    /// The fact: its field, the words and where they stand, the rule, how sure.
    pub fact: Fact,
}

impl FactRow {
    /// Where it was read.
    pub fn source(&self) -> &Source {
        &self.fact.source
    }
}

/// One attachment: listed by what the mail says of it, never trusted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttachmentRow {
    /// Its place among the mail's parts.
    pub part: i64,
    /// Its name as the mail gives it; clean it before use as a file name.
    pub name: Option<String>,
    /// Its type as the mail gives it.
    pub media_type: String,
    /// Its size in bytes, decoded.
    pub size: i64,
    /// Its Content-ID, when a page refers to it.
    pub content_id: Option<String>,
    /// Shown in the body (inline) rather than beside it.
    pub inline: bool,
}
