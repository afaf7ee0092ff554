//! Tries to write while the disk takes no writes, and goes on once it does.

use std::path::Path;
use std::time::Duration;

use crate::state::AppState;
use crate::ticks::Ticks;

/// How often it is tried: an operator who made room sees it soon.
const EVERY: Duration = Duration::from_secs(3);

/// Bytes that must be free before it is tried: with less, the next change but one would fail.
const ROOM: u64 = 1024 * 1024;

/// Watches until the server stops.
pub async fn run(state: AppState) {
    let mut ticks = Ticks::every(EVERY);
    while ticks.next(&state).await {
        let Some(since) = state.ctx.store.read_only_since() else { continue };
        let database = state.vitals.begun().and_then(|begun| begun.database.clone());
        if !database.as_deref().is_none_or(has_room) {
            continue;
        }
        match state.ctx.store.try_to_write().await {
            Ok(()) => {
                let seconds = state.ctx.clock.now().millis_since(since) / 1000;
                tracing::info!(seconds, "the server writes again");
                // What was due meanwhile is.
                state.jobs.wake();
                state.jobs.wake_judge();
            }
            Err(error) => tracing::debug!(%error, "the disk still takes no writes"),
        }
    }
}

/// Whether there is room where the database is. What cannot be measured is tried.
fn has_room(database: &Path) -> bool {
    crate::health::disk(database).is_none_or(|disk| disk.free >= ROOM)
}
