//! Numbers that no label of orders names: the mail's own where it has no other.

use super::number::{LINKS, Number, in_subject, next_filled, push};
use super::sheet::{Sheet, Span};
use crate::grammar::code;
use crate::grammar::date::{self, Hints};
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Hit, Role};
use crate::grammar::tracking;
use crate::letter::labels::{self, Prefix};

/// `Re: Missing invoice #954942`: a desk counts what is asked, not what was bought.
pub(super) fn is_answer(subject: &str) -> bool {
    labels::prefix(subject).0 == Some(Prefix::Reply)
}

/// Whether the last word of a text names an order, a booking or a bill.
pub(super) fn follows_label(text: &str) -> bool {
    let folded = fold(text);
    let last = words(&folded).filter(|(_, w)| !LINKS.contains(w)).last();
    last.is_some_and(|(at, _)| {
        let ends = |h: &Hit| h.start <= at && at < h.end;
        let named = |h: &Hit| {
            [Role::Order, Role::Booking, Role::Invoice].into_iter().any(|r| h.roles.has(r))
        };
        lexicon::hits(&folded).iter().any(|h| ends(h) && named(h))
    })
}

/// `#R280757399` in a subject: the sign alone says that it is a number.
pub(super) fn behind_sign(subject: &str, out: &mut Vec<Number>) {
    let Some(sign) = subject.find('#') else { return };
    let from = sign + 1;
    if is_answer(subject) || subject[..sign].ends_with('[') {
        return;
    }
    // `[Ticket #387996]`, `Your return #12`: another label takes the number.
    if lexicon::hits(&fold(&subject[..sign])).iter().any(|h| h.roles.has(Role::OtherNumber)) {
        return;
    }
    let Some(r) = code::number(&subject[from..]).filter(|r| r.start == 0 && r.len() >= 4) else {
        return;
    };
    let at = from + r.start..from + r.end;
    push(out, &subject[at.clone()], Role::Order, in_subject(subject, &at), 12);
}

/// `A refund has been initiated for the #39951`, in the first sentences.
pub(super) fn signed(sheet: &Sheet, out: &mut Vec<Number>) {
    for row in sheet.rows.iter().take(20) {
        let text = sheet.at(&row.span);
        if text.len() > 600 {
            continue;
        }
        let mut found = Vec::new();
        behind_sign(text, &mut found);
        if let Some(n) = found.pop() {
            let at = row.span.start + n.source.start;
            let span = at..at + (n.source.end - n.source.start);
            push(out, &n.value, Role::Order, sheet.source(&span), 8);
            return;
        }
    }
}

/// `Votre demande de réservation a été refusée 35838`: what names it stands far before.
pub(super) fn at_the_end(subject: &str, sheet: &Sheet, out: &mut Vec<Number>) {
    let Some((at, _)) = words(subject).last() else { return };
    let at = subject[..at].rfind(char::is_whitespace).map_or(at, |s| s + 1);
    let end = subject.trim_end().len();
    let Some(last) = subject.get(at..end) else { return };
    // `Booked: 4 tyres [TY/884712/B]`
    let inner = last.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    let (at, end) = inner.map_or((at, end), |_| (at + 1, end - 1));
    let is_bracketed = inner.is_some();
    let last = inner.unwrap_or(last);
    let is_year = last.len() == 4 && (last.starts_with("19") || last.starts_with("20"));
    let digits = last.bytes().filter(u8::is_ascii_digit).count();
    let parted = last.split('-').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    // `Deine Bestellung wurde storniert – KG62860108`
    let set_apart =
        is_bracketed || subject[..at].trim_end().ends_with(['-', '–', '—', ':', '|', '·']);
    // `Commande confirmée LPP-20417`, and the mail says it again.
    let is_said_again = || {
        last.len() >= 6
            && sheet.text.contains(last)
            && tracking::carrier_of_shape(last).is_none()
            && !is_parcel_s(sheet, last)
    };
    let is_number = parted || code::is_number(last) && (set_apart || is_said_again());
    if !(4..=16).contains(&digits) || is_year || !is_number {
        return;
    }
    let hits = lexicon::hits(&fold(&subject[..at]));
    let Some((role, named)) = [Role::Order, Role::Booking]
        .into_iter()
        .find_map(|r| hits.iter().rfind(|h| h.roles.has(r)).map(|h| (r, h.start)))
        // `Versandbestätigung 37135-1862`
        .or_else(|| super::stages::announces(&subject[..at]).then_some((Role::Order, at)))
    else {
        return;
    };
    if hits.iter().any(|h| h.roles.has(Role::OtherNumber) && h.start > named) {
        return; // `Your order, ticket 4711`
    }
    push(out, last, role, in_subject(subject, &(at..end)), 12);
}

