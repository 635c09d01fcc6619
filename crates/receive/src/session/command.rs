//! One line as a command.

use super::Protocol;
use super::path::{Address, path};

/// What a line asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Command {
    Hello { name: String, is_extended: bool },
    Mail { sender: Option<Address>, size: Option<u64> },
    Recipient(Address),
    Data,
    StartTls,
    Reset,
    Nothing,
    Verify,
    Help,
    Quit,
}

/// Why a line is no command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// No such command, or one of the other protocol.
    Unknown,
    /// A command that we know and do not do.
    NotDone,
    /// Not written as it must be.
    Syntax,
    /// Not an address.
    Address,
    /// A parameter that we do not know.
    Parameter,
    /// An address beyond ASCII without SMTPUTF8.
    NotAscii,
    /// Not UTF-8.
    Bytes,
}

/// The longest name by which another side may call itself.
const NAME_BYTES: usize = 255;

pub(super) fn parse(protocol: Protocol, line: &[u8]) -> Result<Command, Fault> {
    let line = std::str::from_utf8(line).map_err(|_| Fault::Bytes)?.trim_end_matches(' ');
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let alone = |command| if rest.is_empty() { Ok(command) } else { Err(Fault::Syntax) };
    match (verb.to_ascii_uppercase().as_str(), protocol) {
        ("LHLO", Protocol::Lmtp) | ("EHLO", Protocol::Smtp) => hello(rest, true),
        ("HELO", Protocol::Smtp) => hello(rest, false),
        ("MAIL", _) => mail(rest),
        ("RCPT", _) => recipient(rest),
        ("DATA", _) => alone(Command::Data),
        ("STARTTLS", _) => alone(Command::StartTls),
        ("RSET", _) => alone(Command::Reset),
        ("QUIT", _) => alone(Command::Quit),
        ("NOOP", _) => Ok(Command::Nothing),
        ("VRFY", _) => Ok(Command::Verify),
        ("HELP", _) => Ok(Command::Help),
        ("EXPN" | "AUTH" | "BDAT" | "ETRN" | "TURN" | "SEND" | "SAML" | "SOML", _) => {
            Err(Fault::NotDone)
        }
        _ => Err(Fault::Unknown),
    }
}

fn hello(name: &str, is_extended: bool) -> Result<Command, Fault> {
    let name = name.trim();
    // It goes into a header: one word without anything that could end a comment there.
    let is_word =
        |c: char| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '<' | '>' | '\\' | ';');
    if name.is_empty() || name.len() > NAME_BYTES || !name.chars().all(is_word) {
        return Err(Fault::Syntax);
    }
    Ok(Command::Hello { name: name.to_owned(), is_extended })
}

/// What follows `FROM:` or `TO:`.
fn after<'a>(rest: &'a str, word: &str) -> Result<&'a str, Fault> {
    let (head, tail) = rest.split_at_checked(word.len()).ok_or(Fault::Syntax)?;
    // Some write a space after the colon.
    if head.eq_ignore_ascii_case(word) { Ok(tail.trim_start()) } else { Err(Fault::Syntax) }
}

fn parameters(rest: &str) -> Result<impl Iterator<Item = (String, &str)>, Fault> {
    if !rest.is_empty() && !rest.starts_with(' ') {
        return Err(Fault::Syntax);
    }
    Ok(rest.split_ascii_whitespace().map(|word| {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        (name.to_ascii_uppercase(), value)
    }))
}

fn mail(rest: &str) -> Result<Command, Fault> {
    let (sender, rest) = path(after(rest, "FROM:")?).ok_or(Fault::Address)?;
    let (mut size, mut is_utf8) = (None, false);
    for (name, value) in parameters(rest)? {
        match name.as_str() {
            // Twenty digits at most (RFC 1870): more is no number and too large anyway.
            "SIZE" if value.len() <= 20 && !value.is_empty() => {
                let is_number = value.bytes().all(|b| b.is_ascii_digit());
                size = Some(if is_number {
                    value.parse().unwrap_or(u64::MAX)
                } else {
                    return Err(Fault::Syntax);
                });
            }
            "BODY" if value.eq_ignore_ascii_case("7BIT") => {}
            "BODY" if value.eq_ignore_ascii_case("8BITMIME") => {}
            "SMTPUTF8" if value.is_empty() => is_utf8 = true,
            "SIZE" | "BODY" | "SMTPUTF8" => return Err(Fault::Syntax),
            _ => return Err(Fault::Parameter),
        }
    }
    if !is_utf8 && sender.as_ref().is_some_and(|s| !s.is_ascii()) {
        return Err(Fault::NotAscii);
    }
    // Only a recipient may be named without its domain.
    if sender.as_ref().is_some_and(|s| s.domain().is_empty()) {
        return Err(Fault::Address);
    }
    Ok(Command::Mail { sender, size })
}

