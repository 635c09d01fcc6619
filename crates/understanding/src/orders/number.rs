//! The order's number, and those of bookings and bills.

use super::sheet::{Sheet, Span};
use crate::grammar::code;
use crate::grammar::date::{self, Hints};
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Hit, Role};
use mesinfos_domain::{Place, Source};

/// A number with how sure its label makes it.
#[derive(Clone, Debug)]
pub struct Number {
    /// As printed, without its mark.
    pub value: String,
    /// Where.
    pub source: Source,
    /// Merit: label, place, shape.
    pub merit: i32,
    /// What its label calls it.
    pub role: Role,
}

/// All numbers with an order-like label in one text. `folded` hits are mapped back by words.
fn numbers_in(text: &str, out: &mut Vec<(Role, std::ops::Range<usize>, usize)>) {
    if !may_hold_one(text) {
        return;
    }
    let without_links;
    let text = if text.contains("://") {
        without_links = blank_links(text);
        &without_links
    } else {
        text
    };
    let folded = fold(text);
    let hits = lexicon::hits(&folded);
    let wanted = |h: &Hit| {
        [Role::Order, Role::Booking, Role::Invoice, Role::Contract]
            .into_iter()
            .find(|r| h.roles.has(*r))
    };
    // The nth word of the folded text is the nth of the original.
    let mut original: Option<Vec<(usize, &str)>> = None;
    let mut folded_words = Vec::new();
    for (i, hit) in hits.iter().enumerate().take(60) {
        let Some(role) = wanted(hit) else { continue };
        let original = original.get_or_insert_with(|| {
            folded_words = words(&folded).map(|(at, _)| at).collect();
            words(text).collect()
        });
        if original.len() != folded_words.len() {
            return;
        }
        let last = folded_words.partition_point(|at| *at < hit.end).saturating_sub(1);
        let Some((at, word)) = original.get(last) else { continue };
        let mut from = at + word.len();
        // `votre commande Atelier Brume n°6343`: a few words may stand between label and mark.
        let rest = &text[from..];
        let stop = rest.find(['.', '!', '?', '\n', ';']).map_or(rest.len(), |s| {
            if rest[s..].starts_with('.') && rest[..s].ends_with(['n', 'N', 'r', 'o']) {
                rest.len()
            } else {
                s
            }
        });
        // `votre commande ayant pour référence X`, `Commande concernée : X`
        if code::number(rest).is_none()
            && let Some(skip) = past_link_words(&rest[..stop])
        {
            from += skip;
        }
        let rest = &text[from..];
        let stop = stop.saturating_sub(text.len() - rest.len() - (at + word.len()));
        let mark = rest.find(['#', '°', 'º']).filter(|m| *m < stop && *m <= 60);
        if code::number(rest).is_none()
            && let Some(m) = mark
        {
            let blocked = hits.iter().any(|h| {
                h.start >= hit.end && h.roles.has(Role::OtherNumber) && h.start < hit.end + m
            });
            if blocked {
                continue;
            }
            from += m;
            from += text[from..].chars().next().map_or(0, char::len_utf8);
        } else if hits.get(i + 1).is_some_and(|n| {
            n.roles.has(Role::OtherNumber) && folded[hit.end..n.start].trim().is_empty()
        }) {
            // `Commande du client n° 12`: another label between takes the number.
            continue;
        }
        let here = &text[from..];
        if let Some(r) = code::number(here).or_else(|| code::short_reference(here)) {
            out.push((role, from + r.start..from + r.end, hit.words));
        }
    }
}

/// The cheap refusal: neither a digit nor four capitals in a row, which a reference without digits
/// has at least.
fn may_hold_one(text: &str) -> bool {
    let mut capitals = 0;
    text.bytes().any(|b| {
        match b {
            b'A'..=b'Z' => capitals += 1,
            b'-' => {}
            _ => capitals = 0,
        }
        b.is_ascii_digit() || capitals >= 4
    })
}

