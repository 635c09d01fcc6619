//! Where a mail address has its server: a table of providers, and for other domains a guess that the
//! person can change. Nothing is asked of the network here; [`crate::discovery`] does.

use mesinfos_vault::mailboxes::{Access, Outgoing, Security, Way};

/// A provider's server, and what the person must know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provider {
    /// Where, with the whole address as login and a password.
    pub access: Access,
    /// Where mails are handed in, with the same login.
    pub outgoing: Outgoing,
    /// What must be done there first.
    pub note: Note,
    /// Who says so.
    pub source: Source,
}

impl Provider {
    /// Whether our table knows it.
    pub fn is_known(&self) -> bool {
        self.source == Source::Table
    }
}

/// Who says where an address has its servers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// Our table.
    Table,
    /// The domain's settings file.
    Autoconfig,
    /// The domain's DNS.
    Dns,
    /// Nobody: it is usual.
    Guess,
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
    let source = if known.is_some() { Source::Table } else { Source::Guess };
    let (host, port, security, note) = match &known {
        Some(row) => (row.host.to_owned(), row.port, row.security, row.note),
        None => (format!("imap.{domain}"), 993, Security::Tls, Note::None),
    };
    let access = Access { host, port, security, login: address.to_owned(), way: Way::Password };
    let outgoing = known.map_or_else(
        || Outgoing { host: format!("smtp.{domain}"), port: 465, security: Security::Tls },
        |row| row.outgoing,
    );
    Some(Provider { access, outgoing, note, source })
}

struct Row {
    domains: &'static str,
    host: &'static str,
    port: u16,
    security: Security,
    note: Note,
    outgoing: Outgoing,
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
            outgoing: Outgoing {
                host: cells.next()?.to_owned(),
                port: cells.next()?.parse().ok()?,
                security: Security::from_code(cells.next()?),
            },
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_finds_its_server() {
        let found = of("lea@Orange.fr").expect("a provider");
        assert_eq!((found.access.host.as_str(), found.is_known()), ("imap.orange.fr", true));
        assert_eq!((found.outgoing.host.as_str(), found.outgoing.port), ("smtp.orange.fr", 465));
        assert_eq!(of("lea@gmail.com").expect("a provider").note, Note::AppPassword);
        let guess = of("lea@mairie.exemple.fr").expect("a guess");
        assert_eq!(guess.access.host, "imap.mairie.exemple.fr");
        assert!(!guess.is_known());
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
