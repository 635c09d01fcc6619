//! What a path says of a file before it is opened: its folder, its flags, whether it is worth it.

use super::role::imap_name;
use super::{Flags, Role, Why};

/// What a path says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Hint {
    /// The folder, parts joined by `/`.
    pub folder: String,
    /// What the folder is for.
    pub role: Role,
    /// By the name of a Maildir file.
    pub flags: Flags,
    /// A reason not to open it.
    pub skip: Option<Why>,
    /// The name or the place says that it is one message.
    pub is_message: bool,
    /// The name or the place says that it is an mbox.
    pub is_mbox: bool,
    /// The name says that it is an emlx (Apple Mail).
    pub is_emlx: bool,
    /// An emlx whose attachments are stored apart.
    pub is_partial: bool,
}

/// Reads a path of a file, or of an entry in an archive: parts joined by `/`, from the name of
/// what the person chose on.
pub fn hint(path: &str) -> Hint {
    let parts: Vec<&str> = path.split(['/', '\\']).filter(|p| !p.is_empty() && *p != ".").collect();
    let Some((&name, folders)) = parts.split_last() else { return Hint::default() };
    let lower = name.to_ascii_lowercase();
    let mut hint = Hint::default();
    let folders = match folders.split_last() {
        Some((&"cur" | &"new", above)) => {
            hint.is_message = true;
            if let Some(letters) = letters(name) {
                hint.flags = Flags::of_maildir(letters);
            } else if folders.last() == Some(&"new") && is_maildir_name(name) {
                // No mail program has shown it yet.
                hint.flags.seen = Some(false);
            }
            above
        }
        Some((&"tmp", above)) if is_maildir_name(name) => {
            hint.skip = Some(Why::Unfinished);
            above
        }
        _ => folders,
    };
    let stem = |end: &str| lower.ends_with(end).then(|| &name[..name.len() - end.len()]);
    hint.is_partial = lower.ends_with(".partial.emlx");
    hint.is_emlx = lower.ends_with(".emlx");
    hint.is_message |= lower.ends_with(".eml") || hint.is_emlx;
    let in_thunderbird = folders.iter().any(|f| matches!(*f, "Mail" | "ImapMail"))
        || folders.last().is_some_and(|f| f.ends_with(".sbd"));
    let own_name = stem(".mbox").or(stem(".mbx"));
    hint.is_mbox = own_name.is_some() || name == "mbox";
    let mut folder: Vec<String> = folders.iter().flat_map(|f| folder_parts(f)).collect();
    if !hint.is_message && !name.contains('.') || own_name.is_some() {
        // Apple Mail puts the file `mbox` into a folder that has the name.
        if name != "mbox" {
            folder.push(imap_name(own_name.unwrap_or(name)).into_owned());
        }
    }
    if in_thunderbird {
        // Above `Mail/<account>/` is the profile's own path.
        let root = folders.iter().rposition(|f| matches!(*f, "Mail" | "ImapMail"));
        if let Some(root) = root {
            let skip: usize = folders[..(root + 2).min(folders.len())]
                .iter()
                .map(|f| folder_parts(f).len())
                .sum();
            folder.drain(..skip.min(folder.len()));
        }
    }
    hint.folder = folder.join("/");
    hint.role = Role::of_folder(&hint.folder);
    if hint.flags.draft {
        hint.role = hint.role.max(Role::Drafts);
    }
    if hint.flags.deleted {
        hint.role = hint.role.max(Role::Trash);
    }
    if hint.skip.is_none() && !hint.is_message && is_never_mail(&lower) {
        hint.skip = Some(Why::NotMail);
    }
    hint
}

/// One folder of a path: `.A.B` is `A/B` (Maildir++), `.sbd` and `.mbox` are no part of the name,
/// and Apple Mail's inner folders have none.
fn folder_parts(name: &str) -> Vec<String> {
    if let Some(inner) = name.strip_prefix('.') {
        return inner
            .split('.')
            .filter(|p| !p.is_empty() && !p.eq_ignore_ascii_case("inbox"))
            .map(|p| imap_name(p).into_owned())
            .collect();
    }
    let bare = [".sbd", ".mbox", ".imapmbox"].iter().find_map(|e| name.strip_suffix(e));
    let is_inner = matches!(name, "Messages" | "Data" | "cur" | "new" | "Maildir")
        || name.eq_ignore_ascii_case("inbox")
        || (!name.is_empty() && name.len() <= 2 && name.bytes().all(|c| c.is_ascii_digit()))
        || is_uuid(name);
    match bare {
        Some(bare) if !bare.eq_ignore_ascii_case("inbox") => vec![imap_name(bare).into_owned()],
        None if !is_inner => vec![imap_name(name).into_owned()],
        _ => Vec::new(),
    }
}

