//! Waiting until a fleet is steady: what is measured before is how it became so.
//!
//! Hosts whose configuration was just approved, whose policy changed or whose server started are
//! appraised in full at their next turn, and what that changes is news.

use std::collections::VecDeque;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use trustboard_model::role::Role;

use super::counted::counts;
use super::fleet::Fleet;
use super::metrics::{Metrics, Readers};
use super::patience::patiently;
use crate::client::Client;

/// Nothing may move for so long.
const STILL: Duration = Duration::from_secs(10);

/// Between two looks.
const EVERY: Duration = Duration::from_secs(1);

/// Of the appraisals so many may be in full, beside those that have to be.
const FULL: f64 = 0.01;

/// After so many seconds a host is appraised in full whatever it says (`attest::steady`).
const FULL_AFTER_S: f64 = 3600.0;

/// How late verifications may be, in seconds; later only if that does not grow: then more is asked
/// of the server than it can do, which is as steady as it gets.
const LATE_S: f64 = 1.0;

/// By so much what is late may grow meanwhile.
const GROWTH: f64 = 1.2;

/// What a fleet is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// No host makes news.
    NoNews,
    /// And no host is appraised in full that need not be.
    Steady,
}

/// What the servers did until one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reading {
    steady: f64,
    full: f64,
    events: u64,
    /// Hosts whose evidence waits to be judged again.
    judge_again: f64,
    behind_s: f64,
}

impl Reading {
    fn of(metrics: &Metrics, events: u64) -> Self {
        Self {
            steady: metrics.sum("trustboard_appraisals_total{kind=\"steady\"}"),
            full: metrics.sum("trustboard_appraisals_total{kind=\"full\"}"),
            events,
            judge_again: metrics.first("trustboard_jobs{queue=\"judge-again\"}"),
            behind_s: metrics.highest("trustboard_schedule_behind_seconds"),
        }
    }
}

/// What a fleet does when it is steady.
#[derive(Debug, Clone, Copy)]
struct Usual {
    until: Until,
    /// The share of appraisals that are in full: of hosts that fail, and of those whose hour is
    /// over.
    full: f64,
    /// The least appraisals while nothing moves: with none nothing is known.
    appraisals: f64,
}

impl Usual {
    fn of(fleet: &Fleet, client: &Client, until: Until, interval_s: u32) -> Result<Self> {
        let (counts, hosts) = (counts(client)?, f64::from(fleet.hosts.max(1)));
        let ill = counts.failed + counts.unknown + counts.not_applicable;
        let interval_s = f64::from(interval_s.max(1));
        let full = f64::from(ill) / hosts + 2.0 * interval_s / FULL_AFTER_S;
        // Hosts that came together are verified together, with long pauses.
        let appraisals = hosts * STILL.as_secs_f64() / interval_s / 10.0;
        Ok(Self { until, full, appraisals: appraisals.clamp(1.0, hosts) })
    }

    /// What still moved between two readings, in words; nothing if the fleet is steady.
    fn moving(self, first: &Reading, last: &Reading) -> Vec<String> {
        let mut moving = Vec::new();
        let events = last.events.saturating_sub(first.events);
        if events > 0 {
            moving.push(format!("{events} events"));
        }
        if last.judge_again > 0.0 {
            moving.push(format!("{:.0} hosts wait to be judged again", last.judge_again));
        }
        if last.behind_s > LATE_S.max(first.behind_s * GROWTH) {
            moving.push(format!(
                "verifications are {:.1} s late, after {:.1} s",
                last.behind_s, first.behind_s
            ));
        }
        let full = last.full - first.full;
        let all = full + last.steady - first.steady;
        if all < self.appraisals {
            moving.push(format!("{all:.0} appraisals, which are too few to tell"));
        } else if self.until == Until::Steady && full / all > FULL + self.full {
            moving.push(format!("{full:.0} of {all:.0} appraisals in full"));
        }
        moving
    }
}

