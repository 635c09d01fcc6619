//! The lines of a purchase: the best mail's, completed by the others; and what became of each.

use crate::addition::{Printed, add_up, line_total, same};
use crate::keys::fold;
use crate::mail::OrderMail;
use crate::merge::rank;
use crate::purchase::{BoughtLine, Payment, Received, Refund, Shipment, ThingState};
use crate::word::{Word, is_removed};
use mesinfos_domain::{Amount, Line, OrderStatus, Proof, StatusClass};

/// The lines of the best mail, each completed from the others; lines that only other mails show
/// are added unless the best mail's lines already prove the total.
pub(crate) fn merge(mails: &[OrderMail], word: &Word, sums: &Printed) -> Vec<BoughtLine> {
    let mut ranked: Vec<&OrderMail> = mails.iter().filter(|m| !m.order.lines.is_empty()).collect();
    // Stable: the earlier of two equals stays first.
    ranked.sort_by_key(|m| std::cmp::Reverse(rank(m, word)));
    let Some((best, others)) = ranked.split_first() else { return Vec::new() };
    let mut lines = of_mail(best, word);
    let proved = add_up(lines.iter().map(|l| &l.line), sums).proof == Proof::Proved
        || best.order.proof == Proof::Proved
        || word.touches(best.message);
    let mut more = Vec::new();
    for other in others {
        let mut taken = vec![false; lines.len() + more.len()];
        for said in of_mail(other, word) {
            let mut all = lines.iter_mut().chain(more.iter_mut()).enumerate();
            let known = all.find(|(i, l): &(usize, &mut BoughtLine)| {
                !taken.get(*i).copied().unwrap_or(true) && same_thing(&l.line, &said.line)
            });
            match known {
                Some((i, line)) => {
                    taken[i] = true;
                    fill(line, &said);
                }
                None => more.push(said),
            }
        }
    }
    if !proved && !more.is_empty() && fits(&lines, &more, sums) {
        lines.append(&mut more);
    }
    lines
}

/// Whether further lines may belong: they bring the sum to the total, or there is no total to
/// contradict them.
fn fits(lines: &[BoughtLine], more: &[BoughtLine], sums: &Printed) -> bool {
    let all = || lines.iter().chain(more).map(|l| &l.line);
    match sums.total {
        Some(_) => add_up(all(), sums).proof == Proof::Proved,
        None => sums
            .subtotal
            .is_none_or(|subtotal| same(all().filter_map(line_total).sum::<Amount>(), subtotal)),
    }
}

fn of_mail(mail: &OrderMail, word: &Word) -> Vec<BoughtLine> {
    let edited = |i| word.lines.contains_key(&(mail.message, i));
    mail.order
        .lines
        .iter()
        .enumerate()
        .filter(|(i, line)| !(edited(*i) && is_removed(line)))
        .map(|(i, line)| BoughtLine {
            line: line.clone(),
            read_in: mail.message,
            source_line: i,
            pictured_in: line.image_url.as_ref().map(|_| mail.message),
            corrected: edited(i),
            state: ThingState::Ordered,
        })
        .collect()
}

/// What the line does not say and another mail does. A line that the person wrote is theirs: only
/// its picture and its page are added.
fn fill(line: &mut BoughtLine, said: &BoughtLine) {
    if line.line.image_url.is_none() && said.line.image_url.is_some() {
        line.line.image_url.clone_from(&said.line.image_url);
        line.pictured_in = said.pictured_in;
    }
    let (to, from) = (&mut line.line, &said.line);
    or(&mut to.url, &from.url);
    if line.corrected {
        return;
    }
    or(&mut to.sku, &from.sku);
    or(&mut to.gtin, &from.gtin);
    or(&mut to.variant, &from.variant);
    or(&mut to.description, &from.description);
    or(&mut to.seller, &from.seller);
    or(&mut to.quantity, &from.quantity);
    if to.total.is_none() && to.quantity == from.quantity {
        or(&mut to.unit_price, &from.unit_price);
        or(&mut to.total, &from.total);
    }
}

