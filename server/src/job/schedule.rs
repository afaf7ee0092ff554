//! The scheduler: verifies every connected host once in the interval of its policy.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use trustboard_model::id::HostId;
use trustboard_model::job::Trigger;

use super::{Work, start};
use crate::query;
use crate::state::AppState;

/// How often due hosts are looked for: the shortest interval that a policy may have is far above.
const TICK: Duration = Duration::from_secs(1);

/// A host that could not be verified is tried again after this many seconds.
const RETRY_S: u32 = 30;

/// Schedules until the server stops.
pub async fn run(state: AppState) {
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = state.stopped() => return,
            _ = tick.tick() => {}
        }
        if state.ctx.store.read_only_since().is_some() {
            // What hosts would answer could not be recorded.
            continue;
        }
        let now = state.ctx.clock.now();
        let due = match query::due_hosts(&state.ctx, now).await {
            Ok(due) => due,
            Err(error) => {
                tracing::error!(%error, "due hosts could not be read");
                continue;
            }
        };
        for host in due {
            // After a restart a host is due before its agent is back.
            if !state.sessions.has(host) || state.jobs.rests(host, now) {
                continue;
            }
            let permit = tokio::select! {
                () = state.stopped() => return,
                permit = Arc::clone(&state.jobs.waiting).acquire_owned() => permit,
            };
            let Ok(permit) = permit else { return };
            start(&state, Work { host, trigger: Trigger::Scheduled, job: None }, Some(permit));
        }
    }
}

/// Keeps the scheduler from a host that was just verified, for its interval and up to a tenth
/// more at random, so that hosts that came together spread out.
pub(super) fn after_success(state: &AppState, host: HostId, interval_s: u32) {
    let mut bytes = [0; 4];
    state.ctx.random.fill(&mut bytes);
    let jitter_s = u32::from_be_bytes(bytes) % (interval_s / 10 + 1);
    let rest = i64::from(interval_s) + i64::from(jitter_s);
    state.jobs.rest(host, state.ctx.clock.now().plus_seconds(rest));
}

/// Keeps the scheduler from a host that could not be verified.
pub(super) fn after_failure(state: &AppState, host: HostId) {
    state.jobs.rest(host, state.ctx.clock.now().plus_seconds(i64::from(RETRY_S)));
}
