//! How bytes are kept: compressed, then sealed where the database would show them.

use crate::{Error, Result, keys};
use zstd::bulk::{Compressor, Decompressor};

/// Speed matters more than the last per cent: a mailbox is compressed while its owner waits.
const LEVEL: i32 = 3;
/// Nothing that is kept in one piece is larger: a message over 50 MB is kept in chunks.
const LARGEST: usize = 256 << 20;

/// Packs bodies; each thread has its own.
pub(crate) struct Packer {
    compressor: Compressor<'static>,
    seal: Option<[u8; 32]>,
}

impl Packer {
    /// `seal`: the key on PostgreSQL; none in SQLite, whose file is encrypted.
    pub fn new(seal: Option<[u8; 32]>) -> Result<Packer> {
        let mut compressor = Compressor::new(LEVEL).map_err(odd)?;
        compressor.include_checksum(false).map_err(odd)?;
        Ok(Packer { compressor, seal })
    }

    /// `about` binds what is sealed to its row.
    pub fn pack(&mut self, bytes: &[u8], about: &[u8]) -> Result<Vec<u8>> {
        let packed = self.compressor.compress(bytes).map_err(odd)?;
        match &self.seal {
            Some(key) => keys::seal(key, about, &packed),
            None => Ok(packed),
        }
    }
}

/// What [`Packer::pack`] packed.
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
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten();
    let size = size.and_then(|s| usize::try_from(s).ok()).filter(|s| *s <= LARGEST);
    let size = size.ok_or_else(damaged)?;
    let mut decompressor = Decompressor::new().map_err(odd)?;
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
        let mut packer = Packer::new(Some([7; 32])).unwrap();
        let mut packed = packer.pack(body.as_bytes(), b"row 1").unwrap();
        assert!(unpack(&packed, Some(&[7; 32]), b"row 2").is_err());
        packed[30] ^= 1;
        assert!(matches!(unpack(&packed, Some(&[7; 32]), b"row 1"), Err(Error::Damaged(_))));
    }
}
