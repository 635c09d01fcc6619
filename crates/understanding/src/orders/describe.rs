//! The words of one product: name, variant, reference, GTIN, quantity and seller told apart.

use super::attribute::{awaits_value, is_option_line, pair, parts, seller, seller_named, value_of};
use super::sheet::{Sheet, Span};
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{code, money, quantity, values};
use mesinfos_domain::Seller;

/// A value and where it was read.
pub type Read<T> = (T, Span);

/// What the words about a product say.
#[derive(Clone, Debug, Default)]
pub struct Description {
    /// The name alone.
    pub name: Option<Read<String>>,
    /// `Taille: M` or bare values, in order.
    pub variant: Vec<Read<String>>,
    /// The merchant's reference.
    pub sku: Option<Read<String>>,
    /// GTIN.
    pub gtin: Option<Read<String>>,
    /// Thousandths.
    pub quantity: Option<Read<i64>>,
    /// Who sells.
    pub seller: Option<Read<Seller>>,
    /// The name with the count glued to it.
    pub(super) glued: Option<Read<String>>,
    /// The name with its last part, when that was taken for a bare variant.
    pub(super) uncut: Option<Read<String>>,
    /// A label alone, whose value is to come.
    awaited: Option<String>,
    /// Whether the row counts in a column of its own: `x12` is then part of the name.
    pub is_counted: bool,
    /// The first line below the name that has no label, wherever it went.
    pub below: Option<Read<String>>,
    /// The rest.
    pub details: Vec<Read<String>>,
}

