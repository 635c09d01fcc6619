//! Puts together what the parts of the reader found: one order with its provenance.

use super::Read;
use super::figures::{self, Figures};
use super::items::{self, Item};
use super::number::{self, Number};
use super::numbered::Money;
use super::proof::{self, Sums};
use super::sheet::{Sheet, Span};
use super::stages::NoOrder;
use super::status;
use super::taken::{Facts, take_lines, take_sums};
use super::{dated, parcels, pickup, unnamed};
use crate::Letter;
use crate::grammar::date::{self, Hints};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::money::Unit;
use mesinfos_domain::{
    Amount, Currency, Language, Order, OrderStatus, Parcel, PartOfOrder, Proof, Role as Side,
    Source,
};

/// Reads an order from a sheet.
pub fn read(letter: &Letter<'_>, language: Language, sheet: &Sheet) -> Option<Read> {
    let hints = Hints { language, near: letter.date.and_then(date::day_of) };
    let mut figures = figures::figures(sheet);
    unnamed::total(&letter.subject, sheet, &mut figures);
    let mut items = items::items(&letter.subject, sheet, &figures);
    let mut sums = proof::prove(&items, &figures);
    // A sentence with a price in it is no product unless the sums say so.
    let vague = |i: &usize| {
        let item = &items[*i];
        let text = sheet.at(&item.span);
        // `Robe en lin : 14,00 €` is a line by itself.
        let is_pair = text.len() <= 80
            && text.contains(':')
            && !text.ends_with('.')
            && item.words.name.as_ref().is_some_and(|(name, _)| text.starts_with(name.as_str()));
        !item.is_tabular && item.words.quantity.is_none() && !item.has_titles && !is_pair
    };
    if sums.proof != Proof::Proved && sums.lines.iter().all(vague) && sums.lines.len() < 2 {
        sums.lines.clear();
        sums.proof = Proof::None;
    }
    super::named::counts(&mut items, &sums.lines);
    // A sentence with a price in it may name the mail's own reference.
    let is_sentence = |text: &str| text.len() > 60 && text.ends_with('.');
    let places = items.iter().map(|i| i.span.clone());
    let places: Vec<Span> = places.filter(|p| !is_sentence(sheet.at(p))).collect();
    if sums.proof != Proof::Proved {
        sums.lines.retain(|i| !items[*i].is_suggested); // Nobody bought what is recommended.
    }
    if sums.lines.iter().filter(|i| is_bill_part(&items[**i])).count() * 2 > sums.lines.len() {
        sums.lines.clear(); // What a bill is made of is no list of products.
    }
    let money = Money {
        is_priced: figures.all.iter().any(|f| f.is_price() && f.role != Some(Role::Balance)),
        is_summed: sums.total.is_some(),
    };
    let numbers = number::numbers(&letter.subject, sheet, &places, money);
    let best = numbers.first();
    let host = letter.from.as_ref().and_then(|f| f.domain());
    let own = best.map(|n| n.value.as_str());
    let parcels = parcels::parcels(&letter.subject, sheet, host, own);
    let names = sums.lines.iter().filter_map(|i| items[*i].words.name.as_ref());
    let stage = status::stage(&letter.subject, sheet, &names.map(|n| &n.1).collect::<Vec<_>>());
    let ends = [&sums.total].into_iter().flatten().map(|t| t.1.end);
    let ends = ends.chain(parcels.iter().filter_map(|p| p.span.as_ref()).map(|s| s.end));
    let told = ends.min().unwrap_or(u32::MAX);
    // An opinion asked below what the mail has to say is a courtesy.
    let is_courtesy = |why: &(NoOrder, Option<u32>)| {
        let is_told = sums.proof == Proof::Proved && sums.total.is_some();
        why.0 == NoOrder::Review && (is_told || why.1.is_some_and(|asked| told <= asked))
    };
    let why_not = status::no_order(&letter.subject, sheet).filter(|why| !is_courtesy(why));
    let why_not = why_not.map(|(reason, _)| reason);
    let marked = super::marked::read(letter);
    let is_refund = stage.as_ref().is_some_and(|s| s.status == OrderStatus::Refunded);
    if is_refund && sums.refunded.is_none() {
        sums.refunded = sole_sum(sheet, &figures, &sums, &items);
    }
    let sole = sums.total.is_none() && (best.is_some() || is_refund && sums.refunded.is_some());
    let sole = sole.then(|| sole_sum(sheet, &figures, &sums, &items)).flatten();
    let confidence = confidence(&Signs {
        subject: &letter.subject,
        number: best,
        is_table: !sums.lines.is_empty() && sums.lines.iter().all(|i| items[*i].has_titles),
        sums: &sums,
        has_sole_sum: sole.is_some(),
        stage: stage.as_ref(),
        has_parcel: !parcels.is_empty(),
        why_not,
        is_marked: marked.is_some(),
    })?;

    let mut facts = Facts { sheet, out: Vec::new() };
    let mut order = Order { proof: sums.proof, confidence, ..Order::default() };
    let by_carrier = host.and_then(crate::grammar::tracking::carrier_at).is_some();
    if let Some(n) = best {
        facts.source(
            "order.number",
            n.source.clone(),
            "label-beside-number",
            60 + n.merit.clamp(0, 39) as u8,
        );
        if by_carrier && !parcels.is_empty() {
            order.part_of_order =
                Some(PartOfOrder { merchant: None, number: Some(n.value.clone()) });
        } else {
            order.number = Some(n.value.clone());
        }
    }
    let mut found = parcels;
    sums.total = sums.total.or(sole);
    take_sums(&mut order, &sums, &mut facts);
    take_lines(&mut order, &items, &sums, &mut facts);
    if order.lines.is_empty() {
        let counted = items::counted(sheet, &figures);
        let lines = (0..counted.len())
            .filter(|i| {
                let item = &counted[*i];
                let counts = item.words.quantity.is_some() || item.words.sku.is_some();
                !item.is_suggested && (counts || item.is_shown)
            })
            .collect();
        let unpriced = Sums { lines, ..Sums::default() };
        take_lines(&mut order, &counted, &unpriced, &mut facts);
    }
    order.currency = currency(&figures, sheet);
    if let Some(s) = stage {
        facts.source("order.status", s.source, "stage-words", (40 + s.merit.clamp(0, 55)) as u8);
        order.status = Some(s.status);
    } else {
        order.status = by_role(best.map(|n| n.role), &order);
    }
    if order.lines.is_empty() && order.part_of_order.is_none() && order.total.is_some() {
        order.part_of_order = super::payee::payee(sheet)
            .map(|name| PartOfOrder { merchant: Some(name), number: None });
    }
    let is_ready = order.status == Some(OrderStatus::ReadyForPickup);
    if found.is_empty() && is_ready {
        // What waits in a shop has a place, a code and a last day without a parcel's number.
        found.push(parcels::Found { parcel: Parcel::default(), span: None });
    }
    let mut arrival = Vec::new();
    if let [one] = &mut found[..] {
        let own = order.number.as_deref();
        arrival = pickup::arrival(sheet, hints, is_ready, own, &mut one.parcel);
    }
    let waits = |p: &Parcel| p.pickup_code.is_some() || p.pickup_until.is_some();
    found.retain(|f| f.parcel.number.is_some() || waits(&f.parcel));
    use OrderStatus::{Completed, Confirmed, Invoiced, Paid, Processing, ReadyForPickup, Shipped};
    let waiting = found.iter().any(|f| waits(&f.parcel));
    match order.status {
        None | Some(Confirmed | Processing | Paid | Invoiced) if waiting => {
            order.status = Some(ReadyForPickup);
        }
        // A number to follow it by: it is under way.
        None | Some(Confirmed | Processing | Completed) if !found.is_empty() => {
            order.status = Some(Shipped);
        }
        _ => {}
    }
    settle(best.map(|n| n.role), &mut order);
    refine_status(&mut order);
    if why_not == Some(NoOrder::Sale) {
        order.role = Side::Seller;
    }
    if let Some((day, span, sure)) = dated::order_date(sheet, hints, order.number.as_deref()) {
        order.date = Some(day);
        facts.span("order.date", &span, "date-beside-label", sure);
    } else if order.status == Some(Paid)
        && order.total.is_some()
        && let Some((day, source)) = dated::in_subject(&letter.subject, hints)
    {
        order.date = Some(day);
        facts.source("order.date", source, "date-of-receipt", 60);
    }

    for (i, f) in found.iter_mut().enumerate() {
        if let Some(span) = &f.span {
            facts.span(&format!("order.tracking[{i}].number"), span, "parcel-number", 85);
        }
    }
    if let [one] = &mut found[..] {
        for (field, span) in arrival {
            facts.span(&format!("order.tracking[0].{field}"), &span, "label-beside-value", 70);
        }
        one.parcel.status = order.status.filter(|s| {
            s.class() == mesinfos_domain::StatusClass::Shipped
                || s.class() == mesinfos_domain::StatusClass::Delivered
        });
    }
    order.parcels = found.into_iter().map(|f| f.parcel).collect();
    if let (Some(m), Some(dom)) = (&marked, letter.dom) {
        let words: String = dom
            .source
            .get(m.span.start as usize..m.span.end as usize)
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect();
        for field in super::marked::merge(&mut order, &m.order) {
            let source = Source {
                place: mesinfos_domain::Place::Markup,
                start: m.span.start,
                end: m.span.end,
                words: words.clone(),
            };
            facts.source(field, source, "schema.org", 90);
        }
    }
    Some(Read { order, facts: facts.out })
}

