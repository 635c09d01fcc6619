//! One answer of the server as a value: `imap-proto` parses, we keep what a mailbox is followed by.

use crate::{Error, Result};
use imap_proto::rfc4315::UidSetMember;
use imap_proto::{
    AttributeValue, Capability, MailboxDatum, NameAttribute, Response, ResponseCode,
    StatusAttribute,
};
use mesinfos_reading::mailbox::Flags;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// How a command ended, or what the server says by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// Done.
    Ok,
    /// Refused.
    No,
    /// Not understood.
    Bad,
    /// Logged in already.
    PreAuth,
    /// The server leaves.
    Bye,
}

/// What a folder counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// UIDVALIDITY.
    pub validity: Option<u32>,
    /// UIDNEXT.
    pub next_uid: Option<u32>,
    /// Messages in it.
    pub messages: Option<u32>,
    /// HIGHESTMODSEQ.
    pub mod_seq: Option<u64>,
}

/// What the server says of one message.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Fetched {
    /// UID.
    pub uid: Option<u32>,
    /// Read, answered, flagged...
    pub flags: Option<Flags>,
    /// RFC822.SIZE.
    pub size: Option<u32>,
    /// Gmail's labels, as it writes them.
    pub labels: Option<Vec<String>>,
    /// The bytes asked for: all, a piece, or some headers.
    pub body: Option<Vec<u8>>,
}

/// Where copied or moved messages are now (RFC 4315): the numbers of both sides, in their order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Copied {
    /// UIDVALIDITY of the folder they are in.
    pub validity: u32,
    /// Old UIDs and new ones; ranges may be huge and are unrolled by who knows how many there are.
    pub from: Vec<RangeInclusive<u32>>,
    /// The new ones.
    pub to: Vec<RangeInclusive<u32>>,
}

impl Copied {
    /// New UIDs by old ones, for exactly these; none when the server tells of others.
    pub fn uids(&self, asked: &[u32]) -> BTreeMap<u32, u32> {
        let most = asked.len().saturating_add(1);
        let unrolled = |ranges: &[RangeInclusive<u32>]| -> Vec<u32> {
            ranges.iter().cloned().flatten().take(most).collect()
        };
        let (from, to) = (unrolled(&self.from), unrolled(&self.to));
        let is_sound = from.len() == to.len() && from.iter().all(|uid| asked.contains(uid));
        if is_sound { from.into_iter().zip(to).collect() } else { BTreeMap::new() }
    }
}

/// One answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Reply {
    /// The server waits for more.
    GoOn,
    /// A command ended.
    Done {
        /// Which.
        tag: String,
        /// How.
        status: Status,
        /// CAPABILITY, when it came with it.
        capable: Option<Vec<String>>,
        /// COPYUID, when it came with it.
        copied: Option<Copied>,
        /// The server's words, for their codes in brackets only.
        text: String,
    },
    /// Said by itself.
    Told {
        /// What kind.
        status: Status,
        /// What came with it.
        counts: Counts,
        /// COPYUID, when it came with it.
        copied: Option<Copied>,
        /// The server's words.
        text: String,
    },
    /// CAPABILITY or ENABLED, in capitals.
    Capable(Vec<String>),
    /// LIST.
    Folder {
        /// As the server writes it.
        name: String,
        /// What parts its levels.
        delimiter: Option<String>,
        /// Attributes, in lower case: `\noselect`, `\sent`...
        attributes: Vec<String>,
    },
    /// STATUS.
    Standing {
        /// As the server writes it.
        name: String,
        /// What it counts.
        counts: Counts,
    },
    /// EXISTS.
    Exists(u32),
    /// EXPUNGE: a message has gone, by its place.
    Expunged,
    /// VANISHED: messages have gone, by UID; ranges may be huge and are never unrolled.
    Vanished(Vec<RangeInclusive<u32>>),
    /// FETCH.
    Fetched(Fetched),
    /// SEARCH: UIDs.
    Found(Vec<u32>),
    /// Anything else.
    Other,
}

/// Reads one framed answer.
///
/// # Errors
/// [`Error::Broken`] when what was asked for cannot be read; odd news that nobody asked for are
/// [`Reply::Other`].
pub fn parse(answer: &[u8]) -> Result<Reply> {
    match Response::parse(answer) {
        // Bodies twice in one answer: a wrong length let two messages run into one.
        Ok(([], Response::Fetch(_, values))) if bodies(&values) > 1 => {
            Err(Error::Broken("two messages in one answer"))
        }
        Ok(([], response)) => Ok(reply(response)),
        _ if is_news(answer) => Ok(Reply::Other),
        _ => Err(Error::Broken("an answer that cannot be read")),
    }
}

