//! Takes away what is older than the past is kept, once an hour.

use std::time::Duration;

use trustboard_model::view::KeptKind;

use crate::command::{self, ForgottenJobs};
use crate::state::AppState;
use crate::store::StoreError;
use crate::ticks::Ticks;

/// How often: what is kept for days is not missed to the hour.
const EVERY: Duration = Duration::from_hours(1);

/// Forgets until the server stops.
pub async fn run(state: AppState) {
    let mut ticks = Ticks::every(EVERY);
    while ticks.next(&state).await {
        if !state.jobs.leads() || state.ctx.store.read_only_since().is_some() {
            continue;
        }
        match command::recount(&state.ctx).await {
            Ok(0) => {}
            Ok(clusters) => tracing::error!(clusters, "counts were wrong; they are counted anew"),
            Err(error) => tracing::error!(%error, "the counts could not be compared"),
        }
        if let Err(error) = forget(&state).await {
            tracing::error!(%error, "the past could not be tidied; tried again");
        }
    }
}

/// Takes everything away that was kept for long enough, and notes how much that was.
pub async fn forget(state: &AppState) -> Result<(), StoreError> {
    let (evidence, conclusions) = command::forget_past(&state.ctx, state.retention).await?;
    let now = state.ctx.clock.now();
    let before = now.plus_seconds(-i64::from(state.jobs_days) * 24 * 3600);
    let ForgottenJobs { jobs, bulk, imports } = command::forget_jobs(&state.ctx, before).await?;
    for (kind, removed) in [
        (KeptKind::Evidence, evidence),
        (KeptKind::Conclusions, conclusions),
        (KeptKind::Jobs, jobs),
        (KeptKind::BulkJobs, bulk),
        (KeptKind::Imports, imports),
    ] {
        state.vitals.note_tidied(kind, now, removed);
    }
    if evidence + conclusions + jobs + bulk + imports > 0 {
        tracing::info!(
            evidence,
            conclusions,
            jobs,
            bulk,
            imports,
            "took away what is not kept any longer"
        );
    }
    Ok(())
}