/// The same text, of the same length, with blanks for addresses of pages: their numbers are not
/// the mail's.
fn blank_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | '<')) {
        match part.find("://") {
            Some(_) => out.extend(std::iter::repeat_n(' ', part.len())),
            None => out.push_str(part),
        }
    }
    out
}

/// Words that mean a number, of whatever.
const LINKS: &[&str] = &[
    "reference",
    "ref",
    "references",
    "numero",
    "number",
    "nummer",
    "nr",
    "no",
    "n",
    "referenz",
    "referencia",
    "riferimento",
    "rif",
    "id",
    "code",
    "codigo",
    "codice",
];

/// `Ihre Bestellnummer lautet 4711`.
const COPULAS: &[&str] = &["lautet", "ist", "is", "est", "es"];

/// Where the words that may part a label from its number end.
fn past_link_words(text: &str) -> Option<usize> {
    let list: Vec<(usize, &str)> = words(text).take(8).collect();
    for (i, (at, w)) in list.iter().enumerate().take(7) {
        let follows = list.get(1).is_some_and(|(_, w)| w.bytes().any(|b| b.is_ascii_digit()));
        let word = fold(w);
        let links = LINKS.contains(&word.as_str()) && (i > 0 || follows);
        if links || follows && COPULAS.contains(&word.as_str()) {
            return Some(at + w.len());
        }
    }
    let colon = text.find(':').filter(|c| *c <= 60)?;
    let between = words(&text[..colon]).count();
    (1..=3).contains(&between).then_some(colon)
}

/// Whether a line names an order or a bill by its number.
pub fn names_one(text: &str) -> bool {
    let mut found = Vec::new();
    numbers_in(text, &mut found);
    found.iter().any(|(_, at, _)| {
        at.len() >= 4 && text[at.clone()].bytes().filter(u8::is_ascii_digit).count() >= 3
    })
}

/// All candidates of a mail, best first. `items` are the products' places: what is called a
/// reference there is theirs.
pub fn numbers(subject: &str, sheet: &Sheet, items: &[Span]) -> Vec<Number> {
    let mut out: Vec<Number> = Vec::new();
    let mut found = Vec::new();
    numbers_in(subject, &mut found);
    if is_answer(subject) {
        found.retain(|(_, r, _)| follows_label(&subject[..r.start]));
    }
    for (role, r, words) in found.drain(..) {
        let source = Source {
            place: Place::Subject,
            start: r.start as u32,
            end: r.end as u32,
            words: subject[r.clone()].to_owned(),
        };
        push(&mut out, &subject[r], role, source, 30 + words as i32);
    }
    for (index, row) in sheet.rows.iter().enumerate() {
        let cells = sheet.cells_of(index);
        for (c, cell) in cells.iter().enumerate() {
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                if text.len() > 2_000 {
                    continue;
                }
                numbers_in(text, &mut found);
                for (role, r, words) in found.drain(..) {
                    let span = Sheet::part(&line, &r);
                    let early = i32::from(index < 30);
                    let value = text[r].to_owned();
                    push(
                        &mut out,
                        &value,
                        role,
                        sheet.source(&span),
                        20 + words as i32 + early + 3 * i32::from(row.is_heading),
                    );
                }
                if let Some((role, span, merit)) = beside(sheet, index, c, &line) {
                    let value = sheet.at(&span).to_owned();
                    push(&mut out, &value, role, sheet.source(&span), 22 + merit);
                }
            }
        }
        if out.len() > 60 {
            break;
        }
    }
    if out.is_empty() {
        by_bare_label(sheet, items, &mut out);
        behind_sign(subject, &mut out);
    }
    if out.is_empty() {
        at_the_end(subject, &mut out);
    }
    if out.is_empty() {
        signed(sheet, &mut out);
    }
    if out.is_empty() {
        alone(sheet, &mut out);
    }
    // Said twice is surer.
    let all: Vec<String> = out.iter().map(|n| n.value.to_uppercase()).collect();
    for n in &mut out {
        let v = n.value.to_uppercase();
        n.merit += 4 * (all.iter().filter(|o| **o == v).count().min(4) as i32 - 1);
    }
    out.sort_by_key(|n| std::cmp::Reverse(n.merit));
    out
}

