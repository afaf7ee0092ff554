//! What every reader is told of the server: looked at every second, and said when it changes.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use trustboard_model::view::{Advisories, LiveHint};

use crate::live::LiveMessage;
use crate::metrics::{Totals, counted};
use crate::state::AppState;

/// How often is looked.
const EVERY: Duration = Duration::from_secs(1);

/// Over how many looks the time that verifications take is averaged.
const WINDOW: usize = 10;

/// With fewer verifications in the window, one slow host would say something of all.
const ENOUGH: u64 = 20;

impl AppState {
    /// What stands above every page now.
    pub(crate) fn advisories(&self) -> Advisories {
        let read_only_since = self.ctx.store.read_only_since();
        // What cannot be recorded is not asked for: that verifications wait is no news then.
        let late = self.vitals.lateness().worst().filter(|_| read_only_since.is_none());
        Advisories { read_only_since, late }
    }
}

/// Looks until the server stops.
pub async fn run(state: AppState) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut totals = VecDeque::with_capacity(WINDOW + 1);
    let mut told = state.advisories();
    loop {
        tokio::select! {
            () = state.stopped() => return,
            _ = tick.tick() => {}
        }
        totals.push_back(counted().totals());
        if totals.len() > WINDOW + 1 {
            totals.pop_front();
        }
        let now = state.ctx.clock.now();
        let took = totals.front().zip(totals.back());
        let took = took.map_or(0, |(before, after)| mean_ms(*before, *after));
        state.vitals.lateness().note(now, state.jobs.behind_ms(now).saturating_add(took));
        let advisories = state.advisories();
        if advisories != told {
            told = advisories;
            tracing::info!(?advisories, "what is told of the server has changed");
            state.ctx.live.send(LiveMessage { seq: None, hint: LiveHint::Advisory });
        }
    }
}

/// How long verifications took from the question to the record, in milliseconds: what they waited
/// for each other is in it.
fn mean_ms(before: Totals, after: Totals) -> i64 {
    let count = after.verified.saturating_sub(before.verified);
    if count < ENOUGH {
        return 0;
    }
    let took = after.took.saturating_sub(before.took).as_millis() / u128::from(count);
    i64::try_from(took).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(verified: u64, took_s: u64) -> Totals {
        Totals { verified, took: Duration::from_secs(took_s), ..Totals::default() }
    }

    #[test]
    fn the_mean_is_of_many_or_of_none() {
        assert_eq!(mean_ms(totals(100, 10), totals(200, 510)), 5_000);
        assert_eq!(mean_ms(totals(100, 10), totals(119, 510)), 0);
        assert_eq!(mean_ms(totals(100, 10), totals(100, 10)), 0);
    }
}
