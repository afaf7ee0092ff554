//! `POST /api/v1/configurations/impact`: what an action would do. Writes nothing; a POST because
//! the action is a body.

use axum::Json;
use axum::extract::State;
use trustboard_app::backend::Configurations as _;
use trustboard_model::view::{ConfigurationAction, Impact};

use super::{Body, Problem};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Which hosts would read something else.
pub async fn configuration_impact(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Body(action): Body<ConfigurationAction>,
) -> Result<Json<Impact>, Problem> {
    Ok(Json(state.configuration_impact(&viewer, action).await?))
}