/// `#R280757399` in a subject: the sign alone says that it is a number.
/// `Re: Missing invoice #954942`: a desk counts what is asked, not what was bought.
fn is_answer(subject: &str) -> bool {
    ["re:", "aw:", "rv:", "r:", "re :"]
        .iter()
        .any(|re| subject.get(..re.len()).is_some_and(|head| head.eq_ignore_ascii_case(re)))
}

/// Whether the last word of a text names an order, a booking or a bill.
fn follows_label(text: &str) -> bool {
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

fn behind_sign(subject: &str, out: &mut Vec<Number>) {
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
    let source = Source {
        place: Place::Subject,
        start: at.start as u32,
        end: at.end as u32,
        words: subject[at.clone()].to_owned(),
    };
    push(out, &subject[at], Role::Order, source, 12);
}

/// `A refund has been initiated for the #39951`, in the first sentences.
fn signed(sheet: &Sheet, out: &mut Vec<Number>) {
    for row in sheet.rows.iter().take(20) {
        let text = sheet.at(&row.span);
        if text.len() > 600 {
            continue;
        }
        let mut found = Vec::new();
        if text.contains('#') {
            behind_sign(text, &mut found);
        } else if let Some(at) = ["(n° ", "(n°\u{a0}", "(nº ", "(Nr. ", "(no. "]
            .iter()
            .find_map(|m| text.find(m).map(|at| at + m.len()))
        {
            // `Votre don nous est bien parvenu (n° D-307970).`
            let number = code::number(&text[at..]).filter(|r| r.start == 0 && r.len() >= 4);
            if let Some(r) = number {
                let span = row.span.start + at as u32..row.span.start + (at + r.end) as u32;
                push(out, &text[at..at + r.end], Role::Invoice, sheet.source(&span), 8);
                return;
            }
        }
        if let Some(n) = found.pop() {
            let at = row.span.start + n.source.start;
            let span = at..at + (n.source.end - n.source.start);
            push(out, &n.value, Role::Order, sheet.source(&span), 8);
            return;
        }
    }
}

/// `Votre demande de réservation a été refusée 35838`: what names it stands far before.
fn at_the_end(subject: &str, out: &mut Vec<Number>) {
    let Some((at, _)) = words(subject).last() else { return };
    let at = subject[..at].rfind(char::is_whitespace).map_or(at, |s| s + 1);
    let end = subject.trim_end().len();
    let Some(last) = subject.get(at..end) else { return };
    let is_year = last.len() == 4 && (last.starts_with("19") || last.starts_with("20"));
    let digits = last.bytes().filter(u8::is_ascii_digit).count();
    let parted = last.split('-').all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    if !(4..=12).contains(&digits) || is_year || !parted {
        return;
    }
    let hits = lexicon::hits(&fold(&subject[..at]));
    let Some((role, named)) = [Role::Order, Role::Booking]
        .into_iter()
        .find_map(|r| hits.iter().rfind(|h| h.roles.has(r)).map(|h| (r, h.start)))
        // `Versandbestätigung 37135-1862`
        .or_else(|| super::status::announces(&subject[..at]).then_some((Role::Order, at)))
    else {
        return;
    };
    if hits.iter().any(|h| h.roles.has(Role::OtherNumber) && h.start > named) {
        return; // `Your order, ticket 4711`
    }
    let source =
        Source { place: Place::Subject, start: at as u32, end: end as u32, words: last.to_owned() };
    push(out, last, role, source, 12);
}

/// A label that says no more than `Reference` or `Transaction`: the mail's own when it has no other.
fn by_bare_label(sheet: &Sheet, items: &[Span], out: &mut Vec<Number>) {
    for index in 0..sheet.rows.len().min(400) {
        let row = &sheet.rows[index].span;
        if items.iter().any(|i| i.start < row.end && row.start < i.end) {
            continue;
        }
        let cells = sheet.cells_of(index);
        for (c, cell) in cells.iter().enumerate() {
            for line in sheet.lines_of(&cell.span) {
                let text = sheet.at(&line);
                if let Some(r) = in_sentence(text) {
                    let span = Sheet::part(&line, &r);
                    push(out, &text[r], Role::Invoice, sheet.source(&span), 6);
                }
                let said = Some(text).filter(|t| t.len() < 200).map(words).into_iter().flatten();
                let spoken = said.take_while(|(_, w)| is_bare_label(&fold(w))).last();
                let Some((at, word)) = spoken else { continue };
                let rest = line.start + (at + word.len()) as u32..line.end;
                let value = Some(rest).filter(|r| !sheet.at(r).trim().is_empty());
                let below = || match (cells, sheet.rows.get(index + 1)) {
                    ([_], Some(next)) if next.span.len() <= 30 => Some(next.span.clone()),
                    _ => None,
                };
                let value =
                    value.or_else(|| cells.get(c + 1).map(|c| c.span.clone())).or_else(below);
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

fn is_bare_label(word: &str) -> bool {
    // `Code` alone is a voucher's more often than an order's.
    LINKS.contains(&word) && !matches!(word, "code" | "codigo" | "codice")
        || matches!(
            word,
            "de" | "of"
                | "du"
                | "di"
                | "la"
                | "transaction"
                | "transaktion"
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
fn alone(sheet: &Sheet, out: &mut Vec<Number>) {
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

fn push(out: &mut Vec<Number>, value: &str, role: Role, source: Source, base: i32) {
    let rank = match role {
        Role::Order => 12,
        Role::Booking => 10,
        Role::Invoice => 6,
        _ => 2,
    };
    let value = value.trim_end_matches(['.', ',', '-']).trim();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let shape = if value.len() < 3 { -8 } else { 0 }
        + if digits == 4 && value.len() == 4 && value.starts_with("20") { -10 } else { 0 };
    out.push(Number { value: value.to_owned(), source, merit: base + rank + shape, role });
}

/// A line that is only a label: the number stands in the next cell, the next line, or below.
fn beside(sheet: &Sheet, row: usize, cell: usize, line: &Span) -> Option<(Role, Span, i32)> {
    let text = sheet.at(line);
    if text.len() > 160 || text.chars().count() > 40 {
        return None;
    }
    let label = lexicon::label(text);
    if label.coverage() < 70 || label.has(Role::OtherNumber) {
        return None;
    }
    let role = [Role::Order, Role::Booking, Role::Invoice, Role::Contract]
        .into_iter()
        .find(|r| label.has(*r))?;
    let whole = |span: &Span| -> Option<Span> {
        let first = sheet.lines_of(span).next()?;
        let t = sheet.at(&first);
        if t.chars().count() > 48 {
            return None;
        }
        let r = code::number(t)?;
        (r.start <= 6).then(|| Sheet::part(&first, &r))
    };
    let cells = sheet.cells_of(row);
    // Below in the same cell.
    if let Some(next) = sheet.lines_of(&cells[cell].span).find(|l| l.start > line.end) {
        return whole(&next).map(|s| (role, s, 2));
    }
    if let Some(s) = cells.get(cell + 1).and_then(|c| whole(&c.span)) {
        return Some((role, s, 4));
    }
    // Below in the next row, same column.
    let next = row + 1;
    if next < sheet.rows.len() {
        let below = sheet.cells_of(next);
        if below.len() == cells.len() {
            return below.get(cell).and_then(|c| whole(&c.span)).map(|s| (role, s, 1));
        }
    }
    None
}
