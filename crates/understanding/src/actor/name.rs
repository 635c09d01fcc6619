//! Names: what an address or a page calls an organisation, and how alike a name and a domain are.

use crate::known;
use crate::letter::words::{fold, words};

/// Words that say nothing of who: articles, legal forms.
const EMPTY: &[&str] = &[
    "le", "la", "les", "l", "d", "de", "du", "des", "et", "and", "the", "und", "of", "von", "der",
    "die", "das", "y", "e", "il", "lo", "el", "los", "las", "di", "del", "della", "a", "au", "aux",
    "en", "for", "sas", "sarl", "sa", "eurl", "gmbh", "ltd", "inc", "llc", "srl", "sl", "co",
    "com", "fr", "www",
];

/// Words that many organisations share: they count for little when a name is compared.
const COMMON: &[&str] = &[
    "boutique",
    "shop",
    "store",
    "cabinet",
    "club",
    "assurance",
    "assurances",
    "banque",
    "bank",
    "mairie",
    "ville",
    "service",
    "services",
    "client",
    "clients",
    "centre",
    "center",
    "groupe",
    "group",
    "maison",
    "atelier",
    "mutuelle",
    "association",
    "amis",
    "hotel",
    "salon",
    "institut",
    "restaurant",
    "ecole",
    "college",
    "lycee",
    "online",
    "info",
    "news",
    "mail",
    "france",
    "compagnie",
    "company",
    "festival",
    "espace",
    "telecom",
    "mobile",
    "energie",
    "energies",
    "societe",
    "newsletter",
    "team",
    "support",
];

/// How alike a registrable domain and a name are, from 0 to 1: 1 when the domain spells the name.
pub fn kinship(domain: &str, name: &str) -> f32 {
    let folded_label = fold(domain.split('.').next().unwrap_or(domain));
    let label: String = folded_label.chars().filter(|c| c.is_alphanumeric()).collect();
    let folded = fold(name);
    let all: Vec<&str> = words(&folded).collect();
    let telling: Vec<&str> = all.iter().copied().filter(|w| !EMPTY.contains(w)).collect();
    if label.len() < 2 || telling.is_empty() {
        return 0.0;
    }
    let from_first = all.iter().position(|w| telling.contains(w)).unwrap_or(0);
    let spellings = [telling.concat(), all.concat(), all[from_first..].concat()];
    if spellings.contains(&label) {
        return 1.0;
    }
    let mut left = label.clone();
    let (mut matched, mut name_matched, mut name_all) = (0.0f32, 0.0f32, 0.0f32);
    for word in &telling {
        let weight = if COMMON.contains(word) { 0.3 } else { 1.0 };
        let len = word.chars().count() as f32;
        name_all += len * weight;
        let found = found_in(&left, &folded_label, word);
        if found > 0 {
            left = left.replacen(&word[..found.min(word.len())], "-", 1);
            matched += found as f32 * weight;
            name_matched += len * weight * (found as f32 / len).min(1.0);
        }
    }
    let of_label = matched / label.len() as f32;
    let of_name = if name_all > 0.0 { name_matched / name_all } else { 0.0 };
    let spelt = 0.6 * of_label.max(of_name) + 0.4 * of_label.min(of_name);
    spelt.max(acronym(&folded_label, &all, &telling)).min(1.0)
}

/// How many bytes of `word` stand in the label: the whole word, or a beginning that is a word of
/// the label (`ophtalmo` of `ophtalmologique`).
fn found_in(left: &str, label: &str, word: &str) -> usize {
    if word.len() >= 3 && left.contains(word) {
        return word.len();
    }
    if word.len() < 5 {
        return 0;
    }
    let shared = label
        .split('-')
        .map(|part| part.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count())
        .max()
        .unwrap_or(0);
    if shared >= 4 && word.is_char_boundary(shared) { shared } else { 0 }
}

/// `cdv-alertes` and "Crédit du Vignoble": initials that stand alone in a domain.
fn acronym(label: &str, all: &[&str], telling: &[&str]) -> f32 {
    let initials =
        |list: &[&str]| -> String { list.iter().filter_map(|w| w.chars().next()).collect() };
    let hit = |initials: &str| initials.len() >= 3 && label.split('-').any(|part| part == initials);
    if hit(&initials(all)) || hit(&initials(telling)) { 0.7 } else { 0.0 }
}

