//! One purchase out of the mails that speak of it: later mails complete, never erase.

use crate::addition::{Printed, add_up};
use crate::calendar::after;
use crate::keys::name;
use crate::lines;
use crate::mail::{OrderMail, Writer};
use crate::parcels;
use crate::purchase::{Known, Nature, Payment, Purchase, Received, Shipment, Step};
use crate::refunds;
use crate::status;
use crate::word::Word;
use mesinfos_domain::{ActorKind, Amount, Date, OrderStatus, Proof, Role, StatusClass};

/// Most shops write nothing on delivery. Goods are then supposed to have come so many days after
/// they left, or after the order; screens say that the day is estimated.
const DAYS_ON_THE_WAY: i32 = 4;
const DAYS_FROM_ORDER: i32 = 7;
/// A parcel at a relay point is supposed to be fetched within so many days.
const DAYS_AT_RELAY: i32 = 7;

/// The purchase that these mails speak of; they are in the order of their instants. `None` when
/// there is no mail.
pub(crate) fn purchase(mails: Vec<OrderMail>, word: &Word) -> Option<Purchase> {
    let merchant = merchant(&mails)?.clone();
    let from_merchant = |m: &&OrderMail| m.writer.actor == merchant.actor;
    let best = best_of_sums(&mails, word);
    let sums = sums(&mails, best);
    let nature = nature(&mails, &merchant, sums.total);
    let history = history(&mails, nature);
    let (status, payment) = status::now(&history);
    let parcels = parcels::merge(&mails, &history);
    let mut lines = lines::merge(&mails, word, &sums);
    let refunds = refunds::of(&mails, &history, &lines, sums.total, payment);
    let received =
        (nature == Nature::Order && status != OrderStatus::Cancelled && payment != Payment::Unpaid)
            .then(|| received(&mails, &history, &parcels))
            .flatten();
    let arithmetic = add_up(lines.iter().map(|l| &l.line), &sums).proof;
    lines::tell_states(&mut lines, &mails, status, payment, &parcels, received, &refunds);
    let confirmed = mails.iter().any(|m| word.confirmed.contains(&m.message));
    let edited = mails.iter().any(|m| word.touches(m.message));
    let proof = match best.map(|b| b.order.proof).filter(|_| !edited) {
        Some(Proof::Proved) => Proof::Proved,
        // The reader saw the mail whole: where it says doubtful, a sum that comes out right
        // here (lines completed by another mail) settles it, and nothing else does.
        Some(Proof::Doubtful) if arithmetic != Proof::Proved => Proof::Doubtful,
        _ => arithmetic,
    };
    Some(Purchase {
        sold_by: mails
            .iter()
            .find_map(|m| m.order.part_of_order.as_ref()?.merchant.clone())
            .filter(|_| nature == Nature::Parcel),
        number: mails
            .iter()
            .filter(from_merchant)
            .find_map(|m| m.order.number.clone())
            .or_else(|| mails.iter().find_map(|m| m.order.part_of_order.as_ref()?.number.clone()))
            .or_else(|| mails.iter().find_map(|m| m.order.number.clone())),
        placed: placed(&mails),
        nature,
        role: mails.iter().map(|m| m.order.role).find(|r| *r == Role::Seller).unwrap_or_default(),
        status,
        payment,
        currency: best
            .and_then(|b| b.order.currency)
            .or_else(|| mails.iter().find_map(|m| m.order.currency)),
        total: sums.total,
        subtotal: sums.subtotal,
        shipping: sums.shipping,
        tax: sums.tax,
        discount: sums.discount,
        fees: sums.fees,
        lines,
        parcels,
        refunds,
        received,
        history,
        proof: if confirmed && proof == Proof::Doubtful { Proof::None } else { proof },
        confidence: mails.iter().map(|m| m.order.confidence).max().unwrap_or(0),
        mails: mails.iter().map(|m| m.message).collect(),
        merchant,
    })
}

/// Who sold: the first that states lines or a sum, is neither carrier nor bank and names nobody
/// else as the merchant, as a wallet does; else the first that is not; else the first.
fn merchant(mails: &[OrderMail]) -> Option<&Writer> {
    let names_other = |m: &OrderMail| {
        let named = m.order.part_of_order.as_ref().and_then(|p| p.merchant.as_deref());
        named.is_some_and(|n| name(n) != name(&m.writer.name))
    };
    let is_beside = |m: &OrderMail| matches!(m.writer.kind, ActorKind::Transport | ActorKind::Bank);
    let sells = |m: &&OrderMail| !is_beside(m) && !names_other(m);
    let states = |m: &&OrderMail| !m.order.lines.is_empty() || m.order.total.is_some();
    mails
        .iter()
        .find(|m| sells(m) && states(m))
        .or_else(|| mails.iter().find(sells))
        .or_else(|| mails.iter().find(|m| !is_beside(m)))
        .or_else(|| mails.iter().find(states))
        .or(mails.first())
        .map(|m| &m.writer)
}

/// The mail whose sums and lines are taken first: edited by the person, then one that tells of
/// the whole order and is proved, then one that tells of the whole, then a proved one (of a
/// parcel, a refund); more lines, then the earlier, win among equals.
pub(crate) fn rank(mail: &OrderMail, word: &Word) -> (bool, u8, usize, usize) {
    let order = &mail.order;
    let whole = order.status.is_none_or(|s| {
        !matches!(s.class(), StatusClass::Shipped | StatusClass::Return | StatusClass::Refunded)
    });
    let level = match (whole, order.proof) {
        (true, Proof::Proved) => 3,
        (true, _) => 2,
        (false, Proof::Proved) => 1,
        (false, _) => 0,
    };
    (word.touches(mail.message), level, order.lines.len(), lines::richness(&order.lines))
}

