//! Settings of the host: named texts.

use super::Directory;
use crate::Result;

impl Directory {
    /// A setting of the host.
    pub fn setting(&self, name: &str) -> Result<Option<String>> {
        self.db().first("SELECT value FROM host_setting WHERE name = $1", &[name.into()], |r| {
            r.get::<String>(0)
        })
    }

    /// Sets it.
    pub fn set_setting(&self, name: &str, value: &str) -> Result<()> {
        self.db().execute(
            "INSERT INTO host_setting (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            &[name.into(), value.into()],
        )?;
        Ok(())
    }
}
