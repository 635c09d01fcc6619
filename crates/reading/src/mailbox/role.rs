//! What a folder is for: sent mail, spam, trash, drafts and chats are kept and do not count.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a folder or a label is for.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Mail that counts: the inbox, archives, the person's own folders.
    #[default]
    Ordinary,
    /// Written by the person.
    Sent,
    /// Chats.
    Chats,
    /// Drafts.
    Drafts,
    /// Trash.
    Trash,
    /// Spam.
    Spam,
}

/// Names as mail programs and providers write them, folded: English, French, German, Spanish,
/// Italian; IMAP's special uses (RFC 6154) are the first of each.
const NAMES: [(Role, &[&str]); 5] = [
    (
        Role::Sent,
        &[
            "\\sent",
            "sent",
            "sent items",
            "sent mail",
            "sent messages",
            "sent-mail",
            "outbox sent",
            "envoyes",
            "messages envoyes",
            "elements envoyes",
            "courrier envoye",
            "courriers envoyes",
            "mails envoyes",
            "gesendet",
            "gesendete elemente",
            "gesendete objekte",
            "gesendete nachrichten",
            "gesendete e-mails",
            "enviados",
            "elementos enviados",
            "mensajes enviados",
            "correo enviado",
            "inviati",
            "inviata",
            "posta inviata",
            "messaggi inviati",
            "elementi inviati",
        ],
    ),
    (
        Role::Chats,
        &[
            "chat",
            "chats",
            "conversation history",
            "hangouts",
            "discussions instantanees",
            "historique des conversations",
            "historique de conversations",
            "aufgezeichnete unterhaltungen",
            "unterhaltungsverlauf",
            "historial de conversaciones",
            "cronologia conversazioni",
        ],
    ),
    (
        Role::Drafts,
        &[
            "\\drafts",
            "draft",
            "drafts",
            "brouillon",
            "brouillons",
            "entwurf",
            "entwurfe",
            "entwuerfe",
            "borrador",
            "borradores",
            "bozza",
            "bozze",
            "templates",
            "modeles",
        ],
    ),
    (
        Role::Trash,
        &[
            "\\trash",
            "trash",
            "deleted",
            "deleted items",
            "deleted messages",
            "bin",
            "corbeille",
            "messages supprimes",
            "elements supprimes",
            "supprimes",
            "papierkorb",
            "geloschte elemente",
            "geloschte objekte",
            "geloscht",
            "geloeschte elemente",
            "papelera",
            "elementos eliminados",
            "mensajes eliminados",
            "eliminados",
            "cestino",
            "posta eliminata",
            "elementi eliminati",
            "messaggi eliminati",
        ],
    ),
    (
        Role::Spam,
        &[
            "\\junk",
            "spam",
            "junk",
            "junk mail",
            "junk e-mail",
            "junk email",
            "bulk mail",
            "courrier indesirable",
            "courriers indesirables",
            "indesirables",
            "pourriel",
            "quarantaine",
            "junk-e-mail",
            "spamverdacht",
            "unerwunscht",
            "werbung spam",
            "correo no deseado",
            "no deseado",
            "correo basura",
            "posta indesiderata",
            "indesiderata",
        ],
    ),
];

impl Role {
    /// By one folder name, label or special use.
    pub fn of_name(name: &str) -> Role {
        let name = fold(name);
        NAMES
            .iter()
            .find(|(_, names)| names.contains(&name.as_str()))
            .map_or(Role::Ordinary, |(role, _)| *role)
    }

    /// By a folder, parts joined by `/`: what is inside the trash is trash.
    pub fn of_folder(folder: &str) -> Role {
        folder.split('/').map(Role::of_name).max().unwrap_or_default()
    }

    /// By several labels: the one that says most against counting wins.
    pub fn of_labels(labels: &[String]) -> Role {
        labels.iter().map(|l| Role::of_name(l)).max().unwrap_or_default()
    }
}

