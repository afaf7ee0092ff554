//! The scheduler: verifies every connected host once in the interval of its policy.
//!
//! Whose turn it is stands in memory (see [`super::wheel`]). When there is more to do than can be
//! done, everybody waits equally long for their turn: nobody is left out.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::job::Trigger;

use super::wheel::{Turn, Wheel, Why};
use super::{Claim, Jobs, Work};
use crate::clock::Uptime;
use crate::query;
use crate::state::AppState;
use crate::store::StoreError;

/// How often is looked whose turn it is.
const TICK: Duration = Duration::from_millis(20);

/// How often is looked whether a policy has another interval than before.
const POLICIES: Duration = Duration::from_secs(2);

/// A host that could not be verified is tried again after this many seconds.
const RETRY_S: i64 = 30;

/// A host that connected while its verification ran is tried again after this many seconds.
const AGAIN_S: i64 = 1;

/// Schedules until the server stops.
pub async fn run(state: AppState) {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut policies = interval(POLICIES);
    policies.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut intervals = HashMap::new();
    loop {
        tokio::select! {
            () = state.stopped() => return,
            _ = policies.tick() => {
                if let Err(error) = follow_policies(&state, &mut intervals).await {
                    tracing::error!(%error, "the policies' intervals could not be read");
                }
            }
            _ = tick.tick() => {
                // What hosts would answer could not be recorded.
                let read_only = state.ctx.store.read_only_since().is_some();
                if !read_only && !start_due(&state).await {
                    return;
                }
            }
        }
    }
}

/// Asks everybody whose turn it is. False if the server stops.
async fn start_due(state: &AppState) -> bool {
    while let Some((host, turn)) = next_due(state) {
        let permit = tokio::select! {
            () = state.stopped() => return false,
            permit = Arc::clone(&state.jobs.asked).acquire_owned() => permit,
        };
        let Ok(permit) = permit else { return false };
        let trigger = match turn.why {
            Why::Interval => Trigger::Scheduled,
            Why::Reconnect => Trigger::Reconnect,
        };
        let Some(claim) = Claim::new(&state.jobs, host, permit) else {
            // One that runs already gives the host its next turn when it ends. But if that one asked
            // the session before this, it fails.
            if turn.why == Why::Reconnect {
                let due = state.ctx.clock.uptime().plus_seconds(AGAIN_S);
                state.jobs.on_wheel(|wheel| wheel.put_at_latest(host, Turn { due, ..turn }));
            }
            continue;
        };
        let work = Work { host, trigger, job: None };
        state.sessions.take_turn(work, claim);
    }
    true
}

fn next_due(state: &AppState) -> Option<(HostId, Turn)> {
    let now = state.ctx.clock.uptime();
    state.jobs.on_wheel(|wheel| wheel.next_due(now))
}

/// Gives the hosts of clusters whose policies have other intervals than before new turns.
async fn follow_policies(
    state: &AppState,
    known: &mut HashMap<ClusterId, u32>,
) -> Result<(), StoreError> {
    let intervals = query::intervals(&state.ctx).await?;
    for (&cluster, &interval_s) in &intervals {
        if known.get(&cluster).is_some_and(|before| *before != interval_s) {
            state.jobs.on_wheel(|wheel| {
                wheel.retime(cluster, |host, turn| due(turn.since, interval_s, host));
            });
        }
    }
    *known = intervals;
    Ok(())
}

/// The moment of a turn: before the interval has passed, and up to a tenth earlier, until the host has
/// come to the place in it that its id gives it. So hosts that came together spread out evenly, and
/// those that are verified one after the other stand beside each other in the database, where a write
/// of many is one of few pages.
fn due(since: Uptime, interval_s: u32, host: HostId) -> Uptime {
    let interval_ms = i64::from(interval_s).max(1) * 1000;
    let latest = since.0.saturating_add(interval_ms);
    let early_ms = (latest - place(host, interval_ms)).rem_euclid(interval_ms);
    Uptime(latest - early_ms.min(interval_ms / 10))
}

/// A host's place in an interval: by its id, in whose order hosts are stored.
fn place(host: HostId, interval_ms: i64) -> i64 {
    let [a, b, c, d, ..] = *host.as_bytes();
    // Below the interval, since the first factor is below 2^32.
    (i64::from(u32::from_be_bytes([a, b, c, d])) * interval_ms) >> 32
}

