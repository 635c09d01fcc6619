//! The words of one product: name, variant, reference, GTIN, quantity and seller told apart.

use super::attribute::attribute_role;
use super::attribute::{
    attributes_at, awaits_value, bare_values_at, is_model, is_option_line, pair, parts, seller,
    seller_named, tidy, value_of,
};
use super::sheet::{Sheet, Span};
use crate::grammar::fold::{fold, words};
use crate::grammar::lexicon::{self, Role};
use crate::grammar::{code, date, money, quantity, values};
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
    glued: Option<Read<String>>,
    /// The name with its last part, when that was taken for a bare variant.
    uncut: Option<Read<String>>,
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
        if text.len() > 600 {
            return;
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
                    && !value.contains(['(', ','])
                {
                    value.trim_start_matches('#')
                } else {
                    token
                };
                if code::is_gtin(token)
                    && token.len() == 13
                    && self.gtin.is_none()
                    && fold(label).contains("ean")
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
                let value = format!("{}: {value}", label.trim());
                // Said twice: behind the name and below it.
                if !self.variant.iter().any(|v| fold(&v.0).contains(&fold(&value))) {
                    self.variant.push((value, span));
                }
            }
            // `État : correct` is what it is like, `État : expédié` how far it has come.
            Role::State if !super::status::announces(value) => {
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

    /// The line that holds the name, with what is glued to it.
    fn name_line(&mut self, sheet: &Sheet, line: &Span) {
        let text = sheet.at(line).to_owned();
        let (mut from, mut to) = (0, text.len());
        if let Some((q, at)) = quantity::leading(&text).filter(|_| !self.is_counted) {
            self.quantity.get_or_insert((q, line.start..line.start + at as u32));
            from = at;
        }
        from += leading_index(&text[from..]);
        for _ in 0..2 {
            from += self.leading_code(&text[from..], line.start + from as u32);
        }
        if let Some((q, at)) = quantity::before_price(&text[from..]).filter(|(_, at)| *at > 0) {
            let whole = from + at;
            self.quantity.get_or_insert((q, line.start + whole as u32..line.end));
            to = whole;
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
        // `Icon Set [https://…]`: where text renders a link.
        if let Some(at) =
            [" [http", " (http", " ( http", " <http"].iter().find_map(|s| text[from..to].find(s))
        {
            to = from + at;
        }
        // Prices in the line are read elsewhere.
        if let Some(first) = money::sums(&text[from..to])
            .first()
            .filter(|s| s.unit.is_some() || from + s.at.end == text.len())
        {
            let head = text[from..from + first.at.start].trim_end_matches(|c: char| {
                c.is_whitespace()
                    || matches!(c, ':' | '=' | '-' | '–' | '@' | '(' | '|' | '…' | '.')
            });
            if head.chars().any(char::is_alphabetic) {
                to = from + head.len();
            }
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
        } else if let Some(at) = bare_values_at(&text[from..to]) {
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
                (l.has(Role::Sku) && l.coverage() == 100 && !value.trim().contains(' '))
                    .then(|| value.trim())
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

    /// `Réf. 41 922-486 · Compatible Renova`, `Size UK 9 · Qty 3`: labelled parts among bare words.
    fn mixed_line(&mut self, sheet: &Sheet, line: &Span) -> bool {
        let text = sheet.at(line);
        let Some(sep) = [" · ", " | ", " • ", " – "].into_iter().find(|s| text.contains(s))
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

    /// Takes this line for the name: the one above it was none.
    pub fn rename(&mut self, sheet: &Sheet, line: &Span) {
        let Some(above) = self.name.take() else { return };
        let is_other = |read: &Read<String>| read.1.start >= line.end || read.1.end <= line.start;
        self.variant.retain(is_other);
        let below = std::mem::take(&mut self.details).into_iter().filter(is_other);
        (self.glued, self.uncut) = (None, None);
        self.name_line(sheet, line);
        match self.name {
            None => self.name = Some(above),
            Some(_) => self.details.push(above),
        }
        for (_, line) in below {
            self.rest_line(sheet, &line);
        }
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
        // `DIC-8793 | Galaxy`: a reference among bare words.
        if let Some((first, _)) = text.split_once(['|', '·'])
            && super::items::is_code(first)
            && self.sku.is_none()
        {
            let code = first.trim();
            self.sku = Some((code.to_owned(), line.start..line.start + code.len() as u32));
            self.details.push((text.to_owned(), line.clone()));
            return;
        }
        let bare = text.trim_start_matches(['-', '–', '•', '·', '+', ' ']);
        if self.sku.is_none() && is_bare_reference(bare) {
            self.sku = Some((bare.trim().to_owned(), line.clone()));
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

/// `14,5 kg`
fn is_weight(value: &str) -> bool {
    let number = value.trim_end().strip_suffix("kg").map(str::trim_end);
    number.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')))
}

/// A part of a line that says how many or which, with its label.
fn telling(part: &str) -> Option<(Role, &str, &str)> {
    value_of(part).filter(|v| matches!(v.0, Role::Quantity | Role::Sku | Role::Gtin))
}

/// `-867-30`: groups of digits.
fn is_grouped(tail: &str) -> bool {
    tail.strip_prefix('-').is_some_and(|t| {
        t.split('-').all(|p| p.len() >= 2 && p.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// `1 86482280 3444314053887 Cargador`: the place in the list, before a reference.
fn leading_index(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let next = text[digits..].strip_prefix(' ').unwrap_or_default();
    let code = next.split(' ').next().unwrap_or_default();
    let is_code = code.len() >= 6 && code.bytes().filter(u8::is_ascii_digit).count() >= 5;
    if (1..=2).contains(&digits) && is_code { digits + 1 } else { 0 }
}

/// A merchant's reference that nothing names, alone on its line: `BON-1183`, `010531`; no size.
fn is_bare_reference(text: &str) -> bool {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    super::items::is_code(text)
        && digits >= 3
        && (digits == text.len() && digits >= 5
            || text.starts_with(|c: char| c.is_ascii_uppercase()))
}
