//! The marks of a person's hand, against those of an organisation's machine.

use super::foot;
use super::words::{fold, words};
use super::{Letter, is_bulk};
use crate::actor::name;
use crate::known::{self, Role};
use crate::phrases::AnyOf;
use foldhash::HashSet;
use mesinfos_reading::Address;
use std::sync::LazyLock;

/// Last lines of a letter where its writer signs.
const LAST_LINES: usize = 12;
/// Bytes of text whose tone is listened to.
const TONE: usize = 3_000;

/// The line of a text where the person of this address signs: one of its last lines begins with
/// a word of the displayed name.
pub fn signature<'t>(text: &'t str, from: &Address) -> Option<&'t str> {
    let name = fold(&from.name);
    let names: Vec<&str> = words(&name).filter(|w| w.len() > 1).collect();
    if names.is_empty() || names.len() > 5 {
        return None;
    }
    last_lines(text).find(|line| {
        let line = fold(line);
        let mut signed = words(&line);
        let first = signed.next();
        first.is_some_and(|w| names.contains(&w)) && signed.count() < 4
    })
}

fn last_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .rev()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('>'))
        .take(LAST_LINES)
}

/// How much a letter looks like a person's, from about -15 (a machine) to 15: a person from
/// [`PERSON`] on. What the letter is about counts little, so that whoever sorts letters may use
/// it as evidence of its own.
pub fn score(letter: &Letter<'_>) -> i32 {
    let Some(from) = &letter.from else { return -3 };
    let host = from.domain().unwrap_or_default();
    let local = fold(from.local());
    let parts: Vec<&str> = words(&local).collect();
    let free = known::is_freemail(host);
    let personal = name::is_personal(&from.name);
    let mut score = 0;
    score += if free { 3 } else { 0 };
    score += if personal { 2 } else { 0 };
    score -= if !personal && is_firm(&from.name) { 4 } else { 0 };
    score += own_name_in(&local, &from.name);
    let role = parts.iter().any(|p| TONE_WORDS.roles.contains(p))
        || local.replace(['-', '.', '_'], "").contains("noreply");
    score -= if role { if free { 1 } else { 5 } } else { 0 };
    score += i32::from(signature(&letter.page.text, from).is_some()) * 2;
    if !free || letter.forwarded_by.is_some() || !signs_with_first_name(&letter.page.text) {
        // A first name at the end says little where firms sign so too.
    } else if signature(&letter.page.text, from).is_none() {
        score += 2;
    }
    if letter.forwarded_by.is_none() {
        score += headers(letter, personal, host);
    }
    score -= if letter.is_in_function() { 5 } else { 0 };
    score + shape(letter) + tone(letter)
}

/// Whether somebody writes in the name of an organisation, from its domain: addresses the reader by
/// title and surname, or names the post held there ("Julie, service client"; "Dr. Molina"). Words of
/// people who know each other say otherwise.
pub fn is_in_function(letter: &Letter<'_>) -> bool {
    let Some(from) = letter.from.as_ref() else { return false };
    if from.domain().is_none_or(known::is_freemail) || letter.forwarded_by.is_some() {
        return false;
    }
    if toned(letter).familiar > 0 {
        return false;
    }
    let text = super::head(&letter.page.text, TONE);
    let greeting = text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default();
    let lines = || last_lines(text).take(6).chain(text.lines().take(5)).filter(|l| l.len() < 120);
    let names_post = |line: &str| {
        let line = words(&fold(line)).collect::<Vec<_>>().join(" ");
        TONE_WORDS.function.found_in(&line)
    };
    let professional = fold(&from.name);
    let professional = words(&professional)
        .next()
        .is_some_and(|w| matches!(w, "dr" | "dra" | "dott" | "dottssa" | "maitre" | "prof"));
    professional || is_titled(greeting) || lines().any(names_post)
}

/// "Bonjour Madame Vasseur", "Sehr geehrte Frau Vasseur": a greeting of title and surname.
fn is_titled(greeting: &str) -> bool {
    if greeting.len() > 60 {
        return false;
    }
    let folded = fold(greeting);
    let parts: Vec<&str> = words(&folded).collect();
    let title = parts.iter().take(4).position(|w| TONE_WORDS.title.contains(w));
    title.is_some_and(|i| {
        let surname = words(greeting).nth(i + 1);
        surname.is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase))
    })
}

/// From this score on a letter is a person's.
pub const PERSON: i32 = 4;

