//! What the hosts of a crew do, counted while they do it.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;

/// Upper ends of the classes of times, in microseconds: each twice the one before.
const CLASSES: usize = 24;

/// Counts of one process.
#[derive(Debug)]
pub struct Tally {
    started: Instant,
    pub enrolled: AtomicU32,
    /// Enrolments that the server told to come later.
    pub postponed: AtomicU64,
    /// Sessions that were opened, each after a hello.
    pub hellos: AtomicU64,
    pub identities: AtomicU64,
    /// Hosts that have answered at least one challenge.
    pub answered: AtomicU32,
    pub evidence: AtomicU64,
    /// Bytes of event logs that were sent.
    pub log_bytes: AtomicU64,
    /// Answers by how long making them took.
    work: [AtomicU64; CLASSES],
}

/// The counts at one moment, as one line of JSON.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Seconds since the start.
    pub seconds: f64,
    /// Hosts of the fleet.
    pub hosts: u32,
    /// How many of them are enrolled.
    pub enrolled: u32,
    /// Enrolments that the server told to come later.
    pub postponed: u64,
    /// Sessions that were opened.
    pub hellos: u64,
    /// Identities that were given.
    pub identities: u64,
    /// Hosts that have answered at least one challenge.
    pub answered: u32,
    /// Answers to challenges.
    pub evidence: u64,
    /// Bytes of event logs that were sent.
    pub log_bytes: u64,
    /// Microseconds for making an answer, at most, for 99 of 100.
    pub work_p99_us: u64,
    /// How late a task was run that wanted to be run now, in microseconds: what the hosts would
    /// have to wait for the simulator.
    pub late_us: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            enrolled: AtomicU32::new(0),
            postponed: AtomicU64::new(0),
            hellos: AtomicU64::new(0),
            identities: AtomicU64::new(0),
            answered: AtomicU32::new(0),
            evidence: AtomicU64::new(0),
            log_bytes: AtomicU64::new(0),
            work: [const { AtomicU64::new(0) }; CLASSES],
        }
    }
}

impl Tally {
    /// Counts an answer that took this long to make.
    pub fn worked(&self, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX).max(1);
        let class = (micros.ilog2() as usize + 1).min(CLASSES - 1);
        if let Some(class) = self.work.get(class) {
            class.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The counts now.
    pub fn report(&self, hosts: u32, late: Duration) -> Report {
        Report {
            seconds: self.started.elapsed().as_secs_f64(),
            hosts,
            enrolled: self.enrolled.load(Ordering::Relaxed),
            postponed: self.postponed.load(Ordering::Relaxed),
            hellos: self.hellos.load(Ordering::Relaxed),
            identities: self.identities.load(Ordering::Relaxed),
            answered: self.answered.load(Ordering::Relaxed),
            evidence: self.evidence.load(Ordering::Relaxed),
            log_bytes: self.log_bytes.load(Ordering::Relaxed),
            work_p99_us: self.work_p99_us(),
            late_us: u64::try_from(late.as_micros()).unwrap_or(u64::MAX),
        }
    }

    fn work_p99_us(&self) -> u64 {
        let counts: Vec<u64> = self.work.iter().map(|c| c.load(Ordering::Relaxed)).collect();
        let all: u64 = counts.iter().sum();
        let mut seen = 0;
        for (class, count) in counts.iter().enumerate() {
            seen += count;
            if all > 0 && seen * 100 >= all * 99 {
                return 1 << class;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_of_a_hundred_are_left_out() {
        let tally = Tally::default();
        assert_eq!(tally.work_p99_us(), 0);
        for _ in 0..99 {
            tally.worked(Duration::from_micros(100));
        }
        tally.worked(Duration::from_secs(1));
        assert_eq!(tally.work_p99_us(), 128);
        for _ in 0..10 {
            tally.worked(Duration::from_secs(1));
        }
        assert!(tally.work_p99_us() > 1_000_000);
    }
}
