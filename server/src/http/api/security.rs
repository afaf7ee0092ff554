//! `GET /api/v1/datacenters/{id}/security?…`: the query is that of the page.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use trustboard_app::backend::Backend as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Monitor > Security of one datacenter.
pub async fn security(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Json<SecurityPage>, Problem> {
    let datacenter = id(&datacenter, "datacenter")?;
    let Query(pairs) = query.map_err(|_| Refusal::invalid("query", "cannot be read"))?;
    let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
    let filter = SecurityFilter::parse(pairs)
        .map_err(|error| Refusal::invalid(&error.parameter, error.problem))?;
    Ok(Json(state.security(&viewer, datacenter, filter).await?))
}
