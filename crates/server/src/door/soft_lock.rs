//! How long one waits after wrong passphrases: per account and per address, growing with failures.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;

/// How many keys are remembered: a flood of invented names must not fill the memory.
const KEYS: usize = 20_000;
const DAY: i64 = 86_400;

/// Counts failures by key and says when the next try may be made.
pub struct SoftLock<K> {
    free_tries: u32,
    seen: Mutex<HashMap<K, Failures>>,
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: i64,
    wait: i64,
}

impl<K: Hash + Eq + Clone> SoftLock<K> {
    /// The first `free_tries` failures cost nothing.
    pub fn new(free_tries: u32) -> SoftLock<K> {
        SoftLock { free_tries, seen: Mutex::new(HashMap::new()) }
    }

    /// Seconds to wait before a try of this key is looked at; 0 when it may be made now.
    pub fn wait(&self, key: &K, now: i64) -> i64 {
        let seen = self.seen.lock().unwrap_or_else(|e| e.into_inner());
        seen.get(key).map_or(0, |f| (f.last + f.wait - now).clamp(0, f.wait))
    }

    /// Counts a failure. A day without any forgets the earlier ones.
    pub fn failed(&self, key: K, now: i64) {
        let mut seen = self.seen.lock().unwrap_or_else(|e| e.into_inner());
        if seen.len() >= KEYS && !seen.contains_key(&key) {
            seen.retain(|_, f| f.last + f.wait.max(60) > now);
            if seen.len() >= KEYS {
                seen.clear();
            }
        }
        let entry = seen.entry(key).or_insert(Failures { count: 0, last: now, wait: 0 });
        if now - entry.last > DAY {
            entry.count = 0;
        }
        entry.count += 1;
        entry.last = now;
        entry.wait = seconds_after(entry.count.saturating_sub(self.free_tries), now);
    }

    /// Takes one failure back: a try is counted before it is looked at, so that a hundred tries at
    /// once are not all looked at for the price of one.
    pub fn forgive(&self, key: &K) {
        let mut seen = self.seen.lock().unwrap_or_else(|e| e.into_inner());
        if let Some(entry) = seen.get_mut(key) {
            entry.count = entry.count.saturating_sub(1);
            entry.wait = 0;
        }
    }

    /// A right passphrase wipes the slate.
    pub fn succeeded(&self, key: &K) {
        self.seen.lock().unwrap_or_else(|e| e.into_inner()).remove(key);
    }
}

/// The steps of kanidm's soft lock: 1 s (under 3 failures), 3 s (under 9), 5 s (under 25), 10 s
/// (under 100), then until the day ends (UTC).
fn seconds_after(failures: u32, now: i64) -> i64 {
    match failures {
        0 => 0,
        1..3 => 1,
        3..9 => 3,
        9..25 => 5,
        25..100 => 10,
        _ => DAY - now.rem_euclid(DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_waits_longer_and_success_forgets() {
        let lock = SoftLock::new(0);
        let noon = 43_200;
        assert_eq!(lock.wait(&"a", noon), 0);
        let mut waits = Vec::new();
        for _ in 0..100 {
            lock.failed("a", noon);
            waits.push(lock.wait(&"a", noon));
        }
        assert_eq!((waits[0], waits[2], waits[8], waits[24]), (1, 3, 5, 10));
        assert_eq!(waits[99], 43_200, "the hundredth waits until the day ends");
        assert_eq!(lock.wait(&"b", noon), 0, "another account is not concerned");
        assert_eq!(lock.wait(&"a", noon + 43_200), 0);
        lock.succeeded(&"a");
        assert_eq!(lock.wait(&"a", noon), 0);
    }

    #[test]
    fn a_clock_set_back_never_waits_longer_than_the_step() {
        let lock = SoftLock::new(0);
        lock.failed("a", 1_000_000);
        assert!(lock.wait(&"a", 10) <= 1);
    }

    #[test]
    fn a_flood_of_names_does_not_fill_the_memory() {
        let lock = SoftLock::new(0);
        for i in 0..KEYS + 10 {
            lock.failed(i, 5);
        }
        assert!(lock.seen.lock().expect("not poisoned").len() <= KEYS);
    }
}
