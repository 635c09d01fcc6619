//! Promotions: codes and advantages with their conditions.

mod code;
mod terms;
mod wording;

use crate::Letter;
use code::By;
use jiff::civil::Date;
use mesinfos_domain::{Category, Fact, Offer, Order, Place, Source, Understood};
use std::ops::Range;
use terms::When;
use wording::{Set, Wording};

/// As much of a letter as is searched for offers.
const TEXT_BYTES: usize = 30_000;
/// A letter with more codes than this lists something else.
const MOST: usize = 8;

/// The offers that a letter carries. `understood` is what was read before: its category says
/// where offers are likely, its order's numbers are no codes.
pub fn read(letter: &Letter<'_>, understood: &Understood) -> (Vec<Offer>, Vec<Fact>) {
    let text = cut(&letter.page.text, TEXT_BYTES);
    let category = understood.category;
    if category == Category::Personal {
        return (Vec::new(), Vec::new());
    }
    let wording = Wording::in_folded(&letter.folded(TEXT_BYTES));
    let when = When { day: day(letter), language: understood.language };
    let mut reading = Reading {
        letter,
        text,
        wording,
        when,
        from: From::Page,
        offers: Vec::new(),
        facts: Vec::new(),
    };
    if reading.wording.has(&[Set::PromoLabel, Set::Label, Set::With, Set::Gives]) {
        let mut codes = code::find(text, &reading.wording);
        codes.retain(|c| {
            !names_something_else(&text[c.at.clone()], letter, understood.order.as_ref())
                && reading.is_promised(c, category)
        });
        for found in codes {
            if reading.offers.len() < MOST {
                reading.take(found);
            }
        }
    }
    if reading.offers.is_empty() {
        reading.code_in_link(category);
    }
    if reading.offers.is_empty() && category == Category::Newsletter {
        reading = reading.of_pictures();
    }
    if reading.offers.is_empty() {
        reading.without_code(category);
    }
    (reading.offers, reading.facts)
}

/// Where a reading's text comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum From {
    /// It is the page's text.
    Page,
    /// It is the alternative text of a picture that stands there in the page.
    Picture(u32),
}

struct Reading<'a> {
    letter: &'a Letter<'a>,
    text: &'a str,
    wording: Wording,
    when: When,
    from: From,
    offers: Vec<Offer>,
    facts: Vec<Fact>,
}

impl<'a> Reading<'a> {
    /// Whether a code is an offer in a letter of this category.
    fn is_promised(&self, code: &code::Found, category: Category) -> bool {
        let near = self.neighbours(&self.line(code.at.start), 2);
        let promise =
            || self.wording.within(&near, &[Set::Gives, Set::FreeShipping, Set::NextOrder]);
        match category {
            Category::Newsletter => true,
            Category::AfterSales | Category::Notification => code.by == By::PromoLabel || promise(),
            Category::Account => {
                let is_labelled = code.by >= By::Label || self.is_alone(&code.at);
                promise() && is_labelled && self.gives(&near) || code.by == By::PromoLabel
            }
            // The voucher that an order was paid with is spent.
            Category::Transaction => {
                code.by >= By::Label
                    && (self.wording.within(&near, &[Set::NextOrder]) || self.has_days_left(code))
            }
            Category::Personal => false,
        }
    }

    /// Whether nothing else stands on its line.
    fn is_alone(&self, at: &Range<usize>) -> bool {
        self.text[self.line(at.start)].trim() == &self.text[at.clone()]
    }

    /// Whether the words around a code give something until a day to come.
    fn has_days_left(&self, code: &code::Found) -> bool {
        let sentence = [self.sentence(&self.line(code.at.start), code.at.start)];
        let terms = terms::read(self.text, &sentence, &self.wording, self.when);
        terms.benefit.is_some()
            && terms.until.is_some_and(|until| self.when.day.is_some_and(|day| until > day))
    }

    fn gives(&self, range: &Range<usize>) -> bool {
        terms::gives_something(self.text, range, &self.wording)
    }

