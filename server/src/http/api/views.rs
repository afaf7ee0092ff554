//! `GET /api/v1/views`: the saved views of the table of hosts; `POST /api/v1/views`: what an operator
//! does to them and to their columns.

use axum::Json;
use axum::extract::State;
use trustboard_app::backend::HostTables as _;
use trustboard_model::view::{SavedView, TableAction, TableDone};

use super::{Body, Problem};
use crate::auth::operator::SignedIn;
use crate::query;
use crate::state::AppState;

/// The views that the operator may use.
pub async fn views(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
) -> Result<Json<Vec<SavedView>>, Problem> {
    Ok(Json(query::views(&state.ctx, &viewer).await?))
}

/// Saves, deletes, puts first; or remembers columns.
pub async fn change_table(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Body(action): Body<TableAction>,
) -> Result<Json<TableDone>, Problem> {
    Ok(Json(state.change_table(&viewer, action).await?))
}
