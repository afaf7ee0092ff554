//! Says every few seconds that this server is there, and takes over what others left that are not.
//!
//! ```text
//! every KEEP: the lease is renewed ─┬─ this one leads: does what one does for all
//!                                   └─ another went: its hosts are not responding, its jobs wait
//! no renewal for a LEASE: the others take this one to be gone, so it lets its agents go to them
//! ```

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};
use trustboard_model::host::Presence;

use crate::command::{self, Kept, LEASE};
use crate::state::AppState;

/// How often the lease is renewed: a few may fail.
const KEEP: Duration = Duration::from_secs(2);

/// Keeps the lease until the server stops.
pub async fn run(state: AppState) {
    let mut tick = interval(KEEP);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut kept = Instant::now();
    loop {
        tokio::select! {
            () = state.stopped() => return,
            _ = tick.tick() => {}
        }
        match command::keep_replica(&state.ctx).await {
            Ok(standing) => {
                if kept.elapsed() > LEASE {
                    return_to_work(&state).await;
                }
                kept = Instant::now();
                follow(&state, standing).await;
            }
            Err(error) => {
                tracing::error!(%error, "the lease of this server could not be renewed");
                if kept.elapsed() > LEASE {
                    state.jobs.lead(false);
                    state.sessions.let_go();
                }
            }
        }
    }
}

async fn follow(state: &AppState, standing: Kept) {
    state.jobs.lead(standing.leads);
    if !standing.orphans {
        return;
    }
    tracing::warn!("another server is gone; its hosts and jobs are taken over");
    match command::forget_presence(&state.ctx).await {
        Ok(hosts) => tracing::warn!(hosts, "hosts of a server that is gone do not respond"),
        Err(error) => tracing::error!(%error, "what a server left could not be taken over"),
    }
    match command::requeue_jobs(&state.ctx).await {
        Ok(_) => state.jobs.wake(),
        Err(error) => tracing::error!(%error, "jobs of a server that is gone still wait"),
    }
}

/// The lease was over for a time: others may have taken this server's hosts for gone.
async fn return_to_work(state: &AppState) {
    for host in state.sessions.hosts() {
        let back = command::set_presence(&state.ctx, host, Presence::Connected, None).await;
        if let Err(error) = back {
            tracing::error!(host.id = %host, %error, "presence could not be recorded");
        }
    }
}
