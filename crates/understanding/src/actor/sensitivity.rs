//! How guarded an actor is, by its kind and the words of its name (GDPR, article 9).

use crate::letter::words::{fold, words};
use mesinfos_domain::{ActorKind, Sensitivity};

const HEALTH: &[&str] = &[
    "pharmacie",
    "parapharmacie",
    "pharmacy",
    "apotheke",
    "farmacia",
    "mutuelle",
    "sante",
    "medical",
    "medecin",
    "dentaire",
    "dentiste",
    "clinique",
    "hopital",
    "laboratoire",
    "ophtalmo",
    "optique",
    "psychologue",
    "kine",
    "health",
    "clinic",
    "dental",
    "audition",
    "orthopedie",
];
const BELIEF: &[&str] = &[
    "paroisse",
    "eglise",
    "diocese",
    "mosquee",
    "synagogue",
    "consistoire",
    "temple",
    "church",
    "parish",
    "kirche",
    "parroquia",
    "iglesia",
    "parrocchia",
    "chiesa",
    "syndicat",
    "cgt",
    "cfdt",
    "unsa",
    "cftc",
    "sud",
    "gewerkschaft",
    "sindicato",
    "sindacato",
    "union",
    "parti",
    "partei",
    "partido",
    "partito",
];
const INTIMATE: &[&str] = &[
    "rencontre",
    "rencontres",
    "dating",
    "meetic",
    "tinder",
    "bumble",
    "grindr",
    "adopte",
    "erotique",
    "erotic",
    "sextoy",
    "libertin",
    "planning familial",
];
const MINOR: &[&str] = &[
    "ecole",
    "college",
    "creche",
    "maternelle",
    "primaire",
    "periscolaire",
    "cantine",
    "eleve",
    "eleves",
    "scolaire",
    "halte-garderie",
    "kindergarten",
    "kita",
    "schule",
    "school",
    "nursery",
    "colegio",
    "escuela",
    "scuola",
    "asilo",
];

/// How guarded an actor of this kind and name is; `about` are words of the mail that count for
/// children only (its subject).
pub fn of(kind: ActorKind, name: &str, about: &str) -> Sensitivity {
    let name = fold(name);
    let has = |text: &str, list: &[&str]| words(text).any(|w| list.contains(&w));
    if has(&name, INTIMATE) {
        Sensitivity::Intimate
    } else if kind == ActorKind::Health || has(&name, HEALTH) {
        Sensitivity::Health
    } else if has(&name, BELIEF) && kind != ActorKind::Merchant {
        Sensitivity::Belief
    } else if has(&name, MINOR) || (kind == ActorKind::Administration && has(&fold(about), MINOR)) {
        Sensitivity::Minor
    } else {
        Sensitivity::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn health_belief_intimacy_and_children_are_guarded() {
        let of = |k, n| super::of(k, n, "");
        assert_eq!(of(ActorKind::Merchant, "Pharmacie du Pont"), Sensitivity::Health);
        assert_eq!(of(ActorKind::Other, "Paroisse du Val"), Sensitivity::Belief);
        assert_eq!(of(ActorKind::Administration, "École des Prés"), Sensitivity::Minor);
        assert_eq!(of(ActorKind::Merchant, "Lampes du Nord"), Sensitivity::Plain);
    }
}
