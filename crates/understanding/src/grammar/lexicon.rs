//! What labels mean: phrases of five languages, kept as data, one file a language.

use super::fold::{fold, words};
use crate::phrases::Beginnings;
use foldhash::HashMap;
use std::cell::RefCell;
use std::sync::LazyLock;

macro_rules! roles {
    ($($role:ident = $name:literal: $doc:literal),+ $(,)?) => {
        /// What a labelled value is.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[repr(u8)]
        pub enum Role { $(#[doc = $doc] $role),+ }
        impl Role {
            fn from_name(name: &str) -> Option<Role> {
                match name { $($name => Some(Role::$role),)+ _ => None }
            }
        }
    };
}

roles! {
    Order = "order": "The merchant's order number.",
    Invoice = "invoice": "A bill's or receipt's number.",
    Booking = "booking": "A booking's or ticket's number.",
    Contract = "contract": "A contract's number, the best a bill may give.",
    OtherNumber = "other-number": "A number that is no order's: customer, tax, phone, payment.",
    Tracking = "tracking": "A parcel's number.",
    Carrier = "carrier": "Who carries.",
    CarrierName = "carrier-name": "Who carries, and never how: a name follows.",
    OrderDate = "order-date": "The day of the order.",
    OtherDate = "other-date": "Another day: due, delivery, birth, validity.",
    Expected = "expected": "The day a parcel is expected.",
    Total = "total": "What is paid in all.",
    Subtotal = "subtotal": "The lines' sum.",
    Shipping = "shipping": "The cost of delivery.",
    Tax = "tax": "Tax.",
    WithTax = "with-tax": "Says that a sum holds its tax.",
    WithoutTax = "without-tax": "Says that a sum is before tax.",
    Discount = "discount": "What is taken off.",
    Fee = "fee": "Any other charge.",
    Refund = "refund": "What is given back.",
    Paid = "paid": "A means of payment and the sum put on it.",
    Balance = "balance": "A balance, points, a limit, a saving to come: none of the order's sums.",
    Quantity = "quantity": "How many.",
    UnitPrice = "unit-price": "The price of one.",
    Price = "price": "A price, of one or of all.",
    LinePrice = "line-price": "The price of a line.",
    Product = "product": "The product's name.",
    Sku = "sku": "The merchant's reference.",
    Gtin = "gtin": "A GTIN.",
    Picture = "picture": "The product's picture.",
    Attribute = "attribute": "A variant's attribute.",
    State = "state": "What a thing is like or how far it has come: a variant or a detail.",
    Detail = "detail": "A detail of a line that is neither name nor variant.",
    Seller = "seller": "Who sells, behind a marketplace.",
    PickupPoint = "pickup-point": "Where a parcel waits.",
    PickupCode = "pickup-code": "The code to show there.",
    PickupUntil = "pickup-until": "The last day to collect.",
    Professional = "professional": "A seller in trade.",
    Private = "private": "A seller who is not.",
    Value = "value": "A size, a colour, a material: what an attribute may be.",
    BillPart = "bill-part": "A part of a running bill that is no product.",
    Free = "free": "Costs nothing.",
    Suggestion = "suggestion": "Begins a block of recommendations.",
    Person = "person": "An address, a name, a phone.",
    Stop = "stop": "A word without weight.",
}

const GERMAN: &str = include_str!("../../data/words/de.txt");
const FILES: [&str; 6] = [
    include_str!("../../data/words/fr.txt"),
    include_str!("../../data/words/en.txt"),
    GERMAN,
    include_str!("../../data/words/es.txt"),
    include_str!("../../data/words/it.txt"),
    include_str!("../../data/words/other.txt"),
];

/// Several roles at once: `Montant` is a column of line prices and the sum at the foot.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Roles(u64);

impl Roles {
    /// Whether this role is among them.
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }
    /// Whether it is the only one.
    pub fn is_only(self, role: Role) -> bool {
        self.0 == 1 << role as u8
    }
    fn add(&mut self, role: Role) {
        self.0 |= 1 << role as u8;
    }
}

type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, Roles)>>;

