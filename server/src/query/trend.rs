//! Counts over time: what they are now, less everything that changed since.

use trustboard_model::id::DatacenterId;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{CountChange, Counts, Trend, TrendAsked, TrendPoint, TrendRange};

use crate::ctx::Halt;
use crate::store::{COARSE_S, FINE_S, Read, StepChange, beginning};

/// The counts of these datacenters, or of all, or of one cluster, over a range; `counts` are those
/// of now.
pub(super) async fn trend(
    read: &mut Read,
    of: Option<&[DatacenterId]>,
    asked: TrendAsked,
    counts: Counts,
    now: Timestamp,
) -> Result<Trend, Halt> {
    let TrendAsked { range, cluster } = asked;
    let times = times(range, now);
    let from = times.last().copied().unwrap_or(now);
    let changes = read.count_steps(of, cluster, kept_step_s(range), from).await?;
    Ok(Trend { range, cluster, points: points(&times, counts, &changes) })
}

/// The finest steps that reach back far enough.
const fn kept_step_s(range: TrendRange) -> i64 {
    match range {
        TrendRange::Hours6 | TrendRange::Hours24 => FINE_S,
        TrendRange::Days7 | TrendRange::Days30 | TrendRange::Days90 => COARSE_S,
    }
}

/// The moments of a range, from now back.
fn times(range: TrendRange, now: Timestamp) -> Vec<Timestamp> {
    let last = beginning(now, range.step_s());
    let back = (0..=range.points()).map(|step| last.plus_seconds(-step * range.step_s()));
    [now].into_iter().chain(back.skip_while(|at| *at == now)).collect()
}

/// The counts at each of `times` (the latest first), from those at the first of them and all
/// `changes` since the last (the latest first). Times at which there was no host at all are left
/// out at the beginning.
fn points(times: &[Timestamp], now: Counts, changes: &[StepChange]) -> Vec<TrendPoint> {
    let mut state = CountChange {
        hosts: now.hosts.into(),
        passed: now.passed.into(),
        failed: now.failed.into(),
        unknown: now.unknown.into(),
        not_applicable: now.not_applicable.into(),
    };
    let mut changes = changes.iter().peekable();
    let mut points = Vec::with_capacity(times.len());
    for (index, &at) in times.iter().enumerate() {
        let mut point = point(at, state);
        let before = times.get(index + 1).copied().unwrap_or(at);
        while let Some(change) = changes.next_if(|change| change.at >= before) {
            state = minus(state, change.counts);
            if change.at > before {
                point.most_failed = point.most_failed.max(count(state.failed));
            }
        }
        points.push(point);
    }
    while points.len() > 1 && points.last().is_some_and(|point| point.hosts() == 0) {
        points.pop();
    }
    points.reverse();
    points
}

fn point(at: Timestamp, state: CountChange) -> TrendPoint {
    TrendPoint {
        at,
        passed: count(state.passed),
        failed: count(state.failed),
        unknown: count(state.unknown),
        not_applicable: count(state.not_applicable),
        most_failed: count(state.failed),
    }
}

/// A count that nobody tampered with is none below zero.
fn count(count: i64) -> u32 {
    u32::try_from(count.max(0)).unwrap_or(u32::MAX)
}

const fn minus(one: CountChange, other: CountChange) -> CountChange {
    CountChange {
        hosts: one.hosts - other.hosts,
        passed: one.passed - other.passed,
        failed: one.failed - other.failed,
        unknown: one.unknown - other.unknown,
        not_applicable: one.not_applicable - other.not_applicable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn change(minutes_ago: i64, passed: i64, failed: i64) -> StepChange {
        let counts = CountChange { passed, failed, ..CountChange::default() };
        StepChange { at: NOW.plus_seconds(-60 * minutes_ago), counts }
    }

    #[test]
    fn the_past_is_the_present_less_what_changed() {
        let now = Counts { hosts: 10, passed: 9, failed: 1, ..Counts::default() };
        let times = [0, 10, 20, 30].map(|minutes| NOW.plus_seconds(-60 * minutes));
        // One failed 15 minutes ago; four had failed at minute 25 and recovered at minute 22.
        let changes = [change(15, -1, 1), change(22, 4, -4), change(25, -4, 4)];
        let points = points(&times, now, &changes);
        let failed: Vec<_> = points.iter().map(|point| (point.failed, point.most_failed)).collect();
        assert_eq!(failed, [(0, 0), (0, 4), (1, 1), (1, 1)]);
        assert!(points.iter().all(|point| point.hosts() == 10));
        assert_eq!(points[3].at, NOW);
    }

    #[test]
    fn a_range_begins_with_the_first_host() {
        let now = Counts { hosts: 1, passed: 1, ..Counts::default() };
        let times = [0, 10, 20, 30].map(|minutes| NOW.plus_seconds(-60 * minutes));
        let came = StepChange {
            at: NOW.plus_seconds(-60 * 15),
            counts: CountChange { hosts: 1, passed: 1, ..CountChange::default() },
        };
        assert_eq!(points(&times, now, &[came]).len(), 2);
        assert_eq!(points(&times, Counts::default(), &[]).len(), 1, "now is always there");
    }

    #[test]
    fn the_moments_are_those_of_the_clock() {
        for range in TrendRange::ALL {
            let times = times(range, NOW.plus_seconds(7));
            assert_eq!(times[0], NOW.plus_seconds(7));
            assert!(times[1..].iter().all(|at| at.0 % (range.step_s() * 1000) == 0));
            assert_eq!(i64::try_from(times.len()), Ok(range.points() + 2));
        }
    }
}
