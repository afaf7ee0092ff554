//! Where the time comes from.
//!
//! Two kinds of it: what is recorded reads [`Clock::now`], which an administrator or NTP may set;
//! what is waited for reads [`Clock::uptime`], which nobody can, so that a clock that is set makes
//! nobody wait longer, and nobody come early.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Instant, UNIX_EPOCH};

use trustboard_model::time::Timestamp;

/// A source of the current time.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Timestamp;
    /// How long this has been running.
    fn uptime(&self) -> Uptime;
}

/// Milliseconds since some moment before: never set, never back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uptime(pub i64);

impl Uptime {
    /// The same moment, `seconds` later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Milliseconds from `earlier` to `self`; negative if `earlier` is later.
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        // A clock set before 1970 reads as 1970: everything is then stale, nothing panics.
        let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn uptime(&self) -> Uptime {
        static START: OnceLock<Instant> = OnceLock::new();
        let since = START.get_or_init(Instant::now).elapsed();
        Uptime(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved, for tests.
#[derive(Debug)]
pub struct TestClock {
    now: AtomicI64,
    uptime: AtomicI64,
}

impl TestClock {
    /// A clock that stands at `start`.
    pub const fn new(start: Timestamp) -> Self {
        Self { now: AtomicI64::new(start.0), uptime: AtomicI64::new(0) }
    }

    /// Lets `seconds` pass.
    pub fn advance(&self, seconds: i64) {
        self.uptime.fetch_add(seconds.saturating_mul(1000), Ordering::SeqCst);
        self.set(seconds);
    }

    /// Sets it ahead by `seconds`, or back, without any time passing.
    pub fn set(&self, seconds: i64) {
        self.now.fetch_add(seconds.saturating_mul(1000), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    fn uptime(&self) -> Uptime {
        Uptime(self.uptime.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_clock_moves_only_when_told() {
        let clock = TestClock::new(Timestamp(1000));
        assert_eq!(clock.now(), clock.now());
        clock.advance(60);
        assert_eq!((clock.now(), clock.uptime()), (Timestamp(61_000), Uptime(60_000)));
        clock.set(-3600);
        assert_eq!((clock.now(), clock.uptime()), (Timestamp(-3_539_000), Uptime(60_000)));
    }

    #[test]
    fn the_system_clock_is_past_2025() {
        assert!(SystemClock.now() > Timestamp(1_735_689_600_000));
        let before = SystemClock.uptime();
        assert!(SystemClock.uptime() >= before);
    }
}
