//! The stage that a mail announces, read in its subject and first sentences.

use super::sheet::{Sheet, Span};
use super::stages::{NoOrder, reason, stages, weighty};
use crate::grammar::fold::{fold, words};
use crate::grammar::money;
use mesinfos_domain::{OrderStatus, Place, Source};
use std::borrow::Cow;

/// A stage with where it was read.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The stage.
    pub status: OrderStatus,
    /// Where.
    pub source: Source,
    /// How sure.
    pub merit: i32,
    /// Whether the same words name an order, a booking or a parcel.
    pub is_about_order: bool,
}

/// `Validée | Préparée | Expédiée | Livrée`: a drawing of the whole way says nothing of how far it is.
fn is_course(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let parts: Vec<&str> = text
        .split(['\t', '\n', '›', '→', '>', '|', '•', '➔', '▸'])
        .map(str::trim)
        .filter(|p| p.contains(char::is_alphabetic))
        .collect();
    if parts.len() < 3 || parts.iter().any(|p| p.split_whitespace().count() > 3) {
        return false;
    }
    let mut said: Vec<OrderStatus> =
        parts.iter().flat_map(|p| stages(p)).map(|s| s.status).collect();
    said.sort_by_key(|s| rank(*s));
    said.dedup();
    said.len() >= 2
}

/// How far along a stage is: in one place the furthest wins.
fn rank(status: OrderStatus) -> i32 {
    use OrderStatus::*;
    match status {
        PartiallyRefunded => 16,
        Refunded => 15,
        Cancelled => 14,
        Returned => 13,
        Return => 12,
        ReadyForPickup => 11,
        OutForDelivery => 10,
        Delayed => 9,
        Delivered => 8,
        PartiallyShipped => 7,
        Shipped => 6,
        Completed => 5,
        Pending => 4,
        Paid => 3,
        Booked => 2,
        Processing => 2,
        Invoiced => 1,
        Confirmed => 0,
    }
}

/// The stage that a mail announces outside the names of its products: a `Livre` is not delivered.
pub fn stage(subject: &str, sheet: &Sheet, products: &[&Span]) -> Option<Stage> {
    let mut all: Vec<Stage> = Vec::new();
    let about_subject = names_order(subject);
    for said in stages(subject) {
        let (status, len) = (said.status, said.weight());
        let source = Source {
            place: Place::Subject,
            start: 0,
            end: subject.len() as u32,
            words: subject.chars().take(200).collect(),
        };
        all.push(Stage {
            status,
            source,
            merit: 60
                + rank(status)
                + 2 * len
                + if status == OrderStatus::Confirmed && len < 3 { -28 } else { 0 },
            is_about_order: about_subject || said.says_it_all,
        });
    }
    let mut seen = 0;
    for row in &sheet.rows {
        let text = sheet.at(&row.span);
        if seen > 1_500 {
            break;
        }
        // Rows of products and sums say nothing of the stage.
        if text.len() < 3 || text.len() > 1_500 || is_course(text) {
            continue;
        }
        let place = match (row.is_heading, seen) {
            (true, 0..600) => 46,
            (_, 0..300) => 34,
            (_, 300..800) => 24,
            _ => 12,
        };
        seen += text.len();
        let mut outside = Cow::Borrowed(text);
        // `Consigne (remboursée au retour) | 45,00 €`: a condition of the sum beside it.
        if let (Some(open), Some(close)) = (text.find('('), text.rfind(')'))
            && open < close
            && text.len() <= 200
            && !money::sums(&text[close..]).is_empty()
        {
            outside = Cow::Owned(format!("{}{}", &text[..open], &text[close..]));
        }
        for name in products.iter().filter(|n| row.span.start <= n.start && n.end <= row.span.end) {
            outside = outside.replacen(sheet.at(name), "", 1).into();
        }
        for said in stages(&outside) {
            let (status, len) = (said.status, said.weight());
            // `Shipped` under or behind "new status:".
            let named = text.rsplit_once(':').filter(|(l, _)| names_status(l)).map(|(_, v)| v);
            let alone = weighty(&fold(named.unwrap_or(text))).count() as i32 == said.words;
            // `Ready for collection:` leads to a day, and is no news.
            let label = text.split(':').next().unwrap_or_default();
            let leads = status == OrderStatus::ReadyForPickup
                && label.len() < text.len()
                && weighty(&fold(label)).count() as i32 <= said.words + 1;
            if leads {
                continue;
            }
            let weak = len == 1 && !row.is_heading && !alone;
            let vague = status == OrderStatus::Confirmed && len < 3;
            all.push(Stage {
                status,
                source: sheet.source(&row.span),
                merit: place
                    + rank(status)
                    + 2 * len
                    + if alone && status != OrderStatus::Confirmed { 14 } else { 0 }
                    + if alone && named.is_some() { 20 } else { 0 }
                    - if status == OrderStatus::Confirmed { 10 } else { 0 }
                    - if weak { 8 } else { 0 }
                    + if said.says_it_all { 4 } else { 0 }
                    - if vague { 10 } else { 0 },
                is_about_order: about_subject || names_order(text) || said.says_it_all,
            });
        }
    }
    let mut best = all.iter().max_by_key(|s| s.merit)?.clone();
    // `You have been refunded`, `Invoice paid`, and what it was for in a sentence below.
    let of_money = best.status == OrderStatus::Paid
        || best.status.class() == mesinfos_domain::StatusClass::Refunded;
    best.is_about_order |=
        of_money && all.iter().any(|s| s.status == best.status && s.is_about_order);
    Some(best)
}

/// Whether a text speaks of an order, a booking or a parcel.
pub fn names_order(text: &str) -> bool {
    use crate::grammar::lexicon::{self, Role};
    lexicon::hits(&fold(text))
        .iter()
        .any(|h| [Role::Order, Role::Booking, Role::Tracking].into_iter().any(|r| h.roles.has(r)))
}

/// Whether what follows is a stage by its label: `The new status is as follows`.
fn names_status(text: &str) -> bool {
    const NAMES: [&str; 7] =
        ["status", "statut", "etat", "estado", "stato", "zahlungsstatus", "bestellstatus"];
    words(&fold(text)).any(|(_, w)| NAMES.contains(&w))
}

/// Whether the mail is of a kind that names products without a purchase, and where its body says
/// so: `None` is the subject.
pub fn no_order(subject: &str, sheet: &Sheet) -> Option<(NoOrder, Option<u32>)> {
    if let Some(r) = reason(subject) {
        return Some((r, None));
    }
    let mut seen = 0;
    for row in &sheet.rows {
        if seen > 400 {
            break;
        }
        let text = sheet.at(&row.span);
        seen += text.len();
        if text.len() < 400
            && let Some(r) = reason(text)
        {
            return Some((r, Some(row.span.start)));
        }
    }
    None
}
