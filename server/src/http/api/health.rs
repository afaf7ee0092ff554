//! `GET /api/v1/health`: how the server is, for administrators.

use axum::Json;
use axum::extract::State;
use trustboard_app::backend::Administration as _;
use trustboard_model::view::Health;

use super::Problem;
use crate::auth::operator::Administrator;
use crate::state::AppState;

/// Everything that is known of the server's health.
pub async fn health(
    State(state): State<AppState>,
    Administrator(viewer): Administrator,
) -> Result<Json<Health>, Problem> {
    Ok(Json(state.health(&viewer).await?))
}
