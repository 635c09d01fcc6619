//! Where Thunderbird keeps mail: its `profiles.ini` names the profiles of a person.

/// The folders below the Thunderbird folder's parent in which `profiles.ini` lies, by system.
pub const PLACES: [&str; 5] = [
    ".thunderbird",
    "snap/thunderbird/common/.thunderbird",
    ".var/app/org.mozilla.Thunderbird/.thunderbird",
    "Library/Thunderbird",
    "AppData/Roaming/Thunderbird",
];

/// A profile that `profiles.ini` names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// The name that the person sees.
    pub name: String,
    /// Where it lies.
    pub path: String,
    /// Whether `path` is below the folder of `profiles.ini`.
    pub is_relative: bool,
    /// Whether it is the one that opens by itself.
    pub is_default: bool,
}

impl Profile {
    /// The folders with mail in it, below its own.
    pub const MAIL: [&str; 2] = ["Mail", "ImapMail"];
}

/// The profiles, in the file's order.
pub fn profiles(ini: &str) -> Vec<Profile> {
    let mut profiles = Vec::new();
    let mut current: Option<Profile> = None;
    for line in ini.lines().map(str::trim) {
        if line.starts_with('[') {
            profiles.extend(current.take());
            if line.to_ascii_lowercase().starts_with("[profile") {
                current = Some(Profile {
                    name: String::new(),
                    path: String::new(),
                    is_relative: true,
                    is_default: false,
                });
            }
        } else if let (Some(profile), Some((key, value))) = (&mut current, line.split_once('=')) {
            match key.trim().to_ascii_lowercase().as_str() {
                "name" => profile.name = value.trim().to_owned(),
                "path" => profile.path = value.trim().to_owned(),
                "isrelative" => profile.is_relative = value.trim() != "0",
                "default" => profile.is_default = value.trim() == "1",
                _ => {}
            }
        }
    }
    profiles.extend(current);
    profiles.retain(|p| !p.path.is_empty());
    profiles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_found() {
        let ini = "[Install4F96D1932A9F858E]\nDefault=Profiles/x.default\n\n[Profile1]\nName=default-release\nIsRelative=1\nPath=Profiles/ab.default-release\nDefault=1\n\n[Profile0]\nName=old\nIsRelative=0\nPath=/srv/old\n\n[General]\nVersion=2\n";
        let found = profiles(ini);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].path, "Profiles/ab.default-release");
        assert!(found[0].is_default && found[0].is_relative);
        assert!(!found[1].is_relative);
    }
}
