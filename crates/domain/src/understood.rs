//! Everything that was understood of one mail.

use crate::{Actor, Category, Fact, Language, Offer, Order, Problem, Unsubscribe};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What reading one mail gave. It never fails: what was not understood is `None` or a problem.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Understood {
    /// The organisation; `None` when a person wrote, or when fraud is suspected.
    pub actor: Option<Actor>,
    /// Which drawer it belongs in.
    pub category: Category,
    /// How sure of the category, from 0 to 100.
    pub category_confidence: u8,
    /// The language of the visible text.
    pub language: Language,
    /// The purchase it speaks of.
    pub order: Option<Order>,
    /// The promotions it carries.
    pub offers: Vec<Offer>,
    /// Reservations, awaited documents: facts beside orders and offers.
    pub records: Vec<Record>,
    /// Set on positive evidence of imitation; then actor, order, offers and records are empty.
    pub suspected_fraud: Option<Fraud>,
    /// How it says that such mails can be stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<Unsubscribe>,
    /// The address of the person who forwarded it; it is then read by its inner text.
    pub forwarded_by: Option<String>,
    /// Where each fact was read; several may speak of one field, such as the reasons of a category.
    pub facts: Vec<Fact>,
    /// What was odd in the input.
    pub problems: Vec<Problem>,
}

/// Why a mail is taken for an imitation.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Fraud {
    /// A stable word, the key of the sentence shown: `claims-another-domain`, `dmarc-failed`.
    pub reason: String,
    /// The organisation that it imitates, as it names it.
    pub imitates: Option<String>,
}

/// A fact that is neither order nor offer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Record {
    /// A document waits at an actor's site.
    AwaitedDocument(AwaitedDocument),
    /// A schema.org object as its markup gave it, `@type` first (a reservation, an invoice).
    Markup(serde_json::Value),
}

/// "Un document vous attend": who holds it, what it is, for which period.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AwaitedDocument {
    /// Always `AwaitedDocument`.
    #[serde(rename = "@type")]
    pub schema_type: String,
    /// `invoice`, `statement`, `payslip`, `tax`, `contract`, `letter` or `document`.
    pub kind: String,
    /// As the mail says it: `octobre 2026`.
    pub period: Option<String>,
    /// The day until which it waits.
    pub until: Option<Date>,
    /// The actor's own site (never a link of the mail).
    pub site: Option<String>,
}