impl Description {
    /// Takes in one line of words.
    pub fn take(&mut self, sheet: &Sheet, line: &Span) {
        let text = sheet.at(line);
        // What leads to a price says nothing of the product: `Knolle @ 0.65`, `Wein à 9,20 €`.
        if text.len() > 600
            || matches!(text.trim(), "@" | "à" | "a" | "at" | "je" | "zu" | "x" | "×")
        {
            return;
        }
        // `2) Calcetines técnicos`
        let marker = text.bytes().take_while(u8::is_ascii_digit).count();
        if (1..=2).contains(&marker) && text[marker..].starts_with(") ") && self.name.is_none() {
            let from = line.start + marker as u32 + 2;
            return self.take(sheet, &(from..line.end));
        }
        if let Some(label) = self.awaited.take()
            && value_of(text).is_none()
            && money::sums(text).iter().all(|s| s.unit.is_none())
        {
            let value = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ':'));
            return self.set(Role::Attribute, &label, value, line.clone());
        }
        if self.labelled(sheet, line) {
            return;
        }
        // `Article : Torchon brodé`
        if let Some((label, value)) = pair(text).filter(|_| self.name.is_none())
            && lexicon::label(label).is_only(Role::Product)
            && value.chars().filter(|c| c.is_alphabetic()).count() >= 2
        {
            let from = line.start + (value.as_ptr() as usize - text.as_ptr() as usize) as u32;
            return self.take(sheet, &(from..from + value.len() as u32));
        }
        if self.name.is_some() && awaits_value(text) {
            self.awaited = Some(text.trim_end_matches([':', ' ', '\u{a0}']).trim().to_owned());
            return;
        }
        if let Some(q) = quantity::whole(text)
            .filter(|_| !self.is_counted)
            .filter(|_| text.chars().any(|c| !c.is_ascii_digit()) || self.name.is_some())
            && self.quantity.is_none()
        {
            self.quantity = Some((q, line.clone()));
            return;
        }
        if self.name.is_none() {
            self.name_line(sheet, line);
        } else if let Some((label, value)) = pair(text).filter(|_| is_option_line(text)) {
            let from =
                line.end - (text.len() - (value.as_ptr() as usize - text.as_ptr() as usize)) as u32;
            self.set(Role::Attribute, label, value, from..from + value.len() as u32);
        } else {
            self.rest_line(sheet, line);
        }
    }

    /// A line made of `label : value` parts. False when it is not.
    fn labelled(&mut self, sheet: &Sheet, line: &Span) -> bool {
        let text = sheet.at(line);
        let parts = parts(text);
        let mut roles = Vec::new();
        for part in &parts {
            let Some((role, label, value)) = value_of(part.1) else { return false };
            roles.push((role, label, value, part.0));
        }
        // `Pack 6` may be a name as well; below one it is an attribute.
        let bare = pair(text).is_none() && roles.iter().any(|r| r.0 == Role::Attribute);
        if roles.is_empty() || bare && self.name.is_none() {
            return false;
        }
        for (role, label, value, at) in roles {
            let from =
                line.start + (at + (value.as_ptr() as usize - text[at..].as_ptr() as usize)) as u32;
            let span = from..from + value.len() as u32;
            self.set(role, label, value, span);
        }
        true
    }

    /// Takes in a value by what its label says.
    pub fn set(&mut self, role: Role, label: &str, value: &str, span: Span) {
        match role {
            Role::Quantity => {
                let q = quantity::whole(value)
                    .or_else(|| quantity::leading(value).map(|q| q.0))
                    .or_else(|| {
                        let head: String = value.chars().take_while(char::is_ascii_digit).collect();
                        quantity::whole(&head)
                    });
                // `Bulbs x3`, and below `Quantity: 1`: the label counts, `x3` is a name.
                if let Some(q) = q
                    && let Some(whole) = self.glued.take()
                    && self.quantity.as_ref().is_some_and(|known| known.0 != q)
                {
                    (self.name, self.quantity) = (Some(whole), None);
                }
                if let (Some(q), None) = (q, &self.quantity) {
                    self.quantity = Some((q, span));
                }
            }
            Role::Sku => {
                let token = value
                    .split_whitespace()
                    .next()
                    .unwrap_or(value)
                    .trim_matches(['(', ')', '[', ']', ',', ';', '#', '.']);
                let token = if value.split_whitespace().count() <= 3
                    && value.len() <= 30
                    && !value.trim_start_matches('(').contains(['(', ','])
                {
                    let is_bracketed = value.starts_with('(') && value.ends_with(')');
                    let bare = if is_bracketed { &value[1..value.len() - 1] } else { value };
                    bare.trim_start_matches('#')
                } else {
                    token
                };
                if code::is_gtin(token)
                    && token.len() == 13
                    && self.gtin.is_none()
                    && ["ean", "isbn", "gencod", "cip"].iter().any(|w| fold(label).contains(w))
                {
                    self.gtin = Some((token.to_owned(), span));
                } else if self.sku.is_none() && token.contains(char::is_alphanumeric) {
                    self.sku = Some((token.to_owned(), span));
                }
            }
            Role::Gtin => {
                let digits: String = value.chars().filter(char::is_ascii_digit).collect();
                if self.gtin.is_none() && matches!(digits.len(), 8 | 12 | 13 | 14) {
                    self.gtin = Some((digits, span));
                }
            }
            Role::Seller if self.seller.is_none() => {
                self.seller = Some((seller_named(value), span))
            }
            // What a parcel of it weighs, where the name has told which one.
            Role::Attribute if self.uncut.is_some() && is_weight(value) => {
                self.details.push((format!("{}: {value}", label.trim()), span));
            }
            Role::Attribute => {
                self.uncut(value);
                // `Velluti Donna`, and below it `Taglia: M`: a line without a label says who made it,
                // unless it says which one.
                let is_which = |v: &str| v.contains(": ") || values::are_values(v);
                if let [(line, _)] = &self.variant[..]
                    && !is_which(line)
                    && !line.contains(|c: char| c.is_ascii_digit())
                {
                    self.details.append(&mut self.variant);
                }
                let value = format!("{}: {value}", label.trim());
                // Said twice: behind the name and below it.
                if !self.variant.iter().any(|v| fold(&v.0).contains(&fold(&value))) {
                    self.variant.push((value, span));
                }
            }
            // `État : correct` is what it is like, `État : expédié` how far it has come.
            Role::State if !super::stages::announces(value) => {
                self.set(Role::Attribute, label, value, span)
            }
            _ => self.details.push((format!("{}: {value}", label.trim()), span)),
        }
    }

    /// A variant said apart: what was cut off the name for one belonged to it, unless it says the
    /// same.
    fn uncut(&mut self, value: &str) {
        let value = fold(value);
        let said = |v: &str| {
            let v = fold(v);
            words(&value).all(|(_, w)| words(&v).any(|(_, o)| o == w))
        };
        if let Some(whole) = self.uncut.take()
            && !self.variant.iter().any(|v| said(&v.0))
        {
            self.variant.clear();
            self.name = Some(whole);
        }
    }

    /// `Réf. 41 922-486 · Compatible Renova`, `Size UK 9 · Qty 3`: labelled parts among bare words.
    fn mixed_line(&mut self, sheet: &Sheet, line: &Span) -> bool {
        let text = sheet.at(line);
        // `Size 10 / Colour Ink`
        if let Some(pairs) = options(text) {
            for (label, value) in pairs {
                let from = line.start + (value.as_ptr() as usize - text.as_ptr() as usize) as u32;
                self.set(Role::Attribute, label, value, from..from + value.len() as u32);
            }
            return true;
        }
        let Some(sep) = [" · ", " | ", " • ", " – ", " - "].into_iter().find(|s| text.contains(s))
        else {
            return false;
        };
        let parts: Vec<&str> = text.split(sep).map(str::trim).filter(|p| !p.is_empty()).collect();
        if parts.len() < 2 || !parts.iter().any(|p| telling(p).is_some()) {
            return false;
        }
        for part in parts {
            let at = |inner: &str| {
                let from = line.start + (inner.as_ptr() as usize - text.as_ptr() as usize) as u32;
                from..from + inner.len() as u32
            };
            match telling(part) {
                Some((role, label, value)) => self.set(role, label, value, at(value)),
                None => self.take(sheet, &at(part)),
            }
        }
        true
    }

    /// The name with the count that was taken off it.
    pub(super) fn uncount(&mut self) -> Option<Read<String>> {
        self.glued.take()
    }

    /// `Pattern: The Wren Dress` with no name anywhere: several words behind a label that an
    /// attribute may have are the name.
    pub(super) fn named_by_attribute(&mut self) {
        let at = self.variant.iter().position(|(said, _)| {
            let value = said.split_once(": ").map_or("", |(_, value)| value);
            value.split_whitespace().count() >= 2
                && value.chars().filter(|c| c.is_alphabetic()).count() >= 8
                && !values::are_values(value)
        });
        if let Some(at) = at {
            self.name = Some(self.variant.remove(at));
        }
    }

    /// Takes this line for the name: the one above it was none.
    pub fn rename(&mut self, sheet: &Sheet, line: &Span) {
        let Some(above) = self.name.take() else { return };
        let is_other = |read: &Read<String>| read.1.start >= line.end || read.1.end <= line.start;
        self.variant.retain(is_other);
        let below = std::mem::take(&mut self.details).into_iter().filter(is_other);
        (self.glued, self.uncut) = (None, None);
        self.name_line(sheet, line);
        let above = match self.name {
            None => self.name.replace(above),
            Some(_) => Some(above),
        };
        for (_, line) in below {
            self.rest_line(sheet, &line);
        }
        self.details.extend(above);
    }

    /// A line below the name.
    fn rest_line(&mut self, sheet: &Sheet, line: &Span) {
        let text = sheet.at(line);
        if !money::sums(text).is_empty() {
            return;
        }
        if self.below.is_none() && text.chars().filter(|c| c.is_alphabetic()).count() >= 4 {
            self.below = Some((text.to_owned(), line.clone()));
        }
        if let Some(seller) = seller(sheet, line) {
            self.seller.get_or_insert(seller);
            return;
        }
        if self.mixed_line(sheet, line) {
            return;
        }
        // `DIC-8793 | Galaxy`, `SAC-1587 / 5 L`: a reference among bare words.
        if let Some((first, rest)) =
            [" | ", " · ", " / ", "|", "·"].iter().find_map(|s| text.split_once(s))
            && super::items::is_code(first)
            && self.sku.is_none()
        {
            let code = first.trim();
            self.sku = Some((code.to_owned(), line.start..line.start + code.len() as u32));
            let rest = line.end - rest.len() as u32..line.end;
            return self.rest_line(sheet, &sheet.trim(&rest));
        }
        let bare = text.trim_start_matches(['-', '–', '•', '·', '+', ' ']);
        if self.sku.is_none() && is_bare_reference(bare) {
            let code = bare.trim().trim_matches(['(', ')', '[', ']']);
            self.sku = Some((code.to_owned(), line.clone()));
            return;
        }
        if values::are_values(bare) {
            self.uncut(bare);
        }
        let words = bare.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
        if self.variant.is_empty()
            && self.details.is_empty()
            && bare.chars().count() <= 40
            && words <= 6
            && !bare.ends_with('.')
        {
            self.variant.push((bare.to_owned(), line.clone()));
        } else {
            self.details.push((text.to_owned(), line.clone()));
        }
    }
}

