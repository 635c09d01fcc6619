//! What was understood of one mail, laid out for a person: each fact beside the words it was read
//! in.

use mesinfos_domain::{Amount, Benefit, Offer, Order, Parcel, Proof, Record, Understood};
use mesinfos_reading::Mail;
use std::fmt::Write;

/// Where values begin, and where the words they were read in do.
const LABEL: usize = 11;
const WORDS: usize = 56;

pub fn of(id: &str, mail: &Mail, u: &Understood) -> String {
    let mut sheet = Sheet { out: String::new(), u };
    sheet.out.push_str(&plain(id, 200));
    sheet.out.push('\n');
    sheet.line("Subject", &plain(&mail.subject, 120), None);
    if let Some(from) = &mail.from {
        let name = plain(&from.name, 60);
        let shown = if name.is_empty() {
            plain(&from.address, 80)
        } else {
            format!("{name} <{}>", plain(&from.address, 80))
        };
        sheet.line("From", &shown, None);
    }
    if let Some(by) = &u.forwarded_by {
        sheet.line("Forwarded", &format!("by {}, not authenticated", plain(by, 80)), None);
    }
    match &u.suspected_fraud {
        Some(fraud) => {
            let imitates = fraud.imitates.as_deref().unwrap_or("somebody");
            let text = format!("imitates {} ({})", plain(imitates, 60), fraud.reason);
            sheet.line("Suspected", &text, None);
        }
        None => sheet.actor(),
    }
    sheet.line("Category", u.category.code(), Some("category"));
    sheet.line("Language", u.language.code(), None);
    if let Some(order) = &u.order {
        sheet.order(order);
    }
    for (i, offer) in u.offers.iter().enumerate() {
        sheet.line("Offer", &offered(offer), Some(&format!("offers[{i}]")));
    }
    for record in &u.records {
        sheet.line("Also", &recorded(record), None);
    }
    for p in &u.problems {
        sheet.line("Odd", &format!("{} ({})", p.code, plain(&p.place, 60)), None);
    }
    sheet.out.push('\n');
    sheet.out
}

struct Sheet<'u> {
    out: String,
    u: &'u Understood,
}

impl Sheet<'_> {
    /// `  Label      value                   “the words”`
    fn line(&mut self, label: &str, value: &str, field: Option<&str>) {
        let from = self.out.len();
        let _ = write!(self.out, "  {label:LABEL$}{value}");
        let width = self.out[from..].chars().count();
        if let Some(words) = field.and_then(|f| self.words(f)) {
            let gap = WORDS.saturating_sub(width).max(2);
            let _ = write!(self.out, "{:gap$}“{words}”", "");
        }
        self.out.push('\n');
    }

    /// The words that a field, or the first part of it, was read in.
    fn words(&self, field: &str) -> Option<String> {
        let part = |f: &str| f.strip_prefix(field).is_some_and(|r| r.starts_with(['.', '[']));
        let facts = &self.u.facts;
        let fact = facts
            .iter()
            .find(|f| f.field == field)
            .or_else(|| facts.iter().find(|f| part(&f.field)))?;
        Some(plain(&fact.source.words, 60)).filter(|w| !w.is_empty())
    }

    fn actor(&mut self) {
        let Some(actor) = &self.u.actor else {
            return self.line("Actor", "none: a person writes", None);
        };
        let mut shown = plain(&actor.name, 60);
        if let Some(domain) = &actor.domain {
            let _ = write!(shown, " ({domain})");
        }
        let _ = write!(shown, ", {}", actor.kind.code());
        self.line("Actor", &shown, Some("actor"));
    }

    fn order(&mut self, order: &Order) {
        let mut parts = Vec::new();
        parts.extend(order.number.as_deref().map(|n| plain(n, 60)));
        parts.extend(order.status.map(|s| s.code().replace('_', " ")));
        parts.extend(order.date.map(|d| d.to_string()));
        if !order.role.is_buyer() {
            parts.push("sold".into());
        }
        let head = if parts.is_empty() { "without number".into() } else { parts.join(", ") };
        self.line("Order", &head, Some("order.number"));
        if let Some(of) = &order.part_of_order {
            self.line("", &format!("part of {}", plain(&serde(of), 80)), None);
        }
        let currency = order.currency.map(|c| c.code().to_owned()).unwrap_or_default();
        for (i, line) in order.lines.iter().enumerate() {
            let mut name = quantity(line.quantity);
            name.push_str(&plain(&line.name, 60));
            if let Some(variant) = &line.variant {
                let _ = write!(name, ", {}", plain(variant, 40));
            }
            let price = line.total.or(line.unit_price);
            self.sum(&name, price, &currency, &format!("order.lines[{i}]"));
        }
        for (name, amount, field) in [
            ("Subtotal", order.subtotal, "order.subtotal"),
            ("Shipping", order.shipping, "order.shipping"),
            ("Fees", order.fees, "order.fees"),
            ("Tax", order.tax, "order.tax"),
            ("Discount", order.discount.map(|d| -d), "order.discount"),
            ("Total", order.total, "order.total"),
            ("Refunded", order.refunded, "order.refunded"),
        ] {
            if amount.is_some() {
                self.sum(name, amount, &currency, field);
            }
        }
        match order.proof {
            Proof::Proved => self.line("", "The sum adds up.", None),
            Proof::Doubtful => self.line("", "The sum does not add up: doubtful.", None),
            Proof::None => {}
        }
        for (i, parcel) in order.parcels.iter().enumerate() {
            self.line("Parcel", &parceled(parcel), Some(&format!("order.tracking[{i}]")));
        }
    }

    /// A line of the addition: a name, and its amount flush right.
    fn sum(&mut self, name: &str, amount: Option<Amount>, currency: &str, field: &str) {
        let shown = amount.map(|a| format!("{} {currency}", decimal(a))).unwrap_or_default();
        let room = (WORDS - LABEL - 6).saturating_sub(shown.chars().count()).max(1);
        let fill = room.saturating_sub(name.chars().count()).max(1);
        self.line("", &format!("{name}{:fill$}{shown}", ""), Some(field));
    }
}

