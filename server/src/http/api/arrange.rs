//! `POST /api/v1/arrange`: changes of the inventory, and `POST /api/v1/arrange/impact` to see first
//! what they would do to the hosts' verdicts.

use axum::Json;
use axum::extract::State;
use trustboard_app::backend::Arrangement as _;
use trustboard_model::view::{Arrange, Arranged, Impact};

use super::{Body, Problem};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Changes the inventory.
pub async fn arrange(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Body(action): Body<Arrange>,
) -> Result<Json<Arranged>, Problem> {
    Ok(Json(state.arrange(&viewer, action).await?))
}

/// What it would do. Writes nothing.
pub async fn arrange_impact(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Body(action): Body<Arrange>,
) -> Result<Json<Impact>, Problem> {
    Ok(Json(state.arrange_impact(&viewer, action).await?))
}
