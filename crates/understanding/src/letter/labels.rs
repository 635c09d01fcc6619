//! The words by which mail programs say who wrote a quoted mail, when, to whom and about what.

/// A header of a quoted mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Label {
    /// Who wrote.
    From,
    /// To whom.
    To,
    /// About what.
    Subject,
    /// When.
    Date,
    /// Any other: it belongs to the block and says nothing that is kept.
    Other,
}

/// English, French, German, Spanish, Italian, Dutch and Portuguese, as Gmail, Outlook, Apple Mail,
/// Thunderbird, Yahoo, Zimbra, Roundcube and their like write them.
const LABELS: &[(&str, Label)] = &[
    ("from", Label::From),
    ("de", Label::From),
    ("von", Label::From),
    ("da", Label::From),
    ("van", Label::From),
    ("expéditeur", Label::From),
    ("absender", Label::From),
    ("remitente", Label::From),
    ("mittente", Label::From),
    ("sender", Label::From),
    ("to", Label::To),
    ("à", Label::To),
    ("a", Label::To),
    ("an", Label::To),
    ("para", Label::To),
    ("pour", Label::To),
    ("per", Label::To),
    ("aan", Label::To),
    ("destinataire", Label::To),
    ("destinataires", Label::To),
    ("empfänger", Label::To),
    ("destinatario", Label::To),
    ("destinatari", Label::To),
    ("subject", Label::Subject),
    ("objet", Label::Subject),
    ("sujet", Label::Subject),
    ("betreff", Label::Subject),
    ("asunto", Label::Subject),
    ("oggetto", Label::Subject),
    ("onderwerp", Label::Subject),
    ("assunto", Label::Subject),
    ("date", Label::Date),
    ("sent", Label::Date),
    ("date d'envoi", Label::Date),
    ("envoyé", Label::Date),
    ("envoyé le", Label::Date),
    ("envoyée", Label::Date),
    ("datum", Label::Date),
    ("gesendet", Label::Date),
    ("gesendet am", Label::Date),
    ("fecha", Label::Date),
    ("enviado", Label::Date),
    ("enviado el", Label::Date),
    ("enviada", Label::Date),
    ("data", Label::Date),
    ("inviato", Label::Date),
    ("data invio", Label::Date),
    ("verzonden", Label::Date),
    ("cc", Label::Other),
    ("cci", Label::Other),
    ("bcc", Label::Other),
    ("copie", Label::Other),
    ("copie à", Label::Other),
    ("kopie", Label::Other),
    ("copia", Label::Other),
    ("reply-to", Label::Other),
    ("reply to", Label::Other),
    ("répondre à", Label::Other),
    ("antwort an", Label::Other),
    ("responder a", Label::Other),
    ("rispondi a", Label::Other),
    ("importance", Label::Other),
    ("priorité", Label::Other),
    ("organisation", Label::Other),
    ("organization", Label::Other),
    ("attachments", Label::Other),
    ("pièces jointes", Label::Other),
    ("anlagen", Label::Other),
    ("datos adjuntos", Label::Other),
    ("allegati", Label::Other),
    ("resent-from", Label::Other),
    ("resent-date", Label::Other),
    ("message-id", Label::Other),
];

/// The label that opens a line and what follows its colon. Quoting, bold stars and the no-break
/// space before a French colon are nothing.
pub fn labelled(line: &str) -> Option<(Label, &str)> {
    let line = bare(line);
    let colon = line.char_indices().take(24).find(|&(_, c)| c == ':')?.0;
    let label = line[..colon].trim_matches(decoration).to_lowercase().replace('’', "'");
    let (_, kind) = LABELS.iter().find(|(word, _)| *word == label)?;
    Some((*kind, line[colon + 1..].trim_matches(decoration)))
}

/// A line without the marks of quoting before it.
pub fn bare(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || c == '|' || c.is_whitespace()).trim_end()
}

/// How many `>` open a line.
pub fn depth(line: &str) -> usize {
    line.chars().take_while(|&c| c == '>' || c == ' ').filter(|&c| c == '>').count()
}

fn decoration(c: char) -> bool {
    c.is_whitespace() || c == '*' || c == '_'
}

/// What a line that announces a quoted mail says of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Announced {
    /// That it is sent on: "Forwarded message".
    Forward,
    /// Only that it is another mail: "Original message" stands in answers too.
    Original,
}