    fn take(&mut self, found: code::Found) {
        let code = self.text[found.at.clone()].to_owned();
        if self.offers.iter().any(|o| o.code.as_deref() == Some(&code)) {
            return;
        }
        let line = self.line(found.at.start);
        let places = [
            self.sentence(&line, found.at.start),
            line.clone(),
            self.neighbours(&line, 1),
            self.neighbours(&line, 3),
        ];
        let confidence = match found.by {
            By::PromoLabel => 95,
            By::Label => 90,
            By::Offer => 75,
        };
        let mut terms = terms::read(self.text, &places, &self.wording, self.when);
        if terms.benefit.is_none() || terms.until.is_none() {
            let subject = Wording::of(&self.letter.subject);
            let whole = 0..self.letter.subject.len();
            let said = terms::read(&self.letter.subject, &[whole], &subject, self.when);
            terms.benefit = terms.benefit.or(said.benefit);
            terms.until = terms.until.or(said.until);
        }
        let rule = match found.by {
            By::PromoLabel => "promo-code-label",
            By::Label => "code-label",
            By::Offer => "code-in-offer",
        };
        self.keep(Some(code), places[0].clone(), found.at, terms, rule, confidence);
    }

    /// A code that only a button's address carries: `?coupon=MAI10`, `/discount/MAI10`.
    fn code_in_link(&mut self, category: Category) {
        if !matches!(category, Category::Newsletter | Category::Notification | Category::Account) {
            return;
        }
        for link in self.letter.page.links.iter().take(60) {
            let at = link.text.start as usize..link.text.end as usize;
            if at.end > self.text.len() || self.offers.len() >= MOST {
                return;
            }
            let Some(code) = code::in_address(&link.href) else { continue };
            let near = self.neighbours(&self.line(at.start), 3);
            let known = self.offers.iter().any(|o| o.code.as_deref() == Some(code));
            if known || names_something_else(code, self.letter, None) || !self.gives(&near) {
                continue;
            }
            let places = [self.line(at.start), near.clone()];
            let terms = terms::read(self.text, &places, &self.wording, self.when);
            let sentence = lines(&self.text[near.clone()])
                .map(|l| near.start + l.start..near.start + l.end)
                .find(|l| self.gives(l));
            let sentence = sentence.unwrap_or(near);
            self.keep(Some(code.to_owned()), sentence, at, terms, "code-in-link", 80);
        }
    }