/// Two options or more, each a known label and its value, with no more than a space between.
fn options(text: &str) -> Option<Vec<(&str, &str)>> {
    let sep = [" / ", " · ", " | ", ", "].into_iter().find(|s| text.contains(s))?;
    let pairs: Option<Vec<_>> = text
        .split(sep)
        .map(|part| {
            let (label, value) = part.trim().split_once([' ', '\u{a0}'])?;
            let l = lexicon::label(label);
            (l.has(Role::Attribute) && l.coverage() == 100).then_some((label, value.trim()))
        })
        .collect();
    pairs.filter(|p| p.len() >= 2)
}

/// `14,5 kg`
pub(super) fn is_weight(value: &str) -> bool {
    let value = value.trim_end().trim_end_matches('.');
    let number = value.strip_suffix("kg").map(str::trim_end);
    number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')))
}

/// A part of a line that says how many or which, with its label.
fn telling(part: &str) -> Option<(Role, &str, &str)> {
    // `Item 40-1187`
    let item = || {
        let (label, code) = part.split_once([' ', '\u{a0}'])?;
        let is_item = lexicon::label(label).is_only(Role::Product);
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        (is_item && digits >= 4 && super::items::is_code(code)).then_some((Role::Sku, label, code))
    };
    value_of(part)
        .filter(|v| matches!(v.0, Role::Quantity | Role::Sku | Role::Gtin | Role::Attribute))
        .or_else(item)
}

/// A merchant's reference that nothing names, alone on its line: `BON-1183`, `010531`; no size.
fn is_bare_reference(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    // `CAS-MAR-M`
    let groups = text.split('-').count();
    let is_grouped = groups >= 3
        && (6..=24).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        && text.split('-').all(|g| !g.is_empty() && g.len() <= 8);
    // `CAM-29P`
    let is_model = text.split_once('-').is_some_and(|(head, tail)| {
        let plain = |t: &str| t.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let letters = head.bytes().all(|b| b.is_ascii_uppercase());
        (3..=6).contains(&head.len()) && letters && tail.len() >= 2 && plain(tail) && digits > 0
    });
    (is_grouped || is_model) && text.starts_with(|c: char| c.is_ascii_uppercase())
        || super::items::is_code(text)
            && digits >= 3
            && (digits == text.len() && digits >= 5
                || text.starts_with(|c: char| c.is_ascii_uppercase()))
}
