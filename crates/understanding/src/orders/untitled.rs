//! Rows without titles: their shape and their figures tell what each cell is.

use super::attribute;
use super::describe::Read;
use super::figures::Figure;
use super::items::{Item, Scan, is_code};
use super::said;
use super::sheet::Span;
use crate::grammar::fold::fold;
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{money, quantity};
use mesinfos_domain::Amount;
use std::ops::Range;

impl Scan<'_> {
    /// Reads these cells of a row without titles: its shape and its figures tell.
    pub(super) fn by_content(&self, row: usize, within: Range<usize>, item: &mut Item) {
        let sheet = self.sheet;
        let from = within.start;
        let cells = &sheet.cells_of(row)[within.clone()];
        let figures = self.figures.of_row(row).iter().filter(|f| !f.is_struck && !f.is_aside);
        let figures: Vec<_> = figures.filter(|f| within.contains(&f.cell)).collect();
        item.words.is_counted = (from..).zip(cells).any(|(i, c)| {
            let text = sheet.at(&c.span);
            match figures.iter().find(|f| f.cell == i) {
                Some(f) => {
                    count_before(text, f.span.start - c.span.start).is_some()
                        || count_behind(sheet.at(&(f.span.end..c.span.end))).is_some()
                }
                None => attribute::count(text).is_some(),
            }
        });
        let mut is_bare_code = false;
        // Words first: the cells that are no bare figure or quantity.
        for (c, cell) in (from..).zip(cells) {
            let text = sheet.at(&cell.span);
            if text.is_empty() {
                continue;
            }
            // `3.40` is a price, unless it counts what stands behind it.
            if let Some(own) = figures.iter().position(|f| f.cell == c && f.span == cell.span)
                && !quantity::whole(text).is_some_and(|q| counts(q, &figures[own + 1..]))
            {
                continue;
            }
            if let Some(q) = quantity::whole(text).filter(|_| cells.len() > 1) {
                let digits = text.bytes().filter(u8::is_ascii_digit).count();
                let is_code = item.words.name.is_none() && digits > 4;
                if item.words.quantity.is_none() && !is_code {
                    item.words.quantity = Some((q, cell.span.clone()));
                }
                continue;
            }
            for mut l in sheet.lines_of(&cell.span) {
                // `Échantillon : offert`: what makes it a gift is no part of its name.
                let gift = figures.iter().find(|f| {
                    f.amount == Amount::ZERO && l.start < f.span.start && f.span.end == l.end
                });
                if let Some(f) = gift.filter(|f| money::sums(sheet.at(&f.span)).is_empty()) {
                    l.end = f.span.start;
                }
                let t = sheet.at(&l);
                // `x3`, and below it in the same cell the price
                if t.starts_with(['x', 'X', '×'])
                    && item.words.quantity.is_none()
                    && let Some(q) = quantity::whole(t)
                {
                    item.words.quantity = Some((q, l));
                    continue;
                }
                // `Plan`, and below it in the same cell `Silver Plan`
                let labels = l.end < cell.span.end && item.words.name.is_none();
                if labels
                    && lexicon::label(t).is_only(Role::Product)
                    && lexicon::label(t).coverage() == 100
                {
                    continue;
                }
                if attribute::labels_price(t) {
                    item.leans_unit |= leans_unit(t);
                    continue;
                }
                let sums = money::sums(t);
                if !sums.is_empty() && !attribute::is_signed_value(t) {
                    self.priced_line(&l, item);
                    continue;
                }
                if cells.len() >= 2
                    && item.words.name.is_none()
                    && item.words.sku.is_none()
                    && is_code(t)
                {
                    item.words.sku = Some((t.trim_start_matches('#').to_owned(), l));
                    is_bare_code = true;
                    continue;
                }
                item.words.take(sheet, &l);
            }
        }
        if item.words.name.is_none()
            && let Some(sku) = item.words.sku.take_if(|_| is_bare_code)
        {
            // A code alone was the name after all.
            item.words.name = Some(sku);
        }
        let read: Vec<Read<Amount>> = figures.iter().map(|f| (f.amount, f.span.clone())).collect();
        assign(item, &read);
    }

    /// A line with a price in it: words before the price may be the name or a label.
    fn priced_line(&self, line: &Span, item: &mut Item) {
        let sheet = self.sheet;
        let text = sheet.at(line);
        let sums = money::sums(text);
        let Some(first) = sums.first() else { return };
        // `Réf. CKB7737-W – éco-part. 1,66 € incluse`
        let head = text[..first.at.start].find(
            [" – ", " - ", " · ", " | "]
                .iter()
                .find(|s| text[..first.at.start].contains(**s))
                .copied()
                .unwrap_or("\0"),
        );
        if let Some(at) = head
            && item.words.name.is_some()
            && let Some((Role::Sku, label, value)) = attribute::value_of(&text[..at])
        {
            let from = line.start + (value.as_ptr() as usize - text.as_ptr() as usize) as u32;
            return item.words.set(Role::Sku, label, value, from..from + value.len() as u32);
        }
        // `Quantity: 2 | Unit price: 12.95`
        for (_, part) in attribute::parts(text) {
            let Some((role, _, value)) = attribute::value_of(part) else { continue };
            match role {
                Role::Quantity if item.words.quantity.is_none() => {
                    item.words.quantity = quantity::whole(value).map(|q| (q, line.clone()));
                }
                Role::UnitPrice | Role::Price => item.leans_unit = true,
                _ => {}
            }
        }
        let head = text[..first.at.start].trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, ':' | '-' | '–' | '=' | '|' | '(' | '@' | '.')
        });
        let letters = head.chars().filter(|c| c.is_alphabetic()).count();
        // `549,00 € — Salon bas — 1 × 549,00 €`: the price of all stands before what it is for.
        if let [_, .., last] = &sums[..]
            && letters == 0
            && item.words.name.is_none()
        {
            let between = first.at.end..last.at.start;
            let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '|' | '·' | ':');
            let named = text[between.clone()].trim_start().starts_with(is_dash)
                && text[between.clone()].chars().filter(|c| c.is_alphabetic()).count() >= 4;
            if named {
                let part = text[between].trim_matches(|c: char| c.is_whitespace() || is_dash(c));
                let at = line.start + (part.as_ptr() as usize - text.as_ptr() as usize) as u32;
                item.words.take(sheet, &(at..at + part.len() as u32));
            }
        }
        if let Some((q, _)) = quantity::leading(text)
            .filter(|(_, at)| text[*at..].trim_start().len() <= text[first.at.start..].len())
        {
            // `2 x 12,90 €`
            item.words.quantity.get_or_insert((q, line.clone()));
            item.leans_unit = true;
            return;
        }
        let tail = text[first.at.end..].trim();
        if let Some((q, _)) = quantity::leading(tail)
            .or_else(|| quantity::trailing(tail).filter(|(_, at)| tail[..*at].trim().is_empty()))
            .or_else(|| {
                tail.strip_prefix(['x', 'X', '×', '*'])
                    .and_then(|r| quantity::whole(r.split_whitespace().next().unwrap_or("")))
                    .map(|q| (q, 0))
            })
        {
            // `12,90 € x 2`
            item.words.quantity.get_or_insert((q, line.clone()));
            item.leans_unit = true;
        }
        // `Moule à tajine - 2 pcs x 43,90 €`
        item.leans_unit |= head.ends_with(" x") || head.ends_with('×');
        // The same where the count and the sign behind it read as a sum.
        if let [count, unit, total] = &sums[..]
            && count.amount.0 % 100 == 0
            && count.amount.0 > 100
            && is_product(count.amount.0 * 10, unit.amount, total.amount)
            && letters >= 2
        {
            item.words.quantity.get_or_insert((count.amount.0 * 10, line.clone()));
            if item.words.name.is_none() {
                let end = line.start + count.at.start as u32;
                item.words.take(sheet, &(line.start..end));
            }
            return;
        }
        // `Funktionsjacke (XL) 2 EUR 106,95 EUR 213,90`: what makes one sum of the other is a count.
        if let [.., unit, total] = &sums[..]
            && let Some((name, count)) = head.rsplit_once(' ')
            && let Some(q) = quantity::whole(count)
            && q > 1000
            && is_product(q, unit.amount, total.amount)
        {
            item.words.quantity.get_or_insert((q, line.clone()));
            let end =
                line.start + (name.as_ptr() as usize - text.as_ptr() as usize + name.len()) as u32;
            let counts = lexicon::label(name).is_only(Role::Quantity);
            if item.words.name.is_none() && !counts {
                item.words.take(sheet, &(line.start..end));
            }
            return;
        }
        if let Some(q) = quantity::whole(head.trim_end_matches(['x', 'X', '×', '*'])) {
            // `2 @ 12,50 €`
            item.words.quantity.get_or_insert((q, line.clone()));
        }
        // `12 bout. à 13,50 €`, `3 à 15,95 € pièce`
        if let Some(q) = quantity::of_pieces(head) {
            item.words.quantity.get_or_insert((q, line.clone()));
            item.leans_unit = true;
            return;
        }
        if letters < 2 || said::is_former(&fold(head)) {
            return;
        }
        let label = lexicon::label(head);
        let only_label = label.coverage() >= 60
            && [Role::Price, Role::UnitPrice, Role::LinePrice, Role::Quantity, Role::Total]
                .iter()
                .any(|r| label.has(*r));
        if only_label || quantity::whole(head).is_some() {
            if let Some(q) = quantity::whole(head)
                .or_else(|| {
                    attribute::pair(head).and_then(|(l, v)| {
                        (attribute::attribute_role(l) == Some(Role::Quantity))
                            .then(|| quantity::whole(v))
                            .flatten()
                    })
                    // `Quantité 3 - 11,50 € l'unité`
                })
                .or_else(|| attribute::count(head.trim_end_matches(|c: char| !c.is_alphanumeric())))
            {
                item.words.quantity.get_or_insert((q, line.clone()));
            }
            return;
        }
        if item.words.name.is_none() {
            item.words.take(sheet, line);
        }
    }
}

