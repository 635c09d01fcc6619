//! What folders are called: an organisation's name and a drawer's word, as a mail server can hold them.

use super::{Filing, Shape};
use crate::fold;
use crate::views::ActorRef;
use mesinfos_domain::Category;
use mesinfos_reading::mailbox::{Role, imap_written};
use std::collections::HashMap;

/// Longer names are cut: servers hold paths of 200 bytes at least, and accents take room there.
const NAME_CHARS: usize = 48;

/// Names of organisations as folders, no two alike.
pub(super) struct Names {
    by_actor: HashMap<i64, String>,
}

impl Names {
    /// Of these, in the order of their numbers: the first of a name keeps it.
    pub fn of(actors: &[ActorRef], delimiter: &str) -> Names {
        let mut sorted: Vec<&ActorRef> = actors.iter().collect();
        sorted.sort_by_key(|a| a.id);
        sorted.dedup_by_key(|a| a.id);
        let mut taken: HashMap<String, i64> = HashMap::new();
        let mut by_actor = HashMap::new();
        for actor in sorted {
            let name = level(&actor.name, delimiter);
            let more = actor.domain.clone().unwrap_or_else(|| actor.id.0.to_string());
            let longer = level(&format!("{name} ({more})"), delimiter);
            let last = level(&format!("{} {}", actor.id.0, name), delimiter);
            let is_free = |n: &String| {
                // A folder that means the trash to some program would have its mails deleted.
                !n.is_empty()
                    && Role::of_name(n) == Role::Ordinary
                    && !taken.contains_key(&fold::key(n))
            };
            let name = [name, longer].into_iter().find(is_free).unwrap_or(last);
            taken.insert(fold::key(&name), actor.id.0);
            by_actor.insert(actor.id.0, name);
        }
        Names { by_actor }
    }

    /// The folder for a mail of this actor in this drawer, as she reads it: levels parted by `/`.
    pub fn path(&self, filing: &Filing, actor: i64, category: Category) -> Option<String> {
        let drawer = || {
            let word = filing.drawers.get(category.code()).map_or(category.code(), String::as_str);
            level(&capital(word), &filing.delimiter)
        };
        let actor = self.by_actor.get(&actor)?;
        Some(match filing.shape {
            Shape::ActorAndDrawer => format!("{}/{actor}/{}", filing.root, drawer()),
            Shape::Actor => format!("{}/{actor}", filing.root),
            Shape::Drawer => format!("{}/{}", filing.root, drawer()),
        })
    }
}

/// A path as the server writes it.
pub(super) fn written(filing: &Filing, path: &str) -> String {
    let levels: Vec<String> = path.split('/').map(imap_written).collect();
    format!("{}{}", filing.prefix, levels.join(&filing.delimiter))
}

/// One level of a folder's path: nothing that a server takes for more than a letter.
fn level(name: &str, delimiter: &str) -> String {
    let is_odd = |c: char| {
        c.is_control()
            || matches!(c, '/' | '\\' | '"' | '*' | '%' | '<' | '>' | '|' | '^')
            || delimiter.contains(c)
    };
    let plain: String = name.chars().map(|c| if is_odd(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let cut: String = words.join(" ").chars().take(NAME_CHARS).collect();
    // `~` and `#` begin other namespaces, a dot a hidden folder.
    cut.trim_matches([' ', '.', '~', '#']).to_owned()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mesinfos_domain::{ActorId, ActorKind, Sensitivity};

    fn actor(id: i64, name: &str, domain: Option<&str>) -> ActorRef {
        ActorRef {
            id: ActorId(id),
            name: name.to_owned(),
            domain: domain.map(str::to_owned),
            kind: ActorKind::Merchant,
            sensitivity: Sensitivity::Plain,
        }
    }

    #[test]
    fn a_name_becomes_one_level_of_a_path() {
        assert_eq!(level("Prix/Promo \"2\"\r\nA1 LOGOUT", "/"), "Prix Promo 2 A1 LOGOUT");
        assert_eq!(level("Booking.com", "."), "Booking com");
        assert_eq!(level("Booking.com", "/"), "Booking.com");
        assert_eq!(level(" ..#~ ", "/"), "");
        assert_eq!(level(&"é".repeat(200), "/").chars().count(), NAME_CHARS);
    }

    #[test]
    fn two_of_a_name_and_names_of_the_trash_get_folders_of_their_own() {
        let all = [
            actor(1, "Fnac", Some("fnac.com")),
            actor(2, "FNAC", Some("fnac.be")),
            actor(3, "Corbeille", None),
            actor(4, "///", None),
            actor(5, "fnac", None),
        ];
        let names = Names::of(&all, "/");
        let name = |n: i64| names.by_actor[&n].as_str();
        assert_eq!((name(1), name(2)), ("Fnac", "FNAC (fnac.be)"));
        assert_eq!((name(3), name(4)), ("Corbeille (3)", "(4)"));
        assert_eq!(name(5), "fnac (5)");
    }
}
