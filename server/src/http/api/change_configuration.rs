//! `POST /api/v1/configurations`: captures, edits, approves, retires, accepts.

use axum::Json;
use axum::extract::State;
use trustboard_app::backend::Configurations as _;
use trustboard_model::view::{ConfigurationAction, ConfigurationDone};

use super::{Body, Problem};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Does it; what takes an administrator says so.
pub async fn change_configuration(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Body(action): Body<ConfigurationAction>,
) -> Result<Json<ConfigurationDone>, Problem> {
    Ok(Json(state.change_configuration(&viewer, action).await?))
}