/// `Prix : 11,99 €` below `Quantité : 2` is that of one, unless the sums say otherwise.
fn leans_unit(label: &str) -> bool {
    let label = lexicon::label(label);
    label.has(Role::UnitPrice) || label.is_only(Role::Price) && !label.has(Role::LinePrice)
}

/// How many are said right behind a price: `12,90 € x 2`.
fn count_behind(tail: &str) -> Option<i64> {
    tail.trim().strip_prefix(['x', 'X', '×']).and_then(|q| quantity::whole(q.trim()))
}

/// How many a cell says right before a price: `4 x 10,00 €`.
pub(super) fn count_before(text: &str, price_at: u32) -> Option<i64> {
    if let Some((count, _)) = quantity::before_price(text) {
        return Some(count); // `(4) @ 6,50 €`
    }
    let (count, rest) = quantity::leading(text)?;
    let between = text.get(rest..price_at as usize)?;
    between.chars().all(|c| !c.is_alphanumeric()).then_some(count)
}

/// Whether so many at one of these prices make another of them.
fn counts(quantity: i64, figures: &[&Figure]) -> bool {
    figures
        .iter()
        .enumerate()
        .any(|(i, a)| figures[i + 1..].iter().any(|b| is_product(quantity, a.amount, b.amount)))
}

