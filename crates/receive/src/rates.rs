//! How often something happened lately: counted in windows, in bounded memory, without a clock.

use std::collections::HashMap;
use std::hash::Hash;

/// Counts of one sort of thing.
#[derive(Debug)]
pub struct Rate<K> {
    most: u32,
    window_us: i64,
    counts: HashMap<K, (i64, u32)>,
}

/// So many different things are told apart; when all of them are busy, one more counts as too much.
const KEYS: usize = 50_000;

impl<K: Hash + Eq> Rate<K> {
    /// `most` times in a window.
    pub fn new(most: u32, window_us: i64) -> Rate<K> {
        Rate { most, window_us, counts: HashMap::new() }
    }

    /// Counts one; whether it is within the limit.
    pub fn count(&mut self, key: K, now_us: i64) -> bool {
        let (most, window) = (self.most, self.window_us);
        let is_past = |since: i64| now_us.saturating_sub(since) >= window;
        if self.counts.len() >= KEYS && !self.counts.contains_key(&key) {
            self.counts.retain(|_, (since, _)| !is_past(*since));
            if self.counts.len() >= KEYS {
                return false;
            }
        }
        let (since, n) = self.counts.entry(key).or_insert((now_us, 0));
        if is_past(*since) {
            (*since, *n) = (now_us, 0);
        }
        *n = n.saturating_add(1);
        *n <= most
    }

    /// Whether one more would still be within the limit.
    pub fn has_room(&self, key: &K, now_us: i64) -> bool {
        self.counts.get(key).is_none_or(|(since, n)| {
            now_us.saturating_sub(*since) >= self.window_us || *n < self.most
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_more_than_the_limit_is_too_much_until_the_window_is_past() {
        let mut rate = Rate::new(3, 100);
        for _ in 0..3 {
            assert!(rate.has_room(&"a", 5));
            assert!(rate.count("a", 5));
        }
        assert!(!rate.has_room(&"a", 104) && !rate.count("a", 104));
        assert!(rate.has_room(&"b", 104) && rate.count("b", 104), "another has its own");
        assert!(rate.has_room(&"a", 105) && rate.count("a", 105));
    }

    #[test]
    fn memory_is_bounded_and_what_is_past_makes_room() {
        let mut rate = Rate::new(1, 100);
        for n in 0..KEYS {
            assert!(rate.count(n, 0));
        }
        assert!(!rate.count(KEYS, 50));
        assert!(rate.count(KEYS, 100));
        assert_eq!(rate.counts.len(), 1);
    }
}
