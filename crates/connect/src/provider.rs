//! Where a mail address has its server: a table of providers, and for other domains a guess that the
//! person can change. Nothing is asked of the network here.

use mesinfos_vault::mailboxes::{Access, Security, Way};

/// A provider's server, and what the person must know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provider {
    /// Where, with the whole address as login and a password.
    pub access: Access,
    /// What must be done there first.
    pub note: Note,
    /// From the table; a guess otherwise.
    pub is_known: bool,
}

/// What must be done at the provider first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Note {
    /// Nothing.
    None,
    /// Make a password for this program.
    AppPassword,
    /// Passwords are not taken: a consent is asked for.
    OAuth,
    /// Switch IMAP on.
    Switch,
    /// Start the provider's own program on this machine.
    Bridge,
}

impl Note {
    /// A stable word, the key of the sentence shown; `None` when there is nothing to say.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Note::None => None,
            Note::AppPassword => Some("app-password"),
            Note::OAuth => Some("oauth"),
            Note::Switch => Some("switch"),
            Note::Bridge => Some("bridge"),
        }
    }

    fn from_code(code: &str) -> Note {
        let all = [Note::AppPassword, Note::OAuth, Note::Switch, Note::Bridge];
        all.into_iter().find(|n| n.code() == Some(code)).unwrap_or(Note::None)
    }
}

const TABLE: &str = include_str!("../data/providers.tsv");

/// The server of an address; `None` when it is no address.
pub fn of(address: &str) -> Option<Provider> {
    let address = address.trim();
    let (local, domain) = address.rsplit_once('@')?;
    let domain = domain.to_lowercase();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    if local.is_empty() || !domain.contains('.') || !domain.chars().all(is_name) {
        return None;
    }
    let known = rows().find(|row| row.domains.split(',').any(|d| d == domain));
    let is_known = known.is_some();
    let (host, port, security, note) = match known {
        Some(row) => (row.host.to_owned(), row.port, row.security, row.note),
        None => (format!("imap.{domain}"), 993, Security::Tls, Note::None),
    };
    let access = Access { host, port, security, login: address.to_owned(), way: Way::Password };
    Some(Provider { access, note, is_known })
}

struct Row {
    domains: &'static str,
    host: &'static str,
    port: u16,
    security: Security,
    note: Note,
}

fn rows() -> impl Iterator<Item = Row> {
    TABLE.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Row {
            domains: cells.next()?,
            host: cells.next()?,
            port: cells.next()?.parse().ok()?,
            security: Security::from_code(cells.next()?),
            note: Note::from_code(cells.next()?),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_finds_its_server() {
        let found = of("lea@Orange.fr").expect("a provider");
        assert_eq!((found.access.host.as_str(), found.is_known), ("imap.orange.fr", true));
        assert_eq!(of("lea@gmail.com").expect("a provider").note, Note::AppPassword);
        let guess = of("lea@mairie.exemple.fr").expect("a guess");
        assert_eq!((guess.access.host.as_str(), guess.is_known), ("imap.mairie.exemple.fr", false));
        for none in ["lea", "@x.fr", "lea@x", "lea@x.fr\r\na", "lea@x y.fr"] {
            assert!(of(none).is_none(), "{none}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|l| !l.starts_with('#')).count();
        assert_eq!(rows().count(), lines);
    }
}
