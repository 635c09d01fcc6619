//! Counters of tries, for rate limits that outlive a restart.

use super::Directory;
use crate::Result;

/// How often something was tried in the current window.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Attempts {
    /// How many, this one included.
    pub count: i64,
    /// When the window began, microseconds since 1970.
    pub since_us: i64,
}

impl Directory {
    /// Counts one try in a bucket (`login:lea`, `ip:192.0.2.1`); a window that began more than
    /// `window_us` ago begins again.
    pub fn count_attempt(&self, bucket: &str, window_us: i64, now_us: i64) -> Result<Attempts> {
        let counted = self.db().first(
            "INSERT INTO attempt (bucket, count, since_us, last_us) VALUES ($1, 1, $3, $3)
             ON CONFLICT (bucket) DO UPDATE SET
                count = CASE WHEN attempt.since_us + $2 < $3 THEN 1 ELSE attempt.count + 1 END,
                since_us = CASE WHEN attempt.since_us + $2 < $3 THEN $3 ELSE attempt.since_us END,
                last_us = $3
             RETURNING count, since_us",
            &[bucket.into(), window_us.into(), now_us.into()],
            |r| Ok(Attempts { count: r.get(0)?, since_us: r.get(1)? }),
        )?;
        Ok(counted.unwrap_or_default())
    }

    /// The tries of a bucket without counting one.
    pub fn attempts(&self, bucket: &str, window_us: i64, now_us: i64) -> Result<Attempts> {
        let found = self.db().first(
            "SELECT count, since_us FROM attempt WHERE bucket = $1 AND since_us + $2 >= $3",
            &[bucket.into(), window_us.into(), now_us.into()],
            |r| Ok(Attempts { count: r.get(0)?, since_us: r.get(1)? }),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Forgets a bucket (after a right passphrase).
    pub fn forget_attempts(&self, bucket: &str) -> Result<()> {
        self.db().execute("DELETE FROM attempt WHERE bucket = $1", &[bucket.into()])?;
        Ok(())
    }

    /// Forgets all buckets not touched since `before_us`.
    pub fn forget_old_attempts(&self, before_us: i64) -> Result<()> {
        self.db().execute("DELETE FROM attempt WHERE last_us < $1", &[before_us.into()])?;
        Ok(())
    }
}
