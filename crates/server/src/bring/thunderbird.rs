//! Thunderbird on this machine: looked for when the person asks, and only on their own machine.

use mesinfos_reading::mailbox::thunderbird;
use std::path::{Path, PathBuf};

/// A Thunderbird profile that holds mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Its name, as Thunderbird shows it.
    pub name: String,
    /// The folders with mail.
    pub paths: Vec<PathBuf>,
    /// How many files look like mailboxes.
    pub boxes: u64,
    /// Their bytes.
    pub size: u64,
}

/// How deep below a profile mailboxes are counted.
const DEPTH: u32 = 8;

/// The profiles below this home folder, the largest first.
pub fn profiles(home: &Path) -> Vec<Profile> {
    let mut found: Vec<Profile> =
        thunderbird::PLACES.iter().flat_map(|place| profiles_in(&home.join(place))).collect();
    found.sort_by_key(|p| std::cmp::Reverse(p.size));
    found
}

fn profiles_in(place: &Path) -> Vec<Profile> {
    let Ok(ini) = std::fs::read_to_string(place.join("profiles.ini")) else { return Vec::new() };
    let profiles = thunderbird::profiles(&ini).into_iter().map(|named| {
        let folder = if named.is_relative { place.join(&named.path) } else { named.path.into() };
        let paths: Vec<PathBuf> = thunderbird::Profile::MAIL
            .iter()
            .map(|below| folder.join(below))
            .filter(|p| p.is_dir())
            .collect();
        let mut profile = Profile { name: named.name, paths, boxes: 0, size: 0 };
        for path in profile.paths.clone() {
            count(&path, DEPTH, &mut profile);
        }
        profile
    });
    profiles.filter(|p| p.boxes > 0).collect()
}

/// A mailbox of Thunderbird's is a file without extension that has bytes in it.
fn count(folder: &Path, depth: u32, profile: &mut Profile) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(meta) = entry.metadata() else { continue };
        if meta.is_dir() && depth > 0 {
            count(&entry.path(), depth - 1, profile);
        } else if meta.is_file() && meta.len() > 0 && entry.path().extension().is_none() {
            profile.boxes += 1;
            profile.size += meta.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_found_with_its_mailboxes() {
        let home = tempfile::tempdir().expect("a folder");
        let place = home.path().join(".thunderbird");
        let folder = place.join("abc.default/Mail/pop.example");
        std::fs::create_dir_all(&folder).expect("folders");
        std::fs::write(
            place.join("profiles.ini"),
            "[Profile0]\nName=default\nIsRelative=1\nPath=abc.default\n",
        )
        .expect("a file");
        std::fs::write(folder.join("Inbox"), "From - x\n\nhello\n").expect("a file");
        std::fs::write(folder.join("Inbox.msf"), "index").expect("a file");
        let found = profiles(home.path());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].boxes, found[0].size), (1, 16));
        assert_eq!(found[0].paths, [place.join("abc.default/Mail")]);
        assert!(profiles(&place).is_empty());
    }
}