/// Waits until the fleet is steady, at most for `limit`; gives how long that took. Fails with what
/// still moved.
pub fn settle(
    fleet: &mut Fleet,
    until: Until,
    interval_s: u32,
    limit: Duration,
) -> Result<Duration> {
    let (client, readers) = (fleet.client(Role::Viewer)?, Readers::of(fleet)?);
    let usual = Usual::of(fleet, &client, until, interval_s)?;
    let (begun, mut told) = (Instant::now(), Instant::now());
    let mut readings: VecDeque<(Instant, Reading)> = VecDeque::new();
    loop {
        fleet.check()?;
        let metrics = patiently(|| readers.read())?;
        let last = Reading::of(&metrics, patiently(|| client.matching(""))?.seq.0);
        let now = Instant::now();
        readings.push_back((now, last));
        // The first is the latest of those that are old enough.
        while readings.get(1).is_some_and(|(at, _)| now - *at >= STILL) {
            readings.pop_front();
        }
        let Some((at, first)) = readings.front() else { continue };
        let moving = usual.moving(first, &last);
        if moving.is_empty() && now - *at >= STILL {
            return Ok(begun.elapsed());
        }
        if begun.elapsed() > limit {
            let seconds = (now - *at).as_secs_f64();
            bail!(
                "not steady after {} s; in the last {seconds:.0} s: {}",
                limit.as_secs(),
                moving.join(", ")
            );
        }
        if told.elapsed() > Duration::from_secs(10) {
            eprintln!("    not yet: {}", moving.join(", "));
            told = Instant::now();
        }
        thread::sleep(EVERY);
    }
}

/// How long so many hosts may take: until each had its turn some times, and all were judged again.
pub fn limit(hosts: u32, interval_s: u32) -> Duration {
    Duration::from_mins(3) + Duration::from_secs(5) * interval_s + Duration::from_millis(20) * hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
trustboard_appraisals_total{kind=\"steady\"} 900\n\
trustboard_appraisals_total{kind=\"full\"} 100\n\
trustboard_jobs{queue=\"waiting\"} 5\n\
trustboard_jobs{queue=\"judge-again\"} 7\n\
trustboard_schedule_behind_seconds 0.25\n";

    const FIRST: Reading =
        Reading { steady: 0.0, full: 50.0, events: 9, judge_again: 0.0, behind_s: 0.0 };

    const STEADY: Usual = Usual { until: Until::Steady, full: 0.02, appraisals: 100.0 };

    /// What is said of this, after nothing.
    fn said(usual: Usual, last: Reading) -> String {
        usual.moving(&FIRST, &last).join(", ")
    }

    #[test]
    fn a_reading_is_of_all_servers() {
        let metrics = Metrics::from(&[TEXT, TEXT][..]);
        let of_both =
            Reading { steady: 1800.0, full: 200.0, events: 3, judge_again: 7.0, behind_s: 0.25 };
        assert_eq!(Reading::of(&metrics, 3), of_both);
    }

    #[test]
    fn a_fleet_is_steady_when_nothing_moves() {
        let still = Reading { steady: 970.0, full: 80.0, ..FIRST };
        assert_eq!(said(STEADY, still), "");
        assert_eq!(said(STEADY, Reading { events: 11, ..still }), "2 events");
        let waiting = Reading { judge_again: 3.0, ..still };
        assert_eq!(said(STEADY, waiting), "3 hosts wait to be judged again");
        let full = Reading { full: 90.0, ..still };
        assert_eq!(said(STEADY, full), "40 of 1010 appraisals in full");
        assert_eq!(said(Usual { until: Until::NoNews, ..STEADY }, full), "");
        let none = Reading { steady: 49.0, ..FIRST };
        assert_eq!(said(STEADY, none), "49 appraisals, which are too few to tell");
    }

    #[test]
    fn what_is_late_may_not_become_later() {
        let at = |behind_s| Reading { steady: 2000.0, behind_s, ..FIRST };
        assert_eq!(said(STEADY, at(0.9)), "");
        assert_eq!(said(STEADY, at(1.5)), "verifications are 1.5 s late, after 0.0 s");
        // More is asked of the server than it can do.
        let before = Reading { behind_s: 4.0, ..FIRST };
        assert_eq!(STEADY.moving(&before, &at(4.5)), Vec::<String>::new());
        assert_eq!(STEADY.moving(&before, &at(5.0)).len(), 1);
    }
}
