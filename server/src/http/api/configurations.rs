//! `GET /api/v1/configurations?all=true`

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use trustboard_app::backend::Configurations as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::ConfigurationRow;

use super::Problem;
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Which versions.
#[derive(Debug, Deserialize)]
pub struct Which {
    /// Those that were superseded or retired, too.
    #[serde(default)]
    all: bool,
}

/// Every version by name, the newest first.
pub async fn configurations(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Vec<ConfigurationRow>>, Problem> {
    let Query(Which { all }) =
        which.map_err(|_| Refusal::invalid("query", "all is true or false"))?;
    Ok(Json(state.configurations(&viewer, all).await?))
}