/// Words in a displayed name that name a function, not an organisation.
const FUNCTIONS: &[&str] = &[
    "service client",
    "service clients",
    "service relation client",
    "relation client",
    "service consommateurs",
    "customer service",
    "customer care",
    "customer support",
    "kundenservice",
    "kundendienst",
    "atencion al cliente",
    "servicio al cliente",
    "servizio clienti",
    "support client",
    "le support",
    "l'equipe",
    "equipe",
    "the team",
    "team",
    "newsletter",
    "no reply",
    "no-reply",
    "noreply",
    "ne pas repondre",
    "notifications",
    "notification",
    "support",
    "contact",
    "info",
    "infos",
    "alerte",
    "alertes",
    "alerts",
    "commandes",
    "orders",
    "facturation",
    "billing",
    "accounts",
    "compte client",
    "espace client",
    "sav",
    "service apres-vente",
    "helpdesk",
    "help desk",
    "hello",
    "bonjour",
    "news",
    "actualites",
];

/// What stands between two names in a displayed name.
const JOINTS: &[&str] = &[
    " de la part de ",
    " de chez ",
    " via ",
    " par ",
    " by ",
    " durch ",
    " por ",
    " tramite ",
    " sur ",
    " on ",
    " chez ",
    " at ",
    " from ",
    " bei ",
    " x ",
    " - ",
    " – ",
    " — ",
    " | ",
    " · ",
    " @ ",
    " pour ",
    " for ",
    " : ",
    ", ",
];

/// The names that a displayed name may hold, the whole first: `Chorale du Val via HelloAsso` gives
/// the whole, `Chorale du Val` and `HelloAsso`.
pub fn candidates(display: &str) -> Vec<String> {
    let whole = strip(display);
    let mut all = Vec::new();
    if whole.is_empty() {
        return all;
    }
    // "Camille de Lune", "Camille et l'équipe Lune": an employee before the name.
    if let Some(employer) = after_employee(&whole) {
        return vec![employer];
    }
    let mut parts = vec![whole.as_str()];
    for joint in JOINTS {
        parts = parts.iter().flat_map(|p| split_folded(p, joint)).collect();
    }
    all.push(whole.clone());
    if parts.len() > 1 {
        all.extend(parts.iter().map(|p| strip(p)).filter(|p| !p.is_empty()));
    }
    all.dedup();
    all
}

/// What follows a first name and "of": `Lune` in "Camille de Lune".
fn after_employee(name: &str) -> Option<String> {
    let (first, rest) = name.split_once(' ')?;
    if !known::is_first_name(&fold(first)) {
        return None;
    }
    let team = [
        "et l'équipe ",
        "et l’équipe ",
        "et toute l'équipe ",
        "and the team at ",
        "und das team von ",
    ];
    let of = [
        "de chez ",
        "de la part de ",
        "de ",
        "d'",
        "d’",
        "from ",
        "at ",
        "von ",
        "bei ",
        "di ",
        "chez ",
        "@ ",
        "@",
    ];
    let mut left = rest;
    let mut found = false;
    for word in team.iter().chain(&of) {
        if let Some(after) = left.strip_prefix(word) {
            left = after;
            found = true;
        }
    }
    // "Marie de la Tour" is a person's whole name.
    let article = ["la ", "le ", "les ", "l'"].iter().any(|a| left.starts_with(a));
    (found && !article && left.chars().next().is_some_and(char::is_uppercase))
        .then(|| left.to_owned())
}

