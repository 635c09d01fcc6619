//! The organisation that a mail comes from, by its evidence.

pub mod authserv;
pub mod evidence;
pub mod kind;
mod markup;
pub mod name;
pub mod phrases;
mod sensitivity;

use crate::known::{self, Role};
use crate::letter::{person, words};
use crate::{Context, Letter};
use evidence::{Candidate, Gathered, may_own, owner};
use mesinfos_domain::{Actor, ActorKind, Category, Evidence, EvidenceKind, Order};

/// What a body must show when the headers say nothing: a link and a name, say.
const ENOUGH: f32 = 22.0;
/// How much more than the sender another domain must have.
const MARGIN: f32 = 8.0;

/// The actor of this letter; `None` when a person wrote, or the owner of the mailbox.
pub fn of(
    letter: &Letter<'_>,
    context: &Context,
    category: Category,
    order: Option<&Order>,
) -> Option<Actor> {
    if is_own(letter, context) {
        return None;
    }
    if let Some(firm) = person::craftsman(letter) {
        return Some(craftsman(letter, &firm));
    }
    // Whoever sorts letters saw all of its words.
    let free = letter.from.as_ref().and_then(|f| f.domain()).is_none_or(known::is_freemail);
    let said = match category {
        Category::Personal => 3,
        _ if free => 0,
        _ => -2,
    };
    let hand = letter.person_score() + said;
    if hand >= person::PERSON {
        return None;
    }
    let gathered = evidence::gather(letter);
    let choice = choose(letter, &gathered, hand)?;
    Some(describe(letter, context, (category, order), &gathered, choice))
}

/// Whether the owner of the mailbox wrote it: sent mail gives no actor.
fn is_own(letter: &Letter<'_>, context: &Context) -> bool {
    letter.forwarded_by.is_none()
        && letter.from.as_ref().is_some_and(|from| {
            context.own_addresses.iter().any(|own| own.eq_ignore_ascii_case(&from.address))
        })
}

/// A craftsman: a name without a domain, since the domain is his mailbox provider's.
fn craftsman(letter: &Letter<'_>, firm: &str) -> Actor {
    let kind = ActorKind::Merchant;
    Actor {
        name: firm.to_owned(),
        domain: None,
        kind,
        domain_aliases: Vec::new(),
        via: None,
        evidence: vec![Evidence { kind: EvidenceKind::Footer, value: firm.to_owned() }],
        confidence: 60,
        sensitivity: sensitivity::of(kind, firm, &letter.subject),
    }
}

