//! The line that holds a product's name: what is glued to it is told apart.

use super::attribute::{attribute_role, attributes_at, bare_values_at, is_model, pair, tidy};
use super::describe::Description;
use super::items::Item;
use super::sheet::{Sheet, Span};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{code, date, money, quantity};

impl Description {
    /// The line that holds the name, with what is glued to it.
    pub(super) fn name_line(&mut self, sheet: &Sheet, line: &Span) {
        let text = sheet.at(line).to_owned();
        if is_link(&text) {
            return; // a picture's, in a text made of a page
        }
        let (mut from, mut to) = (0, text.len());
        if let Some((q, at)) = quantity::leading(&text).filter(|_| !self.is_counted) {
            self.quantity.get_or_insert((q, line.start..line.start + at as u32));
            from = at;
        }
        from += leading_index(&text[from..]);
        from += leading_weight(&text[from..]);
        for _ in 0..2 {
            from += self.leading_code(&text[from..], line.start + from as u32);
        }
        if let Some((q, at)) = quantity::before_price(&text[from..]).filter(|(_, at)| *at > 0) {
            let whole = from + at;
            self.quantity.get_or_insert((q, line.start + whole as u32..line.end));
            to = whole;
        }
        // Prices in the line are read elsewhere.
        if let Some(first) = money::sums(&text[from..to])
            .first()
            .filter(|s| s.unit.is_some() || from + s.at.end == text.len())
        {
            let head = text[from..from + first.at.start].trim_end_matches(|c: char| {
                c.is_whitespace()
                    || matches!(c, ':' | '=' | '-' | '–' | '—' | '@' | '(' | '|' | '…' | '.')
            });
            // `Crème mains 75 ml à 6,95 €`
            let head =
                [" à", " at", " zu je", " je", " a", " @", " pour", " for", " für", " por", " per"]
                    .iter()
                    .find_map(|to| head.strip_suffix(to))
                    .filter(|_| self.quantity.is_some())
                    .unwrap_or(head);
            if head.chars().any(char::is_alphabetic) {
                to = from + head.len();
            }
        }
        // `Housse – Quantité : 2 – EAN : 400…`
        for _ in 0..6 {
            let head = &text[from..to];
            let Some(cut) = [" - ", " – ", " — ", " | ", " · ", " • "]
                .iter()
                .filter_map(|s| head.rfind(s).map(|at| (at, s.len())))
                .max()
            else {
                break;
            };
            let tail = &head[cut.0 + cut.1..];
            // `Tome 2 - quantité : 1 - prix`, the price cut off
            let label = lexicon::label(tail);
            if label.unknown == 0 && (label.has(Role::Price) || label.has(Role::UnitPrice)) {
                to = from + cut.0;
                continue;
            }
            let Some((label, value)) = pair(tail) else { break };
            let Some(role) = attribute_role(label)
                .filter(|r| matches!(r, Role::Quantity | Role::Sku | Role::Gtin | Role::Seller))
            else {
                break;
            };
            let at = line.start
                + (from + cut.0 + cut.1 + (value.as_ptr() as usize - tail.as_ptr() as usize))
                    as u32;
            self.set(role, label, value, at..at + value.len() as u32);
            to = from + cut.0;
        }
        // `Lyon → Nantes, lundi 15 février 2021 à 15h35`: when it takes place is no name.
        let hints = date::Hints { language: mesinfos_domain::Language::Fr, near: None };
        if let Some(d) = date::date(&text[from..], hints).filter(|d| d.has_year) {
            let head = &text[from..from + d.at.start];
            let cut = [", ", " - ", " – ", " | ", " ("].iter().filter_map(|s| head.rfind(s)).max();
            if let Some(cut) =
                cut.filter(|c| head[..*c].chars().filter(|c| c.is_alphabetic()).count() >= 4)
            {
                let rest =
                    text[from + cut..].trim_matches([',', ' ', '-', '–', '|', '(', ')']).to_owned();
                self.details.push((rest, line.start + (from + cut) as u32..line.end));
                to = from + cut;
            }
        }
        // `Restauration scolaire : 16 repas x 3,12 = 49,92`
        if let Some((head, tail)) = text[from..to].split_once(" : ")
            && tail.starts_with(|c: char| c.is_ascii_digit())
            && (tail.contains(" x ") || tail.contains(" × "))
        {
            to = from + head.len();
        }
        // `Icon Set [https://…]`: where text renders a link.
        if let Some(at) =
            [" [http", " (http", " ( http", " <http"].iter().find_map(|s| text[from..to].find(s))
        {
            to = from + at;
        }
        self.code_in_its_own_run(sheet, line, from, &mut to);
        self.code_behind_dash(&text, line, from, &mut to);
        self.code_in_brackets(&text, line, from, &mut to);
        // `1 x Spring Rolls x4`: counted once, at the head.
        if let Some((q, at)) = quantity::trailing(&text[from..to])
            .filter(|_| !self.is_counted && self.quantity.is_none())
        {
            self.quantity
                .get_or_insert((q, line.start + (from + at) as u32..line.start + to as u32));
            let whole = text[from..to].trim().to_owned();
            self.glued = Some((whole, line.start + from as u32..line.start + to as u32));
            to = from + at;
        }
        self.code_in_brackets(&text, line, from, &mut to);
        self.code_with_label(&text, line, from, &mut to);
        if let Some(at) = attributes_at(&text[from..to]) {
            let tail = from + at.1;
            let span = line.start + tail as u32..line.start + to as u32;
            let variant = tidy(text[tail..to].trim_end_matches([')', ']', ' ']));
            self.variant.push((variant, span));
            to = from + at.0;
        } else if let Some(at) = bare_values_at(&text[from..to])
            .or_else(|| size_at(&text[from..to]).filter(|_| self.is_counted))
        {
            let tail = from + at.1;
            let whole = text[from..to].trim().to_owned();
            self.uncut = Some((whole, line.start + from as u32..line.start + to as u32));
            let value = tidy(text[tail..to].trim_end_matches(')'));
            self.variant.push((value, line.start + tail as u32..line.start + to as u32));
            to = from + at.0;
        }
        let name = text[from..to].trim_matches(|c: char| {
            c.is_whitespace()
                || matches!(c, '-' | '–' | '—' | ':' | ',' | '|' | '•' | '·' | '*' | '\u{200b}')
        });
        if name.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
            let at = from + text[from..].find(name).unwrap_or(0);
            self.name = Some((
                name.to_owned(),
                line.start + at as u32..line.start + (at + name.len()) as u32,
            ));
        }
    }

    /// `ORG-722-A Organic Tee`: a reference of a catalogue before the name; returns its length.
    fn leading_code(&mut self, text: &str, at: u32) -> usize {
        let Some((token, rest)) = text.split_once(' ') else { return 0 };
        // `[SU50] Sustrato universal 50 L`
        let inner = token.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
        let is_code = |t: &&str| {
            (2..=20).contains(&t.len())
                && t.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        };
        if let Some(code) = inner.filter(is_code) {
            let span = at + 1..at + 1 + code.len() as u32;
            self.sku.get_or_insert((code.to_owned(), span));
            return token.len() + 1;
        }
        let letters = token.bytes().take_while(u8::is_ascii_uppercase).count();
        let number = token[letters..].trim_start_matches('-');
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        let tail = &number[digits..];
        let fits = match letters {
            0 => digits >= 6 && tail.is_empty() || digits >= 4 && is_grouped(tail),
            2..=5 => digits >= 3 && (tail.is_empty() || tail.starts_with('-') && tail.len() <= 3),
            _ => false,
        };
        if !fits || rest.chars().filter(|c| c.is_alphabetic()).count() < 3 {
            return 0;
        }
        let span = at..at + token.len() as u32;
        if (code::is_gtin(token) || letters == 0 && digits == 13) && self.sku.is_some() {
            self.gtin.get_or_insert((token.to_owned(), span));
        } else {
            self.sku.get_or_insert((token.to_owned(), span));
        }
        token.len() + 1
    }

    /// `(#REF-1)`, `[REF-1]` at the end of a name.
    fn code_in_brackets(&mut self, text: &str, line: &Span, from: usize, to: &mut usize) {
        let t = text[from..*to].trim_end();
        let Some(close) = t.chars().next_back().filter(|c| matches!(c, ')' | ']')) else { return };
        let open = if close == ')' { '(' } else { '[' };
        let Some(at) = t.rfind(open) else { return };
        let inner = t[at + 1..t.len() - 1].trim();
        let sku = inner
            .strip_prefix('#')
            .map(str::trim)
            .filter(|s| !s.is_empty() && !s.contains(' '))
            .or_else(|| {
                let (label, value) = pair(inner).or_else(|| inner.split_once(' '))?;
                let l = lexicon::label(label);
                let value = value.trim();
                // `(CIP 3400936125537)`, `(PZN 10203591)`: capitals that no list needs to know.
                let is_register = (2..=4).contains(&label.len())
                    && label.bytes().all(|b| b.is_ascii_uppercase())
                    && (6..=14).contains(&value.len())
                    && value.bytes().all(|b| b.is_ascii_digit());
                let is_sku = l.has(Role::Sku) && l.coverage() == 100 && !value.contains(' ');
                (is_sku || is_register).then_some(value)
            })
            .or_else(|| is_model(inner).then_some(inner));
        if let Some(sku) = sku {
            let start = from + at + 1 + (sku.as_ptr() as usize - t[at + 1..].as_ptr() as usize);
            self.sku.get_or_insert((
                sku.to_owned(),
                line.start + start as u32..line.start + (start + sku.len()) as u32,
            ));
            *to = from + t[..at].trim_end().len();
        }
    }

    /// `Smoked Almonds 150g - SMO-0004`, `Wader - 518631`: no size, no year.
    fn code_behind_dash(&mut self, text: &str, line: &Span, from: usize, to: &mut usize) {
        let head = &text[from..*to];
        let Some((name, code)) = head.trim_end().rsplit_once(" - ") else { return };
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        let fits = super::items::is_code(code)
            && (digits >= 3
                && code.starts_with(|c: char| c.is_ascii_uppercase())
                && code.len() >= 6
                || digits == code.len() && digits >= 5);
        if fits && self.sku.is_none() && name.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
            let at = line.start + (from + name.len() + 3) as u32;
            self.sku = Some((code.to_owned(), at..at + code.len() as u32));
            *to = from + name.trim_end().len();
        }
    }

    /// `<a>Fire Steel</a> FIR-3533`: a reference that the source sets apart behind the name.
    fn code_in_its_own_run(&mut self, sheet: &Sheet, line: &Span, from: usize, to: &mut usize) {
        let text = &sheet.at(line)[from..*to];
        let Some((name, code)) = text.trim_end().rsplit_once([' ', '\u{a0}']) else { return };
        let at = line.start + (from + text.trim_end().len() - code.len()) as u32;
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        if self.sku.is_none()
            && super::items::is_code(code)
            && digits >= 3
            && name.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && sheet.is_html
            && sheet.begins_run(at)
        {
            self.sku = Some((code.to_owned(), at..at + code.len() as u32));
            *to = from + name.trim_end().len();
        }
    }

    /// `… - Réf. : ABC-1` or `… EAN 400…` at the end of a name.
    fn code_with_label(&mut self, text: &str, line: &Span, from: usize, to: &mut usize) {
        let t = &text[from..*to];
        for sep in [" - ", " – ", " | ", ", ", " / ", " ("] {
            let Some(at) = t.rfind(sep) else { continue };
            let tail = t[at + sep.len()..].trim_end_matches(')');
            let Some((label, value)) = pair(tail).or_else(|| tail.split_once(' ')) else {
                continue;
            };
            let l = lexicon::label(label);
            let role = if l.has(Role::Gtin) {
                Role::Gtin
            } else if l.has(Role::Sku) {
                Role::Sku
            } else {
                continue;
            };
            if l.coverage() < 100
                || value.trim().is_empty()
                || value.trim().contains(' ')
                || !value.bytes().any(|b| b.is_ascii_digit())
            {
                continue;
            }
            let value = value.trim();
            let start = from + (value.as_ptr() as usize - t.as_ptr() as usize);
            self.set(
                role,
                label,
                value,
                line.start + start as u32..line.start + (start + value.len()) as u32,
            );
            *to = from + at;
            return;
        }
    }
}