/// Whether `quantity` thousandths at `unit` cost `total`, to the cent.
fn is_product(quantity: i64, unit: Amount, total: Amount) -> bool {
    (unit.0.saturating_mul(quantity) - total.0.saturating_mul(1000)).abs() < 1000
}

/// Figures of a row without titles: quantity × unit = total tells them apart.
pub fn assign(item: &mut Item, figures: &[Read<Amount>]) {
    match figures {
        [] => {}
        [one] => item.price = Some(one.clone()),
        many => {
            let q = item.words.quantity.as_ref().map(|q| q.0);
            for (i, a) in many.iter().enumerate() {
                for b in many.iter().skip(i + 1).rev() {
                    let fits = match q {
                        Some(q) => is_product(q, a.0, b.0),
                        None => a.0 == b.0,
                    };
                    if fits {
                        (item.unit, item.total) = (Some(a.clone()), Some(b.clone()));
                        return;
                    }
                    // `91,80 €`, and below it `45,90 € / unité`
                    if q.is_some_and(|q| q != 1000 && is_product(q, b.0, a.0)) {
                        (item.unit, item.total) = (Some(b.clone()), Some(a.clone()));
                        return;
                    }
                }
            }
            let (first, last) = (&many[0], &many[many.len() - 1]);
            if q.is_none()
                && first.0.0 > 0
                && last.0.0 % first.0.0 == 0
                && (2..=50).contains(&(last.0.0 / first.0.0))
            {
                item.words.quantity = Some((last.0.0 / first.0.0 * 1000, last.1.clone()));
                (item.unit, item.total) = (Some(first.clone()), Some(last.clone()));
                return;
            }
            item.price = Some(last.clone());
        }
    }
}
