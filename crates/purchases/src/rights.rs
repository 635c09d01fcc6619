//! What the law gives the buyer of a thing, until when, and by which article.
//!
//! French law, as in force in 2026. Every right says what it rests on: a day that a mail states
//! or one that we estimate, and what we cannot know (whether the thing is among the exceptions).

use crate::calendar::{after, last_day, years_after};
use crate::lasting::{Lasting, lasting};
use crate::purchase::{Known, Nature, Payment, Purchase, Received};
use mesinfos_domain::{Amount, Date, OrderStatus, Role, Seller};
use serde::{Deserialize, Serialize};

/// One right of the buyer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Right {
    /// Which one.
    pub kind: RightKind,
    /// Its text.
    pub article: Article,
    /// The day that starts it, and how that day is known.
    pub from: Option<Received>,
    /// The last day on which it can be used; `None` when no day can be said.
    pub until: Option<Date>,
    /// Whether it can be used on the day asked about.
    pub state: RightState,
    /// What the person must know before relying on it.
    pub caveats: Vec<Caveat>,
}

/// Which right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is explained by its article")]
pub enum RightKind {
    Withdrawal,
    Conformity,
    HiddenDefects,
    LateDelivery,
    RefundDue,
}

impl RightKind {
    /// The word used in JSON and in the keys of sentences.
    pub fn code(self) -> &'static str {
        match self {
            RightKind::Withdrawal => "withdrawal",
            RightKind::Conformity => "conformity",
            RightKind::HiddenDefects => "hidden_defects",
            RightKind::LateDelivery => "late_delivery",
            RightKind::RefundDue => "refund_due",
        }
    }
}

/// Where a right stands on a given day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RightState {
    /// It can be used.
    Open,
    /// What starts it has not happened.
    NotYet,
    /// Its last day is past.
    Over,
    /// It does not apply: a private seller, an order cancelled.
    None,
}

/// What we cannot know and must say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caveat {
    /// Made to measure, perishable, unsealed: L221-28 takes some things out; mails do not tell.
    ExceptionsUnknown,
    /// The day of receipt is estimated.
    DayEstimated,
    /// A seller stands behind the marketplace, and no mail says whether it is a professional.
    SellerUnknown,
    /// A private person sold: neither withdrawal nor legal conformity.
    PrivateSeller,
    /// For a second-hand thing the defect is presumed for 12 months only (L217-7).
    ShorterIfUsed,
    /// Some of the order has not arrived: the days start with the last parcel.
    PartNotReceived,
    /// No mail says that it came; it may have come all the same.
    DeliveryNotSeen,
    /// No mail says that the money came back; the bank statement may.
    RefundNotSeen,
    /// It may be something that is consumed, for which two years say nothing.
    PerhapsConsumed,
}

/// A text of law.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Article {
    /// Which code.
    pub code: Code,
    /// Its number, as one cites it: `L221-18`.
    pub number: &'static str,
}

/// A French code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// Code de la consommation.
    Consumption,
    /// Code civil.
    Civil,
}

const fn consumption(number: &'static str) -> Article {
    Article { code: Code::Consumption, number }
}

/// Fourteen days to change one's mind after a distance sale.
pub const WITHDRAWAL: Article = consumption("L221-18");
/// Two years of legal guarantee of conformity.
pub const CONFORMITY: Article = consumption("L217-3");
/// The guarantee against hidden defects.
pub const HIDDEN_DEFECTS: Article = Article { code: Code::Civil, number: "1641" };
/// Delivery on the stated day, else within thirty days.
pub const DELIVERY: Article = consumption("L216-1");
/// Fourteen days to give the money back.
pub const REFUND: Article = consumption("L221-24");