fn or<T: Clone>(known: &mut Option<T>, said: &Option<T>) {
    if known.is_none() {
        known.clone_from(said);
    }
}

/// How much a mail says of its lines.
pub(crate) fn richness(lines: &[Line]) -> usize {
    let one = |l: &Line| {
        [
            l.quantity.is_some(),
            l.unit_price.is_some(),
            l.total.is_some(),
            l.sku.is_some(),
            l.gtin.is_some(),
            l.image_url.is_some(),
            l.variant.is_some(),
            l.seller.is_some(),
        ]
        .into_iter()
        .filter(|said| *said)
        .count()
    };
    lines.iter().map(one).sum()
}

/// Whether two lines name one thing: the same GTIN or reference, else the same name and no other
/// variant; a name cut short by a template counts from twelve letters on.
pub(crate) fn same_thing(a: &Line, b: &Line) -> bool {
    for (x, y) in [(&a.gtin, &b.gtin), (&a.sku, &b.sku)] {
        if let (Some(x), Some(y)) = (x, y) {
            return fold(x) == fold(y);
        }
    }
    let (x, y) = (fold(&a.name), fold(&b.name));
    let (short, long) = if x.len() <= y.len() { (&x, &y) } else { (&y, &x) };
    let named = x == y || short.len() >= 12 && long.starts_with(short.as_str());
    let varied = match (&a.variant, &b.variant) {
        (Some(x), Some(y)) => fold(x) == fold(y),
        _ => true,
    };
    named && varied
}

/// Tells each line what became of it, as far as mails say.
pub(crate) fn tell_states(
    lines: &mut [BoughtLine],
    mails: &[OrderMail],
    status: OrderStatus,
    payment: Payment,
    parcels: &[Shipment],
    received: Option<Received>,
    refunds: &[Refund],
) {
    let waits = parcels.iter().any(Shipment::is_waiting);
    let left = mails.iter().any(|m| {
        m.order
            .status
            .is_some_and(|s| s.class() == StatusClass::Shipped || s == OrderStatus::Completed)
    });
    let state = match (status, payment) {
        (OrderStatus::Cancelled, _) => ThingState::Cancelled,
        (OrderStatus::Refunded, _) => ThingState::Refunded,
        (_, Payment::Unpaid) => ThingState::Unpaid,
        _ if received.is_some_and(|r| r.known.is_seen()) => ThingState::Delivered,
        _ if waits => ThingState::ToCollect,
        _ if left => ThingState::OnItsWay,
        _ => ThingState::Ordered,
    };
    for line in lines.iter_mut() {
        line.state = state;
    }
    if matches!(state, ThingState::Cancelled | ThingState::Refunded | ThingState::Unpaid) {
        return;
    }
    for mail in mails {
        let now = match mail.order.status {
            Some(OrderStatus::Return) => ThingState::Returning,
            Some(OrderStatus::Returned) => ThingState::Returned,
            Some(OrderStatus::PartiallyRefunded | OrderStatus::Refunded) => ThingState::Refunded,
            _ => continue,
        };
        let named = &mail.order.lines;
        // A partial refund that names all the lines says nothing of which came back.
        let tells = !named.is_empty() && named.len() < lines.len();
        for line in lines.iter_mut() {
            let meant = match (tells, now) {
                (true, _) => named.iter().any(|n| same_thing(n, &line.line)),
                (false, ThingState::Refunded) => line.state == ThingState::Returned,
                (false, _) => true,
            };
            if meant && advances(line.state, now) {
                line.state = now;
            }
        }
    }
    let confirmed = refunds.iter().any(|r| r.confirmed.is_some());
    for line in lines.iter_mut().filter(|l| confirmed && l.state == ThingState::Returned) {
        line.state = ThingState::Refunded;
    }
}

fn advances(from: ThingState, to: ThingState) -> bool {
    let place = |s| ThingState::ALL.iter().position(|x| *x == s);
    place(to) > place(from)
}