/// Whether the local part is made of the displayed name: `hugo.diallo`, `h.diallo`, `diallo66`.
fn own_name_in(local: &str, display: &str) -> i32 {
    let folded = fold(display.split(" (").next().unwrap_or(display));
    let names: Vec<&str> = words(&folded).collect();
    if names.is_empty() || names.len() > 4 || display.contains('@') {
        return 0;
    }
    let long = names.iter().filter(|n| n.len() > 2 && local.contains(**n)).count();
    // "Rossi Marco" is a person where the address says so too.
    let surname_first = names.len() == 2 && known::is_first_name(names[1]) && long == 2;
    let is_name = name::is_personal(display) || surname_first;
    match (long, is_name) {
        (2.., true) => 3,
        (1, true) => 2,
        _ => 0,
    }
}

fn signs_with_first_name(text: &str) -> bool {
    last_lines(text).take(3).any(|line| {
        let line = fold(line);
        let mut all = words(&line);
        all.next().is_some_and(known::is_first_name) && all.count() < 2
    })
}

fn headers(letter: &Letter<'_>, personal: bool, host: &str) -> i32 {
    let mail = letter.mail;
    let mut score = 0;
    if is_bulk(mail) {
        score += if is_list_member(letter, personal, host) { 1 } else { -5 };
    }
    let envelope = mail
        .header("return-path")
        .and_then(|r| r.rsplit_once('@'))
        .map(|(_, h)| h.trim_matches(|c: char| c == '>' || c.is_whitespace()).to_ascii_lowercase());
    let by_mailer = |h: &str| {
        known::platform(h)
            .is_some_and(|p| !matches!(p.role, Role::Freemail | Role::List | Role::Aside))
    };
    if by_mailer(host) || envelope.is_some_and(|h| by_mailer(&h)) {
        score -= 4;
    }
    if mail.header("in-reply-to").is_some() || letter.answers {
        score += 1;
    }
    score
}

/// Whether a mailing list carries the mail of one of its members.
fn is_list_member(letter: &Letter<'_>, personal: bool, host: &str) -> bool {
    let mail = letter.mail;
    let Some(list) = mail.header("list-id") else { return false };
    let list = list.rsplit('<').next().unwrap_or(list).trim_end_matches('>').to_ascii_lowercase();
    let discusses = mail.header("list-post").is_some()
        || known::platform(&list).is_some_and(|p| p.role == Role::List)
        || mail.subject.starts_with('[')
        || mail.header("x-mailman-version").is_some();
    let rewritten = letter.from.as_ref().is_some_and(|f| {
        name::candidates(&f.name).iter().any(|n| name::is_personal(n)) && list.ends_with(host)
    });
    discusses && personal && (!list.ends_with(host) || rewritten)
}

/// Plain or nearly plain, without pictures and links.
fn shape(letter: &Letter<'_>) -> i32 {
    let links = letter
        .targets
        .iter()
        .filter(|t| {
            !matches!(t.kind, super::links::TargetKind::Mail | super::links::TargetKind::Named)
        })
        .count();
    let mut score = match links {
        0 => 1,
        1 | 2 => 0,
        3..=5 => -1,
        _ => -3,
    };
    if letter.page.images.len() > 2 {
        score -= 1;
    }
    if let Some(dom) = letter.dom {
        let laid_out = dom
            .ids()
            .filter(|&id| dom.tag(id) == Some(mesinfos_reading::Tag::Table))
            .take(3)
            .count();
        score -= if laid_out > 1 { 2 } else { 0 };
    }
    score
}

/// The beginning of a letter as its tone is listened to.
pub(super) struct Toned {
    folded: String,
    /// Words of people who know each other, three at most.
    familiar: i32,
}

fn toned<'l>(letter: &'l Letter<'_>) -> &'l Toned {
    letter.toned.get_or_init(|| {
        let folded = fold(super::head(&letter.page.text, TONE));
        Toned { familiar: familiar(&folded), folded }
    })
}

fn tone(letter: &Letter<'_>) -> i32 {
    let toned = toned(letter);
    let formal = TONE_WORDS.formal.count_in(&toned.folded).min(3) as i32;
    let first_person = toned
        .folded
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|w| w.strip_prefix("j'").is_some() || *w == "je")
        .take(3)
        .count() as i32;
    (toned.familiar + first_person).min(3) - 2 * formal
}

/// Words of people who know each other, three at most.
fn familiar(folded: &str) -> i32 {
    folded
        .split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .filter(|w| TONE_WORDS.familiar.contains(w))
        .take(3)
        .count() as i32
}

struct Tone {
    roles: Vec<&'static str>,
    familiar: HashSet<&'static str>,
    formal: AnyOf,
    function: AnyOf,
    title: Vec<&'static str>,
}

static TONE_WORDS: LazyLock<Tone> = LazyLock::new(|| {
    let list = |row: &str| -> Vec<&'static str> {
        include_str!("../../data/tone.tsv")
            .lines()
            .filter_map(|l| l.split_once('\t'))
            .filter(|(name, _)| *name == row)
            .flat_map(|(_, words)| words.split(';'))
            .collect()
    };
    Tone {
        roles: list("role"),
        familiar: list("familiar").into_iter().collect(),
        formal: AnyOf::read(list("formal")),
        function: AnyOf::read(list("function")),
        title: list("title"),
    }
});

