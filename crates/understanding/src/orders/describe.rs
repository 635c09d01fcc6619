//! The words of one product: name, variant, reference, GTIN, quantity and seller told apart.

use super::sheet::{Sheet, Span, trimmed};
use crate::grammar::fold::{self, fold};
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
    /// The name with its last part, when that was taken for a bare variant.
    uncut: Option<Read<String>>,
    /// Whether the row counts in a column of its own: `x12` is then part of the name.
    pub is_counted: bool,
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
        if self.labelled(sheet, line) {
            return;
        }
        if let Some(q) = quantity::whole(text)
            .filter(|_| !self.is_counted)
            .filter(|_| text.chars().any(|c| !c.is_ascii_digit()) || self.name.is_some())
        {
            if self.quantity.is_none() {
                self.quantity = Some((q, line.clone()));
            }
            return;
        }
        if self.name.is_none() {
            self.name_line(sheet, line);
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
        if roles.is_empty() {
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

    fn set(&mut self, role: Role, label: &str, value: &str, span: Span) {
        match role {
            Role::Quantity => {
                let q = quantity::whole(value)
                    .or_else(|| quantity::leading(value).map(|q| q.0))
                    .or_else(|| {
                        let head: String = value.chars().take_while(char::is_ascii_digit).collect();
                        quantity::whole(&head)
                    });
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
                } else if self.sku.is_none() && !token.is_empty() {
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
            Role::Attribute => {
                self.uncut(value);
                let value = format!("{}: {value}", label.trim());
                // Said twice: behind the name and below it.
                if !self.variant.iter().any(|v| fold(&v.0).contains(&fold(&value))) {
                    self.variant.push((value, span));
                }
            }
            _ => self.details.push((format!("{}: {value}", label.trim()), span)),
        }
    }

    /// A variant said apart: what was cut off the name for one belonged to it, unless it says the
    /// same.
    fn uncut(&mut self, value: &str) {
        if let Some(whole) = self.uncut.take()
            && !self.variant.iter().any(|v| fold(&v.0).contains(&fold(value)))
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
        from += self.leading_code(&text[from..], line.start + from as u32);
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
        self.code_in_brackets(&text, line, from, &mut to);
        if let Some((q, at)) = quantity::trailing(&text[from..to]).filter(|_| !self.is_counted) {
            self.quantity
                .get_or_insert((q, line.start + (from + at) as u32..line.start + to as u32));
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
            self.variant
                .push((tidy(&text[tail..to]), line.start + tail as u32..line.start + to as u32));
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
            0 => digits >= 6 && tail.is_empty(),
            2..=5 => digits >= 3 && (tail.is_empty() || tail.starts_with('-') && tail.len() <= 3),
            _ => false,
        };
        if !fits || rest.chars().filter(|c| c.is_alphabetic()).count() < 3 {
            return 0;
        }
        self.sku.get_or_insert((token.to_owned(), at..at + token.len() as u32));
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

    /// A line below the name.
    fn rest_line(&mut self, sheet: &Sheet, line: &Span) {
        let text = sheet.at(line);
        if !money::sums(text).is_empty() {
            return;
        }
        if let Some(seller) = seller(sheet, line) {
            self.seller.get_or_insert(seller);
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
        if values::are_values(bare) {
            self.uncut(bare);
        }
        if self.variant.is_empty()
            && self.details.is_empty()
            && bare.chars().count() <= 40
            && bare.split_whitespace().count() <= 6
            && !bare.ends_with('.')
        {
            self.variant.push((bare.to_owned(), line.clone()));
        } else {
            self.details.push((text.to_owned(), line.clone()));
        }
    }
}

/// A model or reference as it stands in brackets: `DS-200`, no size and no year.
fn is_model(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.bytes().all(|b| {
        b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.' | b'/')
    });
    plain
        && digits > 0
        && (4..=24).contains(&text.len())
        && (text.starts_with(|c: char| c.is_ascii_uppercase()) || digits >= 5)
}

/// `label : value`, the label short.
pub fn pair(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once([':', '：'])?;
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if is_digit(label.chars().next_back()) && is_digit(value.chars().next()) {
        return None; // a time, a scale
    }
    let (label, value) = (
        label.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '•' | '·' | '(' | '*' | '–')
        }),
        value.trim(),
    );
    (!label.is_empty()
        && label.chars().count() <= 32
        && !value.is_empty()
        && !value.starts_with("//"))
    .then_some((label, value))
}

/// A value of a product with its label: `Taille : M`, or `EAN 4006381333931` where the label is plain.
fn value_of(text: &str) -> Option<(Role, &str, &str)> {
    if let Some((label, value)) = pair(text) {
        return attribute_role(label).map(|role| (role, label, value));
    }
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (label, value) = bare.split_once([' ', '\u{a0}'])?;
    let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '#' | ')' | ']'));
    let l = lexicon::label(label);
    let fits = l.coverage() == 100
        && !value.contains(' ')
        && value.bytes().any(|b| b.is_ascii_digit())
        && money::sums(value).is_empty();
    [Role::Gtin, Role::Sku, Role::Quantity]
        .into_iter()
        .find(|r| fits && l.has(*r))
        .map(|role| (role, label, value))
}

