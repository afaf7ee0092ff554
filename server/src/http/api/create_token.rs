//! `POST /api/v1/tokens`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use trustboard_model::id::{ClusterId, TokenId};
use trustboard_model::protocol::EnrolmentToken;
use trustboard_model::role::Role;

use super::{Body, Problem};
use crate::auth::operator::{SignedIn, may_in};
use crate::state::AppState;
use crate::{command, query};

/// A token to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    cluster: ClusterId,
    uses: u32,
    ttl_s: u32,
}

/// What was made. The token is shown once and stored hashed.
#[derive(Serialize)]
pub struct Made {
    id: TokenId,
    token: String,
}

/// Makes an enrolment token.
pub async fn create_token(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Body(New { cluster, uses, ttl_s }): Body<New>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let datacenter = query::datacenter_of(&state.ctx, cluster).await?;
    may_in(&viewer, Role::Administrator, datacenter, "cluster")?;
    let actor = viewer.actor();
    let (id, secret) = command::create_token(&state.ctx, &actor, cluster, ttl_s, uses).await?;
    let token = EnrolmentToken { server: state.site.fingerprint, secret }.reveal();
    Ok((StatusCode::CREATED, Json(Made { id, token })))
}
