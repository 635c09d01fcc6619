//! Which addresses are the person's own: guessed from the mailbox, confirmed or refused by her.

use crate::{Result, Vault};

/// An address that mails take for hers, or that she spoke of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnAddress {
    /// In lower case; hostile as any text.
    pub address: String,
    /// How many mails say so.
    pub mails: i64,
    /// Her word; `None`: only guessed, and taken for hers until she says otherwise.
    pub said: Option<bool>,
}

/// Her addresses, those that most mails speak for first.
pub fn own_addresses(vault: &Vault) -> Result<Vec<OwnAddress>> {
    vault.read(|db| {
        db.query(
            "SELECT address, mails, is_confirmed FROM own_address WHERE person_id = $1
             ORDER BY mails DESC, address LIMIT 200",
            &[db.person().into()],
            |r| Ok(OwnAddress { address: r.get(0)?, mails: r.get(1)?, said: r.get(2)? }),
        )
    })
}