fn recipient(rest: &str) -> Result<Command, Fault> {
    let (address, rest) = path(after(rest, "TO:")?).ok_or(Fault::Address)?;
    if parameters(rest)?.next().is_some() {
        return Err(Fault::Parameter);
    }
    Ok(Command::Recipient(address.ok_or(Fault::Address)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(line: &str) -> Result<Command, Fault> {
        parse(Protocol::Smtp, line.as_bytes())
    }

    #[test]
    fn commands_as_they_are_written() {
        let hello = |name: &str, is_extended| Ok(Command::Hello { name: name.into(), is_extended });
        assert_eq!(smtp("EHLO mx.shop.example"), hello("mx.shop.example", true));
        assert_eq!(smtp("helo [192.0.2.1]"), hello("[192.0.2.1]", false));
        assert_eq!(parse(Protocol::Lmtp, b"LHLO mx"), hello("mx", true));
        assert_eq!(smtp("quit "), Ok(Command::Quit));
        assert_eq!(smtp("NOOP anything"), Ok(Command::Nothing));
        let address = Address::parse("a@b.example");
        let mail = |size| Ok(Command::Mail { sender: address.clone(), size });
        assert_eq!(smtp("MAIL FROM:<a@b.example>"), mail(None));
        assert_eq!(smtp("mail from: <a@b.example> size=12 BODY=8BITMIME SMTPUTF8"), mail(Some(12)));
        let huge = format!("MAIL FROM:<a@b.example> SIZE={}", "9".repeat(20));
        assert_eq!(smtp(&huge), mail(Some(u64::MAX)));
        assert_eq!(smtp("MAIL FROM:<>"), Ok(Command::Mail { sender: None, size: None }));
        assert!(matches!(smtp("RCPT TO:<a@b.example>"), Ok(Command::Recipient(_))));
    }

    #[test]
    fn what_is_no_command_says_why() {
        for (line, fault) in [
            ("", Fault::Unknown),
            ("LHLO mx", Fault::Unknown),
            ("AUTH PLAIN x", Fault::NotDone),
            ("BDAT 12 LAST", Fault::NotDone),
            ("EHLO", Fault::Syntax),
            ("EHLO a b", Fault::Syntax),
            ("EHLO a)(b", Fault::Syntax),
            ("DATA now", Fault::Syntax),
            ("MAIL", Fault::Syntax),
            ("MAIL FROM:a@b.example", Fault::Address),
            ("MAIL FROM:<postmaster>", Fault::Address),
            ("MAIL FROM:<a@b.example>SIZE=1", Fault::Syntax),
            ("MAIL FROM:<a@b.example> SIZE=x", Fault::Syntax),
            ("MAIL FROM:<a@b.example> SIZE=123456789012345678901", Fault::Syntax),
            ("MAIL FROM:<a@b.example> BODY=BINARYMIME", Fault::Syntax),
            ("MAIL FROM:<a@b.example> RET=HDRS", Fault::Parameter),
            ("MAIL FROM:<é@b.example>", Fault::NotAscii),
            ("RCPT TO:<>", Fault::Address),
            ("RCPT TO:<a@b.example> NOTIFY=NEVER", Fault::Parameter),
        ] {
            assert_eq!(smtp(line), Err(fault), "{line}");
        }
        assert_eq!(parse(Protocol::Smtp, b"MAIL FROM:<\xff@b>"), Err(Fault::Bytes));
        assert_eq!(parse(Protocol::Lmtp, b"EHLO mx"), Err(Fault::Unknown));
    }
}
