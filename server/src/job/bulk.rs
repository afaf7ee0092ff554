//! Bulk jobs: goes on with those that run, in the order in which they were started, a batch of
//! each at a time.

use std::time::Duration;

use tokio::time::sleep;
use trustboard_model::view::HostAction;

use crate::command::{self, Advanced};
use crate::query;
use crate::session::Nudge;
use crate::state::AppState;

/// How often the table is looked at without a wake-up.
const IDLE: Duration = Duration::from_secs(1);

/// How often verifications that were started are looked after.
const FOLLOW: Duration = Duration::from_millis(250);

/// Runs bulk jobs until the server stops. What is left then goes on at the next start.
pub async fn run(state: AppState) {
    let mut pause = Duration::ZERO;
    loop {
        tokio::select! {
            () = state.stopped() => return,
            () = state.jobs.bulk_woken() => {}
            () = sleep(pause) => {}
        }
        pause = round(&state).await;
    }
}

/// One batch of every job. Gives how long to wait before the next.
async fn round(state: &AppState) -> Duration {
    if !state.jobs.leads() {
        return IDLE;
    }
    let jobs = match query::open_bulk_jobs(&state.ctx).await {
        Ok(jobs) => jobs,
        Err(error) => {
            tracing::error!(%error, "bulk jobs could not be read");
            return IDLE;
        }
    };
    let mut pause = IDLE;
    for id in jobs {
        if *state.stopping.borrow() {
            return Duration::ZERO;
        }
        match command::advance_bulk(&state.ctx, id).await {
            Ok(advanced) => {
                if advanced.more {
                    pause = Duration::ZERO;
                } else if advanced.verifying > 0 {
                    pause = pause.min(FOLLOW);
                }
                follow_up(state, advanced);
            }
            Err(error) => tracing::error!(bulk.id = %id, %error, "a bulk job could not go on"),
        }
    }
    pause
}

/// What follows an action outside the database, as after the single command.
fn follow_up(state: &AppState, advanced: Advanced) {
    let Some((action, hosts)) = advanced.acted else { return };
    if hosts.is_empty() {
        return;
    }
    match action {
        HostAction::VerifyNow | HostAction::VerifyThenReset { .. } => state.jobs.wake(),
        HostAction::Disconnect { .. } => {
            for host in hosts {
                state.sessions.nudge(host, Nudge::Park);
            }
        }
        HostAction::Connect => {
            state.jobs.wake_judge();
            for host in hosts {
                state.sessions.nudge(host, Nudge::Wake);
            }
        }
        _ => {}
    }
}
