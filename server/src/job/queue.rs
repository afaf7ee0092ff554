//! The queue: jobs that have a row. Operators' jobs first; a wake-up, and a poll in case one got
//! lost.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use trustboard_model::job::Trigger;

use super::{Work, start};
use crate::query;
use crate::state::AppState;

/// How often the table is looked at without a wake-up: `trustboard` commands of other processes
/// and a lost wake-up are found by it.
const POLL: Duration = Duration::from_secs(1);

/// Runs jobs until the server stops.
pub async fn run(state: AppState) {
    let mut poll = interval(POLL);
    poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = state.stopped() => return,
            () = state.jobs.wake.notified() => {}
            _ = poll.tick() => {}
        }
        let queued = match query::queued_jobs(&state.ctx).await {
            Ok(queued) => queued,
            Err(error) => {
                tracing::error!(%error, "the queue could not be read");
                continue;
            }
        };
        let (first, then): (Vec<_>, Vec<_>) = queued
            .into_iter()
            .map(|(job, host, trigger)| Work { host, trigger, job: Some(job) })
            .partition(|work| matches!(work.trigger, Trigger::Operator { .. }));
        for work in first {
            start(&state, work, None);
        }
        for work in then {
            let Ok(permit) = Arc::clone(&state.jobs.waiting).try_acquire_owned() else {
                break;
            };
            start(&state, work, Some(permit));
        }
    }
}
