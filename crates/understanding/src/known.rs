//! What is known about organisations and platforms: data, never needed and never enough.

use crate::letter::words::{fold, words};
use foldhash::{HashMap, HashSet};
use mesinfos_domain::ActorKind;
use std::sync::LazyLock;

/// What a platform does for others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "data/platforms.tsv says what each is")]
pub enum Role {
    Mailer,
    Tracker,
    Shop,
    Payment,
    Ticketing,
    Booking,
    Desk,
    Review,
    Form,
    Portal,
    Document,
    List,
    Freemail,
    Aside,
    Hosting,
}

impl Role {
    fn from_word(word: &str) -> Option<Role> {
        use Role::*;
        Some(match word {
            "mailer" => Mailer,
            "tracker" => Tracker,
            "shop" => Shop,
            "payment" => Payment,
            "ticketing" => Ticketing,
            "booking" => Booking,
            "desk" => Desk,
            "review" => Review,
            "form" => Form,
            "portal" => Portal,
            "document" => Document,
            "list" => List,
            "freemail" => Freemail,
            "aside" => Aside,
            "hosting" => Hosting,
            _ => return None,
        })
    }

    /// Whether mails of such a platform are usually somebody else's: it is named in `via`.
    pub fn acts_for_others(self) -> bool {
        use Role::*;
        matches!(
            self,
            Shop | Payment | Ticketing | Booking | Desk | Review | Form | Portal | Document
        )
    }
}

/// A service that writes for others.
#[derive(Debug)]
pub struct Platform {
    /// What it does.
    pub role: Role,
    /// Its name.
    pub name: &'static str,
    /// Its kind when it writes for itself.
    pub kind: ActorKind,
    /// Its main domain.
    pub domain: &'static str,
    /// All its domains.
    pub domains: Vec<&'static str>,
}

/// An organisation with what is known of it.
#[derive(Debug)]
pub struct Organisation {
    /// Its kind.
    pub kind: ActorKind,
    /// Its name today.
    pub name: &'static str,
    /// Its main domain.
    pub domain: &'static str,
    /// Its other domains; a host where a domain is shared.
    pub others: Vec<&'static str>,
    /// All its names, today's first; former ones too.
    pub names: Vec<&'static str>,
}

impl Organisation {
    /// Whether a host is one of its own.
    pub fn owns(&self, host: &str) -> bool {
        organisation(host).is_some_and(|o| std::ptr::eq(o, self))
            || std::iter::once(&self.domain).chain(&self.others).any(|d| is_under(host, d))
    }
}

fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

struct Known {
    platforms: Vec<Platform>,
    organisations: Vec<Organisation>,
    platform_of: HashMap<&'static str, usize>,
    organisation_of: HashMap<&'static str, usize>,
    /// By the first word of a folded name.
    named: HashMap<String, Vec<(Vec<String>, usize)>>,
    /// By a name of several words written as one: `royalmail`.
    squashed: HashMap<String, usize>,
    first_names: HashSet<&'static str>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let rows = |text: &'static str| text.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let mut known = Known {
        platforms: Vec::new(),
        organisations: Vec::new(),
        platform_of: HashMap::default(),
        organisation_of: HashMap::default(),
        named: HashMap::default(),
        squashed: HashMap::default(),
        first_names: rows(include_str!("../data/first_names.txt"))
            .flat_map(str::split_whitespace)
            .collect(),
    };
    for row in rows(include_str!("../data/platforms.tsv")) {
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (role, name, kind) = (Role::from_word(next()), next(), ActorKind::from_code(next()));
        let domains: Vec<&str> = next().split_whitespace().collect();
        let (Some(role), Some(kind), Some(&domain)) = (role, kind, domains.first()) else {
            continue;
        };
        for d in &domains {
            known.platform_of.insert(d, known.platforms.len());
        }
        known.platforms.push(Platform { role, name, kind, domain, domains });
    }
    for row in rows(include_str!("../data/organisations.tsv")) {
        let mut columns = row.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (kind, name, domain) = (ActorKind::from_code(next()), next(), next());
        let others: Vec<&str> = next().split_whitespace().collect();
        let Some(kind) = kind else { continue };
        let names: Vec<&str> = std::iter::once(name)
            .chain(next().split(';').map(|n| n.trim_matches(['[', ']', ' '])))
            .filter(|n| !n.is_empty())
            .collect();
        let index = known.organisations.len();
        for d in std::iter::once(&domain).chain(&others) {
            known.organisation_of.entry(d).or_insert(index);
        }
        for n in &names {
            let folded: Vec<String> = words(&fold(n)).map(str::to_owned).collect();
            let squashed = folded.concat();
            if folded.len() > 1 && squashed.len() >= 6 {
                known.squashed.insert(squashed, index);
            }
            if let Some(first) = folded.first() {
                known.named.entry(first.clone()).or_default().push((folded, index));
            }
        }
        known.organisations.push(Organisation { kind, name, domain, others, names });
    }
    // The longest name first: "Crédit Agricole Assurances" is not "Crédit Agricole".
    for list in known.named.values_mut() {
        list.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    known
});

