//! Parcels: their numbers, carriers, pickup points, codes and days.

use super::sheet::{Sheet, Span};
use crate::grammar::code;
use crate::grammar::date::{self, Hints};
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::tracking::{self, Carrier};
use mesinfos_domain::{Date, Parcel};

/// A parcel and where its number was read.
pub struct Found {
    /// The parcel.
    pub parcel: Parcel,
    /// Where the number stands; `None` when only a link gives it.
    pub span: Option<Span>,
}

/// All parcels of a mail.
pub fn parcels(
    subject: &str,
    sheet: &Sheet,
    sender_host: Option<&str>,
    own_number: Option<&str>,
) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let sender = sender_host.and_then(tracking::carrier_at);
    let is_own = |code: &str| own_number.is_some_and(|n| plain(n) == plain(code));
    let add = |out: &mut Vec<Found>,
               number: &str,
               carrier: Option<&'static Carrier>,
               span: Option<Span>| {
        let number = plain(number);
        if is_own(&number) {
            return;
        }
        let is_full = out.len() >= 50;
        match out.iter_mut().find(|f| f.parcel.number.as_deref() == Some(&number)) {
            Some(f) => {
                let known = f.parcel.carrier.take();
                f.parcel.carrier = known.or_else(|| carrier.map(|c| c.name.to_owned()));
            }
            None if !is_full => out.push(Found {
                parcel: Parcel {
                    carrier: carrier.map(|c| c.name.to_owned()),
                    number: Some(number),
                    ..Parcel::default()
                },
                span,
            }),
            None => {}
        }
    };
    for index in 0..sheet.rows.len() {
        let cells = sheet.cells_of(index);
        for (c, cell) in cells.iter().enumerate() {
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                if !text.bytes().any(|b| b.is_ascii_digit())
                    && c + 1 == cells.len()
                    && text.len() > 60
                {
                    continue;
                }
                if let Some(span) = labelled(sheet, index, c, &line) {
                    let number = sheet.at(&span).to_owned();
                    let carrier = tracking::carrier_of_shape(&plain(&number))
                        .filter(|c| c.name != "S10")
                        .or_else(|| tracking::carrier_named(text));
                    add(&mut out, &number, carrier, Some(span));
                }
                for (r, carrier) in tracking::sure(text) {
                    if !code::is_gtin(&text[r.clone()]) {
                        let named = if carrier.name == "S10" {
                            tracking::carrier_named(text)
                        } else {
                            Some(carrier)
                        };
                        add(&mut out, &text[r.clone()], named, Some(Sheet::part(&line, &r)));
                    }
                }
            }
        }
    }
    for (r, carrier) in tracking::sure(subject) {
        add(&mut out, &subject[r], Some(carrier).filter(|c| c.name != "S10"), None);
    }
    for (span, href) in sheet.links.iter().take(200) {
        if let Some(number) = tracking::in_link(href) {
            let host = href
                .split("//")
                .nth(1)
                .and_then(|h| h.split(['/', '?']).next())
                .unwrap_or_default();
            let known = out
                .iter_mut()
                .find(|f| f.parcel.number.as_deref().is_some_and(|n| n == plain(&number)));
            let carrier = tracking::carrier_at(host)
                .or_else(|| tracking::carrier_of_shape(&number).filter(|c| c.name != "S10"));
            match known {
                Some(f) => f.parcel.url = f.parcel.url.take().or(Some(href.clone())),
                None => {
                    add(&mut out, &number, carrier, Some(span.clone()));
                    if let Some(last) = out.last_mut() {
                        last.parcel.url = last.parcel.url.take().or(Some(href.clone()));
                    }
                }
            }
        }
    }
    let unnamed = out.iter().any(|f| f.parcel.carrier.is_none());
    let named = if unnamed { mail_carrier(sheet).or(sender) } else { None };
    for f in &mut out {
        if f.parcel.carrier.is_none() {
            f.parcel.carrier = named.map(|c| c.name.to_owned());
        }
    }
    out
}

