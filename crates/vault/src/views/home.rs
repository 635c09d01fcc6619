//! Home: the sentence, who writes, what was spent, what is due, what just happened.

use super::{ActorRef, ActorRow, CategoryCounts, DueRow, Month, OrderRow, Sentence, ToCollect};
use mesinfos_domain::Money;

/// All of home. While an import runs it fills up; calling again gives the newer figures.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home {
    /// The first sentence.
    pub sentence: Sentence,
    /// How many mails count (spam, trash, drafts and chats are out).
    pub mails: i64,
    /// How many organisations know the person.
    pub actors: i64,
    /// How many orders, all natures but parcels.
    pub orders: i64,
    /// The ten that wrote the most.
    pub top_actors: Vec<ActorRow>,
    /// Mail by category, month by month, oldest first, without gaps; at most 120 months.
    pub mail_months: Vec<MailMonth>,
    /// Spent in the last twelve months, in the commonest currency, oldest first, without gaps.
    pub money_months: Vec<MoneyMonth>,
    /// With whom, over the same months: the five first.
    pub money_merchants: Vec<MerchantMoney>,
    /// The others together: how many, and how much.
    pub money_others: Option<(i64, Money)>,
    /// What is due in the next 30 days, soonest first; at most eight.
    pub due: Vec<DueRow>,
    /// How many are due in all.
    pub due_total: i64,
    /// The latest orders; at most five.
    pub latest: Vec<OrderRow>,
    /// Parcels that wait.
    pub to_collect: Vec<ToCollect>,
    /// Who wrote the most in the last whole month.
    pub loudest: Vec<Loud>,
}

/// One month of mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MailMonth {
    /// Which.
    pub month: Month,
    /// How many in each drawer.
    pub counts: CategoryCounts,
}

/// One month of money.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MoneyMonth {
    /// Which.
    pub month: Month,
    /// How many orders.
    pub orders: i64,
    /// Spent, less the confirmed refunds of these orders.
    pub spent: Money,
}

/// What was spent with one merchant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MerchantMoney {
    /// Whom.
    pub actor: ActorRef,
    /// How many orders.
    pub orders: i64,
    /// How much.
    pub spent: Money,
}

/// "Fnac a écrit 14 fois en octobre".
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loud {
    /// Who.
    pub actor: ActorRef,
    /// When.
    pub month: Month,
    /// How often, by drawer.
    pub counts: CategoryCounts,
}
