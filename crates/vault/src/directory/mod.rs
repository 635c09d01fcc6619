//! The directory: accounts, sessions, links and passkeys; nobody's private data.

mod accounts;
mod addresses;
mod deposits;
mod links;
mod passkeys;
mod returns;
mod sessions;
mod settings;

pub use accounts::{Account, NewAccount, RecoveryCodes};
pub use addresses::{
    ADDRESSES, AddressState, AddressToken, Dedicated, MailDomain, label_in_address, parts_of_local,
};
pub use deposits::Waiting;
pub use links::EntryLink;
pub use passkeys::{NewPasskey, Passkey, PasskeySecret};
pub use sessions::{NewSession, Session};

use crate::Db;
use sha2::{Digest, Sha256};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The directory of a data folder. One connection: its questions are short.
pub struct Directory(Mutex<Db>);

impl Directory {
    pub(crate) fn new(db: Db) -> Directory {
        Directory(Mutex::new(db))
    }

    fn db(&self) -> MutexGuard<'_, Db> {
        // A panic inside a transaction rolled it back; the connection itself is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tokens are random, so a plain hash is enough to keep them from a reader of the database.
fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// 256 bits in URL-safe letters, for a cookie or a link.
fn token() -> crate::Result<String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bytes: [u8; 43] = crate::keys::random()?;
    Ok(bytes.iter().map(|b| char::from(LETTERS[usize::from(b & 63)])).collect())
}

/// `groups` groups of four letters that are not mistaken for each other, for typing: 20 bits each.
fn typed_code(groups: usize) -> crate::Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let bytes: [u8; 64] = crate::keys::random()?;
    let groups: Vec<String> = bytes
        .chunks(4)
        .take(groups)
        .map(|g| g.iter().map(|b| char::from(LETTERS[usize::from(b & 31)])).collect())
        .collect();
    Ok(groups.join("-"))
}

/// So many letters of the same sort in a row, 64 at most: 5 bits each.
fn typed_letters(most: usize) -> crate::Result<String> {
    let letters: String = typed_code(16)?.chars().filter(|c| *c != '-').take(most).collect();
    Ok(letters)
}

/// What a person typed, as [`typed_code`] wrote it: case, spaces and dashes do not matter.
fn as_typed(code: &str) -> String {
    code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
