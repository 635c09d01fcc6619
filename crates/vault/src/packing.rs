//! How bytes are kept: compressed, then sealed where the database would show them.

use crate::{Error, Result, keys};
use std::sync::LazyLock;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::DecoderDictionary;
use zstd::zstd_safe;

/// Speed matters more than the last per cent: a mailbox is compressed while its owner waits.
const LEVEL: i32 = 3;
/// Nothing that is kept in one piece is larger: a message over 50 MB is kept in chunks.
const LARGEST: usize = 256 << 20;
/// What the facts of mails have in common (RFC 8878 §5): they are small and much alike, and packed
/// with it take half of what each takes alone. Learnt from the sample mails by the example
/// `dictionary`; its frames name it, so that one that is learnt later stands beside it.
static FACTS: &[u8] = include_bytes!("../data/facts-1.dict");
/// The number that it bears.
const FACTS_ID: u32 = 1;
static FACTS_READ: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(FACTS));

/// Packs bodies; each thread has its own.
pub(crate) struct Packer {
    compressor: Compressor<'static>,
    /// The one for facts, once one was packed.
    facts: Option<Compressor<'static>>,
    seal: Option<[u8; 32]>,
}

impl Packer {
    /// `seal`: the key on PostgreSQL; none in SQLite, whose file is encrypted.
    pub fn new(seal: Option<[u8; 32]>) -> Result<Packer> {
        let mut compressor = Compressor::new(LEVEL).map_err(odd)?;
        compressor.include_checksum(false).map_err(odd)?;
        Ok(Packer { compressor, facts: None, seal })
    }

    /// `about` binds what is sealed to its row.
    pub fn pack(&mut self, bytes: &[u8], about: &[u8]) -> Result<Vec<u8>> {
        let packed = self.compressor.compress(bytes).map_err(odd)?;
        self.seal(packed, about)
    }

    /// The same for the facts of a mail, as JSON.
    pub fn pack_facts(&mut self, json: &[u8], about: &[u8]) -> Result<Vec<u8>> {
        let compressor = match &mut self.facts {
            Some(known) => known,
            none => {
                let mut made = Compressor::with_dictionary(LEVEL, FACTS).map_err(odd)?;
                made.include_checksum(false).map_err(odd)?;
                none.insert(made)
            }
        };
        let packed = compressor.compress(json).map_err(odd)?;
        self.seal(packed, about)
    }

    fn seal(&self, packed: Vec<u8>, about: &[u8]) -> Result<Vec<u8>> {
        match &self.seal {
            Some(key) => keys::seal(key, about, &packed),
            None => Ok(packed),
        }
    }
}

/// What [`Packer::pack`] or [`Packer::pack_facts`] packed.
pub(crate) fn unpack(packed: &[u8], seal: Option<&[u8; 32]>, about: &[u8]) -> Result<Vec<u8>> {
    let damaged = || Error::Damaged("a stored body does not unpack".into());
    let opened;
    let packed = match seal {
        Some(key) => {
            opened = keys::open(key, about, packed).map_err(|_| damaged())?;
            &opened
        }
        None => packed,
    };
    let size = zstd_safe::get_frame_content_size(packed).ok().flatten();
    let size = size.and_then(|s| usize::try_from(s).ok()).filter(|s| *s <= LARGEST);
    let size = size.ok_or_else(damaged)?;
    let mut decompressor = match zstd_safe::get_dict_id_from_frame(packed).map(u32::from) {
        None => Decompressor::new(),
        Some(FACTS_ID) => Decompressor::with_prepared_dictionary(&FACTS_READ),
        Some(_) => return Err(damaged()),
    }
    .map_err(odd)?;
    decompressor.decompress(packed, size).map_err(|_| damaged())
}

fn odd(error: std::io::Error) -> Error {
    Error::Invalid(format!("zstd: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_a_changed_byte_is_noticed() {
        let body = "Bonjour ".repeat(1000);
        for seal in [None, Some([7; 32])] {
            let mut packer = Packer::new(seal).unwrap();
            let packed = packer.pack(body.as_bytes(), b"row 1").unwrap();
            assert!(packed.len() < 200);
            assert_eq!(unpack(&packed, seal.as_ref(), b"row 1").unwrap(), body.as_bytes());
        }
        let facts =
            br#"{"actor":{"name":"Boutique","domain":"boutique.example","kind":"merchant"}}"#;
        let mut packer = Packer::new(None).unwrap();
        let (alone, together) =
            (packer.pack(facts, b"").unwrap(), packer.pack_facts(facts, b"").unwrap());
        assert!(together.len() * 3 < alone.len() * 2, "{} {}", together.len(), alone.len());
        assert_eq!(unpack(&together, None, b"").unwrap(), facts);
        let mut packer = Packer::new(Some([7; 32])).unwrap();
        let mut packed = packer.pack(body.as_bytes(), b"row 1").unwrap();
        assert!(unpack(&packed, Some(&[7; 32]), b"row 2").is_err());
        packed[30] ^= 1;
        assert!(matches!(unpack(&packed, Some(&[7; 32]), b"row 1"), Err(Error::Damaged(_))));
    }
}
