//! What was understood of one mail, laid out for a person: each fact beside the words it was read
//! in.

use super::tongue::Tongue;
use mesinfos_domain::{Amount, Benefit, Offer, Order, Parcel, Proof, Record, Understood};
use mesinfos_reading::Mail;
use std::fmt::Write;

/// Where values begin, and where the words they were read in do.
const LABEL: usize = 11;
const WORDS: usize = 56;

pub fn of(id: &str, mail: &Mail, u: &Understood, tongue: Tongue) -> String {
    let say = |english, french| tongue.of_two(english, french);
    let mut sheet = Sheet { out: String::new(), u, tongue };
    sheet.out.push_str(&plain(id, 200));
    sheet.out.push('\n');
    sheet.line(say("Subject", "Objet"), &plain(&mail.subject, 120), None);
    if let Some(from) = &mail.from {
        let name = plain(&from.name, 60);
        let shown = if name.is_empty() {
            plain(&from.address, 80)
        } else {
            format!("{name} <{}>", plain(&from.address, 80))
        };
        sheet.line(say("From", "De"), &shown, None);
    }
    if let Some(by) = &u.forwarded_by {
        sheet.line(
            say("Forwarded", "Transféré"),
            &format!(
                "{} {}, {}",
                say("by", "par"),
                plain(by, 80),
                say("not authenticated", "non authentifié")
            ),
            None,
        );
    }
    match &u.suspected_fraud {
        Some(fraud) => {
            let imitates = fraud.imitates.as_deref().unwrap_or(say("somebody", "quelqu’un"));
            let text =
                format!("{} {} ({})", say("imitates", "imite"), plain(imitates, 60), fraud.reason);
            sheet.line(say("Suspected", "Suspect"), &text, None);
        }
        None => sheet.actor(),
    }
    sheet.line(say("Category", "Catégorie"), u.category.code(), Some("category"));
    sheet.line(say("Language", "Langue"), u.language.code(), None);
    if let Some(order) = &u.order {
        sheet.order(order);
    }
    for (i, offer) in u.offers.iter().enumerate() {
        sheet.line(say("Offer", "Offre"), &offered(offer, tongue), Some(&format!("offers[{i}]")));
    }
    for record in &u.records {
        sheet.line(say("Also", "Aussi"), &recorded(record, tongue), None);
    }
    for p in &u.problems {
        sheet.line(say("Odd", "Étrange"), &format!("{} ({})", p.code, plain(&p.place, 60)), None);
    }
    sheet.out.push('\n');
    sheet.out
}

struct Sheet<'u> {
    out: String,
    u: &'u Understood,
    tongue: Tongue,
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

    fn say<'w>(&self, english: &'w str, french: &'w str) -> &'w str {
        self.tongue.of_two(english, french)
    }

    fn actor(&mut self) {
        let Some(actor) = &self.u.actor else {
            let none = self.say("none: a person writes", "aucun : une personne écrit");
            return self.line(self.say("Actor", "Acteur"), none, None);
        };
        let mut shown = plain(&actor.name, 60);
        if let Some(domain) = &actor.domain {
            let _ = write!(shown, " ({domain})");
        }
        let _ = write!(shown, ", {}", actor.kind.code());
        self.line(self.say("Actor", "Acteur"), &shown, Some("actor"));
    }

    fn order(&mut self, order: &Order) {
        let mut parts = Vec::new();
        parts.extend(order.number.as_deref().map(|n| plain(n, 60)));
        parts.extend(order.status.map(|s| s.code().replace('_', " ")));
        parts.extend(order.date.map(|d| d.to_string()));
        if !order.role.is_buyer() {
            parts.push(self.say("sold", "vendu").into());
        }
        let head = if parts.is_empty() {
            self.say("without number", "sans numéro").into()
        } else {
            parts.join(", ")
        };
        self.line(self.say("Order", "Commande"), &head, Some("order.number"));
        if let Some(of) = &order.part_of_order {
            self.line(
                "",
                &format!("{} {}", self.say("part of", "partie de"), plain(&serde(of), 80)),
                None,
            );
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
            (self.say("Subtotal", "Sous-total"), order.subtotal, "order.subtotal"),
            (self.say("Shipping", "Port"), order.shipping, "order.shipping"),
            (self.say("Fees", "Frais"), order.fees, "order.fees"),
            (self.say("Tax", "Taxe"), order.tax, "order.tax"),
            (self.say("Discount", "Remise"), order.discount.map(|d| -d), "order.discount"),
            (self.say("Total", "Total"), order.total, "order.total"),
            (self.say("Refunded", "Remboursé"), order.refunded, "order.refunded"),
        ] {
            if amount.is_some() {
                self.sum(name, amount, &currency, field);
            }
        }
        match order.proof {
            Proof::Proved => self.line("", self.say("The sum adds up.", "Le compte y est."), None),
            Proof::Doubtful => self.line(
                "",
                self.say("The sum does not add up: doubtful.", "Le compte n’y est pas : douteux."),
                None,
            ),
            Proof::None => {}
        }
        for (i, parcel) in order.parcels.iter().enumerate() {
            self.line(
                self.say("Parcel", "Colis"),
                &parceled(parcel, self.tongue),
                Some(&format!("order.tracking[{i}]")),
            );
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

fn parceled(parcel: &Parcel, tongue: Tongue) -> String {
    let say = |english, french| tongue.of_two(english, french);
    let mut parts = Vec::new();
    parts.extend(parcel.carrier.as_deref().map(|c| plain(c, 40)));
    parts.extend(parcel.number.as_deref().map(|n| plain(n, 40)));
    parts.extend(
        parcel.pickup_point.as_deref().map(|p| format!("{} {}", say("at", "à"), plain(p, 60))),
    );
    parts.extend(parcel.pickup_code.as_deref().map(|c| format!("code {}", plain(c, 20))));
    parts.extend(parcel.pickup_until.map(|d| format!("{} {d}", say("until", "jusqu’au"))));
    parts.extend(parcel.expected.map(|d| format!("{} {d}", say("expected", "attendu le"))));
    parts.join(", ")
}

fn offered(offer: &Offer, tongue: Tongue) -> String {
    let say = |english, french| tongue.of_two(english, french);
    let mut parts = Vec::new();
    parts.extend(offer.code.as_deref().map(|c| format!("code {}", plain(c, 30))));
    parts.extend(offer.benefit.map(|b| match b {
        Benefit::Percent(p) => format!("{p} % {}", say("off", "de remise")),
        Benefit::Amount(a) => format!("{} {}", decimal(a), say("off", "de remise")),
        Benefit::FreeShipping(_) => say("free shipping", "port offert").into(),
    }));
    parts.extend(offer.valid_until.map(|d| format!("{} {d}", say("until", "jusqu’au"))));
    if parts.is_empty() { plain(&offer.description, 80) } else { parts.join(", ") }
}

fn recorded(record: &Record, tongue: Tongue) -> String {
    let say = |english, french| tongue.of_two(english, french);
    match record {
        Record::AwaitedDocument(d) => {
            let mut text = format!(
                "{} {}",
                say("a document waits:", "un document attend :"),
                plain(&d.kind, 30)
            );
            if let Some(period) = &d.period {
                let _ = write!(text, ", {}", plain(period, 40));
            }
            if let Some(site) = &d.site {
                let _ = write!(text, ", {} {}", say("at", "sur"), plain(site, 60));
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