/// Who sells, where a line says no more than that: `Sold by Harbour Books (private seller)`.
pub fn seller(sheet: &Sheet, line: &Span) -> Option<Read<Seller>> {
    let text = sheet.at(line);
    let folded = fold(text);
    let first = *lexicon::hits(&folded).first()?;
    let starts = folded[..first.start].chars().all(|c| !c.is_alphanumeric());
    if !starts || !first.roles.has(Role::Seller) || text.contains('\n') {
        return None;
    }
    let (at, word) = fold::words(text).nth(first.words - 1)?;
    let rest = &text[at + word.len()..];
    let named = rest.trim_start().starts_with(':');
    let name = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.'));
    if first.words < 2 && !named || name.is_empty() || !money::sums(name).is_empty() {
        return None;
    }
    Some((seller_named(name), line.clone()))
}

/// A seller's name, and whether what stands behind it says in trade or private.
fn seller_named(text: &str) -> Seller {
    let part = text.find(" (").or_else(|| text.find([',', '|'])).or_else(|| text.rfind(" - "));
    let said =
        part.map(|at| lexicon::label(text[at..].trim_matches(|c: char| !c.is_alphanumeric())));
    let professional = said.filter(|l| l.coverage() >= 50).and_then(|l| {
        if l.has(Role::Private) { Some(false) } else { l.has(Role::Professional).then_some(true) }
    });
    let name = match (part, professional) {
        (Some(at), Some(_)) => &text[..at],
        _ => text,
    };
    Seller { name: name.trim().to_owned(), professional }
}

/// A line of a list that is not `- label : value`.
pub fn is_bare_bullet(text: &str) -> bool {
    text.trim_start().starts_with(['-', '–', '•', '·', '*']) && value_of(text).is_none()
}

/// What an attribute's label says of a product.
pub fn attribute_role(label: &str) -> Option<Role> {
    let l = lexicon::label(label);
    if l.coverage() < 50 || label.contains(" - ") || l.weighty > 4 {
        return None;
    }
    [
        Role::Gtin,
        Role::Quantity,
        Role::Sku,
        Role::Seller,
        Role::Attribute,
        Role::UnitPrice,
        Role::Price,
        Role::LinePrice,
        Role::Detail,
    ]
    .into_iter()
    .find(|r| l.has(*r) && !(*r == Role::Sku && l.has(Role::Attribute)))
}

/// A line's parts, parted by bars, dots, commas or semicolons, when each is a pair.
fn parts(text: &str) -> Vec<(usize, &str)> {
    for sep in [" | ", " · ", " • ", "; ", ", ", " - ", " – ", " / "] {
        let list: Vec<(usize, &str)> =
            text.split(sep).map(|p| (p.as_ptr() as usize - text.as_ptr() as usize, p)).collect();
        if list.len() > 1 && list.iter().all(|(_, p)| value_of(p).is_some()) {
            return list;
        }
    }
    vec![(0, text)]
}