fn is_uuid(name: &str) -> bool {
    name.len() == 36 && name.bytes().all(|c| c.is_ascii_hexdigit() || c == b'-')
}

/// The letters after `:2,`; Windows and some archives have `;2,`, `!2,` or `_2,` instead.
fn letters(name: &str) -> Option<&str> {
    [":2,", ";2,", "!2,", "_2,", "\u{f022}2,"]
        .iter()
        .find_map(|mark| name.rsplit_once(mark))
        .map(|(_, letters)| letters)
}

/// `time.unique.host` (the Maildir convention).
fn is_maildir_name(name: &str) -> bool {
    let time = name.split('.').next().unwrap_or_default();
    time.len() >= 9 && time.bytes().all(|c| c.is_ascii_digit())
}

/// Files that stand beside mail and are none, whatever they hold.
fn is_never_mail(lower: &str) -> bool {
    const NAMES: [&str; 12] = [
        ".ds_store",
        "dovecot.index",
        "dovecot-uidlist",
        "dovecot-keywords",
        "courierimapuiddb",
        "courierimapsubscribed",
        "maildirsize",
        "maildirfolder",
        "subscriptions",
        "popstate.dat",
        "prefs.js",
        "profiles.ini",
    ];
    const ENDS: [&str; 34] = [
        ".msf",
        ".sqlite",
        ".plist",
        ".jpg",
        ".jpeg",
        ".png",
        ".gif",
        ".webp",
        ".svg",
        ".mp3",
        ".mp4",
        ".avi",
        ".mov",
        ".json",
        ".js",
        ".css",
        ".xml",
        ".csv",
        ".ics",
        ".vcf",
        ".pdf",
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".odt",
        ".exe",
        ".dll",
        ".so",
        ".html",
        ".htm",
        ".emlxpart",
    ];
    NAMES.contains(&lower)
        || lower.starts_with("dovecot.index")
        || lower.starts_with("._")
        || ENDS.iter().any(|e| lower.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_told_from_paths() {
        for (path, folder, role) in [
            ("Maildir/cur/1700000000.M1P2.host:2,S", "", Role::Ordinary),
            ("Maildir/.Sent/cur/1700000000.M1P2.host:2,S", "Sent", Role::Sent),
            ("Maildir/.INBOX.Factures.2024/new/1700000000.1.h", "Factures/2024", Role::Ordinary),
            ("Maildir/.&AMk-l&AOk-ments envoy&AOk-s/cur/1.x", "Éléments envoyés", Role::Sent),
            ("Takeout/Mail/Corbeille.mbox", "Corbeille", Role::Trash),
            ("p.default/Mail/Local Folders/Sent", "Sent", Role::Sent),
            ("p.default/Mail/Local Folders/Archives.sbd/2020", "Archives/2020", Role::Ordinary),
            ("p.default/ImapMail/imap.a.example/INBOX.sbd/Trash", "Trash", Role::Trash),
            (
                "Mail/V10/0E6A2C8B-1111-2222-3333-444455556666/Junk.mbox/0E6A2C8B-1111-2222-3333-444455556666/Data/1/2/Messages/9.emlx",
                "Junk",
                Role::Spam,
            ),
            ("Sent.mbox/mbox", "Sent", Role::Sent),
            ("facture.eml", "", Role::Ordinary),
        ] {
            let hint = hint(path);
            assert_eq!((hint.folder.as_str(), hint.role), (folder, role), "{path}");
        }
    }

    #[test]
    fn a_maildir_name_tells_flags() {
        let h = hint("Maildir/cur/1700000000.M1P2.host:2,FRS");
        assert!(h.flags.answered && h.flags.flagged && !h.flags.draft);
        assert!(h.is_message);
        for (path, seen) in [
            ("Maildir/cur/1700000000.M1P2.host:2,FRS", Some(true)),
            ("Maildir/cur/1700000000.M1P2.host:2,", Some(false)),
            ("Maildir/new/1700000000.M1P2.host", Some(false)),
            ("Maildir/cur/1700000000.M1P2.host", None),
            ("a/new/facture.eml", None),
        ] {
            assert_eq!(hint(path).flags.seen, seen, "{path}");
        }
        assert_eq!(hint("Maildir/tmp/1700000000.M1.host").skip, Some(Why::Unfinished));
        assert_eq!(hint("Maildir/cur/1.h:2,ST").role, Role::Trash);
    }

    #[test]
    fn what_stands_beside_mail_is_not_opened() {
        for path in ["a/.DS_Store", "Mail/x/Inbox.msf", "p/prefs.js", "m/dovecot.index.log"] {
            assert_eq!(hint(path).skip, Some(Why::NotMail), "{path}");
        }
    }
}
