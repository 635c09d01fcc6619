//! The parcels of a purchase, one for each tracking number, completed mail after mail.

use crate::keys::number;
use crate::mail::OrderMail;
use crate::purchase::{Shipment, Step};
use mesinfos_domain::{OrderStatus, Parcel};

/// Merges what each mail says of parcels. The mails are in the order of their instants: a later
/// word on the place, the code or the day replaces an earlier one, silence replaces nothing.
pub(crate) fn merge(mails: &[OrderMail], history: &[Step]) -> Vec<Shipment> {
    let mut shipments: Vec<Shipment> = Vec::new();
    // Numbered ones first: a mail without number then finds the only parcel that it can mean.
    for numbered in [true, false] {
        for mail in mails {
            for parcel in &mail.order.parcels {
                if parcel.number.is_some() == numbered {
                    add(&mut shipments, mail, parcel);
                }
            }
        }
    }
    for shipment in &mut shipments {
        shipment.mails.sort();
        shipment.mails.dedup();
        complete(shipment, mails);
    }
    // The shop's own "delivered" names no parcel: it means them all.
    let whole = history.iter().rev().find(|s| {
        s.status == OrderStatus::Delivered
            && !mails.iter().any(|m| m.message == s.message && !m.order.parcels.is_empty())
    });
    if let Some(step) = whole {
        for shipment in shipments.iter_mut().filter(|s| s.delivered.is_none()) {
            shipment.delivered = Some(step.day);
        }
    }
    shipments
}

fn add(shipments: &mut Vec<Shipment>, mail: &OrderMail, parcel: &Parcel) {
    let known = match &parcel.number {
        Some(n) => {
            shipments.iter().position(|s| s.parcel.number.as_deref().map(number) == Some(number(n)))
        }
        None => match &shipments[..] {
            [_] => Some(0),
            many => many.iter().position(|s| {
                s.parcel.number.is_none()
                    && (s.parcel.carrier == parcel.carrier || parcel.carrier.is_none())
            }),
        },
    };
    match known {
        Some(i) => shipments[i].mails.push(mail.message),
        None => shipments.push(Shipment {
            parcel: parcel.clone(),
            shipped: None,
            waiting_since: None,
            delivered: None,
            mails: vec![mail.message],
        }),
    }
}

/// Reads the parcel's mails again, oldest first.
fn complete(shipment: &mut Shipment, mails: &[OrderMail]) {
    let mine = shipment.parcel.number.as_deref().map(number);
    for mail in mails.iter().filter(|m| shipment.mails.contains(&m.message)) {
        let several = mail.order.parcels.len() > 1;
        for said in &mail.order.parcels {
            let other = said.number.as_deref().map(number);
            if (several || other.is_some()) && other != mine {
                continue;
            }
            let p = &mut shipment.parcel;
            later(&mut p.carrier, &said.carrier);
            later(&mut p.url, &said.url);
            later(&mut p.pickup_point, &said.pickup_point);
            later(&mut p.pickup_code, &said.pickup_code);
            later(&mut p.pickup_until, &said.pickup_until);
            later(&mut p.expected, &said.expected);
            use OrderStatus::*;
            match said.status.or(mail.order.status) {
                Some(status @ (Shipped | PartiallyShipped | OutForDelivery | Delayed)) => {
                    shipment.shipped = shipment.shipped.or(Some(mail.day));
                    p.status = Some(status);
                }
                Some(ReadyForPickup) => {
                    shipment.waiting_since = shipment.waiting_since.or(Some(mail.day));
                    p.status = Some(ReadyForPickup);
                }
                Some(Delivered) => {
                    shipment.delivered = shipment.delivered.or(Some(mail.day));
                    p.status = Some(Delivered);
                }
                Some(status @ (Returned | Cancelled)) => p.status = Some(status),
                _ => {}
            }
        }
    }
}

fn later<T: Clone>(known: &mut Option<T>, said: &Option<T>) {
    if said.is_some() {
        known.clone_from(said);
    }
}

impl Shipment {
    /// Waits at a relay point or in a locker, as far as mails tell.
    pub fn is_waiting(&self) -> bool {
        self.waiting_since.is_some()
            && self.delivered.is_none()
            && !matches!(self.parcel.status, Some(OrderStatus::Returned | OrderStatus::Cancelled))
    }
}
