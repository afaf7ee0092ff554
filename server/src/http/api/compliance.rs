//! `GET /api/v1/datacenters/{id}/report?part=1`: the dated report of a datacenter.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use trustboard_app::backend::History as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::CompliancePage;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Which part; the first without.
#[derive(Debug, Deserialize)]
pub struct Which {
    part: Option<u32>,
}

/// A part of the report.
pub async fn compliance(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<CompliancePage>, Problem> {
    let datacenter = id(&datacenter, "datacenter")?;
    let Query(Which { part }) = which.map_err(|_| Refusal::invalid("part", "is a number"))?;
    Ok(Json(state.compliance(&viewer, datacenter, part.unwrap_or(1)).await?))
}
