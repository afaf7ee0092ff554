//! What every reader is told of the server: looked at every second, and said when it changes.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{Advisories, LiveHint};

use crate::live::LiveMessage;
use crate::metrics::{Totals, counted};
use crate::state::AppState;
use crate::ticks::Ticks;

/// How often is looked.
const EVERY: Duration = Duration::from_secs(1);

/// Agents that come back within so many milliseconds are no news: a restart of a small fleet.
const RETURN_MS: i64 = 5_000;

/// How long figures stay as they were said: every browser reads them.
const FIGURES: Duration = Duration::from_secs(5);

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
        let now = self.ctx.clock.now();
        let returning =
            self.returning().filter(|returning| has_lasted(returning.until, now, self.grace));
        Advisories { read_only_since, late, returning }
    }
}

/// Whether agents that are waited for until a moment, for `grace` in all, have been for so long that
/// it is worth saying.
fn has_lasted(until: Timestamp, now: Timestamp, grace: Duration) -> bool {
    let grace_ms = i64::try_from(grace.as_millis()).unwrap_or(i64::MAX);
    grace_ms.saturating_sub(until.millis_since(now)) >= RETURN_MS
}

/// Whether anything else is said than before. A number that only became another one is said again
/// after a while.
fn is_news(told: Advisories, now: Advisories, since: Duration) -> bool {
    let kinds = |told: Advisories| {
        [told.read_only_since.is_some(), told.late.is_some(), told.returning.is_some()]
    };
    kinds(told) != kinds(now) || (told != now && since >= FIGURES)
}

/// Looks until the server stops.
pub async fn run(state: AppState) {
    let mut ticks = Ticks::every(EVERY);
    let mut totals = VecDeque::with_capacity(WINDOW + 1);
    let (mut told, mut told_at) = (state.advisories(), Instant::now());
    while ticks.next(&state).await {
        totals.push_back(counted().totals());
        if totals.len() > WINDOW + 1 {
            totals.pop_front();
        }
        let now = state.ctx.clock.now();
        let took = totals.front().zip(totals.back());
        let took = took.map_or(0, |(before, after)| mean_ms(*before, *after));
        state
            .vitals
            .lateness()
            .note(now, state.jobs.behind_ms(state.ctx.clock.uptime()).saturating_add(took));
        let advisories = state.advisories();
        if is_news(told, advisories, told_at.elapsed()) {
            (told, told_at) = (advisories, Instant::now());
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
    use trustboard_model::view::Returning;

    use super::*;

    fn totals(verified: u64, took_s: u64) -> Totals {
        Totals { verified, took: Duration::from_secs(took_s), ..Totals::default() }
    }

    #[test]
    fn agents_that_are_back_at_once_are_no_news() {
        let (grace, until) = (Duration::from_secs(90), Timestamp(1_000_000));
        let after = |ms: i64| has_lasted(until, Timestamp(910_000 + ms), grace);
        assert_eq!([0, 4_999, 5_000, 90_000].map(after), [false, false, true, true]);
    }

    #[test]
    fn what_begins_and_ends_is_said_at_once_and_figures_now_and_then() {
        let returning = |hosts| Advisories {
            returning: Some(Returning { hosts, until: Timestamp(9) }),
            ..Advisories::default()
        };
        let news = |told, now, seconds| is_news(told, now, Duration::from_secs(seconds));
        assert!(news(Advisories::default(), returning(5), 0));
        assert!(news(returning(5), Advisories::default(), 0));
        assert!(!news(returning(5), returning(4), 4));
        assert!(news(returning(5), returning(4), 5));
        assert!(!news(returning(5), returning(5), 60));
    }

    #[test]
    fn the_mean_is_of_many_or_of_none() {
        assert_eq!(mean_ms(totals(100, 10), totals(200, 510)), 5_000);
        assert_eq!(mean_ms(totals(100, 10), totals(119, 510)), 0);
        assert_eq!(mean_ms(totals(100, 10), totals(100, 10)), 0);
    }
}
