//! Entry links: used once, alive for ten minutes, opened by a long token or typed as a short code.

use mesinfos_domain::PersonId;
use sha2::{Digest, Sha256};
use std::sync::Mutex;

/// How long a link lives, in seconds.
const LIFE: i64 = 600;
/// How many may wait at once: older ones make room.
const WAITING: usize = 64;
/// No I, L, O or U: what is typed from a terminal must not be misread (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The links that wait to be used. Only hashes are kept.
#[derive(Default)]
pub struct Links(Mutex<Vec<Waiting>>);

struct Waiting {
    token: [u8; 32],
    code: [u8; 32],
    person: PersonId,
    until: i64,
}

/// A link just made: the only time that its secrets are seen.
pub struct Link {
    /// 256 bits, for the address after `#`.
    pub token: String,
    /// 50 bits in two groups of five, for typing.
    pub code: String,
}

impl Links {
    /// Makes a link for this person from 40 random bytes.
    pub fn issue(&self, person: PersonId, now: i64, random: [u8; 40]) -> Link {
        let token = hex(&random[..32]);
        let letters: String = random[30..]
            .iter()
            .map(|b| char::from(LETTERS[usize::from(b & 31)]))
            .collect();
        let code = format!("{}-{}", &letters[..5], &letters[5..]);
        let mut waiting = self.0.lock().unwrap_or_else(|e| e.into_inner());
        waiting.retain(|w| w.until > now);
        if waiting.len() >= WAITING {
            waiting.remove(0);
        }
        waiting.push(Waiting {
            token: hash(&token),
            code: hash(&plain(&code)),
            person,
            until: now + LIFE,
        });
        Link { token, code }
    }

    /// Whom this token or code lets in; it is then spent.
    pub fn redeem(&self, presented: &str, now: i64) -> Option<PersonId> {
        // Hashes are compared, so the time taken tells nothing of the secret.
        let (token, code) = (hash(presented.trim()), hash(&plain(presented)));
        let mut waiting = self.0.lock().unwrap_or_else(|e| e.into_inner());
        waiting.retain(|w| w.until > now);
        let found = waiting.iter().position(|w| w.token == token || w.code == code)?;
        Some(waiting.remove(found).person)
    }
}

/// What was typed, as it was printed: case, spaces and hyphens do not count, nor the usual slips.
fn plain(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{b:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(seed: u8) -> [u8; 40] {
        std::array::from_fn(|i| seed.wrapping_mul(31).wrapping_add(i as u8 * 7))
    }

    #[test]
    fn a_link_opens_once() {
        let links = Links::default();
        let person = PersonId::new(1, [1; 10]);
        let link = links.issue(person, 100, random(1));
        assert_eq!(links.redeem("guess", 100), None);
        assert_eq!(links.redeem(&link.token, 100), Some(person));
        assert_eq!(links.redeem(&link.token, 100), None);
        assert_eq!(links.redeem(&link.code, 100), None, "the code is spent with the token");
    }

    #[test]
    fn a_code_may_be_typed_loosely() {
        let links = Links::default();
        let person = PersonId::new(1, [1; 10]);
        let link = links.issue(person, 100, random(2));
        let typed = link.code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(links.redeem(&typed, 699), Some(person));
    }

    #[test]
    fn a_link_is_dead_after_ten_minutes() {
        let links = Links::default();
        let link = links.issue(PersonId::new(1, [1; 10]), 100, random(3));
        assert_eq!(links.redeem(&link.token, 700), None);
    }
}
