//! `GET /api/v1/clusters/{id}/policy`

use axum::Json;
use axum::extract::{Path, State};
use trustboard_app::backend::Policies as _;
use trustboard_model::view::PolicyPage;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// The policy in force, and the exceptions of the cluster's hosts.
pub async fn policy(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(cluster): Path<String>,
) -> Result<Json<PolicyPage>, Problem> {
    Ok(Json(state.policy(&viewer, id(&cluster, "cluster")?).await?))
}