/// Whether the mail calls this a parcel's number.
fn is_parcel_s(sheet: &Sheet, code: &str) -> bool {
    let Some(at) = sheet.text.find(code) else { return false };
    let line = sheet.text[..at].rsplit('\n').next().unwrap_or_default();
    lexicon::hits(&fold(line)).iter().any(|h| h.roles.has(Role::Tracking))
}

/// A label that says no more than `Reference` or `Transaction`: the mail's own when it has no other.
pub(super) fn by_bare_label(sheet: &Sheet, items: &[Span], out: &mut Vec<Number>) {
    for index in 0..sheet.rows.len().min(400) {
        let row = &sheet.rows[index].span;
        if items.iter().any(|i| i.start < row.end && row.start < i.end) {
            continue;
        }
        let cells = sheet.cells_of(index);
        // `Référence de vente | 250717-16342366`
        let mut filled = cells.iter().filter(|c| !c.span.is_empty());
        if let (Some(label), Some(value), None) = (filled.next(), filled.next(), filled.next())
            && is_reference_of_some_sort(sheet.at(&label.span))
            && let Some(r) = code::number(sheet.at(&value.span))
            && r.start == 0
            && r.len() >= 5
        {
            let span = Sheet::part(&value.span, &r);
            push(out, &sheet.at(&value.span)[r], Role::Invoice, sheet.source(&span), 7);
        }
        for (c, cell) in cells.iter().enumerate() {
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                if let Some(r) = in_sentence(text).or_else(|| referred(text)) {
                    let span = Sheet::part(&line, &r);
                    push(out, &text[r], Role::Invoice, sheet.source(&span), 6);
                }
                let said = Some(text).filter(|t| t.len() < 200).map(words).into_iter().flatten();
                // `Code` alone is a voucher's more often than an order's.
                let mut is_code = true;
                let spoken = said.take_while(|(_, w)| {
                    let word = fold(w);
                    let says_code = matches!(word.as_str(), "code" | "codigo" | "codice");
                    let says = says_code || is_bare_label(&word);
                    is_code &= says_code || !says;
                    says
                });
                let Some((at, word)) = spoken.last().filter(|_| !is_code) else { continue };
                let rest = line.start + (at + word.len()) as u32..line.end;
                let says = |r: &Span| sheet.at(r).chars().any(char::is_alphanumeric);
                let value = Some(rest).filter(says);
                let below = || match (cells, sheet.rows.get(index + 1)) {
                    ([_], Some(next)) if next.span.len() <= 30 => Some(next.span.clone()),
                    _ => None,
                };
                let value = value
                    .or_else(|| next_filled(sheet, index, c).map(|c| c.span.clone()))
                    .or_else(below);
                let Some(value) = value else { continue };
                let inner = sheet.at(&value);
                if let Some(r) = code::number(inner).filter(|r| {
                    r.len() >= 4 && inner[..r.start].chars().all(|c| !c.is_alphanumeric())
                }) {
                    let span = Sheet::part(&value, &r);
                    push(out, &inner[r], Role::Invoice, sheet.source(&span), 8);
                }
            }
        }
    }
}

