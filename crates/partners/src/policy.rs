//! All that she says together: which word holds for the mails of an actor in a drawer.
//!
//! The strongest word holds: of the drawer of an actor, then of the actor, then of a sort of actors,
//! then of all sorts, then of newcomers; of two about the same thing the later one. A word of a whole
//! actor ends what was said before of its drawers: "refuse all" means all.

use crate::{Rule, Stance};
use mesinfos_domain::{ActorId, ActorKind, Category, CorrectionId};
use std::collections::{HashMap, HashSet};

/// A word and when it was said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Said {
    /// Its number, to undo it.
    pub id: CorrectionId,
    /// When, in microseconds since 1970.
    pub at_us: i64,
    /// Yes or no.
    pub stance: Stance,
}

/// An actor, as far as rules ask.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Who {
    /// The main one, where several were joined.
    pub id: ActorId,
    /// What sort.
    pub kind: ActorKind,
    /// When it first wrote, in microseconds since 1970.
    pub first_us: i64,
}

/// The rules in force.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    drawers: HashMap<(ActorId, Category), Said>,
    actors: HashMap<ActorId, Said>,
    sorts: HashMap<(Option<ActorKind>, Category), (Said, HashSet<ActorId>)>,
    addresses: HashMap<String, Said>,
    newcomers: Option<(Option<Category>, Said)>,
}

impl Policy {
    /// Takes the next word, in the order in which she said them. `main` gives the actor that another
    /// was joined to.
    pub fn take(&mut self, rule: &Rule, said: Said, main: impl Fn(ActorId) -> ActorId) {
        match rule {
            Rule::Actor { actor } => {
                let actor = main(*actor);
                self.drawers.retain(|(a, _), _| *a != actor);
                self.actors.insert(actor, said);
            }
            Rule::Drawer { actor, category } => {
                self.drawers.insert((main(*actor), *category), said);
            }
            Rule::Sort { sort, category, except } => {
                let except = except.iter().map(|a| main(*a)).collect();
                self.sorts.insert((*sort, *category), (said, except));
            }
            Rule::Address { address } => {
                self.addresses.insert(address.clone(), said);
            }
            Rule::Newcomers { category } => self.newcomers = Some((*category, said)),
        }
    }

    /// The word that holds for this actor's mails in this drawer; `None`: she has said nothing.
    pub fn of(&self, who: &Who, category: Category) -> Option<Said> {
        let sort = |kind: Option<ActorKind>| {
            let (said, except) = self.sorts.get(&(kind, category))?;
            (!except.contains(&who.id)).then_some(*said)
        };
        self.drawers
            .get(&(who.id, category))
            .or_else(|| self.actors.get(&who.id))
            .copied()
            .or_else(|| sort(Some(who.kind)))
            .or_else(|| sort(None))
            .or_else(|| self.newcomer(who, category))
    }

    fn newcomer(&self, who: &Who, category: Category) -> Option<Said> {
        let (drawer, said) = self.newcomers.as_ref()?;
        let is_meant = drawer.is_none_or(|d| d == category) && who.first_us > said.at_us;
        is_meant.then_some(*said)
    }

    /// What she says of a whole actor.
    pub fn of_actor(&self, id: ActorId) -> Option<Said> {
        self.actors.get(&id).copied()
    }

    /// What she says of an address of hers (in lower case).
    pub fn of_address(&self, address: &str) -> Option<Said> {
        self.addresses.get(address).copied()
    }

    /// Her addresses that nobody may write to.
    pub fn refused_addresses(&self) -> impl Iterator<Item = (&str, Said)> {
        let all = self.addresses.iter().map(|(address, said)| (address.as_str(), *said));
        all.filter(|(_, said)| said.stance == Stance::Refused)
    }