struct Lexicon {
    /// Phrases by their first word, longest first.
    phrases: Phrases,
    /// Of these first words.
    beginnings: Beginnings,
    /// German words that make compounds.
    german: HashMap<&'static str, Roles>,
    /// Of these words.
    german_beginnings: Beginnings,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for file in FILES {
        let mut role = None;
        for line in file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                role = Role::from_name(name);
                debug_assert!(role.is_some(), "no role is called {name}");
                continue;
            }
            let Some(role) = role else { continue };
            let parts: Vec<&'static str> = words(line).map(|(_, w)| w).collect();
            let Some(first) = parts.first() else { continue };
            let list = phrases.entry(first).or_default();
            match list.iter_mut().find(|(p, _)| *p == parts) {
                Some((_, roles)) => roles.add(role),
                None => {
                    let mut roles = Roles::default();
                    roles.add(role);
                    list.push((parts, roles));
                }
            }
        }
    }
    for list in phrases.values_mut() {
        list.sort_by_key(|(p, _)| std::cmp::Reverse(p.len()));
    }
    let mut german = HashMap::default();
    for word in GERMAN.lines().map(str::trim) {
        let roles = phrases.get(word).and_then(|list| list.iter().find(|(p, _)| p.len() == 1));
        if let Some((_, roles)) = roles.filter(|(_, r)| word.len() >= 4 && !r.has(Role::Value)) {
            german.insert(word, *roles);
        }
    }
    let beginnings = Beginnings::of(phrases.keys().copied());
    let german_beginnings = Beginnings::of(german.keys().copied());
    Lexicon { phrases, beginnings, german, german_beginnings }
});

/// One phrase found in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// What it may mean.
    pub roles: Roles,
    /// Where it begins in the folded text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many words.
    pub words: usize,
}

/// What a label as a whole means.
#[derive(Clone, Debug, Default)]
pub struct Label {
    /// Its phrases, `Stop` words left out.
    pub hits: Vec<Hit>,
    /// Words that no phrase covers.
    pub unknown: usize,
    /// Words in all that have weight.
    pub weighty: usize,
}

impl Label {
    /// Whether one of its phrases has this role.
    pub fn has(&self, role: Role) -> bool {
        self.hits.iter().any(|h| h.roles.has(role))
    }

    /// Whether its phrases all have this role and leave no word over.
    pub fn is_only(&self, role: Role) -> bool {
        self.unknown == 0 && !self.hits.is_empty() && self.hits.iter().all(|h| h.roles.has(role))
    }

    /// Share of its weighty words that phrases cover, from 0 to 100.
    pub fn coverage(&self) -> usize {
        ((self.weighty - self.unknown) * 100).checked_div(self.weighty).unwrap_or(0)
    }

    /// Whether it names a value of the order itself, not of a product.
    pub fn is_about_order(&self) -> bool {
        use Role::*;
        let roles = [
            Order,
            Invoice,
            Booking,
            OtherNumber,
            Tracking,
            Carrier,
            OrderDate,
            OtherDate,
            Expected,
            Person,
            Paid,
            PickupPoint,
            PickupCode,
            PickupUntil,
        ];
        let of_product =
            [Product, Sku, Gtin, Quantity, Attribute, State, Detail, Seller, Price, UnitPrice];
        self.coverage() >= 60
            && roles.into_iter().any(|r| self.has(r))
            && !of_product.into_iter().any(|r| self.has(r))
    }

    /// The role of a sum behind this label: the most telling phrase wins (`Total TVA` is tax).
    pub fn sum_role(&self) -> Option<Role> {
        use Role::*;
        let total = self.has(Total);
        // `Total incl. tax` is a total, `incl. tax` alone is tax; `Total, livraison incluse`.
        let included =
            |h: &Hit| total && (h.roles.has(WithTax) || (self.has(Free) && !h.roles.has(Free)));
        for role in [Balance, Refund, Discount, Tax, Shipping, Fee, Subtotal] {
            let found = self.hits.iter().any(|h| {
                h.roles.has(role)
                    && !(h.roles.has(Total) && h.roles.has(Subtotal) && role == Subtotal)
                    && !(matches!(role, Tax | Shipping) && included(h))
                    // `Rechnungsbetrag inkl. 19 % MwSt.`
                    && !(role == Tax && total && self.has(WithTax))
            });
            if found {
                return Some(role);
            }
        }
        if total {
            if self.has(WithoutTax) || self.has(Product) {
                return Some(Subtotal);
            }
            return Some(Total);
        }
        if self.has(Paid) {
            return Some(Paid);
        }
        (self.has(WithTax) || self.has(WithoutTax)).then_some(if self.has(WithTax) {
            Total
        } else {
            Subtotal
        })
    }

