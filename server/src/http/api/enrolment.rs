//! `GET /api/v1/clusters/{id}/enrolment` and `POST /api/v1/tokens/{id}/revoke`.

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;
use trustboard_app::backend::Arrangement as _;
use trustboard_model::id::ClusterId;
use trustboard_model::view::EnrolmentPage;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// A cluster's tokens and its newest hosts.
pub async fn enrolment(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(cluster): Path<String>,
) -> Result<Json<EnrolmentPage>, Problem> {
    Ok(Json(state.enrolment(&viewer, id(&cluster, "cluster")?).await?))
}

/// Whose token it was.
#[derive(Debug, Serialize)]
pub struct Revoked {
    cluster: ClusterId,
}

/// Revokes a token. Revoking it again changes nothing.
pub async fn revoke_token(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(token): Path<String>,
) -> Result<Json<Revoked>, Problem> {
    let cluster = state.revoke_token(&viewer, id(&token, "token")?).await?;
    Ok(Json(Revoked { cluster }))
}
