//! Takes away what is older than the past is kept, once an hour.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::command;
use crate::state::AppState;

/// How often: what is kept for days is not missed to the hour.
const EVERY: Duration = Duration::from_hours(1);

/// Forgets until the server stops.
pub async fn run(state: AppState) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = state.stopped() => return,
            _ = tick.tick() => {}
        }
        match command::forget_past(&state.ctx, state.retention).await {
            Ok(0) => {}
            Ok(forgotten) => tracing::info!(forgotten, "took away what is not kept any longer"),
            Err(error) => tracing::error!(%error, "the past could not be tidied; tried again"),
        }
    }
}