/// What speaks for an order, and against one.
struct Signs<'s> {
    subject: &'s str,
    number: Option<&'s Number>,
    sums: &'s Sums,
    /// Whether the mail prints one sum, without a label.
    has_sole_sum: bool,
    /// Whether all lines stand under titles of columns.
    is_table: bool,
    stage: Option<&'s status::Stage>,
    has_parcel: bool,
    why_not: Option<NoOrder>,
    is_marked: bool,
}

/// How sure that there is an order at all; `None` when there is not enough.
fn confidence(signs: &Signs<'_>) -> Option<u8> {
    let Signs { subject, number, sums, stage, .. } = *signs;
    let mut points = 0;
    if let Some(n) = number {
        points += match n.role {
            Role::Order => 52,
            Role::Booking => 38,
            Role::Invoice => 34,
            _ => 22,
        };
        if n.source.place == mesinfos_domain::Place::Subject || status::names_order(subject) {
            points += 10;
        }
    }
    let total = sums.total.as_ref().is_some_and(|t| t.0 != Amount::ZERO);
    if total {
        points += 20;
    } else if signs.has_sole_sum && number.is_some_and(|n| n.merit >= 18) {
        // A bare `N°` may be a card's.
        points += 16;
    }
    if !sums.lines.is_empty() {
        points += if total { 10 } else { 6 };
        // A table of what was ordered, under a subject that says so.
        let says_so = status::names_order(subject) || stage.is_some_and(|s| s.merit >= 30);
        if signs.is_table && says_so {
            points += 40;
        }
    }
    points += match sums.proof {
        Proof::Proved => 35,
        Proof::Doubtful | Proof::None => 0,
    };
    if let Some(s) = stage {
        let needs_number = matches!(s.status, OrderStatus::Return | OrderStatus::Returned);
        let refunds = matches!(s.status, OrderStatus::Refunded | OrderStatus::PartiallyRefunded);
        points += if s.merit >= 45 && (s.is_about_order || refunds) && !needs_number {
            50
        } else if s.merit >= 45 {
            25
        } else if s.merit >= 30 {
            18
        } else {
            10
        };
    }
    // A receipt that its subject announces, with what it comes to.
    let is_receipt = stage.is_some_and(|s| s.merit >= 60 && s.status == OrderStatus::Paid);
    if is_receipt && total && number.is_none() {
        points += 10;
    }
    if sums.refunded.is_some() && stage.is_some_and(|s| s.status == OrderStatus::Refunded) {
        points += 30;
    }
    if signs.has_parcel {
        points += 50; // It is about one purchase, whatever it leaves unsaid.
    }
    if signs.is_marked {
        points += 45;
    }
    match signs.why_not {
        Some(NoOrder::Sale) => points += 35,
        Some(_) => points -= 60,
        None => {}
    }
    (points >= 50).then_some(points.clamp(0, 99) as u8)
}

