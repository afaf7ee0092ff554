//! `GET /api/v1/causes/{cause}`.

use axum::Json;
use axum::extract::{Path, State};
use trustboard_app::backend::Causes as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::CausePage;

use super::Problem;
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// The hosts that fail in one way, and what is left to do about them.
pub async fn cause(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(cause): Path<String>,
) -> Result<Json<CausePage>, Problem> {
    let cause = cause.parse().map_err(|problem| Refusal::invalid("cause", problem))?;
    Ok(Json(state.cause(&viewer, cause).await?))
}