/// What was decided about a letter.
enum Choice<'g> {
    /// A domain, and the platform that wrote for it.
    Domain(&'g Candidate, Option<String>),
    /// The platform itself.
    Platform(&'static known::Platform),
    /// Only a name, and the platform that wrote for it.
    Name(String, Option<String>),
}

fn choose<'g>(letter: &Letter<'_>, g: &'g Gathered, hand: i32) -> Option<Choice<'g>> {
    let host = g.host.as_deref().unwrap_or_default();
    let platform = known::platform(host).filter(|_| !may_own(host));
    let best = g.candidates.iter().max_by(|a, b| a.score.total_cmp(&b.score));
    if let Some(p) = platform {
        return for_whom(letter, g, p, best, hand);
    }
    let sender = g.sender.as_ref().and_then(|s| g.candidates.iter().find(|c| c.domain == *s));
    let Some(sender) = sender else {
        // Forwarded without its headers: the body alone, at least a name that the subject repeats.
        let said = || {
            let subject = words::squash(&letter.subject);
            g.names.iter().find(|n| {
                let name = words::squash(&n.words);
                n.kind == EvidenceKind::Footer && name.len() > 3 && subject.contains(&name)
            })
        };
        return match best.filter(|c| c.score >= ENOUGH) {
            Some(c) => Some(Choice::Domain(c, None)),
            None => said().map(|n| Choice::Name(n.words.clone(), None)),
        };
    };
    // A known organisation writes for itself; who else it names is its partner or customer.
    if known::organisation(host).is_some() {
        return Some(Choice::Domain(sender, None));
    }
    let others =
        || g.candidates.iter().filter(|c| c.domain != sender.domain && c.in_body_or_reply());
    let by_score = |a: &&Candidate, b: &&Candidate| a.score.total_cmp(&b.score);
    // The letter says for whom it was sent.
    if let Some(o) = others().filter(|c| c.behalf > 0.5 && sender.behalf < 0.35).max_by(by_score) {
        return Some(Choice::Domain(o, Some(sender.domain.clone())));
    }
    // Who wrote is neither named nor linked; somebody else is both.
    let other = others().max_by(by_score);
    let silent = sender.kinship < 0.2 && !sender.in_body;
    match other {
        Some(o)
            if o.score > sender.score + MARGIN || silent && o.kinship > 0.2 && o.score > ENOUGH =>
        {
            let own = same_family(g, sender, o);
            Some(Choice::Domain(o, (!own).then(|| sender.domain.clone())))
        }
        _ => Some(Choice::Domain(sender, None)),
    }
}

impl Candidate {
    fn in_body_or_reply(&self) -> bool {
        self.in_body || self.evidence.iter().any(|(_, e)| matches!(e.kind, EvidenceKind::ReplyTo))
    }
}

/// For whom a platform wrote: the organisation that the letter shows, by its domain or at least by
/// its name; the platform itself when it shows none.
fn for_whom<'g>(
    letter: &Letter<'_>,
    g: &'g Gathered,
    platform: &'static known::Platform,
    best: Option<&'g Candidate>,
    hand: i32,
) -> Option<Choice<'g>> {
    let free = platform.role == Role::Freemail;
    let via = (!free).then(|| platform.domain.to_owned());
    // A lone link that no name agrees with says little.
    if let Some(c) = best.filter(|c| c.score >= if c.kinship > 0.2 { ENOUGH } else { 1.4 * ENOUGH })
    {
        // From a free mailbox, only an address that the sender's own name spells makes an actor.
        if !free || (hand <= 0 && (c.kinship >= 0.5 || c.score >= 2.0 * ENOUGH)) {
            return Some(Choice::Domain(c, via));
        }
    }
    if free {
        return None;
    }
    let own = |n: &str| {
        platform.domains.iter().any(|d| name::kinship(d, n) > 0.6)
            || name::kinship(platform.domain, n) > 0.6
    };
    let other = g
        .names
        .iter()
        .filter(|n| matches!(n.kind, EvidenceKind::DisplayName) || n.weight >= 1.0)
        .find(|n| !own(&n.words) && !name::is_personal(&n.words));
    match other {
        Some(n) => Some(Choice::Name(n.words.clone(), via)),
        None if matches!(platform.role, Role::Tracker | Role::Hosting | Role::List) => None,
        None if letter.from.is_none() => None,
        None => Some(Choice::Platform(platform)),
    }
}

/// Whether two domains are one organisation's: alike, or both alike to a name of the letter, or
/// the letter says that the name changed.
fn same_family(g: &Gathered, a: &Candidate, b: &Candidate) -> bool {
    let label = |d: &str| d.split('.').next().unwrap_or(d).replace('-', " ");
    let alike = name::kinship(&a.domain, &label(&b.domain)) > 0.5;
    alike
        || g.names.iter().any(|n| {
            n.weight >= 0.5
                && name::kinship(&a.domain, &n.words) > 0.5
                && name::kinship(&b.domain, &n.words) > 0.5
        })
}

fn describe(
    letter: &Letter<'_>,
    context: &Context,
    (category, order): (Category, Option<&Order>),
    g: &Gathered,
    choice: Choice<'_>,
) -> Actor {
    let (candidate, via) = match choice {
        Choice::Domain(c, via) => (c, via),
        Choice::Platform(p) => {
            let evidence = vec![Evidence { kind: EvidenceKind::From, value: p.domain.to_owned() }];
            let sensitivity = sensitivity::of(p.kind, p.name, &letter.subject);
            return Actor {
                name: p.name.to_owned(),
                domain: Some(p.domain.to_owned()),
                kind: p.kind,
                domain_aliases: p.domains[1..].iter().map(|d| (*d).to_owned()).collect(),
                via: None,
                evidence,
                confidence: 70,
                sensitivity,
            };
        }
        Choice::Name(name, via) => {
            let kind = kind::of(letter, &name, None, via.as_deref(), category, order);
            return Actor {
                domain: None,
                kind,
                domain_aliases: Vec::new(),
                via,
                evidence: vec![Evidence { kind: EvidenceKind::DisplayName, value: name.clone() }],
                confidence: 45,
                sensitivity: sensitivity::of(kind, &name, &letter.subject),
                name,
            };
        }
    };
    let (domain, mut aliases) = family(letter, g, candidate);
    let known = known::organisation(&domain);
    let name = named(g, &domain);
    if let Some(o) = known {
        aliases.extend(o.others.iter().filter_map(|d| crate::letter::links::registrable(d)));
    }
    aliases.retain(|a| *a != domain);
    aliases.sort();
    aliases.dedup();
    let kind = known.map_or_else(
        || kind::of(letter, &name, Some(&domain), via.as_deref(), category, order),
        |o| o.kind,
    );
    let authenticated = authserv::trusted(letter.mail, context.trusted_authserv.as_deref())
        .filter(|_| letter.forwarded_by.is_none())
        .is_some_and(|r| r.signed.iter().filter_map(|d| owner(d)).any(|d| d == domain));
    let mut evidence = candidate.evidence.clone();
    if authenticated {
        evidence
            .push((30.0, Evidence { kind: EvidenceKind::Authenticated, value: domain.clone() }));
    }
    if known.is_some() {
        evidence.push((20.0, Evidence { kind: EvidenceKind::Known, value: domain.clone() }));
    }
    evidence.sort_by(|a, b| b.0.total_cmp(&a.0));
    let runner = g
        .candidates
        .iter()
        .filter(|c| c.domain != candidate.domain && !aliases.contains(&c.domain))
        .map(|c| c.score)
        .fold(0.0, f32::max);
    let sure = 45.0 + (candidate.score - runner) / 2.5 + if authenticated { 15.0 } else { 0.0 };
    let ceiling = if letter.forwarded_by.is_some() { 80.0 } else { 98.0 };
    Actor {
        sensitivity: sensitivity::of(kind, &name, &letter.subject),
        name,
        domain: Some(domain),
        kind,
        domain_aliases: aliases,
        via,
        evidence: evidence.into_iter().map(|(_, e)| e).take(8).collect(),
        confidence: sure.clamp(30.0, ceiling) as u8,
    }
}

