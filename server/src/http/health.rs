//! Liveness and readiness.

use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::extract::State;
use http::StatusCode;
use tokio::time::timeout;

use crate::query;
use crate::state::AppState;
use crate::store::StoreError;

/// A database that takes longer is of no use: load balancers ask every second or two.
const ANSWER: Duration = Duration::from_secs(2);

/// The process answers.
pub async fn healthz() -> &'static str {
    "alive\n"
}

/// The database answers, and the server neither stops nor is about to.
pub async fn readyz(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.leaving.load(Ordering::Relaxed) || *state.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    let asked = timeout(ANSWER, query::queued_jobs(&state.ctx, true, true, 1)).await;
    match asked.unwrap_or(Err(StoreError::Unanswered { seconds: ANSWER.as_secs() })) {
        // It still shows everything: turning away would take even that.
        Ok(_) if state.ctx.store.read_only_since().is_some() => {
            (StatusCode::OK, "ready, but only to be read: the disk takes no writes\n")
        }
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!(%error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n")
        }
    }
}
