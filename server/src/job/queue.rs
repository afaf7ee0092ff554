//! The queue: jobs that have a row. Operators' jobs first; a wake-up, and a poll in case one got
//! lost.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{MissedTickBehavior, interval};

use super::{WAITING, Work, start};
use crate::query;
use crate::state::AppState;
use crate::store::StoreError;

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
        if state.ctx.store.read_only_since().is_some() {
            continue;
        }
        for (by_operators, turns) in
            [(true, &state.jobs.waiting_operators), (false, &state.jobs.waiting)]
        {
            if let Err(error) = start_waiting(&state, by_operators, turns).await {
                tracing::error!(%error, "the queue could not be read");
            }
        }
    }
}

/// Starts what waits, as far as there are turns.
async fn start_waiting(
    state: &AppState,
    by_operators: bool,
    turns: &Arc<Semaphore>,
) -> Result<(), StoreError> {
    if turns.available_permits() == 0 {
        return Ok(());
    }
    // Those that were started and have not said so yet are among them: at most as many as turns
    // are taken, so that there is one for every turn that is left.
    for (job, host, trigger) in
        query::queued_jobs(&state.ctx, by_operators, state.jobs.leads(), WAITING).await?
    {
        let Ok(permit) = Arc::clone(turns).try_acquire_owned() else { break };
        start(state, Work { host, trigger, job: Some(job) }, permit);
    }
    Ok(())
}
