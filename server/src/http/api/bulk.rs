//! `/api/v1/bulk`: actions on many hosts.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use http::StatusCode;
use serde::Deserialize;
use trustboard_app::backend::BulkActions as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{BulkJob, BulkPreview, BulkRequest};

use super::{Body, Problem, id};
use crate::auth::operator::{Operator, SignedIn};
use crate::state::AppState;

/// Bytes of a request that names hosts one by one: 1000 of them take 75, and a reason 4000.
pub const BULK_BYTES: usize = 128 * 1024;

/// Where the failures begin.
#[derive(Debug, Deserialize)]
pub struct After {
    #[serde(default)]
    after: u32,
}

/// `POST /bulk/preview`: what it would do.
pub async fn bulk_preview(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Body(request): Body<BulkRequest>,
) -> Result<Json<BulkPreview>, Problem> {
    Ok(Json(state.bulk_preview(&viewer, request).await?))
}

/// `POST /bulk`: starts it. 202: the job goes on.
pub async fn start_bulk(
    State(state): State<AppState>,
    Operator(viewer): Operator,
    Body(request): Body<BulkRequest>,
) -> Result<(StatusCode, Json<BulkJob>), Problem> {
    Ok((StatusCode::ACCEPTED, Json(state.bulk_start(&viewer, request).await?)))
}

/// `GET /bulk/{id}?after=N`: how far it is, with failures past the first N.
pub async fn bulk_job(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(job): Path<String>,
    query: Result<Query<After>, QueryRejection>,
) -> Result<Json<BulkJob>, Problem> {
    let Query(After { after }) =
        query.map_err(|_| Refusal::invalid("after", "expected a number"))?;
    Ok(Json(state.bulk_job(&viewer, id(&job, "job")?, after).await?))
}

/// `POST /bulk/{id}/cancel`: stops it.
pub async fn cancel_bulk(
    State(state): State<AppState>,
    Operator(viewer): Operator,
    Path(job): Path<String>,
) -> Result<Json<BulkJob>, Problem> {
    Ok(Json(state.bulk_cancel(&viewer, id(&job, "job")?).await?))
}
