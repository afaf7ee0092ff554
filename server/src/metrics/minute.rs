//! One line in the log a minute for all verifications of that minute: a steady fleet makes thousands
//! a second, and a line for each would say less.

use std::time::Duration;

use super::counted;
use super::counted::Totals;
use crate::state::AppState;
use crate::ticks::Ticks;

/// How often.
const EVERY: Duration = Duration::from_mins(1);

/// Logs until the server stops.
pub(crate) async fn run(state: AppState) {
    let mut ticks = Ticks::every(EVERY);
    let mut before = counted().totals();
    while ticks.next(&state).await {
        let now = counted().totals();
        if let Some(Minute { verified, failed, steady, unverified, mean_ms }) = between(before, now)
        {
            let sessions = state.sessions.len();
            tracing::info!(
                verified,
                steady,
                failed,
                unverified,
                mean_ms,
                sessions,
                "verifications"
            );
        }
        before = now;
    }
}

/// What happened in a minute.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Minute {
    verified: u64,
    failed: u64,
    steady: u64,
    unverified: u64,
    mean_ms: f64,
}

/// Nothing, if nothing happened.
fn between(before: Totals, now: Totals) -> Option<Minute> {
    let verified = now.verified - before.verified;
    let unverified = now.unverified - before.unverified;
    #[expect(clippy::cast_precision_loss, reason = "verifications of a minute, far below 2^52")]
    let mean_ms = match verified {
        0 => 0.0,
        verified => now.took.saturating_sub(before.took).as_secs_f64() * 1000.0 / verified as f64,
    };
    (verified + unverified > 0).then_some(Minute {
        verified,
        failed: now.failed - before.failed,
        steady: now.steady - before.steady,
        unverified,
        mean_ms: (mean_ms * 1000.0).round() / 1000.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_what_came_since_the_one_before() {
        let before = Totals {
            verified: 10,
            failed: 1,
            steady: 9,
            unverified: 2,
            took: Duration::from_secs(1),
        };
        let now = Totals {
            verified: 14,
            failed: 2,
            steady: 12,
            unverified: 2,
            took: Duration::from_millis(1010),
        };
        let minute = between(before, now).unwrap();
        let expected = Minute { verified: 4, failed: 1, steady: 3, unverified: 0, mean_ms: 2.5 };
        assert_eq!(minute, expected);
        assert_eq!(between(now, now), None);
    }
}