/// A host and the domains it stands under, down to two labels.
fn above(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |h| h.split_once('.').map(|(_, rest)| rest))
        .filter(|h| h.contains('.'))
}

/// The platform that owns a host.
pub fn platform(host: &str) -> Option<&'static Platform> {
    above(host).find_map(|h| KNOWN.platform_of.get(h)).map(|&i| &KNOWN.platforms[i])
}

/// The organisation that owns a host.
pub fn organisation(host: &str) -> Option<&'static Organisation> {
    above(host).find_map(|h| KNOWN.organisation_of.get(h)).map(|&i| &KNOWN.organisations[i])
}

/// Whether people have their mailboxes at exactly this host.
pub fn is_freemail(host: &str) -> bool {
    KNOWN.platform_of.get(host).is_some_and(|&i| KNOWN.platforms[i].role == Role::Freemail)
}

/// The organisation whose name stands at the beginning of these folded words, and how many words
/// its name has.
pub fn named_at(folded: &[&str]) -> Option<(&'static Organisation, usize)> {
    let candidates = KNOWN.named.get(*folded.first()?)?;
    candidates
        .iter()
        .find(|(name, _)| {
            folded.len() >= name.len() && name.iter().zip(folded).all(|(a, b)| a == b)
        })
        .map(|(name, i)| (&KNOWN.organisations[*i], name.len()))
}

/// The organisation whose name of several words is this folded one.
pub fn squashed(folded: &str) -> Option<&'static Organisation> {
    KNOWN.squashed.get(folded).map(|i| &KNOWN.organisations[*i])
}

/// Whether a folded word is a first name.
pub fn is_first_name(folded: &str) -> bool {
    KNOWN.first_names.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_data_is_read() {
        let rows = |t: &str| t.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).count();
        assert_eq!(KNOWN.platforms.len(), rows(include_str!("../data/platforms.tsv")));
        assert_eq!(KNOWN.organisations.len(), rows(include_str!("../data/organisations.tsv")));
    }

    #[test]
    fn a_host_leads_to_who_owns_it() {
        assert_eq!(platform("mail26.mcdlv.net").map(|p| p.name), Some("Mailchimp"));
        let o = organisation("dgfip.finances.gouv.fr").expect("it is in the data");
        assert_eq!(o.domain, "impots.gouv.fr");
        assert!(
            organisation("douane.finances.gouv.fr").is_some_and(|o| o.domain == "douane.gouv.fr")
        );
        assert!(organisation("finances.gouv.fr").is_none());
        assert!(is_freemail("gmail.com") && !is_freemail("mail.orange.fr"));
    }

    #[test]
    fn organisations_are_found_by_former_names() {
        let (o, n) = named_at(&["pole", "emploi", "info"]).expect("it is in the data");
        assert_eq!((o.domain, n), ("francetravail.fr", 2));
    }
}
