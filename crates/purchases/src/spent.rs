//! What was spent (docs/contracts.md, "Spent"): what orders that were neither cancelled nor left unpaid cost,
//! tax and shipping included, less refunds confirmed by a mail, once per order. Doubtful orders
//! are counted apart; currencies are never added; the rest has lines of its own.

use crate::purchase::{Nature, Payment, Purchase};
use crate::rights::guaranteed_until;
use mesinfos_domain::{ActorId, Amount, Currency, Date, MessageId, OrderStatus, Proof, Role};
use std::collections::{BTreeMap, BTreeSet};

/// How one purchase counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Counted {
    /// Spent: total less confirmed refunds, never below zero.
    Spent(Amount),
    /// Would be spent, if its figures did not contradict each other.
    Doubtful(Amount),
    /// Not spent: cancelled, or payment awaited.
    No,
    /// On a line of its own: a sale, a parcel, a booking, a bill, a transfer.
    Beside(Option<Amount>),
    /// No mail says how much.
    Unknown,
}

/// How a purchase counts.
pub fn counted(purchase: &Purchase) -> Counted {
    if purchase.role == Role::Seller || purchase.nature != Nature::Order {
        return Counted::Beside(purchase.total);
    }
    if purchase.status == OrderStatus::Cancelled || purchase.payment == Payment::Unpaid {
        return Counted::No;
    }
    match (purchase.total, purchase.currency) {
        (Some(total), Some(_)) => {
            let left = Amount((total - purchase.refunded()).0.max(0));
            match purchase.proof {
                Proof::Doubtful => Counted::Doubtful(left),
                _ => Counted::Spent(left),
            }
        }
        _ => Counted::Unknown,
    }
}

/// The sentence of home and its proof: each number with what it counts. A purchase is named by
/// its first mail.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentence {
    /// The day of the first order that counts.
    pub since: Option<Date>,
    /// By currency.
    pub spent: BTreeMap<String, Sum>,
    /// Counted apart, "to check".
    pub doubtful: BTreeMap<String, Sum>,
    /// Merchants of the orders that count.
    pub merchants: BTreeSet<ActorId>,
    /// Lines kept, with their units.
    pub things: BTreeMap<(MessageId, usize), i64>,
    /// Lines whose legal guarantee runs on the day asked about, with their units.
    pub guaranteed: BTreeMap<(MessageId, usize), i64>,
    /// Refunds announced that no mail confirms: "not seen in your mails".
    pub unseen: BTreeMap<String, Sum>,
}

/// A sum and the purchases that make it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sum {
    /// How much.
    pub amount: Amount,
    /// Whose, by their first mails, in their order.
    pub of: Vec<MessageId>,
}

impl Sum {
    fn add(&mut self, amount: Amount, of: MessageId) {
        self.amount = self.amount + amount;
        self.of.push(of);
    }
}

/// Counts all purchases, as things stand on `today`.
pub fn sentence<'a>(purchases: impl IntoIterator<Item = &'a Purchase>, today: Date) -> Sentence {
    let mut sentence = Sentence::default();
    for purchase in purchases {
        let Some(&id) = purchase.mails.first() else { continue };
        let code = purchase.currency.as_ref().map_or("", Currency::code).to_owned();
        match counted(purchase) {
            Counted::Spent(amount) => {
                sentence.since = Some(match sentence.since {
                    Some(since) => since.min(purchase.placed),
                    None => purchase.placed,
                });
                sentence.merchants.insert(purchase.merchant.actor);
                sentence.spent.entry(code.clone()).or_default().add(amount, id);
            }
            Counted::Doubtful(amount) => {
                sentence.doubtful.entry(code.clone()).or_default().add(amount, id);
            }
            Counted::No | Counted::Beside(_) | Counted::Unknown => {}
        }
        if purchase.nature == Nature::Order && purchase.role == Role::Buyer {
            for (i, line) in purchase.lines.iter().enumerate().filter(|(_, l)| l.state.is_kept()) {
                sentence.things.insert((id, i), line.units());
                let begun = purchase.received.is_some_and(|r| r.day <= today);
                if begun && guaranteed_until(purchase, i).is_some_and(|until| until >= today) {
                    sentence.guaranteed.insert((id, i), line.units());
                }
            }
        }
        for refund in purchase.refunds.iter().filter(|r| r.confirmed.is_none()) {
            let amount = refund.amount.unwrap_or_default();
            sentence.unseen.entry(code.clone()).or_default().add(amount, id);
        }
    }
    sentence
}