/// `… within five days, transaction 608233036.`
fn in_sentence(text: &str) -> Option<std::ops::Range<usize>> {
    const NOUNS: [&str; 10] = [
        "transaction",
        "vente",
        "sale",
        "transaktion",
        "verkauf",
        "transaccion",
        "venta",
        "transazione",
        "vendita",
        "reference",
    ];
    let mut digits = 0;
    let has_six = text.bytes().any(|b| {
        digits = if b.is_ascii_digit() { digits + 1 } else { 0 };
        digits >= 6
    });
    if !has_six {
        return None;
    }
    let (at, word) = words(text).take(200).find(|(at, w)| {
        let digits = text[at + w.len()..].trim_start();
        digits.bytes().take_while(u8::is_ascii_digit).count() >= 6
            && NOUNS.contains(&fold(w).as_str())
    })?;
    let from = at + word.len();
    let r = code::number(&text[from..])?;
    Some(from + r.start..from + r.end)
}

/// `Your reference is 1378/6619.`, `… est confirmé. Référence : QXRTBM.`
fn referred(text: &str) -> Option<std::ops::Range<usize>> {
    const NOUNS: [&str; 5] = ["reference", "referenz", "referencia", "riferimento", "referentie"];
    const COPULAS: [&str; 7] = ["is", "est", "ist", "lautet", "es", "e", "n"];
    if text.len() > 600 {
        return None;
    }
    let all: Vec<(usize, &str)> = words(text).collect();
    let at = all.iter().position(|(_, w)| NOUNS.contains(&fold(w).as_str()))?;
    let copula = all.get(at + 1).filter(|(_, w)| COPULAS.contains(&fold(w).as_str()));
    let (from, word) = copula.unwrap_or(&all[at]);
    let from = from + word.len();
    let rest = &text[from..];
    let gap = rest.find(|c: char| c.is_alphanumeric())?;
    let r = code::number(rest).filter(|r| r.start == gap && r.start <= 6 && r.len() >= 5)?;
    Some(from + r.start..from + r.end)
}

/// Two to four words, one of which says that a reference follows, and none whose.
fn is_reference_of_some_sort(label: &str) -> bool {
    const NOUNS: [&str; 6] =
        ["reference", "ref", "referenz", "referencia", "riferimento", "referenznummer"];
    let folded = fold(label);
    let all: Vec<&str> = words(&folded).map(|(_, w)| w).collect();
    let is_other = |h: &Hit| {
        [Role::OtherNumber, Role::Tracking, Role::Gtin, Role::Person, Role::Contract]
            .into_iter()
            .any(|r| h.roles.has(r))
    };
    (2..=4).contains(&all.len())
        && all.iter().any(|w| NOUNS.contains(w))
        && !lexicon::hits(&folded).iter().any(is_other)
}

fn is_bare_label(word: &str) -> bool {
    LINKS.contains(&word) && !matches!(word, "code" | "codigo" | "codice")
        || matches!(
            word,
            "de" | "of"
                | "du"
                | "di"
                | "la"
                | "transaction"
                | "transaktion"
                | "transaktions"
                | "transaktionsnummer"
                | "transaccion"
                | "transazione"
                | "operation"
                | "operacion"
                | "operazione"
                | "vorgang"
                | "vorgangsnummer"
                | "belegnummer"
                | "beleg"
                | "confirmation"
                | "paiement"
                | "payment"
                | "zahlung"
                | "pago"
                | "pagamento"
        )
}

/// A bill that prints its number without a label: a heading, or beside the date.
pub(super) fn alone(sheet: &Sheet, out: &mut Vec<Number>) {
    let hints = Hints { language: mesinfos_domain::Language::En, near: None };
    for index in 0..sheet.rows.len().min(200) {
        let cells = sheet.cells_of(index);
        let dated = cells.iter().any(|c| date::date(sheet.at(&c.span), hints).is_some());
        if !(dated && cells.len() > 1 || sheet.rows[index].is_heading) {
            continue;
        }
        for cell in cells {
            let text = sheet.at(&cell.span);
            let token = text.trim().trim_start_matches('#');
            let digits = token.bytes().filter(u8::is_ascii_digit).count();
            if digits >= 4
                && code::is_number(token)
                && !token.contains(' ')
                && !token.starts_with('+')
            {
                let at = cell.span.start + (text.len() - text.trim_start().len()) as u32;
                let span = at..cell.span.end;
                push(out, token, Role::Invoice, sheet.source(&span), 10);
            }
        }
    }
}
