//! `POST /api/v1/exceptions/{id}/revoke`

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use trustboard_app::backend::Policies as _;
use trustboard_model::view::{Impact, PolicyAction};

use super::{Body, Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct With {
    reason: String,
}

/// Ends an exception now.
pub async fn revoke_exception(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(exception): Path<String>,
    Body(With { reason }): Body<With>,
) -> Result<Json<Impact>, Problem> {
    let action = PolicyAction::Revoke { id: id(&exception, "exception")?, reason };
    Ok(Json(state.change_policy(&viewer, action).await?))
}