fn decimal(a: Amount) -> String {
    let sign = if a.0 < 0 { "-" } else { "" };
    let cents = a.0.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

fn quantity(thousandths: Option<i64>) -> String {
    match thousandths {
        None => String::new(),
        Some(q) if q % 1000 == 0 => format!("{} × ", q / 1000),
        Some(q) => format!("{} × ", q as f64 / 1000.0),
    }
}

fn parceled(parcel: &Parcel) -> String {
    let mut parts = Vec::new();
    parts.extend(parcel.carrier.as_deref().map(|c| plain(c, 40)));
    parts.extend(parcel.number.as_deref().map(|n| plain(n, 40)));
    parts.extend(parcel.pickup_point.as_deref().map(|p| format!("at {}", plain(p, 60))));
    parts.extend(parcel.pickup_code.as_deref().map(|c| format!("code {}", plain(c, 20))));
    parts.extend(parcel.pickup_until.map(|d| format!("until {d}")));
    parts.extend(parcel.expected.map(|d| format!("expected {d}")));
    parts.join(", ")
}

fn offered(offer: &Offer) -> String {
    let mut parts = Vec::new();
    parts.extend(offer.code.as_deref().map(|c| format!("code {}", plain(c, 30))));
    parts.extend(offer.benefit.map(|b| match b {
        Benefit::Percent(p) => format!("{p} % off"),
        Benefit::Amount(a) => format!("{} off", decimal(a)),
        Benefit::FreeShipping(_) => "free shipping".into(),
    }));
    parts.extend(offer.valid_until.map(|d| format!("until {d}")));
    if parts.is_empty() { plain(&offer.description, 80) } else { parts.join(", ") }
}

fn recorded(record: &Record) -> String {
    match record {
        Record::AwaitedDocument(d) => {
            let mut text = format!("a document waits: {}", plain(&d.kind, 30));
            if let Some(period) = &d.period {
                let _ = write!(text, ", {}", plain(period, 40));
            }
            if let Some(site) = &d.site {
                let _ = write!(text, ", at {}", plain(site, 60));
            }
            text
        }
        Record::Markup(value) => {
            let kind = value.get("@type").and_then(|t| t.as_str()).unwrap_or("markup");
            format!("{} (schema.org)", plain(kind, 60))
        }
    }
}

/// A small value in JSON, for what has no layout of its own.
fn serde(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Text from a mail on one line of a terminal: no control characters, which could move the
/// cursor or change colours, no direction overrides, and not longer than `most` characters.
fn plain(text: &str, most: usize) -> String {
    let is_unsafe = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words.join(" ").chars().filter(|c| !is_unsafe(c)).collect();
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_subject_cannot_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\r\nc\u{202e}d", 80), "a[2Jb cd");
        assert_eq!(plain("abcdef", 3), "abc…");
    }

    #[test]
    fn amounts_are_shown_with_their_cents() {
        assert_eq!(decimal(Amount(123_405)), "1234.05");
        assert_eq!(decimal(Amount(-5)), "-0.05");
        assert_eq!(quantity(Some(1500)), "1.5 × ");
    }
}
