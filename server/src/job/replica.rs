//! Says every few seconds that this server is there, and takes over what others left that are not.
//!
//! ```text
//! every KEEP: the lease is renewed ─┬─ this one leads: does what one does for all
//!                                   └─ another went: its jobs wait, its hosts: see `returning`
//! no renewal for a LEASE: the others take this one to be gone, so it lets its agents go to them
//! ```

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use trustboard_model::host::Presence;
use trustboard_model::id::HostId;

use crate::command::{self, Kept, LEASE};
use crate::query;
use crate::state::AppState;
use crate::store::StoreError;
use crate::ticks::Ticks;

/// How often the lease is renewed: a few may fail.
const KEEP: Duration = Duration::from_secs(2);

/// How long a renewal may take. A network that swallows everything gives no answer at all, and then
/// the others must not be waited for.
const ANSWER: Duration = Duration::from_secs(3);

/// Keeps the lease until the server stops.
pub async fn run(state: AppState) {
    let mut ticks = Ticks::every(KEEP);
    let mut kept = Instant::now();
    while ticks.next(&state).await {
        let late = state.vitals.lateness().own();
        let renewed = timeout(ANSWER, command::keep_replica(&state.ctx, late)).await;
        match renewed.unwrap_or(Err(StoreError::Unanswered { seconds: ANSWER.as_secs() })) {
            Ok(standing) => {
                if kept.elapsed() > LEASE {
                    tokio::spawn(return_to_work(state.clone()));
                }
                kept = Instant::now();
                follow(&state, standing).await;
            }
            // Nobody can write to that database: there is no other server to let the agents go to.
            Err(error) if error.takes_no_writes() => {
                state.ctx.note(&error);
                kept = Instant::now();
            }
            Err(error) => {
                tracing::error!(%error, "the lease of this server could not be renewed");
                // Nobody else can take over what is in a file of this machine: a disk that stalls
                // is waited for.
                if kept.elapsed() > LEASE && state.ctx.store.is_shared() {
                    state.jobs.lead(false);
                    state.sessions.let_go();
                }
            }
        }
    }
}

async fn follow(state: &AppState, standing: Kept) {
    state.jobs.lead(standing.leads);
    state.vitals.lateness().note_others(standing.others_late);
    if !standing.orphaned_jobs {
        return;
    }
    tracing::warn!("another server is gone; its jobs are taken over");
    match command::requeue_jobs(&state.ctx).await {
        Ok(_) => state.jobs.wake(),
        Err(error) => tracing::error!(%error, "jobs of a server that is gone still wait"),
    }
}

/// The lease was over for a time: others may have taken this server's hosts for gone, and its agents
/// were let go to them.
async fn return_to_work(state: AppState) {
    for host in state.sessions.hosts() {
        record(&state, host, Presence::Connected, None).await;
    }
    tokio::select! {
        () = state.stopped() => return,
        () = sleep(state.grace) => {}
    }
    if let Err(error) = forget_lost(&state).await {
        tracing::error!(%error, "agents that were let go still count as connected");
    }
}

/// Records the hosts that still count as connected here, although their agents went.
async fn forget_lost(state: &AppState) -> Result<(), StoreError> {
    let lost = query::connected_here(&state.ctx).await?;
    let reason = "its agent did not come back after the server had lost its database";
    for host in lost.into_iter().filter(|host| !state.sessions.has(*host)) {
        record(state, host, Presence::NotResponding, Some(reason)).await;
        if state.sessions.has(host) {
            // It came back in this very moment.
            record(state, host, Presence::Connected, None).await;
        }
    }
    Ok(())
}

async fn record(state: &AppState, host: HostId, presence: Presence, reason: Option<&str>) {
    if let Err(error) = command::set_presence(&state.ctx, host, presence, reason).await {
        tracing::error!(host.id = %host, %error, "presence could not be recorded");
    }
}
