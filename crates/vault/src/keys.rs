//! Keys: the host's, each vault's, and the ways in which a vault's key is wrapped.

use crate::{Error, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use std::path::Path;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Who can open a vault while its owner is away.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// *Veillé*: works while the person is away, so its host technically can read it.
    Watched,
    /// *Scellé*: opened by the person's passphrase, recovery codes and passkeys only.
    Sealed,
}

impl Mode {
    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Mode::Watched => "watched",
            Mode::Sealed => "sealed",
        }
    }

    /// An unknown word is the stricter mode.
    pub fn from_code(code: &str) -> Mode {
        if code == "watched" { Mode::Watched } else { Mode::Sealed }
    }
}

/// The host's key: opens the directory and wraps the keys of watched vaults.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct HostKey([u8; 32]);

/// One vault's key, random, never written in clear.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct VaultKey([u8; 32]);

impl std::fmt::Debug for HostKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HostKey(…)")
    }
}
impl std::fmt::Debug for VaultKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VaultKey(…)")
    }
}

impl HostKey {
    /// From 64 hexadecimal digits, as in `MESINFOS_HOST_KEY`.
    pub fn from_hex(hex: &str) -> Result<HostKey> {
        let hex = hex.trim();
        let mut key = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return Err(Error::Invalid("a host key is 64 hexadecimal digits".into()));
        }
        for (i, byte) in key.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16)
                .map_err(|_| Error::Invalid("a host key is 64 hexadecimal digits".into()))?;
        }
        Ok(HostKey(key))
    }

    /// Reads `host.key` in the data folder, or makes it (mode 0600).
    pub fn load_or_create(data: &Path) -> Result<HostKey> {
        let path = data.join("host.key");
        match std::fs::read_to_string(&path) {
            Ok(hex) => HostKey::from_hex(&hex),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = HostKey(random()?);
                let hex: String = key.0.iter().map(|b| format!("{b:02x}")).collect();
                write_private(&path, hex.as_bytes()).map_err(Error::file(&path))?;
                Ok(key)
            }
            Err(e) => Err(Error::file(path)(e)),
        }
    }

    pub(crate) fn directory(&self) -> [u8; 32] {
        derive(&self.0, "directory")
    }

    /// What signs the cookie of a browser that signed in before.
    pub(crate) fn devices(&self) -> [u8; 32] {
        derive(&self.0, "devices")
    }
}

/// Written whole and synchronised before anything is encrypted with it: a key lost to a power cut
/// would lose the vaults.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    if let Some(folder) = path.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

impl VaultKey {
    /// A new one.
    pub fn random() -> Result<VaultKey> {
        Ok(VaultKey(random()?))
    }

    /// What SQLCipher gets.
    pub(crate) fn database(&self) -> [u8; 32] {
        derive(&self.0, "database")
    }

    /// What seals originals and secrets on PostgreSQL.
    pub(crate) fn content(&self) -> [u8; 32] {
        derive(&self.0, "content")
    }

    /// What seals passwords and tokens for other servers.
    pub(crate) fn secrets(&self) -> [u8; 32] {
        derive(&self.0, "secrets")
    }

    /// What the pair that mails are sealed to is derived from.
    pub(crate) fn deposit(&self) -> [u8; 32] {
        derive(&self.0, "deposit")
    }

    /// Wrapped by the host key. `owner` binds it to its vault.
    pub(crate) fn wrap_for_host(&self, host: &HostKey, owner: &str) -> Result<Vec<u8>> {
        seal(&derive(&host.0, "vault-key"), owner.as_bytes(), &self.0)
    }

    /// What [`VaultKey::wrap_for_host`] wrapped.
    pub(crate) fn unwrap_by_host(host: &HostKey, owner: &str, wrapped: &[u8]) -> Result<VaultKey> {
        VaultKey::from_bytes(open(&derive(&host.0, "vault-key"), owner.as_bytes(), wrapped)?)
    }

    /// Wrapped by a secret that a person keeps: a passphrase or a recovery code.
    pub(crate) fn wrap_for_secret(
        &self,
        secret: &str,
        salt: &[u8],
        owner: &str,
    ) -> Result<Vec<u8>> {
        seal(&stretch(secret, salt)?, owner.as_bytes(), &self.0)
    }

