//! What is done every so often, for as long as the server runs.

use std::time::Duration;

use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::state::AppState;

/// Moments a period apart, the first at once. Work that takes longer than a period puts off what
/// follows: nothing is caught up on.
#[derive(Debug)]
pub(crate) struct Ticks(Interval);

impl Ticks {
    pub(crate) fn every(period: Duration) -> Self {
        let mut ticks = interval(period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self(ticks)
    }

    /// Waits for the next moment. False once the server stops.
    pub(crate) async fn next(&mut self, state: &AppState) -> bool {
        tokio::select! {
            () = state.stopped() => false,
            _ = self.0.tick() => true,
        }
    }
}