fn split_folded<'t>(text: &'t str, joint: &str) -> Vec<&'t str> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text.split(joint).collect();
    }
    let mut parts = Vec::new();
    let mut from = 0;
    while let Some(i) = lower[from..].find(joint) {
        let (start, end) = (from + i, from + i + joint.len());
        let (Some(head), true) = (text.get(from..start), text.is_char_boundary(end)) else { break };
        parts.push(head);
        from = end;
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// A name without quotes, brackets after it, and words of function before or after it.
fn strip(name: &str) -> String {
    let trim = |c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '«' | '»' | '“' | '”' | '-' | '|' | ':' | '·' | ',' | '!')
    };
    let mut name = name.trim_matches(trim);
    if let Some((head, _)) = name.split_once(" (") {
        name = head;
    }
    if let Some(inner) = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')) {
        name = inner;
    }
    loop {
        let folded = fold(name);
        let mut cut = None;
        // Folding keeps the length of most text; only then do offsets agree.
        for f in FUNCTIONS {
            let same = folded.chars().count() == name.chars().count();
            if folded == *f {
                return String::new();
            }
            let n = f.chars().count();
            let tail_begins = folded.strip_prefix(f).is_some_and(|r| r.starts_with(' '));
            let head_ends = folded.strip_suffix(f).is_some_and(|r| r.ends_with(' '));
            if same && tail_begins {
                cut = Some(name.char_indices().nth(n).map_or("", |(i, _)| &name[i..]));
            } else if same && head_ends {
                let kept = name.chars().count() - n;
                cut = Some(name.char_indices().nth(kept).map_or(name, |(i, _)| &name[..i]));
            }
            if cut.is_some() {
                break;
            }
        }
        match cut {
            Some(rest) => name = rest.trim_matches(trim),
            None => return name.trim_matches(trim).to_owned(),
        }
    }
}

/// Whether a displayed name is a person's: one to four words, the first a first name (or the last,
/// after a surname in capitals), no word of business.
pub fn is_personal(display: &str) -> bool {
    let display = display.split(" (").next().unwrap_or(display);
    let folded = fold(display);
    let parts: Vec<&str> =
        folded.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    if parts.is_empty()
        || parts.len() > 4
        || folded.contains(|c: char| c.is_ascii_digit() || c == '&')
    {
        return false;
    }
    let first = |w: &str| w.split('-').all(known::is_first_name) && !w.is_empty();
    let titled = matches!(
        parts[0].trim_end_matches('.'),
        "m" | "mr" | "mrs" | "ms" | "mme" | "herr" | "frau" | "sr" | "sra" | "sig"
    );
    let capitals = display.split_whitespace().next().is_some_and(|w| {
        w.chars().count() > 1 && w.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    });
    let ends = first(parts[0]) || capitals && parts.last().is_some_and(|w| first(w));
    titled
        || (ends
            && !parts.iter().any(|w| {
                EMPTY[..14].contains(w)
                    && !matches!(*w, "le" | "la" | "de" | "du" | "d" | "l" | "des")
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_spells_its_name() {
        for (domain, name, low, high) in [
            ("lune-atelier.fr", "Atelier Lune", 0.7, 1.0),
            ("bioetlune.fr", "Bio & Lune", 0.6, 1.0),
            ("cdl-alertes.com", "Crédit du Littoral", 0.6, 0.8),
            ("ville-pontivel.fr", "Mairie de Pontivel", 0.6, 1.0),
            ("groupe-valoria.com", "Tisane & Lune", 0.0, 0.2),
        ] {
            let k = kinship(domain, name);
            assert!((low..=high).contains(&k), "{domain} {name}: {k}");
        }
    }

    #[test]
    fn displayed_names_are_taken_apart() {
        assert_eq!(candidates("Chorale du Val via HelloAsso")[1], "Chorale du Val");
        assert_eq!(candidates("Service client Lune"), ["Lune"]);
        assert_eq!(candidates("L'équipe Lune"), ["Lune"]);
        assert!(candidates("Service client").is_empty());
        assert_eq!(candidates("Camille de chez Lune"), ["Lune"]);
        assert_eq!(candidates("Camille et l'équipe de Lune"), ["Lune"]);
    }

    #[test]
    fn people_have_first_names() {
        assert!(is_personal("Hélène Bonnet"));
        assert!(is_personal("BONNET Hélène (Service achats)"));
        assert!(!is_personal("Librairie Hélène & Fils"));
        assert!(!is_personal("Lune"));
    }
}