    /// Whether any word refuses anything: most vaults of a first day answer no.
    pub fn refuses_anything(&self) -> bool {
        let no = |said: &Said| said.stance == Stance::Refused;
        self.drawers.values().any(no)
            || self.actors.values().any(no)
            || self.sorts.values().any(|(said, _)| no(said))
            || self.addresses.values().any(no)
            || self.newcomers.as_ref().is_some_and(|(_, said)| no(said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Category::*;

    const SHOP: ActorId = ActorId(1);
    const PART: ActorId = ActorId(2);
    const CLUB: ActorId = ActorId(3);

    fn who(id: ActorId, kind: ActorKind) -> Who {
        Who { id, kind, first_us: 0 }
    }

    fn policy(words: &[(Rule, Stance)]) -> Policy {
        let mut policy = Policy::default();
        for (i, (rule, stance)) in words.iter().enumerate() {
            let said = Said { id: CorrectionId(i as i64), at_us: i as i64 * 10, stance: *stance };
            policy.take(rule, said, |a| if a == PART { SHOP } else { a });
        }
        policy
    }

    fn refuses(policy: &Policy, who: Who, category: Category) -> bool {
        policy.of(&who, category).is_some_and(|said| said.stance == Stance::Refused)
    }

    #[test]
    fn what_says_more_of_a_mail_is_stronger() {
        let letters =
            Rule::Sort { sort: Some(ActorKind::Merchant), category: Newsletter, except: vec![] };
        let kept = Rule::Drawer { actor: PART, category: Newsletter };
        let p = policy(&[(kept, Stance::Accepted), (letters, Stance::Refused)]);
        let shop = who(SHOP, ActorKind::Merchant);
        assert!(!refuses(&p, shop, Newsletter), "said of a part is said of the whole");
        assert!(refuses(&p, who(ActorId(9), ActorKind::Merchant), Newsletter));
        assert!(!refuses(&p, who(ActorId(9), ActorKind::Merchant), Transaction));
        assert!(!refuses(&p, who(CLUB, ActorKind::Leisure), Newsletter));
    }

    #[test]
    fn refusing_all_ends_what_was_said_of_a_drawer_and_a_later_word_excepts_again() {
        let drawer = || Rule::Drawer { actor: SHOP, category: Transaction };
        let all = || Rule::Actor { actor: SHOP };
        let shop = who(SHOP, ActorKind::Merchant);
        let p = policy(&[(drawer(), Stance::Accepted), (all(), Stance::Refused)]);
        assert!(refuses(&p, shop, Transaction));
        let p = policy(&[(all(), Stance::Refused), (drawer(), Stance::Accepted)]);
        assert!(!refuses(&p, shop, Transaction) && refuses(&p, shop, Newsletter));
    }

    #[test]
    fn exceptions_and_newcomers() {
        let letters = Rule::Sort { sort: None, category: Newsletter, except: vec![CLUB] };
        let p = policy(&[
            (letters, Stance::Refused),
            (Rule::Newcomers { category: None }, Stance::Refused),
        ]);
        assert!(!refuses(&p, who(CLUB, ActorKind::Leisure), Newsletter));
        assert!(refuses(&p, who(SHOP, ActorKind::Merchant), Newsletter));
        let newcomer = Who { first_us: 11, ..who(ActorId(9), ActorKind::Bank) };
        assert!(refuses(&p, newcomer, Transaction), "it came after she said so");
        assert!(!refuses(&p, who(SHOP, ActorKind::Merchant), Transaction));
    }

    proptest::proptest! {
        /// Whatever was said before, the last word of an actor's drawer holds.
        #[test]
        fn the_last_word_of_a_drawer_holds(before in proptest::collection::vec(0..5u8, 0..8), no: bool) {
            let stance = if no { Stance::Refused } else { Stance::Accepted };
            let mut words: Vec<(Rule, Stance)> = before.into_iter().map(|n| {
                let rule = match n {
                    0 => Rule::Actor { actor: SHOP },
                    1 => Rule::Drawer { actor: PART, category: Newsletter },
                    2 => Rule::Sort { sort: None, category: Newsletter, except: vec![SHOP] },
                    3 => Rule::Newcomers { category: None },
                    _ => Rule::Sort { sort: Some(ActorKind::Merchant), category: Newsletter, except: vec![] },
                };
                (rule, if n % 2 == 0 { Stance::Refused } else { Stance::Accepted })
            }).collect();
            words.push((Rule::Drawer { actor: SHOP, category: Newsletter }, stance));
            proptest::prop_assert_eq!(refuses(&policy(&words), who(SHOP, ActorKind::Merchant), Newsletter), no);
        }
    }
}
