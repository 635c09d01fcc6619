//! What a person types into the search field, read: words, phrases, prefixes and filters.
//!
//! ```text
//! lave-linge "numéro de commande" livr* -facture acteur:fnac catégorie:transaction
//! après:2024 avant:2025-03-01 montant:50..100 a:commande a:pièce fichier:facture dans:corbeille
//! ```
//! Every filter has a French and an English name. What is no filter is words: nothing is refused.

use super::words::fold_words;
use crate::fold;
use mesinfos_domain::{Category, Date};

/// A search, read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Query {
    /// Bare words, folded: any form of each is looked for.
    pub words: Vec<String>,
    /// Phrases, as folded words in order.
    pub phrases: Vec<Vec<String>>,
    /// Beginnings of words, folded: two letters or more, a single one begins half of all words and
    /// is taken for a word.
    pub prefixes: Vec<String>,
    /// Bare words that must not stand in the mail.
    pub without: Vec<String>,
    /// Part of an actor's name or domain, folded.
    pub actors: Vec<String>,
    /// Part of the sender's name or address, folded.
    pub from: Vec<String>,
    /// Part of an attachment's name, folded.
    pub files: Vec<String>,
    /// One of these drawers.
    pub categories: Vec<Category>,
    /// Written on this day or later.
    pub after: Option<Date>,
    /// Written before this day.
    pub before: Option<Date>,
    /// The order's total, in hundredths: least and most.
    pub amount: Option<(i64, i64)>,
    /// Speaks of an order.
    pub has_order: bool,
    /// Has an attachment.
    pub has_attachment: bool,
    /// `trash`, `spam`...: where to look; the inbox, sent mail and chats when not said.
    pub folder: Option<&'static str>,
}

/// The names of filters whose value may be no value of theirs.
const FILTERS: [&str; 18] = [
    "categorie",
    "category",
    "apres",
    "after",
    "depuis",
    "since",
    "avant",
    "before",
    "date",
    "en",
    "montant",
    "amount",
    "a",
    "avec",
    "contient",
    "has",
    "dans",
    "in",
];

impl Query {
    /// Reads what was typed.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        for token in tokens(text) {
            if !query.filter(&token) {
                query.text(&token);
            }
        }
        query
    }

    /// Filters whose name is known and whose value is not, as typed: `avant:hier`. They are looked
    /// for as words, which is worth saying to whoever typed them.
    pub fn misread(text: &str) -> Vec<String> {
        tokens(text)
            .iter()
            .filter_map(|t| t.filter.map(|name| (name, t)))
            .filter(|(name, t)| {
                FILTERS.contains(&fold::key(name).as_str()) && !Query::default().filter(t)
            })
            .map(|(name, t)| format!("{name}:{}", t.text))
            .collect()
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Query::default()
    }

    /// Whether it names words to find.
    pub fn has_text(&self) -> bool {
        !(self.words.is_empty() && self.phrases.is_empty() && self.prefixes.is_empty())
    }

    fn filter(&mut self, token: &Token<'_>) -> bool {
        let Some(name) = token.filter else { return false };
        let value = token.text;
        match fold::key(name).as_str() {
            "acteur" | "actor" | "chez" => self.actors.push(fold::key(value)),
            "de" | "from" => self.from.push(fold::key(value)),
            "fichier" | "filename" | "file" => self.files.push(fold::key(value)),
            "categorie" | "category" => match category(value) {
                Some(category) => self.categories.push(category),
                None => return false,
            },
            "apres" | "after" | "depuis" | "since" => match days(value) {
                Some((first, _)) => self.after = Some(first),
                None => return false,
            },
            "avant" | "before" => match days(value) {
                Some((first, _)) => self.before = Some(first),
                None => return false,
            },
            "date" | "en" | "in-year" => match days(value) {
                Some((first, end)) => (self.after, self.before) = (Some(first), end),
                None => return false,
            },
            "montant" | "amount" => match amounts(value) {
                Some(range) => self.amount = Some(range),
                None => return false,
            },
            "a" | "avec" | "contient" | "has" => match fold::key(value).as_str() {
                "commande" | "order" => self.has_order = true,
                "piece" | "piece-jointe" | "attachment" => self.has_attachment = true,
                _ => return false,
            },
            "dans" | "in" => match folder(value) {
                Some(folder) => self.folder = Some(folder),
                None => return false,
            },
            _ => return false,
        }
        true
    }

    fn text(&mut self, token: &Token<'_>) {
        // "http://x" typed as it is: the name of what was no filter is a word too.
        let whole = match token.filter {
            Some(name) => format!("{name} {}", token.text),
            None => token.text.to_owned(),
        };
        let mut folded = String::new();
        fold_words(&whole, &mut folded);
        let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        if token.is_not {
            self.without.extend(words);
        } else if token.is_phrase || words.len() > 1 && !token.is_prefix {
            // `lave-linge`, `AB-12`: words that were written together are looked for together.
            if !words.is_empty() {
                self.phrases.push(words);
            }
        } else if token.is_prefix && words.last().is_some_and(|w| w.chars().count() > 1) {
            self.prefixes.extend(words.pop());
            self.words.extend(words);
        } else {
            self.words.extend(words);
        }
    }
}

