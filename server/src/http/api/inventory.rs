//! `GET /api/v1/inventory`

use axum::Json;
use axum::extract::State;
use trustboard_app::backend::Backend as _;
use trustboard_model::view::Inventory;

use super::Problem;
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// The inventory tree.
pub async fn inventory(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
) -> Result<Json<Inventory>, Problem> {
    Ok(Json(state.inventory(&viewer).await?))
}