/// The main domain and the other domains that the letter itself shows to be the same organisation's.
fn family(letter: &Letter<'_>, g: &Gathered, chosen: &Candidate) -> (String, Vec<String>) {
    let mut domain = chosen.domain.clone();
    let mut aliases = Vec::new();
    let text = &letter.page.text;
    for c in &g.candidates {
        if c.domain == domain || known::organisation(&c.domain).is_some() {
            continue;
        }
        let is_sender = g.sender.as_ref() == Some(&c.domain);
        let said = || line_of(text, &c.domain).is_some_and(phrases::also_writes_from);
        if (is_sender || c.in_body) && same_family(g, chosen, c) || c.in_body && said() {
            aliases.push(c.domain.clone());
        }
    }
    // "Solis devient Lunéa": the name to come is where the mail leads.
    if phrases::renames(text) && g.sender.as_ref() == Some(&domain) {
        let new = g.candidates.iter().find(|c| {
            c.domain != domain
                && c.in_body
                && c.kinship > 0.3
                && may_own(&c.domain)
                && known::organisation(&c.domain).is_none()
        });
        if let Some(new) = new {
            aliases.push(std::mem::replace(&mut domain, new.domain.clone()));
        }
    }
    (domain, aliases)
}

fn line_of<'t>(text: &'t str, domain: &str) -> Option<&'t str> {
    text.lines().find(|l| l.contains(domain))
}

/// The name that the letter gives to whom this domain belongs.
fn named(g: &Gathered, domain: &str) -> String {
    let known = known::organisation(domain);
    let best = g
        .names
        .iter()
        .filter(|n| !n.words.contains('@') && !is_address(&n.words) && !name::is_personal(&n.words))
        .map(|n| {
            let k = name::kinship(domain, &n.words);
            let is_known = known.is_some_and(|o| {
                let folded = crate::letter::words::fold(&n.words);
                o.names.iter().any(|k| crate::letter::words::fold(k) == folded)
            });
            // Long lines that hold the name are less of a name; accents make it more of one.
            let accents = if n.words.is_ascii() { 0.0 } else { 0.02 };
            let length = n.words.chars().count() as f32 / 200.0 - accents;
            (if is_known { 2.0 } else { k * (0.5 + 0.5 * n.weight) - length }, n)
        })
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match (best, known) {
        (Some((score, n)), _) if score >= 2.0 => n.words.clone(),
        (_, Some(o)) => o.name.to_owned(),
        (Some((score, n)), None) if score > 0.25 => n.words.clone(),
        _ => g
            .names
            .iter()
            .find(|n| n.kind == EvidenceKind::DisplayName && !name::is_personal(&n.words))
            .map(|n| n.words.clone())
            .unwrap_or_else(|| from_domain(domain)),
    }
}

fn is_address(words: &str) -> bool {
    !words.contains(' ')
        && words.contains('.')
        && crate::letter::links::registrable(words).is_some()
}

/// `atelier-lune.fr` as a name: `Atelier Lune`.
fn from_domain(domain: &str) -> String {
    let label = domain.split('.').next().unwrap_or(domain);
    label
        .split('-')
        .filter(|w| !w.is_empty())
        .map(|w| {
            let mut letters = w.chars();
            letters
                .next()
                .map(|c| c.to_uppercase().chain(letters).collect::<String>())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ")
}