fn bodies(values: &[AttributeValue<'_>]) -> usize {
    values.iter().filter(|v| matches!(v, AttributeValue::BodySection { .. })).count()
}

/// Whether a line that cannot be read may be passed over: untagged, and nothing that we count on.
fn is_news(answer: &[u8]) -> bool {
    let Some(rest) = answer.strip_prefix(b"* ") else { return false };
    let text = String::from_utf8_lossy(&rest[..rest.len().min(64)]).to_uppercase();
    let mut words = text.split_ascii_whitespace();
    let first = words.next().unwrap_or_default();
    let word = if first.bytes().all(|b| b.is_ascii_digit()) {
        words.next().unwrap_or_default()
    } else {
        first
    };
    !matches!(word, "FETCH" | "VANISHED" | "LIST" | "STATUS" | "EXISTS" | "EXPUNGE" | "BYE" | "")
}

fn reply(response: Response<'_>) -> Reply {
    match response {
        Response::Continue(_) => Reply::GoOn,
        Response::Done { tag, status, outcome } => Reply::Done {
            tag: tag.0,
            status: self::status(&status),
            capable: match &outcome.code {
                Some(ResponseCode::Capabilities(list)) => Some(capabilities(list)),
                _ => None,
            },
            copied: copied(outcome.code.as_ref()),
            text: outcome.information.unwrap_or_default().into_owned(),
        },
        Response::Data { status, outcome } => match outcome.code {
            Some(ResponseCode::Capabilities(list)) => Reply::Capable(capabilities(&list)),
            code => Reply::Told {
                status: self::status(&status),
                counts: counts_of(code.as_ref()),
                copied: copied(code.as_ref()),
                text: outcome.information.unwrap_or_default().into_owned(),
            },
        },
        Response::Capabilities(list) => Reply::Capable(capabilities(&list)),
        Response::Expunge(_) => Reply::Expunged,
        Response::Vanished { uids, .. } => Reply::Vanished(uids),
        Response::Fetch(_, values) => Reply::Fetched(fetched(values)),
        Response::MailboxData(MailboxDatum::Exists(n)) => Reply::Exists(n),
        Response::MailboxData(MailboxDatum::List(list)) => Reply::Folder {
            name: list.name.into_owned(),
            delimiter: list.delimiter.map(std::borrow::Cow::into_owned),
            attributes: list.name_attributes.iter().map(attribute).collect(),
        },
        Response::MailboxData(MailboxDatum::Status { mailbox, status }) => {
            Reply::Standing { name: mailbox.into_owned(), counts: counts(&status) }
        }
        Response::MailboxData(MailboxDatum::Search(uids)) => Reply::Found(uids),
        _ => Reply::Other,
    }
}

fn status(status: &imap_proto::Status) -> Status {
    match status {
        imap_proto::Status::Ok => Status::Ok,
        imap_proto::Status::No => Status::No,
        imap_proto::Status::Bad => Status::Bad,
        imap_proto::Status::PreAuth => Status::PreAuth,
        imap_proto::Status::Bye => Status::Bye,
    }
}

fn capabilities(list: &[Capability<'_>]) -> Vec<String> {
    list.iter()
        .map(|c| match c {
            Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
            Capability::Auth(way) => format!("AUTH={}", way.to_uppercase()),
            Capability::Atom(atom) => atom.to_uppercase(),
        })
        .collect()
}

fn counts_of(code: Option<&ResponseCode<'_>>) -> Counts {
    let mut counts = Counts::default();
    match code {
        Some(ResponseCode::UidValidity(n)) => counts.validity = Some(*n),
        Some(ResponseCode::UidNext(n)) => counts.next_uid = Some(*n),
        Some(ResponseCode::HighestModSeq(n)) => counts.mod_seq = Some(*n),
        _ => {}
    }
    counts
}

fn copied(code: Option<&ResponseCode<'_>>) -> Option<Copied> {
    let Some(ResponseCode::CopyUid(validity, from, to)) = code else { return None };
    let ranges = |set: &[UidSetMember]| -> Vec<RangeInclusive<u32>> {
        let range = |member: &UidSetMember| match member {
            UidSetMember::UidRange(range) => range.clone(),
            UidSetMember::Uid(uid) => *uid..=*uid,
        };
        set.iter().map(range).collect()
    };
    Some(Copied { validity: *validity, from: ranges(from), to: ranges(to) })
}

fn counts(status: &[StatusAttribute]) -> Counts {
    let mut counts = Counts::default();
    for one in status {
        match one {
            StatusAttribute::UidValidity(n) => counts.validity = Some(*n),
            StatusAttribute::UidNext(n) => counts.next_uid = Some(*n),
            StatusAttribute::Messages(n) => counts.messages = Some(*n),
            StatusAttribute::HighestModSeq(n) => counts.mod_seq = Some(*n),
            _ => {}
        }
    }
    counts
}

fn attribute(attribute: &NameAttribute<'_>) -> String {
    match attribute {
        NameAttribute::Extension(text) => text.to_lowercase(),
        known => format!("\\{known:?}").to_lowercase(),
    }
}

fn fetched(values: Vec<AttributeValue<'_>>) -> Fetched {
    let mut out = Fetched::default();
    for value in values {
        match value {
            AttributeValue::Uid(n) => out.uid = Some(n),
            AttributeValue::Rfc822Size(n) => out.size = Some(n),
            AttributeValue::Flags(list) => {
                out.flags = Some(flags(list.iter().map(std::convert::AsRef::as_ref)));
            }
            AttributeValue::GmailLabels(list) => {
                out.labels = Some(list.into_iter().map(std::borrow::Cow::into_owned).collect());
            }
            AttributeValue::BodySection { data, .. } => {
                out.body = data.map(std::borrow::Cow::into_owned);
            }
            _ => {}
        }
    }
    out
}

fn flags<'a>(list: impl Iterator<Item = &'a str>) -> Flags {
    let mut flags = Flags { seen: Some(false), ..Flags::default() };
    for flag in list {
        match flag.to_ascii_lowercase().as_str() {
            "\\seen" => flags.seen = Some(true),
            "\\answered" => flags.answered = true,
            "\\flagged" => flags.flagged = true,
            "\\draft" => flags.draft = true,
            "\\deleted" => flags.deleted = true,
            "$forwarded" => flags.forwarded = true,
            _ => {}
        }
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_with_its_bytes() {
        let answer = b"* 3 FETCH (UID 7 FLAGS (\\Seen $Forwarded) RFC822.SIZE 6 BODY[] {6}\r\na\r\nb\r\n)\r\n";
        let Ok(Reply::Fetched(f)) = parse(answer) else { panic!("no message") };
        assert_eq!(
            (f.uid, f.size, f.body.as_deref()),
            (Some(7), Some(6), Some(&b"a\r\nb\r\n"[..]))
        );
        let flags = f.flags.expect("flags");
        assert!(flags.seen == Some(true) && flags.forwarded && !flags.flagged);
    }

    #[test]
    fn a_wrong_literal_is_noticed() {
        assert!(parse(b"* 3 FETCH (UID 7 BODY[] {3}\r\na\r\nb\r\n)\r\n").is_err());
        assert_eq!(parse(b"* XYZZY what (is this\r\n").expect("news"), Reply::Other);
    }

    #[test]
    fn where_moved_messages_are_is_believed_of_those_that_were_asked_for() {
        let moved = b"* OK [COPYUID 9 3:5,8 1:4] Moved UIDs.\r\n";
        let Ok(Reply::Told { copied: Some(copied), .. }) = parse(moved) else { panic!("no code") };
        assert_eq!(copied.uids(&[3, 4, 5, 8]), [(3, 1), (4, 2), (5, 3), (8, 4)].into());
        assert!(copied.uids(&[3, 4, 5]).is_empty(), "more than was asked for");
        let huge = b"* OK [COPYUID 9 1:4294967295 1:4294967295] ha\r\n";
        let Ok(Reply::Told { copied: Some(copied), .. }) = parse(huge) else { panic!("no code") };
        assert!(copied.uids(&[1, 2]).is_empty());
    }

    #[test]
    fn folders_and_what_they_count() {
        let list = parse(b"* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent\"\r\n").expect("a folder");
        let Reply::Folder { name, attributes, .. } = list else { panic!("no folder") };
        assert_eq!((name.as_str(), attributes[1].as_str()), ("Sent", "\\sent"));
        let status = b"* STATUS INBOX (MESSAGES 2 UIDNEXT 9 UIDVALIDITY 4 HIGHESTMODSEQ 12)\r\n";
        let Ok(Reply::Standing { counts, .. }) = parse(status) else { panic!("no status") };
        assert_eq!((counts.messages, counts.mod_seq), (Some(2), Some(12)));
    }
}
