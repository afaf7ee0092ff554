//! `GET /api/v1/configurations/{id}`

use axum::Json;
use axum::extract::{Path, State};
use trustboard_app::backend::Configurations as _;
use trustboard_model::view::ConfigurationPage;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// One version, event by event, and how it differs from the one in use.
pub async fn configuration(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(configuration): Path<String>,
) -> Result<Json<ConfigurationPage>, Problem> {
    Ok(Json(state.configuration(&viewer, id(&configuration, "configuration")?).await?))
}
