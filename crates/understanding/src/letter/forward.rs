//! The block of headers by which mail programs introduce a mail that a person sends on.

use super::labels::{Announced, Label, announces, bare, depth, labelled};
use mesinfos_reading::Address;
use std::ops::Range;

/// Lines of a body that are searched: a note above a forwarded mail is short.
const LINES: usize = 400;
/// Lines that one block may take.
const BLOCK_LINES: usize = 16;

/// The headers of a quoted mail.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Block {
    /// Who wrote the quoted mail; the address may be empty.
    pub from: Address,
    /// Its subject, as quoted.
    pub subject: Option<String>,
    /// Its date, as quoted.
    pub date: Option<String>,
    /// To whom it went, as quoted.
    pub to: Option<String>,
    /// Where the block stands, from the line that announces it.
    pub at: Range<usize>,
    /// Where its last header ends: the quoted body begins after it.
    pub body: usize,
    /// How many `>` stand before it.
    pub depth: usize,
    /// What the line above says of it.
    pub announced: Option<Announced>,
}

/// The first block of quoted headers in a text. Linear in the part of it that is searched.
pub fn find(text: &str) -> Option<Block> {
    let lines: Vec<(usize, &str)> = with_offsets(text).take(LINES).collect();
    let mut announced: Option<(usize, usize, Announced)> = None;
    for (i, &(at, line)) in lines.iter().enumerate() {
        if let Some(kind) = announces(line) {
            announced = Some((i, at, kind));
            continue;
        }
        // An announcement counts for the lines just below it.
        let near = announced.filter(|&(line, _, _)| i - line <= 3);
        let Some((label, _)) = labelled(line) else { continue };
        if label == Label::Other {
            continue;
        }
        if let Some(mut block) = block(&lines[i..], near.is_some()) {
            block.at.start = near.map_or(at, |(_, at, _)| at);
            block.announced = near.map(|(_, _, kind)| kind);
            return Some(block);
        }
    }
    None
}

/// The block that begins with the first of these lines.
fn block(lines: &[(usize, &str)], announced: bool) -> Option<Block> {
    let mut block = Block::default();
    let mut from = None;
    let mut last = None;
    let mut seen: Vec<Label> = Vec::new();
    for (i, &(at, line)) in lines.iter().enumerate().take(BLOCK_LINES) {
        if bare(line).is_empty() {
            let enough = from.is_some() && seen.len() > 1;
            let goes_on = lines.get(i + 1).is_some_and(|(_, next)| {
                labelled(next).is_some_and(|(l, _)| l == Label::Other || !seen.contains(&l))
            });
            if last.is_some() && (enough || !goes_on) {
                break;
            }
            continue;
        }
        let value = match labelled(line) {
            Some((label, _)) if label != Label::Other && seen.contains(&label) => break,
            Some((label, value)) => {
                last = Some(label);
                seen.push(label);
                value
            }
            // A value under its label, or recipients that run on.
            None => match last {
                Some(Label::From) if from.is_none() => bare(line),
                Some(Label::To | Label::Other) if line.contains('@') => bare(line),
                _ => break,
            },
        };
        match last {
            Some(Label::From) if !value.is_empty() => from = Some(value),
            Some(Label::Subject) => block.subject = Some(value.to_owned()),
            Some(Label::Date) => block.date = Some(value.to_owned()),
            Some(Label::To) => block.to.get_or_insert_default().push_str(value),
            _ => {}
        }
        block.body = at + line.len();
        block.depth = depth(line);
    }
    // "De : Paris, À : Lyon, Date : 3 mai" is a journey: without an announcement, only an address
    // makes a sender.
    let from = from.filter(|f| announced || f.contains('@'))?;
    let others = seen.iter().any(|l| matches!(l, Label::Subject | Label::Date | Label::To));
    if !others {
        return None;
    }
    block.from = address(from);
    block.at = lines.first()?.0..block.body;
    Some(block)
}

