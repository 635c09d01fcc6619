//! Whether an organisation that was refused has ceased, judged by what the mailbox received.

use mesinfos_domain::Date;
use mesinfos_purchases::calendar::days_between;

/// A mail that was on its way when they were asked to stop proves nothing: so many days pass first.
pub const GRACE_DAYS: i32 = 2;
/// So many days of silence are called silence.
pub const SILENT_DAYS: i32 = 14;

/// What is known of one organisation since she refused it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Since {
    /// The day on which she refused it, or on which it was last asked to stop.
    pub from: Date,
    /// The day of its first mail after that day and the days of grace.
    pub first: Option<Date>,
    /// The day of the last mail that the whole mailbox received.
    pub mailbox: Option<Date>,
}

/// What can be said today.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Silence {
    /// It wrote again, so many days later.
    Insists {
        /// After how many days.
        after: i32,
    },
    /// Nothing came for so many days, while the mailbox received other mails.
    Ceased {
        /// For how many days.
        days: i32,
    },
    /// Too early to say.
    TooSoon,
    /// Nothing at all has arrived since: the mailbox was not read again.
    Unread,
}

impl Since {
    /// What can be said.
    pub fn judge(&self) -> Silence {
        if let Some(first) = self.first {
            return Silence::Insists { after: days_between(self.from, first) };
        }
        let Some(mailbox) = self.mailbox.filter(|day| *day > self.from) else {
            return Silence::Unread;
        };
        match days_between(self.from, mailbox) {
            days if days >= SILENT_DAYS => Silence::Ceased { days },
            _ => Silence::TooSoon,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn silence_is_what_the_mailbox_does_not_hold() {
        let from = date(2026, 10, 3);
        let judge = |first, mailbox| Since { from, first, mailbox }.judge();
        assert_eq!(judge(None, None), Silence::Unread);
        assert_eq!(judge(None, Some(date(2026, 10, 3))), Silence::Unread, "nothing came since");
        assert_eq!(judge(None, Some(date(2026, 10, 9))), Silence::TooSoon);
        assert_eq!(judge(None, Some(date(2026, 11, 2))), Silence::Ceased { days: 30 });
        let wrote = Some(date(2026, 10, 12));
        assert_eq!(judge(wrote, Some(date(2026, 11, 2))), Silence::Insists { after: 9 });
    }
}
