//! `POST /api/v1/datacenters`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use trustboard_model::id::DatacenterId;
use trustboard_model::role::Role;

use super::{Body, Problem};
use crate::auth::operator::{Administrator, may_everywhere};
use crate::command;
use crate::state::AppState;

/// A datacenter to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    name: String,
}

/// What was made.
#[derive(Debug, Serialize)]
pub struct Made {
    id: DatacenterId,
}

/// Makes a datacenter.
pub async fn create_datacenter(
    State(state): State<AppState>,
    Administrator(viewer): Administrator,
    Body(New { name }): Body<New>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    may_everywhere(&viewer, Role::Administrator)?;
    let actor = viewer.actor();
    let id = command::create_datacenter(&state.ctx, &actor, &name).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}
