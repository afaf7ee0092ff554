//! `GET /api/v1/hosts/{id}/jobs/{job}`

use axum::Json;
use axum::extract::{Path, State};
use trustboard_app::backend::Backend as _;
use trustboard_model::job::Job;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// One job with its steps.
pub async fn job(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path((host, job)): Path<(String, String)>,
) -> Result<Json<Job>, Problem> {
    Ok(Json(state.job(&viewer, id(&host, "host")?, id(&job, "job")?).await?))
}
