//! `PUT /api/v1/clusters/{id}/policy`, and `POST .../impact` to see first what it would do.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use trustboard_app::backend::Policies as _;
use trustboard_model::policy::Policy;
use trustboard_model::view::{Impact, PolicyAction};

use super::{Body, Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Another policy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct With {
    /// The version that was seen.
    seen: u32,
    /// The policy; its version is counted by the server.
    policy: Box<Policy>,
}

/// Puts it in force; stored evidence is appraised again.
pub async fn set_policy(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(cluster): Path<String>,
    Body(With { seen, policy }): Body<With>,
) -> Result<Json<Impact>, Problem> {
    let cluster = id(&cluster, "cluster")?;
    let action = PolicyAction::Set { cluster, seen, policy };
    Ok(Json(state.change_policy(&viewer, action).await?))
}

/// Which hosts would read something else. Writes nothing.
pub async fn policy_impact(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(cluster): Path<String>,
    Body(With { seen, policy }): Body<With>,
) -> Result<Json<Impact>, Problem> {
    let cluster = id(&cluster, "cluster")?;
    let action = PolicyAction::Set { cluster, seen, policy };
    Ok(Json(state.policy_impact(&viewer, action).await?))
}
