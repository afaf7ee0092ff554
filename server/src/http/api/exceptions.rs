//! `GET /api/v1/hosts/{id}/exceptions`

use axum::Json;
use axum::extract::{Path, State};
use trustboard_model::view::ExceptionRow;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::query;
use crate::state::AppState;

/// The exceptions that were granted for a host and have not ended.
pub async fn exceptions(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
) -> Result<Json<Vec<ExceptionRow>>, Problem> {
    Ok(Json(query::exceptions(&state.ctx, &viewer.rights.sees(), id(&host, "host")?).await?))
}
