//! `GET /api/v1/hosts/{id}`

use axum::Json;
use axum::extract::{Path, State};
use trustboard_app::backend::Backend as _;
use trustboard_model::view::HostPage;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Everything about one host.
pub async fn host(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
) -> Result<Json<HostPage>, Problem> {
    Ok(Json(state.host(&viewer, id(&host, "host")?).await?))
}