    /// The role of a table's column with this title.
    pub fn column_role(&self) -> Option<Role> {
        use Role::*;
        if self.has(UnitPrice) && self.has(Tax) && !self.has(WithTax) && !self.has(WithoutTax) {
            return Some(Tax); // `Unit tax`
        }
        for role in [Gtin, Sku, Picture, Quantity, UnitPrice, Discount, LinePrice, Subtotal] {
            if self.has(role) {
                return Some(if role == Subtotal { LinePrice } else { role });
            }
        }
        if self.has(Price) {
            return Some(if self.has(Total) { LinePrice } else { Price });
        }
        for role in [
            Total, Tax, Product, Order, Attribute, Seller, State, Detail, OrderDate, WithTax,
            WithoutTax,
        ] {
            if self.has(role) {
                return Some(match role {
                    Total | WithTax | WithoutTax => LinePrice,
                    r => r,
                });
            }
        }
        None
    }
}

/// All phrases of a folded text, longest at each place, from left to right.
pub fn hits(folded: &str) -> Vec<Hit> {
    let parts: Vec<(usize, &str)> = words(folded).collect();
    let mut out = Vec::new();
    let mut i = 0;
    while i < parts.len() {
        // A compound begins with a word of the list, too.
        if !LEXICON.beginnings.may_hold(parts[i].1) {
            i += 1;
            continue;
        }
        let found = at_word(parts[i].1, &parts[i..]).or_else(|| {
            // A plural that the list does not have.
            let singular = parts[i].1.strip_suffix('s').filter(|w| w.len() >= 4)?;
            at_word(singular, &parts[i..])
        });
        let found = found.map(|(phrase, roles)| (phrase.len(), *roles));
        match found.or_else(|| compound(parts[i].1).map(|roles| (1, roles))) {
            Some((len, roles)) => {
                let (last_at, last) = parts[i + len - 1];
                out.push(Hit { roles, start: parts[i].0, end: last_at + last.len(), words: len });
                i += len;
            }
            None => i += 1,
        }
    }
    out
}

/// The phrase with which a folded text begins: the first of [`hits`], when nothing but punctuation
/// stands before it.
pub fn first_hit(folded: &str) -> Option<Hit> {
    let mut parts = words(folded);
    let first = parts.next().filter(|(_, word)| LEXICON.beginnings.may_hold(word))?;
    // No phrase has more words.
    let end = parts.nth(MOST_WORDS).map_or(folded.len(), |(at, _)| at);
    hits(&folded[..end]).into_iter().next().filter(|hit| hit.start == first.0)
}

/// Words of the longest phrase, or more.
const MOST_WORDS: usize = 16;

/// The longest phrase that begins with `first` and goes on with the words behind it.
fn at_word(first: &str, parts: &[(usize, &str)]) -> Option<&'static (Vec<&'static str>, Roles)> {
    LEXICON.phrases.get(first)?.iter().find(|(phrase, _)| {
        phrase.len() <= parts.len() && phrase.iter().zip(parts).skip(1).all(|(p, (_, w))| p == w)
    })
}

/// What a German compound means by its two parts: `Buchungsübersicht`, `Gutscheinbetrag`.
fn compound(word: &str) -> Option<Roles> {
    let may_begin = |part: &str| LEXICON.german_beginnings.may_hold(part);
    if !(9..=40).contains(&word.len()) || !may_begin(word) || !word.is_ascii() {
        return None;
    }
    let one = |part: &str| may_begin(part).then(|| LEXICON.german.get(part).copied()).flatten();
    (4..=word.len() - 5).find_map(|cut| {
        let (head, tail) = word.split_at(cut);
        let tail = one(tail)?;
        let head = one(head).or_else(|| one(head.strip_suffix('s')?));
        head.map(|head| Roles(head.0 | tail.0))
    })
}

