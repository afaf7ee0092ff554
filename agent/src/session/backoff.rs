//! How long to wait before the next attempt: doubling, bounded, with jitter.

use std::time::Duration;

/// The longest first wait.
pub const FIRST: Duration = Duration::from_millis(250);
/// The longest wait of all.
pub const CEILING: Duration = Duration::from_secs(30);
/// A session that lasted this long starts the waits from the beginning.
pub const STABLE_AFTER: Duration = Duration::from_secs(30);
/// So did one that lasted this long, if the server said goodbye and when to come back.
pub const SETTLED_AFTER: Duration = Duration::from_secs(5);

/// Counts failed attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// A session or an attempt took this long.
    pub fn lasted(&mut self, duration: Duration) {
        if duration >= STABLE_AFTER {
            self.failures = 0;
        }
    }

    /// The server ended a session that lasted this long, in order: that is no sign that the next one
    /// fails.
    pub fn dismissed(&mut self, lasted: Duration) {
        if lasted >= SETTLED_AFTER {
            self.failures = 0;
        }
    }

    /// The wait after one more failure. `random` lies from 0 to 1 and spreads the wait over the
    /// upper half of its range, so that a fleet does not come back at once when its server does.
    pub fn next(&mut self, random: f64) -> Duration {
        let wait = FIRST.saturating_mul(2_u32.saturating_pow(self.failures)).min(CEILING);
        self.failures = self.failures.saturating_add(1);
        wait.mul_f64(0.5 + random.clamp(0.0, 1.0) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_ceiling() {
        let mut backoff = Backoff::default();
        let waits: Vec<u128> = (0..9).map(|_| backoff.next(1.0).as_millis()).collect();
        assert_eq!(waits, [250, 500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
        backoff.failures = u32::MAX;
        assert_eq!(backoff.next(1.0), CEILING);
    }

    #[test]
    fn jitter_spreads_over_the_upper_half() {
        let wait = |random| Backoff { failures: 3 }.next(random).as_millis();
        assert_eq!((wait(0.0), wait(0.5), wait(1.0)), (1000, 1500, 2000));
        assert_eq!((wait(-7.0), wait(7.0)), (1000, 2000));
    }

    #[test]
    fn only_a_stable_session_starts_the_waits_anew() {
        let mut backoff = Backoff { failures: 5 };
        backoff.lasted(STABLE_AFTER.checked_sub(Duration::from_millis(1)).unwrap());
        assert_eq!(backoff, Backoff { failures: 5 });
        backoff.lasted(STABLE_AFTER);
        assert_eq!(backoff, Backoff::default());
    }

    #[test]
    fn a_goodbye_starts_them_anew_unless_it_came_at_once() {
        let mut backoff = Backoff { failures: 5 };
        backoff.dismissed(SETTLED_AFTER.checked_sub(Duration::from_millis(1)).unwrap());
        assert_eq!(backoff, Backoff { failures: 5 });
        backoff.dismissed(SETTLED_AFTER);
        assert_eq!(backoff, Backoff::default());
    }
}
