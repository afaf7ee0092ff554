//! `GET /api/v1/metrics`, and `GET /metrics` on a listener of its own: for Prometheus.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use trustboard_model::role::Role;

use super::Problem;
use crate::auth::operator::{SignedIn, may_everywhere};
use crate::metrics;
use crate::state::AppState;

/// For whoever may see everything: an API key, mostly.
pub async fn metrics(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
) -> Result<Response, Problem> {
    may_everywhere(&viewer, Role::Viewer)?;
    local_metrics(State(state)).await
}

/// On a listener of its own, which only this machine reaches.
pub async fn local_metrics(State(state): State<AppState>) -> Result<Response, Problem> {
    let text = metrics::text(&state).await?;
    Ok(([(CONTENT_TYPE, metrics::MEDIA_TYPE)], text).into_response())
}
