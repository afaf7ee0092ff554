//! Waits for agents whose server ended, and records those that do not come back.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::state::AppState;
use crate::store::StoreError;
use crate::ticks::Ticks;
use crate::{command, query};

/// How often it is looked who has come back.
const EVERY: Duration = Duration::from_secs(1);

/// Waits until the server stops.
pub async fn run(state: AppState) {
    let mut ticks = Ticks::every(EVERY);
    while ticks.next(&state).await {
        let over = match look(&state).await {
            Ok(over) => over,
            Err(error) => {
                tracing::error!(%error, "it could not be read which agents have not come back");
                continue;
            }
        };
        if !state.jobs.leads() || state.ctx.store.read_only_since().is_some() {
            continue;
        }
        for replica in over {
            if let Err(error) = forget(&state, &replica).await {
                tracing::error!(%error, "hosts of a server that is gone still count as connected");
            }
        }
    }
}

/// Looks which servers are gone, and how many of their agents have not come back. Gives those whose
/// time is over.
pub async fn look(state: &AppState) -> Result<Vec<String>, StoreError> {
    let gone = query::gone_replicas(&state.ctx).await?;
    Ok(state.returns.look(&gone, state.ctx.clock.now(), state.grace))
}

/// Records that the agents of a server that is gone have not come back, some at a time.
async fn forget(state: &AppState, replica: &str) -> Result<(), StoreError> {
    let mut hosts = 0;
    loop {
        let begun = Instant::now();
        let some = command::forget_presence(&state.ctx, replica).await?;
        hosts += some;
        look(state).await?;
        if some == 0 {
            break;
        }
        // Others write for as long.
        tokio::select! {
            () = state.stopped() => break,
            () = sleep(begun.elapsed()) => {}
        }
    }
    if hosts > 0 {
        tracing::warn!(hosts, "agents did not come back: their hosts do not respond");
    }
    Ok(())
}
