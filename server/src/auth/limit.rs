//! Rate limits: a token bucket for each caller.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use trustboard_model::refusal::Refusal;

use crate::clock::Uptime;

/// How many callers that anybody can be are remembered: more at a time are a flood.
const MAX_CALLERS: usize = 10_000;

/// How many callers are remembered before those that are full again are forgotten for the first
/// time.
const FIRST_SWEEP: usize = 1024;

/// At most `burst` at once, and one more every `refill_ms`.
#[derive(Debug)]
pub struct Limiter<K> {
    burst: u32,
    refill_ms: u32,
    most: usize,
    known: Mutex<Known<K>>,
}

/// Callers whose buckets are not full.
#[derive(Debug)]
struct Known<K> {
    /// When each caller's bucket will be full again, in milliseconds of uptime.
    full_at: HashMap<K, i64>,
    /// Those that are full again are forgotten when there are so many: twice as many as were left
    /// the last time, so that looking at all of them costs each newcomer a constant.
    sweep_at: usize,
}

impl<K: Eq + Hash> Limiter<K> {
    /// A limiter that has seen nobody.
    pub fn new(burst: u32, refill_ms: u32) -> Self {
        let known = Known { full_at: HashMap::new(), sweep_at: FIRST_SWEEP };
        Self { burst, refill_ms, most: MAX_CALLERS, known: Mutex::new(known) }
    }

    /// The same for callers who have proven who they are, and of whom there are therefore never
    /// more than we let be.
    #[must_use]
    pub fn of_known_callers(self) -> Self {
        Self { most: usize::MAX, ..self }
    }

    /// Takes one token of `caller`, or refuses and says when there will be one.
    pub fn take(&self, caller: K, now: Uptime) -> Result<(), Refusal> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let callers = known.full_at.len();
        if callers >= known.sweep_at.min(self.most) {
            known.full_at.retain(|_, at| *at > now.0);
            known.sweep_at = (known.full_at.len() * 2).max(FIRST_SWEEP);
            if known.full_at.len() >= self.most && !known.full_at.contains_key(&caller) {
                // So many active callers is a flood from everywhere: refuse newcomers.
                return Err(Refusal::TooMany { retry_s: 60 });
            }
        }
        let refill = i64::from(self.refill_ms);
        let at = known.full_at.entry(caller).or_insert(now.0);
        let next = (*at).max(now.0).saturating_add(refill);
        let wait_ms = next - now.0 - refill * i64::from(self.burst);
        if wait_ms > 0 {
            let retry_s = u32::try_from((wait_ms + 999) / 1000).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { retry_s });
        }
        *at = next;
        Ok(())
    }

    /// Gives back one token of `caller`: what it was taken for turned out to be harmless.
    pub fn give_back(&self, caller: &K) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = known.full_at.get_mut(caller) {
            *at = at.saturating_sub(i64::from(self.refill_ms));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_one_by_one_and_each_caller_alone() {
        let limiter = Limiter::new(3, 10_000);
        let now = Uptime(1_000_000);
        for _ in 0..3 {
            limiter.take("a", now).unwrap();
        }
        assert_eq!(limiter.take("a", now), Err(Refusal::TooMany { retry_s: 10 }));
        limiter.take("b", now).unwrap();
        assert_eq!(limiter.take("a", now.plus_seconds(4)), Err(Refusal::TooMany { retry_s: 6 }));
        limiter.take("a", now.plus_seconds(10)).unwrap();
        assert!(limiter.take("a", now.plus_seconds(10)).is_err());
    }

    #[test]
    fn what_is_given_back_does_not_count() {
        let limiter = Limiter::new(2, 10_000);
        let now = Uptime(1_000_000);
        for _ in 0..20 {
            limiter.take("a", now).unwrap();
            limiter.give_back(&"a");
        }
        limiter.take("a", now).unwrap();
        limiter.take("a", now).unwrap();
        assert!(limiter.take("a", now).is_err());
        limiter.give_back(&"nobody");
        assert!(limiter.take("a", now).is_err());
    }

    #[test]
    fn a_flood_of_callers_does_not_grow_without_end() {
        let limiter = Limiter::new(1, 1000);
        for caller in 0..MAX_CALLERS {
            limiter.take(caller, Uptime(0)).unwrap();
        }
        assert!(limiter.take(MAX_CALLERS, Uptime(0)).is_err());
        limiter.take(MAX_CALLERS, Uptime(1001)).unwrap();
        assert_eq!(limiter.known.lock().unwrap().full_at.len(), 1);
    }

    #[test]
    fn callers_that_are_known_are_never_too_many_and_those_that_are_full_are_forgotten() {
        let limiter = Limiter::new(1, 1000).of_known_callers();
        for caller in 0..3 * MAX_CALLERS {
            limiter.take(caller, Uptime(0)).unwrap();
        }
        assert_eq!(limiter.known.lock().unwrap().full_at.len(), 3 * MAX_CALLERS);
        for caller in 0..2 * MAX_CALLERS {
            limiter.take(caller, Uptime(5000)).unwrap();
        }
        assert!(limiter.known.lock().unwrap().full_at.len() <= 3 * MAX_CALLERS);
        for caller in 0..4 * MAX_CALLERS {
            limiter.take(caller, Uptime(50_000)).unwrap();
        }
        assert!(limiter.known.lock().unwrap().full_at.len() <= 4 * MAX_CALLERS);
        assert!(limiter.take(0, Uptime(50_000)).is_err());
    }
}