/// A word or a phrase between spaces.
struct Token<'a> {
    /// What stands before the colon.
    filter: Option<&'a str>,
    text: &'a str,
    is_phrase: bool,
    is_prefix: bool,
    is_not: bool,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    const QUOTES: [char; 5] = ['"', '«', '»', '“', '”'];
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() && tokens.len() < 64 {
        let is_not = rest.starts_with('-') && rest.len() > 1;
        let body = if is_not { &rest[1..] } else { rest };
        let end = body.find(|c: char| c.is_whitespace() || QUOTES.contains(&c));
        let end = end.unwrap_or(body.len());
        let (filter, start) = match body[..end].find(':') {
            Some(i) if i > 0 => (Some(&body[..i]), i + 1),
            _ => (None, 0),
        };
        if let Some(quoted) = body[start..].strip_prefix(QUOTES) {
            let length = quoted.find(QUOTES).unwrap_or(quoted.len());
            let text = &quoted[..length];
            tokens.push(Token { filter, text, is_phrase: true, is_prefix: false, is_not });
            rest = quoted[length..].trim_start_matches(QUOTES).trim_start();
            continue;
        }
        let word = &body[start..end];
        let is_prefix = word.ends_with('*');
        let text = word.trim_end_matches('*');
        if !text.is_empty() {
            tokens.push(Token { filter, text, is_phrase: false, is_prefix, is_not });
        }
        rest = body[end..].trim_start();
    }
    tokens
}

fn category(word: &str) -> Option<Category> {
    Some(match fold::key(word).as_str() {
        "compte" | "comptes" | "account" | "accounts" => Category::Account,
        "operation" | "operations" | "transaction" | "transactions" => Category::Transaction,
        "apres-vente" | "sav" | "after-sales" | "after_sales" => Category::AfterSales,
        "notification" | "notifications" | "alerte" | "alertes" => Category::Notification,
        "lettre" | "lettres" | "infolettre" | "infolettres" | "newsletter" | "newsletters"
        | "publicite" => Category::Newsletter,
        "personnel" | "perso" | "personal" => Category::Personal,
        _ => return None,
    })
}

fn folder(word: &str) -> Option<&'static str> {
    Some(match fold::key(word).as_str() {
        "reception" | "inbox" => "inbox",
        "envoyes" | "envoye" | "sent" => "sent",
        "corbeille" | "trash" => "trash",
        "spam" | "indesirables" | "junk" => "spam",
        "brouillons" | "drafts" => "drafts",
        "discussions" | "chats" => "chats",
        _ => return None,
    })
}