/// `Espadrilles rayées (42)`, where another column counts: a size of clothes or shoes.
fn size_at(text: &str) -> Option<(usize, usize)> {
    let at = text.rfind(" (")?;
    let inner = text[at + 2..].trim_end().strip_suffix(')')?;
    let size: u32 = inner.parse().ok().filter(|_| inner.len() <= 3)?;
    ((16..200).contains(&size) && at >= 3).then_some((at, at + 2))
}

/// `2 Margherita`, `1 Garlic Dough Balls`: where each of several names begins with a small number,
/// that counts them.
pub(super) fn counts(items: &mut [Item], own: &[usize]) {
    let counted: Option<Vec<(i64, usize)>> = own
        .iter()
        .map(|i| {
            let words = &items[*i].words;
            let (name, _) = words.name.as_ref().filter(|_| words.quantity.is_none())?;
            let (count, rest) = name.split_once([' ', '\u{a0}'])?;
            let q = count.parse::<i64>().ok().filter(|q| (1..=30).contains(q))?;
            let is_name = rest.starts_with(char::is_alphabetic)
                && quantity::whole(name).is_none()
                && rest.chars().filter(|c| c.is_alphabetic()).count() >= 3;
            is_name.then_some((q * 1000, name.len() - rest.len()))
        })
        .collect();
    let Some(counted) = counted.filter(|c| c.len() >= 2) else { return };
    for (i, (q, at)) in own.iter().zip(counted) {
        let words = &mut items[*i].words;
        if let Some((name, span)) = words.name.take() {
            words.quantity = Some((q, span.start..span.start + at as u32));
            words.name = Some((name[at..].to_owned(), span.start + at as u32..span.end));
        }
    }
}