/// Where `- Taille : M, …` or `(Taille : M)` begins in a name: end of the name, start of the values.
fn attributes_at(text: &str) -> Option<(usize, usize)> {
    let colon = text.find([':', '：'])?;
    let head = text[..colon].trim_end();
    // The words right before the colon are a label, whatever parts them from the name.
    let starts: Vec<usize> = head.rmatch_indices(' ').take(3).map(|(at, _)| at + 1).collect();
    let known = starts.iter().rev().find(|at| {
        let l = lexicon::label(&head[**at..]);
        let is_one = !head[**at..].contains(['-', '–', '—', ',', '|', '/', '(', '[']);
        is_one && l.has(Role::Attribute) && l.unknown == 0 && l.weighty > 0
    });
    if let Some(at) = known {
        let end = head[..*at].trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',' | '|' | '/' | '(' | '[')
        });
        return (!end.is_empty()).then_some((end.len(), *at));
    }
    let mut best = None;
    for sep in [" - ", " – ", " — ", " (", ", ", " | ", " / ", " ["] {
        if let Some(at) = head.rfind(sep) {
            let label = head[at + sep.len()..].trim();
            let known = !label.is_empty() && label.chars().count() <= 30 && {
                let l = lexicon::label(label);
                l.has(Role::Attribute) && l.coverage() >= 50
            };
            let several = text.matches([':', '：']).count() >= 2
                && sep != ", "
                && label.split_whitespace().count() <= 3;
            if (known
                || several
                || (sep.trim_start() == "- " && label.split_whitespace().count() <= 2))
                && best.is_none_or(|(b, _)| at < b)
            {
                best = Some((at, at + sep.len()));
            }
        }
    }
    best.filter(|(at, _)| *at > 0)
}

/// Where bare values behind a dash begin: `Lampe - Rouge`, `Chemise - M, Bleu`.
fn bare_values_at(text: &str) -> Option<(usize, usize)> {
    for sep in [" - ", " – ", " — "] {
        let Some(at) = text.rfind(sep) else { continue };
        let tail = text[at + sep.len()..].trim();
        if at >= 3 && values::are_values(tail) {
            return Some((at, at + sep.len()));
        }
    }
    None
}

/// `Taille : M ,Couleur : Rouge` as `Taille: M, Couleur: Rouge`.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if matches!(c, ':' | '：' | ',') {
            let kept = out.trim_end().len();
            out.truncate(kept);
            out.push(if c == '：' { ':' } else { c });
        } else {
            out.push(if c == '\u{a0}' || c == '\u{202f}' { ' ' } else { c });
        }
    }
    out.replace("  ", " ")
}

/// Whether a line only describes a product named elsewhere: an attribute, a reference, a quantity.
pub fn is_detail(text: &str) -> bool {
    let t = text.trim();
    if t.is_empty() {
        return true;
    }
    if quantity::whole(t).is_some() {
        return true;
    }
    if t.starts_with(['-', '•', '·', '↳', '+']) && t.chars().count() <= 60 {
        return pair(t).is_some() || t.split_whitespace().count() <= 6;
    }
    if let Some((label, _)) = pair(t)
        && attribute_role(label).is_some()
    {
        return true;
    }
    let folded = fold(t);
    let hits = lexicon::hits(&folded);
    hits.first().is_some_and(|h| {
        h.start <= 1
            && (h.roles.has(Role::Seller) && h.words >= 2
                || h.roles.has(Role::Sku)
                    && t.split_whitespace().count() <= 3
                    && t.bytes().any(|b| b.is_ascii_digit())
                || h.roles.has(Role::Gtin)
                || h.roles.has(Role::Quantity) && t.split_whitespace().count() <= 3)
    })
}

/// Trims a span of its outer white space.
pub fn trim_span(sheet: &Sheet, span: &Span) -> Span {
    match trimmed(sheet.at(span)) {
        Some(r) => span.start + r.start..span.start + r.end,
        None => span.start..span.start,
    }
}