/// The only sum of a mail about an order is what it cost: `facture 2024-12, 81,86 €`.
fn sole_sum(sheet: &Sheet, figures: &Figures, sums: &Sums, items: &[Item]) -> proof::Chosen {
    let one_piece = match &sums.lines[..] {
        [] => true,
        [line] => items[*line].words.quantity.as_ref().is_none_or(|q| q.0 == 1000),
        _ => false,
    };
    let is_suggested = |f: &figures::Figure| {
        items
            .iter()
            .any(|i| i.is_suggested && i.span.start <= f.span.start && f.span.end <= i.span.end)
    };
    // `SAS au capital de 37 000 €` costs nobody anything.
    let is_said_of_others = |f: &figures::Figure| f.role == Some(Role::Balance);
    let mut own = figures.all.iter().filter(|f| !is_suggested(f) && !is_said_of_others(f));
    let first = own.next().filter(|_| one_piece)?;
    std::iter::once(first)
        .chain(own)
        .all(|f| {
            f.amount == first.amount
                && f.is_price()
                && matches!(f.role, None | Some(Role::Paid))
                && !is_rate(sheet, f)
        })
        .then(|| (first.amount, first.span.clone()))
}

/// `55 € par personne`, `9,99 €/mois`: what one costs, not what is paid.
fn is_rate(sheet: &Sheet, f: &figures::Figure) -> bool {
    let rest = sheet.text[f.span.end as usize..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    rest.starts_with('/') || matches!(word.as_str(), "par" | "per" | "pro" | "por" | "je")
}

fn is_bill_part(item: &Item) -> bool {
    item.words.name.as_ref().is_some_and(|(name, _)| {
        let l = lexicon::label(name);
        l.has(Role::BillPart) && l.coverage() >= 70
    })
}

/// The currency that the figures name most; a shared symbol yields to a code named elsewhere.
fn currency(figures: &Figures, sheet: &Sheet) -> Option<Currency> {
    let mut counts: Vec<(Currency, usize, bool)> = Vec::new();
    for f in &figures.all {
        let (c, sure) = match f.unit {
            Some(Unit::Sure(c)) => (c, true),
            Some(Unit::Shared(c)) => (c, false),
            None => continue,
        };
        match counts.iter_mut().find(|k| k.0 == c && k.2 == sure) {
            Some(k) => k.1 += 1,
            None => counts.push((c, 1, sure)),
        }
    }
    let best = counts.iter().max_by_key(|c| c.1).copied();
    let named = || {
        [
            "EUR", "USD", "GBP", "CAD", "AUD", "NZD", "CHF", "SEK", "DKK", "NOK", "CZK", "PLN",
            "JPY", "MXN", "SGD", "HKD",
        ]
        .into_iter()
        .find(|code| crate::grammar::fold::holds(&sheet.text, code))
        .and_then(|c| c.parse().ok())
    };
    match best {
        Some((c, _, true)) => Some(c),
        Some((c, _, false)) => {
            let dollars = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"];
            let crowns = ["SEK", "DKK", "NOK", "CZK", "ISK"];
            let family: &[&str] = if c.code() == "USD" { &dollars } else { &crowns };
            family
                .iter()
                .find(|code| crate::grammar::fold::holds(&sheet.text, code))
                .and_then(|c| c.parse().ok())
                .or_else(|| {
                    let canada = c == Currency::USD && sheet.text.contains("Canada");
                    if canada { "CAD".parse().ok() } else { Some(c) }
                })
        }
        None if figures.all.is_empty() => None,
        None => named(),
    }
}

/// Where no words say the stage, what is numbered does: a booking is booked, a bill is issued.
fn by_role(role: Option<Role>, order: &Order) -> Option<OrderStatus> {
    match role {
        Some(Role::Booking) if order.total.is_some() => Some(OrderStatus::Booked),
        Some(Role::Invoice) if order.lines.is_empty() && order.total.is_some() => {
            Some(OrderStatus::Invoiced)
        }
        _ => (!order.lines.is_empty()).then_some(OrderStatus::Confirmed),
    }
}

/// Tickets that wait at the desk are booked, a bill that is ready is issued: only goods are
/// collected, and only an order is completed.
fn settle(role: Option<Role>, order: &mut Order) {
    use OrderStatus::{Booked, Completed, Invoiced, ReadyForPickup};
    if !order.parcels.iter().any(|p| p.number.is_some()) && order.total.is_some() {
        order.status = match (role, order.status) {
            (Some(Role::Booking), Some(ReadyForPickup | Completed)) => Some(Booked),
            (Some(Role::Invoice), Some(ReadyForPickup)) => Some(Invoiced),
            (_, status) => status,
        };
    }
}

/// A refund of less than the total is a partial one.
fn refine_status(order: &mut Order) {
    if order.status == Some(OrderStatus::Refunded)
        && let (Some(refund), Some(total)) = (order.refunded, order.total)
        && refund < total
        && refund > Amount::ZERO
    {
        order.status = Some(OrderStatus::PartiallyRefunded);
    }
}
