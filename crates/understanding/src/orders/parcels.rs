//! Parcels: their numbers and carriers.

use super::number::next_filled;
use super::sheet::{Sheet, Span};
use crate::grammar::code;
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::tracking::{self, Carrier};
use mesinfos_domain::Parcel;
use std::ops::Range;

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
        if is_own(number) {
            return;
        }
        let is_full = out.len() >= 50;
        match out.iter_mut().find(|f| is_number(f, number)) {
            Some(f) => {
                let known = f.parcel.carrier.take();
                f.parcel.carrier = known.or_else(|| carrier.map(|c| c.name.to_owned()));
            }
            None if !is_full => out.push(Found {
                parcel: Parcel {
                    carrier: carrier.map(|c| c.name.to_owned()),
                    number: Some(printed(number)),
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
                    && !text.ends_with(':')
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
                for r in beside_carrier(sheet, index, c, text) {
                    let named =
                        cells.iter().find_map(|c| tracking::carrier_named(sheet.at(&c.span)));
                    add(&mut out, &text[r.clone()], named, Some(Sheet::part(&line, &r)));
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
    if let Some(r) = behind_label(subject) {
        add(&mut out, &subject[r], tracking::carrier_named(subject), None);
    }
    for (span, href) in sheet.links.iter().take(200) {
        if let Some(number) = tracking::in_link(href) {
            let host = href
                .split("//")
                .nth(1)
                .and_then(|h| h.split(['/', '?']).next())
                .unwrap_or_default();
            let known = out.iter_mut().find(|f| is_number(f, &number));
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
    // `Shipment #1042, tracked as 3313…`: the shop counts its shipments behind a sign, carriers do not.
    let signed = |f: &Found| {
        f.parcel.number.as_ref().is_some_and(|n| {
            let sure = tracking::carrier_of_shape(n).is_some();
            !sure && ["#", "n°", "n° "].iter().any(|s| sheet.text.contains(&format!("{s}{n}")))
        })
    };
    if out.iter().any(|f| !signed(f)) {
        out.retain(|f| !signed(f));
    }
    let unnamed = out.iter().any(|f| f.parcel.carrier.is_none());
    let named = if unnamed { mail_carrier(sheet).or(sender) } else { None };
    let named =
        named.map(|c| c.name.to_owned()).or_else(|| unnamed.then(|| labelled_carrier(sheet))?);
    for f in &mut out {
        if f.parcel.carrier.is_none() {
            f.parcel.carrier.clone_from(&named);
        }
    }
    out
}

/// What stands beside a label that means nothing but "carrier": a carrier that is not in the data.
fn labelled_carrier(sheet: &Sheet) -> Option<String> {
    for index in 0..sheet.rows.len().min(400) {
        let cells = sheet.cells_of(index);
        for (c, cell) in cells.iter().enumerate() {
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                let (label, value) = text.split_once(':').unwrap_or((text, ""));
                if label.len() > 40 || !lexicon::label(label).is_only(Role::CarrierName) {
                    continue;
                }
                let value = match value.trim() {
                    "" => cells.get(c + 1).map(|next| sheet.at(&next.span)).unwrap_or_default(),
                    value => value,
                };
                let value = value.lines().next().unwrap_or_default().trim();
                let letters = value.chars().filter(|c| c.is_alphabetic()).count();
                let begins = value.chars().next().is_some_and(char::is_uppercase);
                if begins && letters >= 2 && value.split_whitespace().count() <= 4 {
                    return Some(value.to_owned());
                }
            }
        }
    }
    None
}

/// Whether a parcel has this number, whatever parts its groups.
fn is_number(found: &Found, number: &str) -> bool {
    found.parcel.number.as_deref().is_some_and(|n| plain(n) == plain(number))
}

/// A number as it is printed, without white space, upper case.
pub fn printed(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// Letters and digits only, upper case.
pub fn plain(number: &str) -> String {
    number.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// A number behind a label of tracking, in the same line.
fn behind_label(text: &str) -> Option<Range<usize>> {
    let folded = fold(text);
    let hits = lexicon::hits(&folded);
    let mut original: Option<Vec<(usize, &str)>> = None;
    for hit in hits.iter().filter(|h| h.roles.has(Role::Tracking)).take(8) {
        let original = original.get_or_insert_with(|| words(text).collect());
        let last = words(&folded).take_while(|(at, _)| *at < hit.end).count().checked_sub(1)?;
        let (at, word) = *original.get(last)?;
        let from = at + word.len();
        let mut rest = &text[from..];
        let straight = |t: &str| {
            let gap = t.len() - t.trim_start_matches([' ', '\u{a0}']).len();
            gap <= 3 && t[gap..].starts_with(|c: char| c.is_ascii_alphanumeric())
        };
        // `n°`, `(DPD)`, `chez DPD :` may stand between.
        let colon = rest.find(':').filter(|c| *c < 40 && !rest[..*c].contains('.'));
        if straight(rest) && tracking::number(rest).is_some() {
            // It follows at once; a colon behind it begins something else.
        } else if let Some(colon) = colon {
            rest = &rest[colon + 1..];
        } else if let Some(mark) = rest.find(['°', '#']).filter(|c| *c < 6) {
            rest = &rest[mark..];
            rest = rest.trim_start_matches(['°', '#']);
        }
        if let Some(r) = tracking::number(rest) {
            let base = text.len() - rest.len();
            if !is_phone_like(&rest[r.clone()]) {
                return Some(base + r.start..base + r.end);
            }
        }
    }
    None
}

/// Codes in a line that speaks of following a parcel or names its carrier, or in a row with a cell
/// that is nothing but a carrier's name. What another label introduces is not one.
fn beside_carrier(sheet: &Sheet, row: usize, cell: usize, text: &str) -> Vec<Range<usize>> {
    let codes = tracking::codes(text);
    if codes.is_empty() || text.len() > 600 {
        return Vec::new();
    }
    let cells = sheet.cells_of(row);
    let alone = codes.len() == 1 && codes[0].len() == text.trim().len();
    let carrier_beside = || {
        cells.iter().enumerate().any(|(i, c)| {
            let t = sheet.at(&c.span);
            i != cell && t.len() <= 30 && tracking::carrier_named(t).is_some()
        })
    };
    let speaks = || {
        let of_parcels =
            |h: &lexicon::Hit| h.roles.has(Role::Tracking) || h.roles.has(Role::Carrier);
        lexicon::hits(&fold(text)).iter().any(of_parcels) || tracking::carrier_named(text).is_some()
    };
    if !(alone && cells.len() <= 6 && carrier_beside() || !alone && speaks()) {
        return Vec::new();
    }
    codes.into_iter().filter(|r| !is_labelled_otherwise(&text[..r.start])).collect()
}

/// Whether the last label of this text names a number that is no parcel's. "Reference" alone is
/// whatever its sentence speaks of.
fn is_labelled_otherwise(before: &str) -> bool {
    use Role::*;
    // The point of `VAT no.` ends no sentence.
    let ends = |at: &usize| {
        !["no", "nr", "n"].iter().any(|n| fold(&before[..*at]).ends_with(&format!(" {n}")))
    };
    let point = before.rmatch_indices(". ").map(|(at, _)| at).take(6).find(ends);
    let sentence = point.map_or(before, |at| &before[at..]);
    let folded = fold(sentence);
    let hits = lexicon::hits(&folded);
    let Some(last) = hits.iter().rev().find(|h| !h.roles.is_only(Stop)) else { return false };
    let vague = last.words == 1 && folded[last.start..].starts_with("ref");
    let others = [Order, Invoice, Booking, Contract, OtherNumber, Sku, Gtin, Tax];
    others.into_iter().any(|r| last.roles.has(r))
        && !(vague && hits.iter().any(|h| h.roles.has(Tracking)))
}

/// A number behind, beside or below a label of tracking.
fn labelled(sheet: &Sheet, row: usize, cell: usize, line: &Span) -> Option<Span> {
    let text = sheet.at(line);
    if text.len() > 1_500 {
        return None;
    }
    if let Some(r) = behind_label(text) {
        return Some(Sheet::part(line, &r));
    }
    let cells = sheet.cells_of(row);
    let is_short = text.len() <= 200 && text.chars().count() <= 50;
    // `You can follow it by this number:`, and the number alone below.
    let leads = text.trim_end().ends_with(':') && cells.len() == 1;
    if !is_short && !leads {
        return None;
    }
    let label = lexicon::label(text);
    if !label.has(Role::Tracking) || label.coverage() < 60 && !leads {
        return None;
    }
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
    if let Some(found) = next_filled(sheet, row, cell).and_then(|next| whole(&next.span)) {
        return Some(found);
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
