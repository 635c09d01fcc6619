//! The settings file of a mail domain, as Thunderbird and others read it (draft-ietf-mailmaint-autoconfig).

use super::is_host;
use crate::provider::Note;
use mesinfos_vault::mailboxes::Security;
use roxmltree::{Document, Node, ParsingOptions};

/// More elements are no settings.
const NODES: u32 = 5000;

/// A server: host, port, protection.
pub(super) type Server = (String, u16, Security);

/// What a file says of an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Settings {
    /// IMAP.
    pub incoming: Server,
    /// Where mails are handed in.
    pub outgoing: Option<Server>,
    /// Who logs in.
    pub login: String,
    /// What must be known.
    pub note: Note,
}

impl Settings {
    /// Reads a file; `None` when it names no IMAP server under TLS.
    pub fn read(bytes: &[u8], local: &str, domain: &str) -> Option<Settings> {
        let text = std::str::from_utf8(bytes).ok()?;
        let options = ParsingOptions { nodes_limit: NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).ok()?;
        let provider = document.descendants().find(|n| n.has_tag_name("emailProvider"))?;
        let of = |tag: &str, kind: &str| -> Option<(Server, Node<'_, '_>)> {
            let all = provider
                .children()
                .filter(|n| n.has_tag_name(tag) && n.attribute("type") == Some(kind))
                .filter_map(|n| Some((server(n)?, n)));
            // TLS from the first byte before STARTTLS (RFC 8314).
            all.min_by_key(|((.., security), _)| *security != Security::Tls)
        };
        let (incoming, node) = of("incomingServer", "imap")?;
        let outgoing = of("outgoingServer", "smtp").map(|(server, _)| server);
        let ways: Vec<String> =
            texts(node, "authentication").map(str::to_ascii_lowercase).collect();
        let note = match ways.is_empty() || ways.iter().any(|w| w.starts_with("password")) {
            true => Note::None,
            false => Note::OAuth,
        };
        let login = login(texts(node, "username").next().unwrap_or_default(), local, domain);
        Some(Settings { incoming, outgoing, login, note })
    }
}

fn server(node: Node<'_, '_>) -> Option<Server> {
    let text = |tag| texts(node, tag).next();
    let security = match text("socketType")?.to_ascii_uppercase().as_str() {
        "SSL" | "TLS" => Security::Tls,
        "STARTTLS" => Security::StartTls,
        // In clear: as if there were none.
        _ => return None,
    };
    let host = text("hostname").map(str::to_ascii_lowercase).filter(|h| is_host(h))?;
    let port = text("port")?.parse().ok().filter(|p| *p > 0)?;
    Some((host, port, security))
}

fn texts<'a>(node: Node<'a, 'a>, tag: &'static str) -> impl Iterator<Item = &'a str> {
    let all = node.children().filter(move |n| n.has_tag_name(tag));
    all.filter_map(|n| n.text()).map(str::trim)
}

/// The form of a login; one that is not made of the address is not believed.
fn login(form: &str, local: &str, domain: &str) -> String {
    match form {
        "%EMAILLOCALPART%" => local.to_owned(),
        _ => format!("{local}@{domain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="mairie.example">
  <domain>mairie.example</domain><displayName>Mairie</displayName>
  <incomingServer type="pop3"><hostname>pop.hote.example</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
  <incomingServer type="imap"><hostname>imap.hote.example</hostname><port>143</port><socketType>STARTTLS</socketType>
    <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
  <incomingServer type="imap"><hostname>IMAP.hote.example</hostname><port>993</port><socketType>SSL</socketType>
    <username>%EMAILLOCALPART%</username><authentication>password-cleartext</authentication><authentication>OAuth2</authentication></incomingServer>
  <outgoingServer type="smtp"><hostname>smtp.hote.example</hostname><port>587</port><socketType>STARTTLS</socketType></outgoingServer>
</emailProvider></clientConfig>"#;

    fn read(file: &str) -> Option<Settings> {
        Settings::read(file.as_bytes(), "lea", "mairie.example")
    }

    #[test]
    fn a_file_names_the_servers_of_an_address() {
        let found = read(FILE).expect("settings");
        assert_eq!(found.incoming, ("imap.hote.example".to_owned(), 993, Security::Tls));
        assert_eq!(found.outgoing.map(|o| o.1), Some(587));
        assert_eq!((found.login.as_str(), found.note), ("lea", Note::None));
        let only = FILE.replace("password-cleartext", "OAuth2");
        assert_eq!(read(&only).expect("settings").note, Note::OAuth);
    }

    #[test]
    fn nothing_in_clear_and_no_odd_host_is_taken_from_it() {
        for no in [
            FILE.replace("SSL", "plain").replace("STARTTLS", "plain"),
            FILE.replace("hote.example", "hote.example/../x"),
            FILE.replace("imap.hote.example", "127.0.0.1 x")
                .replace("IMAP.hote.example", "localhost"),
            FILE.replace("\"imap\"", "\"exchange\""),
            FILE.replace("993", "0").replace("143", "99999"),
            "<!DOCTYPE x [<!ENTITY a \"b\">]>".to_owned()
                + FILE.trim_start_matches("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
            format!("<clientConfig>{}</clientConfig>", "<a/>".repeat(NODES as usize)),
            "<clientConfig>".repeat(20_000),
            String::new(),
        ] {
            assert_eq!(read(&no), None, "{}", no.get(..200).unwrap_or(&no));
        }
        let odd = FILE.replace("%EMAILLOCALPART%", "root");
        assert_eq!(read(&odd).expect("settings").login, "lea@mairie.example");
    }

    proptest::proptest! {
        #[test]
        fn no_file_makes_it_fail(bytes in proptest::collection::vec(0u8.., 0..200), cut in 0..1200usize) {
            let _ = Settings::read(&bytes, "a", "b.c");
            let mut file = FILE.as_bytes().to_vec();
            file.truncate(cut);
            file.extend(bytes);
            let _ = Settings::read(&file, "a", "b.c");
        }
    }
}
