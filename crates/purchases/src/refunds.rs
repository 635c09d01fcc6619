//! Money given back: what a mail confirms, and what one announced and none confirms.

use crate::addition::line_total;
use crate::lines::same_thing;
use crate::mail::OrderMail;
use crate::purchase::{BoughtLine, Payment, Refund, Step};
use mesinfos_domain::{Amount, OrderStatus, StatusClass};

/// The refunds of a purchase, oldest first. Two mails that confirm the same sum (the shop's, the
/// payment service's) are one refund.
pub(crate) fn of(
    mails: &[OrderMail],
    history: &[Step],
    lines: &[BoughtLine],
    total: Option<Amount>,
    payment: Payment,
) -> Vec<Refund> {
    let mut refunds: Vec<Refund> = Vec::new();
    for mail in mails.iter().filter(|m| is_refund(m)) {
        let full = mail.order.status == Some(OrderStatus::Refunded);
        let amount = mail.order.refunded.or(total.filter(|_| full)).map(Amount::abs);
        if amount.is_some() && refunds.iter().any(|r| r.amount == amount) {
            continue;
        }
        refunds.push(Refund {
            amount,
            announced: None,
            confirmed: Some(mail.message),
            day: mail.day,
        });
    }
    // A mail that says no amount beside one that does: the same refund, told twice.
    if refunds.iter().any(|r| r.amount.is_some()) {
        refunds.retain(|r| r.amount.is_some());
    } else {
        refunds.truncate(1);
    }
    let announced: Vec<Refund> = mails
        .iter()
        .filter(|m| !is_refund(m) && announces(m, history, payment))
        .map(|m| Refund {
            amount: m.order.refunded.or_else(|| worth(m, lines, total)),
            announced: Some(m.message),
            confirmed: None,
            day: m.day,
        })
        .collect();
    if let Some(confirmed) = refunds.first_mut() {
        // Any confirmed refund answers what was announced: we do not claim that money is missing
        // on the ground of two sums that may be one.
        confirmed.announced = announced.first().and_then(|r| r.announced);
    } else if let Some(last) = announced
        .into_iter()
        .reduce(|one, next| Refund { amount: one.amount.or(next.amount), ..one })
    {
        refunds.push(last);
    }
    refunds
}

fn is_refund(mail: &OrderMail) -> bool {
    mail.order.status.is_some_and(|s| s.class() == StatusClass::Refunded)
}

/// Money is owed: the goods came back, an order paid for was cancelled, or a mail of a return
/// names the sum.
fn announces(mail: &OrderMail, history: &[Step], payment: Payment) -> bool {
    let paid_before = history.iter().any(|s| {
        s.at < mail.at
            && (s.status == OrderStatus::Paid
                || matches!(s.status.class(), StatusClass::Shipped | StatusClass::Delivered))
    });
    match mail.order.status {
        Some(OrderStatus::Returned) => true,
        Some(OrderStatus::Cancelled) => {
            payment == Payment::Paid && paid_before || mail.order.refunded.is_some()
        }
        Some(OrderStatus::Return) => mail.order.refunded.is_some(),
        _ => false,
    }
}

/// What the things that this mail names cost; all of the order when it names none.
fn worth(mail: &OrderMail, lines: &[BoughtLine], total: Option<Amount>) -> Option<Amount> {
    if mail.order.lines.is_empty() {
        return total;
    }
    mail.order
        .lines
        .iter()
        .map(|back| {
            line_total(back).or_else(|| {
                lines.iter().find(|l| same_thing(&l.line, back)).and_then(|l| line_total(&l.line))
            })
        })
        .sum()
}