/// The rights on one line of a purchase, or on all of it when `line` is `None`, as they stand on
/// `today`. Empty for what is not a purchase of goods: bills, bookings, transfers, sales.
pub fn rights(purchase: &Purchase, line: Option<usize>, today: Date) -> Vec<Right> {
    if purchase.nature != Nature::Order || purchase.role == Role::Seller {
        return Vec::new();
    }
    let seller = seller_of(purchase, line);
    let gone = line.map_or_else(
        || matches!(purchase.status, OrderStatus::Cancelled | OrderStatus::Refunded),
        |l| purchase.lines.get(l).is_some_and(|l| !l.state.is_kept()),
    );
    let lasting = line.map_or(Lasting::Lasts, |l| lasting(purchase, l));
    let mut rights = vec![withdrawal(purchase, seller, gone, today)];
    if lasting != Lasting::Consumed {
        rights.push(conformity(purchase, seller, (gone, lasting), today));
        rights.push(hidden_defects(purchase, gone, today));
    }
    rights.extend(late_delivery(purchase, gone, today));
    rights.extend(refund_due(purchase, today));
    rights
}

/// Who answers for the thing: a professional, a private person, or nobody knows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SellerIs {
    Professional,
    Private,
    Unknown,
}

fn seller_of(purchase: &Purchase, line: Option<usize>) -> SellerIs {
    let is = |seller: &Option<Seller>| match seller {
        None => SellerIs::Professional,
        Some(s) => match s.professional {
            Some(true) => SellerIs::Professional,
            Some(false) => SellerIs::Private,
            None => SellerIs::Unknown,
        },
    };
    match line {
        Some(l) => purchase.lines.get(l).map_or(SellerIs::Professional, |l| is(&l.line.seller)),
        // For the whole order: the weakest seller of its lines decides what we dare promise.
        None => purchase.lines.iter().map(|l| is(&l.line.seller)).fold(
            SellerIs::Professional,
            |worst, one| match (worst, one) {
                (SellerIs::Private, _) | (_, SellerIs::Private) => SellerIs::Private,
                (SellerIs::Unknown, _) | (_, SellerIs::Unknown) => SellerIs::Unknown,
                _ => SellerIs::Professional,
            },
        ),
    }
}

fn state(gone: bool, from: Option<Received>, until: Option<Date>, today: Date) -> RightState {
    match (gone, from, until) {
        (true, ..) => RightState::None,
        (false, Some(from), _) if from.day > today => RightState::NotYet,
        (false, Some(_), Some(until)) if today > until => RightState::Over,
        (false, Some(_), _) => RightState::Open,
        (false, None, _) => RightState::NotYet,
    }
}

fn caveats_of(from: Option<Received>, seller: SellerIs) -> Vec<Caveat> {
    let mut caveats = Vec::new();
    if from.is_some_and(|f| !f.known.is_seen()) {
        caveats.push(Caveat::DayEstimated);
    }
    match seller {
        SellerIs::Private => caveats.push(Caveat::PrivateSeller),
        SellerIs::Unknown => caveats.push(Caveat::SellerUnknown),
        SellerIs::Professional => {}
    }
    caveats
}

/// L221-18: fourteen days from receipt of the last parcel. L221-28 takes some things out, which
/// mails rarely tell: said, never guessed.
fn withdrawal(purchase: &Purchase, seller: SellerIs, gone: bool, today: Date) -> Right {
    let from = purchase.received;
    let until = from.map(|f| last_day(f.day, 14));
    let mut caveats = caveats_of(from, seller);
    caveats.push(Caveat::ExceptionsUnknown);
    if from.is_none() && purchase.parcels.iter().any(|p| p.delivered.is_some()) {
        caveats.push(Caveat::PartNotReceived);
    }
    let none = gone || seller == SellerIs::Private;
    Right {
        kind: RightKind::Withdrawal,
        article: WITHDRAWAL,
        from,
        until: until.filter(|_| !none),
        state: state(none, from, until, today),
        caveats,
    }
}

/// L217-3: two years from delivery, when a professional sold.
fn conformity(
    purchase: &Purchase,
    seller: SellerIs,
    (gone, lasting): (bool, Lasting),
    today: Date,
) -> Right {
    let from = purchase.received;
    let until = from.map(|f| years_after(f.day, 2));
    let mut caveats = caveats_of(from, seller);
    if seller != SellerIs::Private {
        caveats.push(Caveat::ShorterIfUsed);
    }
    if lasting == Lasting::Unsure {
        caveats.insert(0, Caveat::PerhapsConsumed);
    }
    let none = gone || seller == SellerIs::Private;
    Right {
        kind: RightKind::Conformity,
        article: CONFORMITY,
        from,
        until: until.filter(|_| !none),
        state: state(none, from, until, today),
        caveats,
    }
}