/// Labels remembered by each thread, and how long they may be: a mail asks of the same line many
/// times what it means, and so do the next mails of the same shop.
const REMEMBERED: usize = 8_192;
const REMEMBERED_BYTES: usize = 120;

thread_local! {
    static MEANINGS: RefCell<HashMap<Box<str>, Label>> = RefCell::default();
}

/// What a label means. Numbers and what stands in brackets have no weight.
pub fn label(text: &str) -> Label {
    if text.len() > REMEMBERED_BYTES {
        return meaning(text);
    }
    MEANINGS.with_borrow_mut(|known| {
        if let Some(label) = known.get(text) {
            return label.clone();
        }
        let label = meaning(text);
        // Forgets all when there is too much: common labels are learnt again soon.
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(text.into(), label.clone());
        label
    })
}

fn meaning(text: &str) -> Label {
    let folded = fold(text);
    let plain = without_brackets(&folded);
    let all = hits(&plain);
    let is_number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let total = words(&plain).filter(|(_, w)| !is_number(w)).count();
    let covered: usize = all
        .iter()
        .map(|h| words(&plain[h.start..h.end]).filter(|(_, w)| !is_number(w)).count())
        .sum();
    let stops: usize = all.iter().filter(|h| h.roles.is_only(Role::Stop)).map(|h| h.words).sum();
    let mut hits: Vec<Hit> = all.into_iter().filter(|h| !h.roles.is_only(Role::Stop)).collect();
    if hits.is_empty() && plain.len() < folded.len() {
        // Nothing but brackets says something: `(dont TVA)`.
        hits = self::hits(&folded).into_iter().filter(|h| !h.roles.is_only(Role::Stop)).collect();
    }
    Label { hits, unknown: total.saturating_sub(covered), weighty: total.saturating_sub(stops) }
}

fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_written_folded() {
        for file in FILES {
            for line in
                file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with(['#', '[']))
            {
                assert_eq!(fold(line), line);
            }
        }
    }

    #[test]
    fn every_heading_names_a_role() {
        for line in FILES.iter().flat_map(|f| f.lines()).filter(|l| l.starts_with('[')) {
            assert!(Role::from_name(line.trim_matches(['[', ']'])).is_some(), "{line}");
        }
    }

    #[test]
    fn the_most_telling_phrase_of_a_label_wins() {
        for (text, role) in [
            ("Total TTC :", Role::Total),
            ("Total HT", Role::Subtotal),
            ("Total TVA (20 %)", Role::Tax),
            ("Incluant un total de taxes", Role::Tax),
            ("Frais de livraison", Role::Shipping),
            ("Versandkosten (DHL)", Role::Shipping),
            ("Zwischensumme", Role::Subtotal),
            ("Total produits", Role::Subtotal),
            ("Gesamtsumme inkl. MwSt.", Role::Total),
            ("Gastos de envío", Role::Shipping),
            ("Totale ordine", Role::Total),
            ("Spese di spedizione", Role::Shipping),
            ("Code promo ETE10", Role::Discount),
            ("Order Total", Role::Total),
            ("Grand total (incl. tax)", Role::Total),
            ("Including tax", Role::Tax),
            ("davon MwSt.", Role::Tax),
            ("Emballage cadeau", Role::Fee),
            ("Gutscheinbetrag", Role::Discount),
        ] {
            assert_eq!(label(text).sum_role(), Some(role), "{text}");
        }
    }

    #[test]
    fn titles_of_columns_are_understood() {
        for (text, role) in [
            ("Prix unitaire", Role::UnitPrice),
            ("Qté", Role::Quantity),
            ("Prix total", Role::LinePrice),
            ("Artikelnr.", Role::Sku),
            ("Stückpreis", Role::UnitPrice),
            ("Menge", Role::Quantity),
            ("Gesamtpreis", Role::LinePrice),
            ("Produit", Role::Product),
            ("Importe", Role::LinePrice),
            ("Prezzo", Role::Price),
            ("Description", Role::Product),
            ("Amount", Role::LinePrice),
        ] {
            assert_eq!(label(text).column_role(), Some(role), "{text}");
        }
    }
}