/// An address as mail programs print it: `Name <a@b>`, `Name [mailto:a@b]`, `a@b (Name)`, `a@b`.
pub fn address(printed: &str) -> Address {
    let clean = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '«' | '»' | '“' | '”' | '<' | '>' | '*' | ',')
    };
    let Some(sign) = printed.find('@') else {
        return Address { name: printed.trim_matches(clean).to_owned(), address: String::new() };
    };
    let edge = |c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | '"' | '«' | '»' | ':' | ',' | ';')
    };
    let start = printed[..sign]
        .rfind(edge)
        .map_or(0, |i| i + printed[i..].chars().next().map_or(1, char::len_utf8));
    let end = printed[sign..].find(edge).map_or(printed.len(), |i| sign + i);
    let (local, domain) = (&printed[start..sign], &printed[sign + 1..end]);
    let before =
        printed[..start].trim_end_matches("mailto:").trim_end_matches(['<', '[', '(', ' ']);
    let name = before.trim_matches(clean);
    let name = if name.is_empty() {
        printed[end..].trim_matches(|c: char| clean(c) || matches!(c, '(' | ')' | ']'))
    } else {
        name
    };
    // `Name <a@b<mailto:a@b>>` repeats the address.
    let name = if name.contains('@') { "" } else { name };
    Address { name: name.to_owned(), address: format!("{local}@{}", domain.to_ascii_lowercase()) }
}

/// The address in a line such as "Le 3 mai 2024, Nadia <n@x.fr> a écrit :".
pub fn attribution(text: &str) -> Option<(Address, usize)> {
    const VERBS: [&str; 6] = ["a écrit", "wrote", "schrieb", "escribió", "ha scritto", "a ecrit"];
    let (at, line) = with_offsets(text).take(60).find(|(_, line)| {
        line.len() < 300 && line.contains('@') && VERBS.iter().any(|v| line.contains(v))
    })?;
    let line_bare = bare(line);
    let verb = VERBS.iter().find_map(|v| line_bare.find(v))?;
    let head = &line_bare[..verb];
    let start = head.rfind([',', ':']).map_or(0, |i| i + 1);
    Some((address(head[start..].trim_start_matches(|c: char| c.is_ascii_digit())), at + line.len()))
}

fn with_offsets(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.lines().map(move |l| (l.as_ptr() as usize - base, l))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gmail_block_is_read() {
        let text = "Pour toi !\n\n---------- Forwarded message ---------\nDe : Atelier Lune <bonjour@lune.example>\nDate: lun. 3 mars 2025 à 14:02\nSubject: Votre commande\nTo: <moi@ici.example>\n\nMerci\n";
        let b = find(text).expect("there is a block");
        assert_eq!(b.from.name, "Atelier Lune");
        assert_eq!(b.from.address, "bonjour@lune.example");
        assert_eq!(b.subject.as_deref(), Some("Votre commande"));
        assert_eq!(text[b.body..].trim(), "Merci");
        assert_eq!(b.announced, Some(Announced::Forward));
    }

    #[test]
    fn an_outlook_block_needs_no_announcement() {
        let b = find("Von: Lampenhaus [mailto:info@lampen.example]\nGesendet: Montag, 3. März 2025 14:02\nAn: Max\nBetreff: Rechnung\n\nHallo")
            .expect("there is a block");
        assert_eq!(b.from.name, "Lampenhaus");
        assert_eq!(b.from.address, "info@lampen.example");
        assert_eq!(b.announced, None);
    }

    #[test]
    fn a_journey_is_no_sender() {
        assert_eq!(find("De : Paris\nÀ : Lyon\nDate : 3 mai 2025\n"), None);
    }

    #[test]
    fn a_thunderbird_table_is_read() {
        let b = find("-------- Message transféré --------\nSujet :\tVotre billet\nDate :\tMon, 3 Mar 2025 14:02:00 +0100\nDe :\tThéâtre <b@t.example>\nPour :\tm@x.example\nBonsoir")
            .expect("there is a block");
        assert_eq!(b.from.address, "b@t.example");
        assert_eq!(b.subject.as_deref(), Some("Votre billet"));
    }

    #[test]
    fn addresses_are_read_in_every_dress() {
        for (printed, name, at) in [
            ("\"Nadia B.\" <n@x.fr>", "Nadia B.", "n@x.fr"),
            ("n@X.fr (Nadia)", "Nadia", "n@x.fr"),
            ("Nadia <n@x.fr<mailto:n@x.fr>>", "Nadia", "n@x.fr"),
            ("«Nadia» n@x.fr", "Nadia", "n@x.fr"),
            ("Nadia", "Nadia", ""),
        ] {
            let a = address(printed);
            assert_eq!((a.name.as_str(), a.address.as_str()), (name, at), "{printed}");
        }
    }
}
