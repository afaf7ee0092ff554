//! `GET /api/v1/hosts/{id}/row`

use axum::Json;
use axum::extract::{Path, State};
use trustboard_app::backend::Backend as _;
use trustboard_model::view::HostRow;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// One row of the table.
pub async fn row(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
) -> Result<Json<HostRow>, Problem> {
    Ok(Json(state.row(&viewer, id(&host, "host")?).await?))
}