    /// The same letter read by its pictures: what is painted is often said beside them for those
    /// who do not see.
    fn of_pictures(self) -> Reading<'a> {
        let letter = self.letter;
        for picture in letter.page.images.iter().filter(|p| p.alt.len() > 12).take(12) {
            let text = cut(&picture.alt, 500);
            let wording = Wording::of(text);
            let (from, when) = (From::Picture(picture.at), self.when);
            let (offers, facts) = (Vec::new(), Vec::new());
            let mut reading = Reading { letter, text, wording, when, from, offers, facts };
            let whole = 0..text.len();
            for found in code::find(text, &reading.wording) {
                reading.take(found);
            }
            if reading.offers.is_empty() && reading.gives(&whole) {
                let places = [whole.clone()];
                let terms = terms::read(text, &places, &reading.wording, when);
                reading.keep(None, whole.clone(), whole, terms, "offer-without-code", 60);
            }
            if !reading.offers.is_empty() {
                return reading;
            }
        }
        self
    }

    /// "-20 % ce week-end" without any code to type: only where it is what the letter is about.
    fn without_code(&mut self, category: Category) {
        let places: Vec<Range<usize>> = match category {
            Category::Newsletter => {
                let subject = Wording::of(&self.letter.subject);
                let whole = 0..self.letter.subject.len();
                if terms::benefit(&self.letter.subject, &whole, &subject).is_none() {
                    return;
                }
                lines(self.text).take(12).collect()
            }
            Category::Transaction | Category::AfterSales => {
                lines(self.text).filter(|l| self.wording.within(l, &[Set::NextOrder])).collect()
            }
            _ => return,
        };
        let gives = |l: &&Range<usize>| self.gives(l);
        let Some(line) = places.iter().find(gives).cloned() else { return };
        let near = [line.clone(), self.neighbours(&line, 1)];
        let terms = terms::read(self.text, &near, &self.wording, self.when);
        self.keep(None, line.clone(), line, terms, "offer-without-code", 70);
    }

    fn keep(
        &mut self,
        code: Option<String>,
        sentence: Range<usize>,
        at: Range<usize>,
        terms: terms::Terms,
        rule: &str,
        confidence: u8,
    ) {
        let shown = self.text[sentence].replace('\t', " ");
        self.facts.push(Fact {
            field: format!("offers[{}]", self.offers.len()),
            source: self.source(at),
            rule: rule.to_owned(),
            confidence,
        });
        self.offers.push(Offer {
            code,
            description: shown.trim().chars().take(300).collect(),
            benefit: terms.benefit,
            minimum_purchase: terms.minimum,
            valid_until: terms.until,
        });
    }

    fn source(&self, at: Range<usize>) -> Source {
        let page = &self.letter.page;
        let source = match self.from {
            From::Page => page.source_of(at.start as u32..at.end as u32),
            From::Picture(place) => page.source_of(place..place),
        };
        Source {
            place: if page.is_html { Place::Html } else { Place::Text },
            start: source.start,
            end: source.end,
            words: self.text[at].chars().take(200).collect(),
        }
    }

    fn line(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |i| i + 1);
        start..self.text[at..].find('\n').map_or(self.text.len(), |i| at + i)
    }

    /// A line with so many before and after it.
    fn neighbours(&self, line: &Range<usize>, count: usize) -> Range<usize> {
        let mut range = line.clone();
        for _ in 0..count {
            if range.start > 0 {
                range.start = self.text[..range.start - 1].rfind('\n').map_or(0, |i| i + 1);
            }
            if range.end < self.text.len() {
                let from = range.end + 1;
                range.end = self.text[from..].find('\n').map_or(self.text.len(), |i| from + i);
            }
        }
        range
    }

    /// The sentence of a line around this place.
    fn sentence(&self, line: &Range<usize>, at: usize) -> Range<usize> {
        let ends = |text: &str, i: usize| {
            text[i + 1..].chars().next().is_none_or(char::is_whitespace)
                && !text[..i].ends_with(|c: char| c.is_ascii_digit())
        };
        let before = &self.text[line.start..at];
        let start = before
            .match_indices(['.', '!', '?', '\t'])
            .rfind(|(i, _)| ends(before, *i))
            .map_or(line.start, |(i, _)| line.start + i + 1);
        let after = &self.text[at..line.end];
        let end = after
            .match_indices(['.', '!', '?'])
            .find(|(i, _)| ends(after, *i))
            .map_or(line.end, |(i, _)| at + i + 1);
        let lead = self.text[start..end].len() - self.text[start..end].trim_start().len();
        start + lead..end
    }
}

/// Whether a word is the number of an order, a parcel, a ticket: the subject names it or it was
/// read as one.
fn names_something_else(code: &str, letter: &Letter<'_>, order: Option<&Order>) -> bool {
    let is = |other: &str| other.eq_ignore_ascii_case(code);
    if let Some(order) = order {
        let parcels = order.parcels.iter().filter_map(|p| p.number.as_deref());
        let skus = order.lines.iter().flat_map(|l| [l.sku.as_deref(), l.gtin.as_deref()]);
        if order.number.as_deref().into_iter().chain(parcels).chain(skus.flatten()).any(is) {
            return true;
        }
    }
    let pickup =
        order.into_iter().flat_map(|o| &o.parcels).filter_map(|p| p.pickup_code.as_deref());
    pickup.into_iter().any(is) || letter.from.as_ref().is_some_and(|f| is(&f.name))
}

/// The civil day of the writer.
fn day(letter: &Letter<'_>) -> Option<Date> {
    let local = letter.date?.checked_add(i64::from(letter.mail.date_offset) * 60_000_000)?;
    crate::grammar::date::day_of(local)
}

fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let range = at..at + line.len();
        at = range.end + 1;
        range
    })
}

fn cut(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