const FORWARDS: &[&str] = &[
    "forwarded message",
    "forwarded mail",
    "begin forwarded message",
    "message transféré",
    "mail transféré",
    "message réexpédié",
    "début du message réexpédié",
    "début du message transféré",
    "transféré",
    "weitergeleitete nachricht",
    "weitergeleitete mail",
    "anfang der weitergeleiteten nachricht",
    "beginn der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "mensaje remitido",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "inizio del messaggio inoltrato",
    "doorgestuurd bericht",
    "mensagem encaminhada",
    "forwarded by",
];

const ORIGINALS: &[&str] = &[
    "original message",
    "message d'origine",
    "message original",
    "message initial",
    "mail original",
    "ursprüngliche nachricht",
    "original-nachricht",
    "originalnachricht",
    "mensaje original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "mensagem original",
];

/// Whether a line announces a quoted mail: one of the known wordings with nothing but rules,
/// a colon or a name around it.
pub fn announces(line: &str) -> Option<Announced> {
    if line.len() > 160 {
        return None;
    }
    let bare = bare(line);
    let ruled = bare.starts_with("--") || bare.starts_with("==") || bare.starts_with("__");
    let ends = bare.ends_with(':') || bare.ends_with("--");
    if !ruled && !ends {
        return None;
    }
    let words = bare.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    let is = |known: &str| {
        words.strip_prefix(known).is_some_and(|rest| rest.is_empty() || (ruled && rest.len() < 60))
    };
    if FORWARDS.iter().any(|k| is(k)) {
        Some(Announced::Forward)
    } else if ORIGINALS.iter().any(|k| is(k)) {
        Some(Announced::Original)
    } else {
        None
    }
}

/// What the prefixes of a subject say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Prefix {
    /// `Fwd:`, `TR:`, `WG:`, `RV:`, `I:`.
    Forward,
    /// `Re:`, `AW:`, `R:`.
    Reply,
}

const PREFIXES: &[(&str, Prefix)] = &[
    ("fwd", Prefix::Forward),
    ("fw", Prefix::Forward),
    ("tr", Prefix::Forward),
    ("trans", Prefix::Forward),
    ("transf", Prefix::Forward),
    ("wg", Prefix::Forward),
    ("rv", Prefix::Forward),
    ("i", Prefix::Forward),
    ("inoltra", Prefix::Forward),
    ("enc", Prefix::Forward),
    ("doorst", Prefix::Forward),
    ("fwd[2]", Prefix::Forward),
    ("re", Prefix::Reply),
    ("ré", Prefix::Reply),
    ("rép", Prefix::Reply),
    ("aw", Prefix::Reply),
    ("antw", Prefix::Reply),
    ("r", Prefix::Reply),
    ("rif", Prefix::Reply),
    ("res", Prefix::Reply),
    ("sv", Prefix::Reply),
];

/// The outermost prefix of a subject and the subject without any.
pub fn prefix(subject: &str) -> (Option<Prefix>, &str) {
    let mut rest = subject.trim();
    let mut outermost = None;
    while let Some((word, after)) = rest.split_once(':') {
        let word = word.trim_matches(|c: char| c.is_whitespace() || c == '[');
        let word = word.split('[').next().unwrap_or(word);
        let Some((_, kind)) = PREFIXES.iter().find(|(p, _)| word.to_lowercase() == *p) else {
            break;
        };
        outermost.get_or_insert(*kind);
        rest = after.trim_start();
    }
    (outermost, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_through_quotes_stars_and_french_spacing() {
        assert_eq!(labelled("> *De :* Nadia <n@x.fr>"), Some((Label::From, "Nadia <n@x.fr>")));
        assert_eq!(labelled("Envoyé\u{a0}: lundi"), Some((Label::Date, "lundi")));
        assert_eq!(labelled("Betreff:\tIhre Rechnung"), Some((Label::Subject, "Ihre Rechnung")));
        assert_eq!(labelled("Bonjour : voici"), None);
    }

    #[test]
    fn announcements_are_told_from_sentences() {
        assert_eq!(announces("---------- Forwarded message ---------"), Some(Announced::Forward));
        assert_eq!(announces("Début du message réexpédié :"), Some(Announced::Forward));
        assert_eq!(announces("-----Message d’origine-----"), Some(Announced::Original));
        assert_eq!(announces("I got your forwarded message yesterday"), None);
    }

    #[test]
    fn subject_prefixes_are_peeled_and_the_outermost_counts() {
        assert_eq!(prefix("TR : RE: devis"), (Some(Prefix::Forward), "devis"));
        assert_eq!(prefix("Re: Fwd: devis"), (Some(Prefix::Reply), "devis"));
        assert_eq!(prefix("Rappel : votre colis"), (None, "Rappel : votre colis"));
    }
}
