//! Which folders are places of their own. A view shows mails a second time: Gmail's labels are views
//! of its one folder of all mail, and elsewhere `\All` and `\Flagged` are views of the others.

use crate::imap::Listed;
use mesinfos_reading::mailbox::Role;

/// The folders to follow, in the order in which a person wants them.
pub(super) fn places(listed: Vec<Listed>, is_gmail: bool) -> Vec<Listed> {
    let has_all = listed.iter().any(|l| l.is_all);
    let mut places: Vec<Listed> = listed
        .into_iter()
        .filter(|l| match is_gmail && has_all {
            // All mail holds everything but what is in the trash and in spam.
            true => l.is_all || matches!(l.role, Role::Trash | Role::Spam),
            false => !l.is_view,
        })
        .collect();
    places.sort_by_key(|l| (l.role, !l.name.eq_ignore_ascii_case("INBOX"), l.name.clone()));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str, role: Role, is_all: bool) -> Listed {
        Listed {
            name: name.to_owned(),
            role,
            is_view: is_all,
            is_all,
            delimiter: None,
            counts: None,
        }
    }

    #[test]
    fn gmail_is_its_mail_once_and_others_their_folders() {
        let all = || {
            vec![
                folder("Archive", Role::Ordinary, false),
                folder("Spam", Role::Spam, false),
                folder("INBOX", Role::Ordinary, false),
                folder("All", Role::Ordinary, true),
            ]
        };
        let names = |l: Vec<Listed>| l.into_iter().map(|l| l.name).collect::<Vec<_>>();
        assert_eq!(names(places(all(), true)), ["All", "Spam"]);
        assert_eq!(names(places(all(), false)), ["INBOX", "Archive", "Spam"]);
    }
}