/// The first of the best, among the mails that state a total.
fn best_of_sums<'a>(mails: &'a [OrderMail], word: &Word) -> Option<&'a OrderMail> {
    let mut best: Option<&OrderMail> = None;
    for mail in mails.iter().filter(|m| m.order.total.is_some()) {
        if best.is_none_or(|b| rank(mail, word) > rank(b, word)) {
            best = Some(mail);
        }
    }
    best
}

/// The sums of the best mail; what it does not print, from the others that agree on the total.
fn sums(mails: &[OrderMail], best: Option<&OrderMail>) -> Printed {
    let total = best.and_then(|b| b.order.total);
    let agree = |m: &&OrderMail| m.order.total.is_none() || m.order.total == total;
    let pick = |of: fn(&OrderMail) -> Option<Amount>| {
        best.and_then(of).or_else(|| mails.iter().filter(agree).find_map(of))
    };
    Printed {
        total,
        subtotal: pick(|m| m.order.subtotal),
        shipping: pick(|m| m.order.shipping),
        tax: pick(|m| m.order.tax),
        discount: pick(|m| m.order.discount),
        fees: pick(|m| m.order.fees),
    }
}

fn placed(mails: &[OrderMail]) -> Date {
    let first = mails[0].day;
    // A printed date long before the first mail is a birthday or a contract, one after it a
    // delivery: neither is the day of the order.
    mails
        .iter()
        .filter_map(|m| m.order.date)
        .filter(|d| *d <= first && *d >= after(first, -120))
        .min()
        .unwrap_or(first)
}

fn nature(mails: &[OrderMail], merchant: &Writer, total: Option<Amount>) -> Nature {
    let any = |status| mails.iter().any(|m| m.order.status == Some(status));
    let all = |allowed: &[OrderStatus]| {
        mails.iter().filter_map(|m| m.order.status).all(|s| allowed.contains(&s))
    };
    let goods = mails.iter().any(|m| {
        !m.order.parcels.is_empty()
            || m.order.shipping.is_some()
            || m.order.status.is_some_and(|s| s.class() == StatusClass::Shipped)
    });
    let lines = mails.iter().any(|m| !m.order.lines.is_empty());
    use ActorKind::*;
    use OrderStatus::{Booked, Invoiced, Paid, PartiallyRefunded, Pending, Refunded};
    let billed = any(Invoiced) && all(&[Invoiced, Paid, Pending, Refunded, PartiallyRefunded]);
    match merchant.kind {
        Transport if total.is_none() && !lines => Nature::Parcel,
        _ if any(Booked) => Nature::Booking,
        Travel | Transport | Leisure if !goods => {
            if billed {
                Nature::Bill
            } else {
                Nature::Booking
            }
        }
        Bank if !lines && !any(Invoiced) => Nature::Transfer,
        Bank | Telecom | Insurance | Administration if !goods => Nature::Bill,
        _ if billed && !goods && !lines => Nature::Bill,
        _ => Nature::Order,
    }
}

fn history(mails: &[OrderMail], nature: Nature) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for mail in mails {
        let parcel = match &mail.order.parcels[..] {
            [one] => one.number.clone(),
            _ => None,
        };
        // A mail that states no stage opens a purchase when it is its first word.
        let unsaid = steps.is_empty().then_some(match nature {
            Nature::Bill => OrderStatus::Invoiced,
            Nature::Booking => OrderStatus::Booked,
            Nature::Parcel => OrderStatus::Shipped,
            Nature::Order | Nature::Transfer => OrderStatus::Confirmed,
        });
        if let Some(status) = mail.order.status.or(unsaid) {
            steps.push(Step {
                at: mail.at,
                day: mail.day,
                status,
                message: mail.message,
                writer: mail.writer.name.clone(),
                parcel,
                amount: match status.class() {
                    StatusClass::Refunded => mail.order.refunded.or(mail.order.total),
                    StatusClass::Placed => mail.order.total,
                    _ => mail.order.refunded,
                },
            });
        }
    }
    steps
}

/// When the goods were received: seen, promised, or estimated from the last thing known. With
/// several parcels, the last one (L221-18), as surely as the least sure of them.
fn received(mails: &[OrderMail], history: &[Step], parcels: &[Shipment]) -> Option<Received> {
    let seen = history.iter().rev().find(|s| s.status == OrderStatus::Delivered);
    let left = history
        .iter()
        .find(|s| s.status.class() == StatusClass::Shipped || s.status == OrderStatus::Completed);
    let seen_or =
        |delivered: Option<Date>| delivered.map(|day| Received { day, known: Known::Seen });
    let of_parcel = |p: &Shipment| {
        let expected = p.parcel.expected.map(|day| Received { day, known: Known::Expected });
        let fetched = p.waiting_since.map(|d| after(d, DAYS_AT_RELAY));
        let shipped = p.shipped.map(|d| after(d, DAYS_ON_THE_WAY));
        let supposed = fetched.or(shipped).map(|day| Received { day, known: Known::AfterShipping });
        seen_or(p.delivered).or(expected.filter(|_| p.waiting_since.is_none())).or(supposed)
    };
    let last =
        parcels.iter().map(of_parcel).try_fold(None::<Received>, |last, one| {
            let one = one?;
            Some(Some(last.map_or(one, |l| Received {
                day: l.day.max(one.day),
                known: l.known.max(one.known),
            })))
        });
    last.flatten()
        .or_else(|| seen_or(seen.map(|s| s.day)))
        .or_else(|| {
            left.map(|s| Received {
                day: after(s.day, DAYS_ON_THE_WAY),
                known: Known::AfterShipping,
            })
        })
        .or_else(|| {
            Some(Received { day: after(placed(mails), DAYS_FROM_ORDER), known: Known::AfterOrder })
        })
}
