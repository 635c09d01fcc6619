//! The `From ` line that parts the messages of an mbox, told from a sentence that begins so.
//!
//! `From <who> <date>` (RFC 4155, appendix A, and what programs write in fact): the date as
//! asctime has it with or without a zone, or as RFC 5322 has it.

/// The longest line that counts as a separator.
pub(super) const LINE: usize = 1024;
/// How much must be held from the start of a line to judge it.
pub(super) const LOOK: usize = LINE + 256;

/// Whether `bytes`, which run on to the end of the stream when shorter than [`LOOK`], begin with
/// a separator that a message follows.
pub(super) fn is_separator(bytes: &[u8]) -> bool {
    let bytes = &bytes[..bytes.len().min(LOOK)];
    let end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    is_from_line(&bytes[..end]) && begins_message(bytes.get(end + 1..).unwrap_or_default())
}

/// Whether one line, without its LF, looks like a separator.
fn is_from_line(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    if line.len() > LINE {
        return false;
    }
    let words: Vec<&[u8]> =
        rest.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).take(24).collect();
    (1..words.len()).any(|i| {
        let who = &words[..i];
        (who.len() == 1 || who.iter().any(|w| w.contains(&b'@'))) && is_date(&words[i..])
    })
}

/// `Mon Jan  5 10:00:00 2015`, with a zone before or after the year; `Mon, 5 Jan 2015 10:00:00`.
fn is_date(words: &[&[u8]]) -> bool {
    let word = |i: usize| words.get(i).copied().unwrap_or_default();
    let mut i = usize::from(is_weekday(word(0)));
    if is_month(word(i)) && is_day(word(i + 1)) {
        i += 2;
        return is_time(word(i)) && (1..4).any(|n| is_year(word(i + n)));
    }
    is_day(word(i)) && is_month(word(i + 1)) && is_year(word(i + 2)) && is_time(word(i + 3))
}

fn starts_with_any(word: &[u8], names: &[u8]) -> bool {
    word.len() >= 3 && names.chunks(3).any(|n| word[..3].eq_ignore_ascii_case(n))
}

fn is_weekday(word: &[u8]) -> bool {
    let word = word.strip_suffix(b",").unwrap_or(word);
    word.len() == 3 && starts_with_any(word, b"montuewedthufrisatsun")
}

fn is_month(word: &[u8]) -> bool {
    word.len() == 3 && starts_with_any(word, b"janfebmaraprmayjunjulaugsepoctnovdec")
}

fn is_day(word: &[u8]) -> bool {
    (1..=2).contains(&word.len()) && word.iter().all(u8::is_ascii_digit)
}

fn is_year(word: &[u8]) -> bool {
    word.len() == 4 && word.iter().all(u8::is_ascii_digit)
}

fn is_time(word: &[u8]) -> bool {
    let mut parts = word.split(|&c| c == b':');
    let count = parts.clone().count();
    (2..=3).contains(&count) && parts.all(is_day)
}

/// Whether a message may begin here: a header, a blank line, or nothing.
pub(super) fn begins_message(bytes: &[u8]) -> bool {
    match bytes.first() {
        None | Some(b'\n' | b'\r') => true,
        Some(_) => bytes.starts_with(b">From ") || bytes.starts_with(b"From ") || is_header(bytes),
    }
}

/// Whether a header's name and its colon stand here (RFC 5322, 2.2).
pub(super) fn is_header(bytes: &[u8]) -> bool {
    let name =
        bytes.iter().take(200).take_while(|&&c| (33..=126).contains(&c) && c != b':').count();
    let after = &bytes[name..];
    let spaces = after.iter().take(8).take_while(|&&c| c == b' ' || c == b'\t').count();
    name > 0 && after.get(spaces) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_programs_write_are_separators() {
        for line in [
            "From a@b.example Mon Jan  5 10:00:00 2015",
            "From - Thu Oct 01 09:12:33 2020",
            "From MAILER-DAEMON Fri Jul  8 12:08:34 2011",
            "From 1712345678901234567@xxx Mon Jan 05 10:00:00 +0000 2015",
            "From a@b.example Mon Jan  5 10:00 2015",
            "From a@b.example Mon Jan  5 10:00:00 CET 2015\r",
            "From a@b.example Mon, 5 Jan 2015 10:00:00 +0100",
            "From \"a b\"@c.example Mon Jan  5 10:00:00 2015 remote from d",
            "From ???@??? Mon Jan 05 10:00:00 2015",
        ] {
            assert!(is_separator(format!("{line}\nSubject: x\n").as_bytes()), "{line}");
        }
    }

    #[test]
    fn sentences_are_not() {
        for line in [
            "From here it is ten minutes.",
            "From Monday 5 January 2015 at 10:00 we are open",
            "From a@b.example",
            "From 10:00 to 12:00 on Mon Jan 5",
            "From the office of Mon Jan 5 10:00:00 2015",
            "from a@b.example Mon Jan  5 10:00:00 2015",
        ] {
            assert!(!is_separator(format!("{line}\nSubject: x\n").as_bytes()), "{line}");
        }
    }

    #[test]
    fn a_separator_that_no_header_follows_is_text() {
        assert!(!is_separator(b"From a@b.example Mon Jan  5 10:00:00 2015\nwrote to us\n"));
        assert!(is_separator(b"From a@b.example Mon Jan  5 10:00:00 2015\n\nFrom "));
        assert!(is_separator(b"From a@b.example Mon Jan  5 10:00:00 2015"));
    }
}
