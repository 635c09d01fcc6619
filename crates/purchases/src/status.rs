//! Where a purchase stands, from its history.

use crate::purchase::{Payment, Step};
use mesinfos_domain::{OrderStatus, StatusClass};

/// The stage and the payment. The most advanced stage counts, not the latest mail: an invoice or
/// a late receipt after delivery changes nothing. A cancellation that is followed by a payment, a
/// shipment or a delivery was one of a part, or was undone.
pub(crate) fn now(history: &[Step]) -> (OrderStatus, Payment) {
    use OrderStatus::*;
    let went_on = |after: &Step| {
        history.iter().any(|s| {
            s.at > after.at
                && (s.status == Paid
                    || matches!(s.status.class(), StatusClass::Shipped | StatusClass::Delivered))
        })
    };
    let mut now: Option<&Step> = None;
    for step in history {
        if step.status == Cancelled && went_on(step) {
            continue;
        }
        if now.is_none_or(|n| advance(step.status) >= advance(n.status)) {
            now = Some(step);
        }
    }
    let status = now.map_or(Confirmed, |s| s.status);
    let any = |wanted: &[OrderStatus]| history.iter().any(|s| wanted.contains(&s.status));
    let moved = history.iter().any(|s| {
        matches!(
            s.status.class(),
            StatusClass::Shipped
                | StatusClass::Delivered
                | StatusClass::Refunded
                | StatusClass::Return
        )
    });
    let payment = if any(&[Paid]) || moved {
        Payment::Paid
    } else if any(&[Pending]) && !any(&[Processing, Booked]) && !confirmed_after_pending(history) {
        Payment::Unpaid
    } else {
        Payment::Supposed
    };
    (status, payment)
}

/// A confirmation that comes strictly after the call for payment shows that it came.
fn confirmed_after_pending(history: &[Step]) -> bool {
    let pending = history.iter().filter(|s| s.status == OrderStatus::Pending).map(|s| s.at).max();
    history.iter().any(|s| s.status == OrderStatus::Confirmed && Some(s.at) > pending)
}

fn advance(status: OrderStatus) -> u8 {
    use OrderStatus::*;
    match status {
        Pending => 0,
        Invoiced => 1,
        Confirmed | Booked => 2,
        Paid | Processing => 3,
        PartiallyShipped | Delayed => 4,
        Shipped => 5,
        OutForDelivery => 6,
        ReadyForPickup => 7,
        Completed => 8,
        Delivered => 9,
        Return => 10,
        Returned => 11,
        PartiallyRefunded => 12,
        Cancelled => 13,
        Refunded => 14,
    }
}