    /// What [`VaultKey::wrap_for_secret`] wrapped; another secret is [`Error::Refused`].
    pub(crate) fn unwrap_by_secret(
        secret: &str,
        salt: &[u8],
        owner: &str,
        wrapped: &[u8],
    ) -> Result<VaultKey> {
        VaultKey::from_bytes(open(&stretch(secret, salt)?, owner.as_bytes(), wrapped)?)
    }

    /// Wrapped by what a passkey answers to the PRF extension: full entropy, so it is derived from
    /// and not stretched. `about` binds it to its vault and its passkey.
    pub(crate) fn wrap_for_passkey(
        &self,
        secret: &[u8; 32],
        salt: &[u8],
        about: &str,
    ) -> Result<Vec<u8>> {
        seal(&derive_salted(secret, salt, "passkey"), about.as_bytes(), &self.0)
    }

    /// What [`VaultKey::wrap_for_passkey`] wrapped; another secret is [`Error::Refused`].
    pub(crate) fn unwrap_by_passkey(
        secret: &[u8; 32],
        salt: &[u8],
        about: &str,
        wrapped: &[u8],
    ) -> Result<VaultKey> {
        let key = derive_salted(secret, salt, "passkey");
        VaultKey::from_bytes(open(&key, about.as_bytes(), wrapped)?)
    }

    fn from_bytes(mut bytes: Vec<u8>) -> Result<VaultKey> {
        let key = bytes.as_slice().try_into().map(VaultKey).map_err(|_| Error::Refused);
        bytes.zeroize();
        key
    }
}

/// Randomness of the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|e| Error::Invalid(format!("the system gives no randomness: {e}")))?;
    Ok(bytes)
}

/// HKDF (RFC 5869): one key for each use.
fn derive(key: &[u8; 32], r#use: &str) -> [u8; 32] {
    derive_salted(key, b"mesinfos", r#use)
}

fn derive_salted(key: &[u8; 32], salt: &[u8], r#use: &str) -> [u8; 32] {
    let mut out = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), key)
        .expand(r#use.as_bytes(), &mut out)
        .expect("32 bytes are within what HKDF-SHA-256 can give (255 × 32)");
    out
}

/// Argon2id (RFC 9106): 64 MiB, 3 passes: the wrapped key may be copied and guessed at leisure.
fn stretch(secret: &str, salt: &[u8]) -> Result<[u8; 32]> {
    let params = Params::new(64 << 10, 3, 1, Some(32)).map_err(odd)?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret.as_bytes(), salt, &mut out)
        .map_err(odd)?;
    Ok(out)
}

fn odd(error: argon2::Error) -> Error {
    Error::Invalid(format!("argon2: {error}"))
}

/// XChaCha20-Poly1305 with a random nonce in front.
pub(crate) fn seal(key: &[u8; 32], about: &[u8], clear: &[u8]) -> Result<Vec<u8>> {
    let nonce: [u8; 24] = random()?;
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: clear, aad: about })
        .map_err(|_| Error::Invalid("too long to encrypt".into()))?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// What [`seal`] sealed about the same thing; [`Error::Refused`] for anything else.
pub(crate) fn open(key: &[u8; 32], about: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(24).ok_or(Error::Refused)?;
    XChaCha20Poly1305::new(key.into())
        .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: about })
        .map_err(|_| Error::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_key_opens_for_its_owner_and_secret_only() {
        let key = VaultKey::random().unwrap();
        let host = HostKey(random().unwrap());
        let wrapped = key.wrap_for_host(&host, "lea").unwrap();
        assert_eq!(VaultKey::unwrap_by_host(&host, "lea", &wrapped).unwrap().0, key.0);
        assert!(matches!(VaultKey::unwrap_by_host(&host, "tom", &wrapped), Err(Error::Refused)));
        let wrapped = key.wrap_for_secret("sésame", b"salt-salt-salt-s", "lea").unwrap();
        assert_eq!(
            VaultKey::unwrap_by_secret("sésame", b"salt-salt-salt-s", "lea", &wrapped).unwrap().0,
            key.0
        );
        assert!(matches!(
            VaultKey::unwrap_by_secret("sesame", b"salt-salt-salt-s", "lea", &wrapped),
            Err(Error::Refused)
        ));
    }
}
