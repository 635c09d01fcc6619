//! Sealing to a person who is away: anybody can, only her vault's key opens (HPKE, RFC 9180: X25519,
//! HKDF-SHA-256, ChaCha20-Poly1305). The pair is derived from the vault's key, so that nothing more
//! has to be wrapped, kept or lost.

use crate::{Error, Result, VaultKey};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal,
};
use rand_core::{OsRng, TryRngCore};

const INFO: &[u8] = b"mesinfos deposit";
/// The sender's half of the exchange stands in front.
const ENCAPPED: usize = 32;

fn pair(
    key: &VaultKey,
) -> (<X25519HkdfSha256 as Kem>::PrivateKey, <X25519HkdfSha256 as Kem>::PublicKey) {
    X25519HkdfSha256::derive_keypair(&key.deposit())
}

/// The public half for this vault.
pub(crate) fn public(key: &VaultKey) -> Vec<u8> {
    pair(key).1.to_bytes().to_vec()
}

/// Seals to a public half; `about` binds it to its owner.
pub(crate) fn seal_to(public: &[u8], about: &[u8], clear: &[u8]) -> Result<Vec<u8>> {
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(public)
        .map_err(|_| Error::Damaged("a key to seal to".into()))?;
    let (encapped, sealed) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256, _>(
        &OpModeS::Base,
        &public,
        INFO,
        clear,
        about,
        &mut OsRng.unwrap_err(),
    )
    .map_err(|_| Error::Invalid("it does not seal".into()))?;
    Ok([encapped.to_bytes().as_slice(), &sealed].concat())
}

/// What [`seal_to`] sealed about the same owner; [`Error::Refused`] for anything else.
pub(crate) fn open_with(key: &VaultKey, about: &[u8], sealed: &[u8]) -> Result<Vec<u8>> {
    let (encapped, sealed) = sealed.split_at_checked(ENCAPPED).ok_or(Error::Refused)?;
    let encapped =
        <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapped).map_err(|_| Error::Refused)?;
    single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &pair(key).0,
        &encapped,
        INFO,
        sealed,
        about,
    )
    .map_err(|_| Error::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_to_a_person_opens_with_her_key_only() {
        let (lea, tom) = (VaultKey::random().unwrap(), VaultKey::random().unwrap());
        let public = public(&lea);
        let sealed = seal_to(&public, b"lea", b"a mail").unwrap();
        assert_ne!(sealed, seal_to(&public, b"lea", b"a mail").unwrap(), "each time anew");
        assert_eq!(open_with(&lea, b"lea", &sealed).unwrap(), b"a mail");
        assert!(matches!(open_with(&tom, b"lea", &sealed), Err(Error::Refused)));
        assert!(matches!(open_with(&lea, b"tom", &sealed), Err(Error::Refused)));
        assert!(matches!(open_with(&lea, b"lea", &sealed[1..]), Err(Error::Refused)));
        assert!(matches!(open_with(&lea, b"lea", b"short"), Err(Error::Refused)));
        assert!(seal_to(b"no key", b"lea", b"a mail").is_err());
    }
}