/// `-867-30`: groups of digits.
fn is_grouped(tail: &str) -> bool {
    tail.strip_prefix('-').is_some_and(|t| {
        t.split('-').all(|p| p.len() >= 2 && p.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// `0,62 kg Rispentomaten`: what was weighed, before what it is; a pack's weight has no decimals.
fn leading_weight(text: &str) -> usize {
    let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let Some(rest) = text[whole..].strip_prefix([',', '.']).filter(|_| whole > 0) else { return 0 };
    let decimals = digits(rest);
    let unit = rest[decimals..].trim_start_matches([' ', '\u{a0}']);
    match unit.strip_prefix("kg ").filter(|_| decimals >= 2) {
        Some(name) if name.starts_with(char::is_alphabetic) => text.len() - name.len(),
        _ => 0,
    }
}

/// `1 86482280 3444314053887 Cargador`: the place in the list, before a reference.
fn leading_index(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let next = text[digits..].strip_prefix(' ').unwrap_or_default();
    let code = next.split(' ').next().unwrap_or_default();
    let is_code = code.len() >= 6 && code.bytes().filter(u8::is_ascii_digit).count() >= 5;
    if (1..=2).contains(&digits) && is_code { digits + 1 } else { 0 }
}

/// `( https://… )` with nothing beside it.
fn is_link(text: &str) -> bool {
    let address = text.trim_matches(['(', ')', '[', ']', '<', '>', ' ']);
    address.starts_with("http") && address.contains("://") && !address.contains(' ')
}
