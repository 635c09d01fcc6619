//! To which address of hers each mail came: what a refused address, a leak and a letter ask.

use crate::{Db, Result};
use mesinfos_reading::Mail;
use std::collections::HashMap;

/// The addresses of a vault by their numbers, in memory while mails are written.
pub(super) struct Recipients {
    ids: HashMap<String, i64>,
    next: i64,
    /// Whether any dedicated address ever took mail: else nothing is asked of arrivals.
    has_dedicated: bool,
}

/// Longer ones are no address.
const ADDRESS_BYTES: usize = 200;

impl Recipients {
    pub fn load(db: &Db) -> Result<Recipients> {
        let rows = db.query(
            "SELECT address, id FROM recipient WHERE person_id = $1",
            &[db.person().into()],
            |r| Ok((r.get::<String>(0)?, r.get::<i64>(1)?)),
        )?;
        let next = rows.iter().map(|(_, id)| *id).max().unwrap_or(0) + 1;
        let dedicated = db.first(
            "SELECT 1 FROM source WHERE person_id = $1 AND kind = 'address'",
            &[db.person().into()],
            |_| Ok(()),
        )?;
        let has_dedicated = dedicated.is_some();
        Ok(Recipients { ids: rows.into_iter().collect(), next, has_dedicated })
    }

    /// Takes down that this mail came to this address; whether that was not known. Saying it twice
    /// says it once.
    pub fn add(&mut self, db: &Db, message: i64, address: &str) -> Result<bool> {
        let id = match self.ids.get(address) {
            Some(id) => *id,
            None => {
                let id = self.next;
                db.execute(
                    "INSERT INTO recipient (person_id, id, address) VALUES ($1, $2, $3)",
                    &[db.person().into(), id.into(), address.into()],
                )?;
                self.next += 1;
                self.ids.insert(address.to_owned(), id);
                id
            }
        };
        let added = db.execute(
            "INSERT INTO message_recipient (person_id, recipient, message) VALUES ($1, $2, $3)
             ON CONFLICT (person_id, recipient, message) DO NOTHING",
            &[db.person().into(), id.into(), message.into()],
        )?;
        Ok(added > 0)
    }

    /// The dedicated addresses to which this mail was delivered.
    pub fn delivered_to(&self, db: &Db, message: i64) -> Result<Vec<String>> {
        if !self.has_dedicated {
            return Ok(Vec::new());
        }
        db.query(
            "SELECT s.path FROM arrival a
                JOIN source s ON s.person_id = a.person_id AND s.id = a.source
             WHERE a.person_id = $1 AND a.message = $2 AND s.kind = 'address' ORDER BY s.id",
            &[db.person().into(), message.into()],
            |r| r.get::<String>(0),
        )
    }
}

/// The address to which a mail came, in lower case: what the delivering server wrote, and where To or
/// Cc names it with a tag (`lea+shop@`), that one. Without such a header, the first of To.
pub(crate) fn recipient(mail: &Mail) -> Option<String> {
    const DELIVERED: [&str; 5] =
        ["X-Original-To", "Delivered-To", "Envelope-To", "X-Delivered-To", "X-Envelope-To"];
    let bare = |a: &str| a.trim().trim_matches(['<', '>']).to_lowercase();
    let is_address = |a: &String| {
        a.len() <= ADDRESS_BYTES
            && a.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            && !a.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    let named = || mail.to.iter().chain(&mail.cc).take(20).map(|a| bare(&a.address));
    let delivered = DELIVERED.iter().find_map(|name| mail.header(name)).map(bare);
    let Some(delivered) = delivered.filter(is_address) else {
        return named().find(is_address);
    };
    let tagged = named().find(|a| is_tagged(a, &delivered)).filter(is_address);
    Some(tagged.unwrap_or(delivered))
}

/// `lea+shop@exemple.fr` is `lea@exemple.fr` with a tag (RFC 5233).
fn is_tagged(address: &str, plain: &str) -> bool {
    let (Some((name, host)), Some((plain_name, plain_host))) =
        (address.split_once('@'), plain.split_once('@'))
    else {
        return false;
    };
    host == plain_host && name.strip_prefix(plain_name).is_some_and(|rest| rest.starts_with('+'))
}

#[cfg(test)]
mod tests {
    use super::recipient;
    use mesinfos_reading::Mail;

    fn of(head: &str) -> Option<String> {
        recipient(&Mail::read(format!("{head}\nSubject: x\n\nx").as_bytes()))
    }

    #[test]
    fn the_server_that_delivered_knows_best() {
        let to = "To: Liste <liste@exemple.org>";
        assert_eq!(
            of(&format!("Delivered-To: Lea@Exemple.fr\n{to}")),
            Some("lea@exemple.fr".into())
        );
        assert_eq!(of(to), Some("liste@exemple.org".into()));
        let tagged = "Delivered-To: lea@exemple.fr\nTo: lea+fnac@exemple.fr";
        assert_eq!(of(tagged), Some("lea+fnac@exemple.fr".into()));
        let other = "Delivered-To: lea@exemple.fr\nTo: leanne+fnac@exemple.fr";
        assert_eq!(of(other), Some("lea@exemple.fr".into()));
        assert_eq!(of("To: undisclosed-recipients:;"), None);
        assert_eq!(of("Delivered-To: x\nTo: a b"), None);
    }
}