/// The last day of the legal guarantee of a line, whatever the day asked about; `None` when there
/// is none: not received, given back, a private seller, no purchase of goods. A thing that is
/// perhaps consumed is not counted; its page says so beside the day.
pub fn guaranteed_until(purchase: &Purchase, line: usize) -> Option<Date> {
    let received = purchase.received?;
    if lasting(purchase, line) != Lasting::Lasts {
        return None;
    }
    rights(purchase, Some(line), received.day)
        .into_iter()
        .find(|r| r.kind == RightKind::Conformity)
        .and_then(|r| r.until)
}

/// Code civil 1641 and 1648: two years from discovery, twenty years from the sale at most
/// (article 2232); a private seller owes it too.
fn hidden_defects(purchase: &Purchase, gone: bool, today: Date) -> Right {
    let from = Some(Received { day: purchase.placed, known: Known::Seen });
    let until = Some(years_after(purchase.placed, 20));
    Right {
        kind: RightKind::HiddenDefects,
        article: HIDDEN_DEFECTS,
        from,
        until: until.filter(|_| !gone),
        state: state(gone, from, until, today),
        caveats: Vec::new(),
    }
}

/// The day by which the goods are owed (L216-1): the one a mail promises, else thirty days.
pub fn delivery_owed_by(purchase: &Purchase) -> Date {
    let promised = purchase.parcels.iter().filter_map(|p| p.parcel.expected).max();
    promised.filter(|p| *p >= purchase.placed).unwrap_or_else(|| after(purchase.placed, 30))
}

/// Open once the day is past and no mail says that the goods came: the person may then demand
/// delivery within a reasonable time and cancel (L216-6).
fn late_delivery(purchase: &Purchase, gone: bool, today: Date) -> Option<Right> {
    let seen = purchase.received.is_some_and(|r| r.known.is_seen());
    if gone || seen || purchase.payment == Payment::Unpaid {
        return None;
    }
    let owed = delivery_owed_by(purchase);
    Some(Right {
        kind: RightKind::LateDelivery,
        article: DELIVERY,
        from: Some(Received { day: owed, known: Known::Expected }),
        until: None,
        state: if today > owed { RightState::Open } else { RightState::NotYet },
        caveats: vec![Caveat::DeliveryNotSeen],
    })
}

/// L221-24: the money is owed within fourteen days. `Open` while it may still come in time,
/// `Over` when the trader is late (L242-4 then adds to the sum, see [`late_refund_adds`]).
fn refund_due(purchase: &Purchase, today: Date) -> Option<Right> {
    let awaited = purchase.refunds.iter().find(|r| r.confirmed.is_none())?;
    let until = last_day(awaited.day, 14);
    Some(Right {
        kind: RightKind::RefundDue,
        article: REFUND,
        from: Some(Received { day: awaited.day, known: Known::Seen }),
        until: Some(until),
        state: if today > until { RightState::Over } else { RightState::Open },
        caveats: vec![Caveat::RefundNotSeen],
    })
}

/// What L242-4 adds to a refund that is `days_late`, legal interest of the first ten days left
/// out (its rate changes twice a year).
pub fn late_refund_adds(amount: Amount, days_late: i32) -> Amount {
    let per_cent = match days_late {
        ..=10 => 0,
        11..=20 => 5,
        21..=30 => 10,
        31..=60 => 20,
        61..=90 => 50,
        // Then five points for each further month begun, up to the price itself.
        more => (50 + 5 * ((more - 90 + 29) / 30)).min(100),
    };
    Amount(amount.0.saturating_mul(i64::from(per_cent)) / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_refund_grows_by_steps() {
        let hundred = Amount(10_000);
        for (days, adds) in [(10, 0), (11, 500), (25, 1000), (60, 2000), (61, 5000), (91, 5500)] {
            assert_eq!(late_refund_adds(hundred, days), Amount(adds), "{days} days");
        }
        assert_eq!(late_refund_adds(hundred, 9999), hundred, "the price itself is the most");
    }
}