/// `2024`, `2024-03`, `2024-03-15`, `15/03/2024`, `03/2024`: the first day, and the one after the
/// last.
fn days(text: &str) -> Option<(Date, Option<Date>)> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let year_first = parts.first().is_some_and(|p| p.len() == 4);
    let parts: Vec<i16> = if year_first {
        parts.iter().map(|p| p.parse().ok()).collect::<Option<_>>()?
    } else {
        parts.iter().rev().map(|p| p.parse().ok()).collect::<Option<_>>()?
    };
    let (year, month, day) = match *parts.as_slice() {
        [y] => (y, None, None),
        [y, m] => (y, Some(m), None),
        [y, m, d] => (y, Some(m), Some(d)),
        _ => return None,
    };
    if !(1970..=9998).contains(&year) {
        return None;
    }
    let part = |p: Option<i16>| i8::try_from(p.unwrap_or(1)).ok();
    let first = Date::new(year, part(month)?, part(day)?).ok()?;
    let end = match (month, day) {
        (None, _) => Date::new(year + 1, 1, 1).ok(),
        (Some(12), None) => Date::new(year + 1, 1, 1).ok(),
        (Some(m), None) => Date::new(year, i8::try_from(m + 1).ok()?, 1).ok(),
        (Some(_), Some(_)) => first.tomorrow().ok(),
    };
    Some((first, end))
}

/// `12,90`, `50..100`, `50-100`, `>100`, `<20`, `>=100`: in hundredths, both ends included.
fn amounts(text: &str) -> Option<(i64, i64)> {
    const MOST: i64 = i64::MAX;
    let one = |t: &str| {
        let t = t.trim_matches(['€', '$', '£', ' ']).replace(',', ".");
        let value: f64 = t.parse().ok()?;
        (value.is_finite() && value.abs() < 1e12).then(|| (value * 100.0).round() as i64)
    };
    if let Some(rest) = text.strip_prefix(">=") {
        return Some((one(rest)?, MOST));
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Some((0, one(rest)?));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Some((one(rest)? + 1, MOST));
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Some((0, one(rest)? - 1));
    }
    if let Some((least, most)) = text.split_once("..").or_else(|| text.split_once('-')) {
        let least = if least.is_empty() { 0 } else { one(least)? };
        return Some((least, if most.is_empty() { MOST } else { one(most)? }));
    }
    let exact = one(text)?;
    Some((exact, exact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_phrases_prefixes_and_absent_words() {
        let q = Query::parse("Été  \"numéro de commande\" livr* -facture AB-12 «deux mots»");
        assert_eq!(q.words, ["ete"]);
        let phrases: Vec<String> = q.phrases.iter().map(|p| p.join(" ")).collect();
        assert_eq!(phrases, ["numero de commande", "ab 12", "deux mots"]);
        assert_eq!(q.prefixes, ["livr"]);
        assert_eq!(q.without, ["facture"]);
    }

    #[test]
    fn filters_in_both_languages() {
        let fr = Query::parse(
            "acteur:Fnac catégorie:transaction après:2024 avant:01/03/2025 montant:50..100 a:commande a:pièce fichier:facture dans:corbeille",
        );
        let en = Query::parse(
            "actor:fnac category:transaction after:2024-01-01 before:2025-03-01 amount:50-100 has:order has:attachment filename:facture in:trash",
        );
        assert_eq!(fr, en);
        assert!(Query::parse("contient:commande").has_order);
        assert_eq!(fr.amount, Some((5000, 10000)));
        assert_eq!(fr.after, Some(Date::constant(2024, 1, 1)));
        assert_eq!(fr.before, Some(Date::constant(2025, 3, 1)));
        assert!(!fr.has_text());
        assert_eq!(Query::parse("actor:\"la poste\"").actors, ["la poste"]);
        assert_eq!(Query::parse("montant:>100").amount, Some((10001, i64::MAX)));
        assert_eq!(Query::parse("montant:12,90").amount, Some((1290, 1290)));
        assert_eq!(Query::parse("date:2024-12").before, Some(Date::constant(2025, 1, 1)));
    }

    #[test]
    fn what_is_no_filter_is_words_and_nothing_panics() {
        let phrase = |t: &str| Query::parse(t).phrases.concat().join(" ");
        assert_eq!(phrase("http://exemple.fr/x"), "http exemple fr x");
        assert_eq!(phrase("montant:abc"), "montant abc");
        assert_eq!(Query::misread("montant:abc avant:2024 http://x Re:"), ["montant:abc"]);
        assert_eq!(Query::parse("catégorie:lettres"), Query::parse("category:newsletters"));
        for odd in
            ["\"", "-", ":", "a:", "*", "-\"", "««»", "avant:0000", "après:2024-13-99", "é:é"]
        {
            let _ = Query::parse(odd);
        }
    }
}
