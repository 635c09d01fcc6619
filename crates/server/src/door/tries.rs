//! Tries at the door: each wrong one makes the next wait longer.
//!
//! A stranger who tries somebody's name must slow down without locking that person out (OWASP, "Slow
//! Down Online Guessing Attacks with Device Cookies"; NIST SP 800-63B, 3.2.2). So a browser that signed
//! in before is counted by itself, strangers by name and network together; all strangers at one name
//! wait for each other only after fifty wrong tries, an hour at most: 24 guesses a day, against
//! passphrases that a hundred million do not find.

use crate::Error;
use mesinfos_domain::PersonId;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many counters are kept: a flood of invented names must not fill the memory.
const MOST: usize = 20_000;
const DAY: i64 = 86_400;
/// The longest wait, in seconds.
const LONGEST: i64 = 3_600;

/// Whose wrong tries are counted together.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Counted {
    /// A browser that signed in as this person before.
    Device(String),
    /// A name, tried from one network by browsers that nobody knows.
    Name(String, IpAddr),
    /// A name, tried from everywhere by browsers that nobody knows.
    Everywhere(String),
    /// A network, whatever is tried from it.
    Network(IpAddr),
    /// Somebody who is signed in and gives the passphrase again.
    Person(PersonId),
}

impl Counted {
    /// How many wrong tries cost nothing.
    fn free(&self) -> u32 {
        match self {
            // Several people may stand behind one address.
            Counted::Network(_) => 10,
            Counted::Everywhere(_) => 50,
            _ => 0,
        }
    }

    /// Whether a right try clears all wrong ones: its own only, where others are counted as well.
    fn is_ones_own(&self) -> bool {
        !matches!(self, Counted::Everywhere(_) | Counted::Network(_))
    }
}

/// The network of an address: who has one address of IPv6 has 2^64 of them.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

/// The counters.
#[derive(Default)]
pub(crate) struct Tries(Mutex<HashMap<Counted, Failures>>);

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
    wait: i64,
}

impl Failures {
    fn left(&self, now: i64) -> i64 {
        (self.last + self.wait - now).clamp(0, self.wait)
    }
}

/// A try that was let through. It is counted as wrong until it is said to be right, so that a hundred
/// at once are not all looked at for the price of one.
pub(crate) struct Try<'t> {
    tries: &'t Tries,
    counted: Vec<Counted>,
}

impl Tries {
    /// Lets a try through and counts it.
    ///
    /// # Errors
    /// [`Error::Wait`] while an earlier one still costs time.
    pub fn begin(&self, counted: Vec<Counted>, now: i64) -> Result<Try<'_>, Error> {
        let mut seen = self.lock();
        let wait = counted.iter().filter_map(|key| Some(seen.get(key)?.left(now))).max();
        if let Some(wait) = wait.filter(|wait| *wait > 0) {
            return Err(Error::Wait(wait));
        }
        if seen.len() + counted.len() > MOST {
            seen.retain(|_, f| f.last + f.wait.max(60) > now);
        }
        if seen.len() + counted.len() > MOST {
            seen.clear();
        }
        for key in &counted {
            let entry =
                seen.entry(key.clone()).or_insert(Failures { count: 0, last: now, wait: 0 });
            // A day without any forgets the earlier ones.
            if now - entry.last > DAY {
                entry.count = 0;
            }
            entry.count = entry.count.saturating_add(1);
            entry.last = now;
            entry.wait = seconds_after(entry.count.saturating_sub(key.free()));
        }
        drop(seen);
        Ok(Try { tries: self, counted })
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Counted, Failures>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Try<'_> {
    /// It was right after all.
    pub fn right(self) {
        let mut seen = self.tries.lock();
        for key in &self.counted {
            if key.is_ones_own() {
                seen.remove(key);
            } else if let Some(entry) = seen.get_mut(key) {
                entry.count = entry.count.saturating_sub(1);
                entry.wait = 0;
            }
        }
    }
}

/// 1 s after the first wrong try, then twice as long each time.
fn seconds_after(failures: u32) -> i64 {
    match failures {
        0 => 0,
        n => 1_i64.checked_shl(n - 1).map_or(LONGEST, |wait| wait.clamp(1, LONGEST)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str, last: u8) -> Vec<Counted> {
        let network = IpAddr::from([192, 0, 2, last]);
        vec![Counted::Name(name.into(), network), Counted::Everywhere(name.into())]
    }

    fn wait(tries: &Tries, counted: Vec<Counted>, now: i64) -> i64 {
        match tries.begin(counted, now) {
            Err(Error::Wait(wait)) => wait,
            _ => 0,
        }
    }

    #[test]
    fn each_wrong_try_waits_twice_as_long_up_to_an_hour_and_a_right_one_forgets() {
        let tries = Tries::default();
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..16 {
            assert!(tries.begin(name("a", 1), now).is_ok());
            waits.push(wait(&tries, name("a", 1), now));
            now += waits.last().expect("one");
        }
        assert_eq!(waits[..6], [1, 2, 4, 8, 16, 32]);
        assert_eq!(waits[12..], [3_600; 4]);
        assert_eq!(wait(&tries, name("b", 1), now), 0, "another name is not concerned");
        assert_eq!(wait(&tries, name("a", 2), now), 0, "nor is another network");
        tries.begin(name("a", 1), now).expect("after the wait").right();
        assert_eq!(wait(&tries, name("a", 1), now), 0);
    }

    #[test]
    fn many_networks_at_one_name_wait_for_each_other_after_fifty() {
        let tries = Tries::default();
        for n in 0..50 {
            assert_eq!(wait(&tries, name("a", n), 0), 0, "{n}");
        }
        assert_eq!(wait(&tries, name("a", 50), 0), 0);
        assert_eq!(wait(&tries, name("a", 51), 0), 1, "strangers are slowed down");
        assert_eq!(wait(&tries, vec![Counted::Device("x".into())], 0), 0, "her own browser is not");
    }

    #[test]
    fn a_clock_set_back_never_waits_longer_than_the_step() {
        let tries = Tries::default();
        assert!(tries.begin(name("a", 1), 1_000_000).is_ok());
        assert_eq!(wait(&tries, name("a", 1), 10), 1);
    }

    #[test]
    fn a_flood_of_names_does_not_fill_the_memory() {
        let tries = Tries::default();
        for n in 0..MOST + 10 {
            let _ = tries.begin(name(&n.to_string(), 1), 5);
        }
        assert!(tries.lock().len() <= MOST);
    }

    #[test]
    fn an_address_of_ipv6_counts_for_its_network() {
        let of = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