impl Jobs {
    /// How many milliseconds the scheduler is behind.
    pub fn behind_ms(&self, now: Uptime) -> i64 {
        self.on_wheel(|wheel| wheel.overdue_ms(now))
    }
}

/// A host that connected has its turn at once, or, if a job verifies it, soon after.
pub(crate) fn connected(state: &AppState, host: HostId, at_once: bool) {
    let since = state.ctx.clock.uptime();
    let turn = if at_once {
        Turn { due: since, since, cluster: None, why: Why::Reconnect }
    } else {
        Turn { due: since.plus_seconds(RETRY_S), since, cluster: None, why: Why::Interval }
    };
    state.jobs.on_wheel(|wheel| wheel.put(host, turn));
}

/// A host that was just verified.
#[derive(Debug, Clone, Copy)]
pub(super) struct Verified {
    pub host: HostId,
    pub cluster: ClusterId,
    /// How often its cluster's policy wants that.
    pub interval_s: u32,
}

/// The next turn of a host that was just verified.
pub(super) fn after_success(state: &AppState, host: HostId, cluster: ClusterId, interval_s: u32) {
    after_successes(state, &[Verified { host, cluster, interval_s }]);
}

/// The next turns of hosts that were just verified.
pub(super) fn after_successes(state: &AppState, verified: &[Verified]) {
    let since = state.ctx.clock.uptime();
    let turn = |&Verified { host, cluster, interval_s }: &Verified| {
        let due = due(since, interval_s, host);
        (host, Turn { due, since, cluster: Some(cluster), why: Why::Interval })
    };
    put_all(state, verified.iter().map(turn), Wheel::put);
}

/// The next turn of a host that could not be verified. If its agent has connected again meanwhile, it
/// keeps the turn that it has for that.
pub(super) fn after_failure(state: &AppState, host: HostId) {
    let since = state.ctx.clock.uptime();
    let due = since.plus_seconds(RETRY_S);
    let turn = Turn { due, since, cluster: None, why: Why::Interval };
    put_all(state, [(host, turn)].into_iter(), Wheel::put_at_latest);
}

fn put_all(
    state: &AppState,
    turns: impl Iterator<Item = (HostId, Turn)> + Clone,
    put: impl Fn(&mut Wheel, HostId, Turn),
) {
    state.jobs.on_wheel(|wheel| {
        for (host, turn) in turns.clone() {
            put(wheel, host, turn);
        }
        // A host whose agent has gone meanwhile has its turn when it comes back. That one is put onto
        // the wheel after its session is registered, so after this.
        for host in state.sessions.gone(turns.map(|(host, _)| host)) {
            wheel.take(host);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A host whose id begins with `first`.
    fn host(first: u32) -> HostId {
        let mut bytes = [0; 16];
        bytes[..4].copy_from_slice(&first.to_be_bytes());
        HostId::from_random(bytes)
    }

    #[test]
    fn turns_come_within_the_interval_and_at_most_a_tenth_earlier() {
        for first in [0, 1, 1 << 30, 1 << 31, u32::MAX] {
            for since in [0, 1, 59_999, 60_000, 1_234_567] {
                let after_ms = due(Uptime(since), 60, host(first)).millis_since(Uptime(since));
                assert!((54_000..=60_000).contains(&after_ms), "{first} {since}: {after_ms}");
            }
        }
    }

    #[test]
    fn hosts_that_came_together_have_come_to_their_places_after_ten_turns() {
        let hosts = [0, 1 << 30, 1 << 31, 3 << 30].map(host);
        let mut turns = [Uptime(1_000_007); 4];
        for _ in 0..11 {
            // An answer takes a while.
            turns = std::array::from_fn(|at| due(Uptime(turns[at].0 + 40), 60, hosts[at]));
        }
        let places = turns.map(|turn| turn.0.rem_euclid(60_000));
        assert_eq!(places, [0, 15_000, 30_000, 45_000]);
        let next = due(Uptime(turns[2].0 + 40), 60, hosts[2]);
        assert_eq!(next.millis_since(turns[2]), 60_000, "from then on an interval apart");
    }
}