/// Letters and digits only, upper case.
pub fn plain(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// A number behind, beside or below a label of tracking.
fn labelled(sheet: &Sheet, row: usize, cell: usize, line: &Span) -> Option<Span> {
    let text = sheet.at(line);
    if text.len() > 1_500 {
        return None;
    }
    let folded = fold(text);
    let hits = lexicon::hits(&folded);
    let mut original: Option<Vec<(usize, &str)>> = None;
    for hit in hits.iter().filter(|h| h.roles.has(Role::Tracking)).take(8) {
        let original = original.get_or_insert_with(|| words(text).collect());
        let last = words(&folded).take_while(|(at, _)| *at < hit.end).count().checked_sub(1)?;
        let (at, word) = *original.get(last)?;
        let from = at + word.len();
        let mut rest = &text[from..];
        // `n°`, `(DPD)`, `chez DPD :` may stand between.
        if let Some(colon) = rest.find(':').filter(|c| *c < 40 && !rest[..*c].contains('.')) {
            rest = &rest[colon + 1..];
        } else if let Some(mark) = rest.find(['°', '#']).filter(|c| *c < 6) {
            rest = &rest[mark..];
            rest = rest.trim_start_matches(['°', '#']);
        }
        if let Some(r) = tracking::number(rest) {
            let base = text.len() - rest.len();
            let candidate = &rest[r.clone()];
            if !is_phone_like(candidate) {
                return Some(Sheet::part(line, &(base + r.start..base + r.end)));
            }
        }
    }
    let label = lexicon::label(text);
    if !label.has(Role::Tracking) || label.coverage() < 60 || text.chars().count() > 50 {
        return None;
    }
    let cells = sheet.cells_of(row);
    let whole = |span: &Span| {
        let first = sheet.lines_of(span).next()?;
        let t = sheet.at(&first);
        tracking::number(t)
            .filter(|r| r.start <= 2 && t.len() <= 60)
            .map(|r| Sheet::part(&first, &r))
    };
    if let Some(next) = sheet.lines_of(&cells[cell].span).find(|l| l.start > line.end) {
        return whole(&next);
    }
    if let Some(next) = cells.get(cell + 1) {
        return whole(&next.span);
    }
    let below = (row + 1 < sheet.rows.len()).then(|| sheet.cells_of(row + 1))?;
    if below.len() == cells.len() { whole(&below.get(cell)?.span) } else { None }
}

fn is_phone_like(text: &str) -> bool {
    // 01 23 45 67 89
    let groups: Vec<&str> = text.split([' ', '\u{a0}', '-']).collect();
    groups.len() == 5 && groups.iter().all(|g| g.len() == 2)
}

/// The carrier that the mail names behind a label, or anywhere near its words on delivery.
pub fn mail_carrier(sheet: &Sheet) -> Option<&'static Carrier> {
    let mut anywhere = None;
    for index in 0..sheet.rows.len().min(400) {
        let text = sheet.at(&sheet.rows[index].span);
        if text.len() > 600 {
            continue;
        }
        if let Some(c) = tracking::carrier_named(text) {
            let folded = fold(text);
            if lexicon::hits(&folded)
                .iter()
                .any(|h| h.roles.has(Role::Carrier) || h.roles.has(Role::Tracking))
            {
                return Some(c);
            }
            anywhere.get_or_insert(c);
        }
    }
    anywhere
}

/// Pickup point, code and last day, and the day of arrival, of the mail as a whole.
pub fn arrival(sheet: &Sheet, hints: Hints, parcel: &mut Parcel) -> Vec<(&'static str, Span)> {
    let mut facts = Vec::new();
    for index in 0..sheet.rows.len().min(400) {
        let cells = sheet.cells_of(index);
        for (c, cell) in cells.iter().enumerate() {
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                if text.len() > 400 {
                    continue;
                }
                let folded = fold(text);
                let hits = lexicon::hits(&folded);
                let has = |r: Role| {
                    hits.iter()
                        .any(|h| h.roles.has(r) && h.words > 1 || h.roles.has(r) && h.start == 0)
                };
                let value = || -> Option<Span> {
                    if let Some((_, v)) = text.split_once(':').filter(|(_, v)| !v.trim().is_empty())
                    {
                        let at = line.end - v.len() as u32;
                        return Some(super::describe::trim_span(sheet, &(at..line.end)));
                    }
                    let short = text.chars().count() <= 40;
                    if let Some(next) =
                        sheet.lines_of(&cell.span).find(|l| l.start > line.end).filter(|_| short)
                    {
                        return Some(next);
                    }
                    cells.get(c + 1).filter(|_| short).map(|n| n.span.clone())
                };
                let day = || {
                    date::dates(text, hints)
                        .into_iter()
                        .next_back()
                        .map(|d| (d.date, Sheet::part(&line, &d.at)))
                };
                if parcel.pickup_until.is_none()
                    && has(Role::PickupUntil)
                    && let Some((d, s)) = day()
                {
                    parcel.pickup_until = Some(d);
                    facts.push(("pickupUntil", s));
                } else if parcel.expected.is_none()
                    && hits.iter().any(|h| h.roles.has(Role::Expected))
                    && let Some((d, s)) = day().filter(|(d, _)| is_future(*d, hints))
                {
                    parcel.expected = Some(d);
                    facts.push(("expectedArrival", s));
                }
                if parcel.pickup_code.is_none()
                    && has(Role::PickupCode)
                    && let Some(v) = value()
                {
                    let t = sheet.at(&v);
                    let token = t
                        .split_whitespace()
                        .next()
                        .unwrap_or_default()
                        .trim_matches(['.', ',', '«', '»', '"']);
                    if (3..=12).contains(&token.len()) && token.bytes().any(|b| b.is_ascii_digit())
                    {
                        parcel.pickup_code = Some(token.to_owned());
                        facts.push(("pickupCode", v));
                    }
                }
                if parcel.pickup_point.is_none()
                    && hits.iter().any(|h| h.roles.has(Role::PickupPoint) && h.start <= 6)
                    && let Some(v) = value()
                {
                    let t = sheet
                        .lines_of(&v)
                        .map(|l| sheet.at(&l).to_owned())
                        .collect::<Vec<_>>()
                        .join(", ");
                    if t.chars().filter(|c| c.is_alphabetic()).count() > 3
                        && t.chars().count() <= 200
                        && date::dates(&t, hints).is_empty()
                    {
                        parcel.pickup_point = Some(t);
                        facts.push(("pickupPoint", v));
                    }
                }
            }
        }
    }
    facts
}

fn is_future(day: Date, hints: Hints) -> bool {
    hints.near.is_none_or(|n| day >= n)
}