static TRADES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/trades.txt")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// The small firm in whose name a person writes from a free mailbox, when the letter shows
/// business: a trade or a legal form in its signature or displayed name, with a company number,
/// a bill, or an address that spells it.
pub fn craftsman(letter: &Letter<'_>) -> Option<String> {
    let from = letter.from.as_ref()?;
    if !known::is_freemail(from.domain()?) {
        return None;
    }
    let text = &letter.page.text;
    let folded_subject = fold(&letter.subject);
    static BILLS: AnyOf = AnyOf::new(&[
        "facture",
        "devis",
        "acompte",
        "invoice",
        "quote",
        "rechnung",
        "angebot",
        "factura",
        "presupuesto",
        "fattura",
        "preventivo",
    ]);
    let body = fold(text.get(..text.len().min(TONE)).unwrap_or(text));
    let business = foot::company_number(text).is_some()
        || BILLS.found_in(&folded_subject)
        || BILLS.found_in(&body);
    std::iter::once(from.name.as_str())
        .chain(last_lines(text).take(6))
        .find(|line| is_firm(line) && (business || spells(from.local(), line)))
        .map(str::to_owned)
}

/// Whether a small firm writes by hand: a craftsman from a free mailbox, or from a domain of its
/// own under the firm's name.
pub fn is_small_firm(letter: &Letter<'_>) -> bool {
    let by_hand = |from: &Address| {
        let local = fold(from.local());
        let has_role = words(&local).any(|w| TONE_WORDS.roles.contains(&w));
        is_firm(&from.name) && !name::is_personal(&from.name) && !has_role && !is_bulk(letter.mail)
    };
    letter.from.as_ref().is_some_and(by_hand) || craftsman(letter).is_some()
}

/// Whether a line of two to six words names a firm by its trade or legal form.
fn is_firm(line: &str) -> bool {
    let folded = fold(line);
    let count = words(&folded).count();
    if !(1..=6).contains(&count)
        || line.contains(['?', '!', '@', '€', ':'])
        || line.ends_with(['.', ','])
    {
        return false;
    }
    let capital = line.chars().next().is_some_and(char::is_uppercase);
    let trade = words(&folded).any(|w| {
        TRADES.iter().any(|t| t.strip_suffix('*').map_or(*t == w, |stem| w.starts_with(stem)))
    });
    capital && count > 1 && (trade || foot::has_legal_form(line))
}

/// Whether the local part of an address holds the telling words of a name.
fn spells(local: &str, line: &str) -> bool {
    let (local, line) = (fold(local), fold(line));
    words(&line).filter(|w| w.len() > 3 && local.contains(w.get(..6).unwrap_or(w))).count() > 1
        || words(&line).filter(|w| w.len() > 3).any(|w| w.len() > 5 && local.contains(w))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_reading::Mail;

    fn letter_score(mail: &str) -> i32 {
        let mail = Mail::read(mail.as_bytes());
        score(&Letter::of(&mail, None))
    }

    #[test]
    fn a_letter_is_signed_by_a_name_of_its_own_line() {
        let from = Address { name: "Hélène Bonnet".into(), address: "h@x.example".into() };
        assert_eq!(
            signature("Coucou,\nà demain !\nHélène\n06 00 00 00 00\n", &from),
            Some("Hélène")
        );
        assert_eq!(
            signature("Bonjour,\nHélène Bonnet a passé la commande numéro 12 hier.\n", &from),
            None
        );
    }

    #[test]
    fn people_and_machines_are_told_apart() {
        let friend = "From: Hugo Roux <hugo.roux@usine.example>\nSubject: dimanche\n\nSalut,\nje passe te prendre à midi.\nHugo\n";
        assert!(letter_score(friend) >= PERSON);
        let machine = "From: Lune <noreply@lune.example>\nSubject: Merci\nList-Unsubscribe: <https://lune.example/u>\n\nVotre commande est partie.\n";
        assert!(letter_score(machine) < 0);
    }

    #[test]
    fn a_craftsman_signs_with_his_trade() {
        let mail = Mail::read("From: Rémi <serrurerie.valade@gmail.com>\nSubject: votre facture\n\nBonjour,\nci-joint la facture, 80 € TTC.\nSerrurerie Valade\n".as_bytes());
        assert_eq!(craftsman(&Letter::of(&mail, None)).as_deref(), Some("Serrurerie Valade"));
        let friend = Mail::read("From: Rémi <remi.valade@gmail.com>\nSubject: photos\n\nSalut, voilà les photos.\nRémi\n".as_bytes());
        assert_eq!(craftsman(&Letter::of(&friend, None)), None);
    }
}