/// Lower case without the accents of our languages.
fn fold(name: &str) -> String {
    let plain = |c: char| match c {
        'à' | 'â' | 'ä' | 'á' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'î' | 'ï' | 'í' | 'ì' => 'i',
        'ô' | 'ö' | 'ó' | 'ò' => 'o',
        'û' | 'ü' | 'ù' | 'ú' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        '_' | '\u{a0}' => ' ',
        c => c,
    };
    // macOS writes file names decomposed: a letter, then its accent.
    let marks = '\u{300}'..='\u{36f}';
    name.trim()
        .trim_start_matches("[Gmail]/")
        .to_lowercase()
        .chars()
        .filter(|c| !marks.contains(c))
        .map(plain)
        .collect()
}

/// A folder name of IMAP (RFC 3501, 5.1.3: modified UTF-7) as text: `&AMk-t&AOk-` is `Été`.
pub fn imap_name(name: &str) -> Cow<'_, str> {
    if !name.contains('&') || !name.is_ascii() {
        return Cow::Borrowed(name);
    }
    let mut out = String::new();
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((code, tail)) = after.split_once('-') else {
            return Cow::Borrowed(name);
        };
        if code.is_empty() {
            out.push('&');
        } else {
            let bytes = crate::words::base64(code.as_bytes());
            let is_code = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'+' | b',');
            if !code.bytes().all(is_code) || bytes.len() < 2 {
                return Cow::Borrowed(name);
            }
            let units = bytes.chunks_exact(2).map(|b| u16::from_be_bytes([b[0], b[1]]));
            out.extend(char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')));
        }
        rest = tail;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A text as a folder name of IMAP (RFC 3501, 5.1.3): the way back of [`imap_name`].
pub fn imap_written(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
    let (mut out, mut bits, mut held, mut is_coded) = (String::new(), 0_u32, 0_u32, false);
    let sign = |value: u32| char::from(SIGNS[(value & 63) as usize]);
    for c in text.chars() {
        let is_plain = matches!(c, ' '..='~');
        if is_plain {
            if is_coded {
                if held > 0 {
                    out.push(sign(bits << (6 - held)));
                }
                out.push('-');
                (bits, held, is_coded) = (0, 0, false);
            }
            out.push(c);
            if c == '&' {
                out.push('-');
            }
            continue;
        }
        if !is_coded {
            out.push('&');
            is_coded = true;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // At most five bits wait, so that sixteen more always fit.
            bits = (bits << 16 | u32::from(*unit)) & 0x1f_ffff;
            held += 16;
            while held >= 6 {
                held -= 6;
                out.push(sign(bits >> held));
            }
        }
    }
    if is_coded {
        if held > 0 {
            out.push(sign(bits << (6 - held)));
        }
        out.push('-');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_five_languages_are_known() {
        for (name, role) in [
            ("Sent", Role::Sent),
            ("Messages envoyés", Role::Sent),
            ("Gesendete Objekte", Role::Sent),
            ("Papelera", Role::Trash),
            ("Bozze", Role::Drafts),
            ("Courrier indésirable", Role::Spam),
            ("E\u{301}le\u{301}ments supprime\u{301}s", Role::Trash),
            ("\\Junk", Role::Spam),
            ("Chat", Role::Chats),
            ("Factures", Role::Ordinary),
            ("Spam research", Role::Ordinary),
        ] {
            assert_eq!(Role::of_name(name), role, "{name}");
        }
        assert_eq!(Role::of_folder("Corbeille/Factures"), Role::Trash);
    }

    #[test]
    fn imap_names_are_read() {
        assert_eq!(imap_name("&AMk-l&AOk-ments envoy&AOk-s"), "Éléments envoyés");
        assert_eq!(imap_name("R&-D"), "R&D");
        assert_eq!(imap_name("a & b"), "a & b");
        assert_eq!(imap_written("Éléments envoyés"), "&AMk-l&AOk-ments envoy&AOk-s");
        // The example of RFC 3501.
        assert_eq!(imap_written("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        for name in ["R&D", "Refusés", "a&é&", "🦀 crabes", "é🦀é", "ééé", ""] {
            assert_eq!(imap_name(&imap_written(name)), name);
        }
    }
}
