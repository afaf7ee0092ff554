//! `GET /api/v1/summary?range=24h` and `GET /api/v1/datacenters/{id}/summary?range=24h&cluster=ID`.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use trustboard_app::backend::History as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Scope, SummaryPage, TrendAsked, TrendRange, Viewer};

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// How far back, and of which cluster the counts over time are.
#[derive(Debug, Deserialize)]
pub struct Range {
    range: Option<String>,
    cluster: Option<String>,
}

type RangeQuery = Result<Query<Range>, QueryRejection>;

/// Everything that the operator may see.
pub async fn summary(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    range: RangeQuery,
) -> Result<Json<SummaryPage>, Problem> {
    of(&state, &viewer, Scope::Everything, range).await
}

/// One datacenter.
pub async fn datacenter_summary(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
    range: RangeQuery,
) -> Result<Json<SummaryPage>, Problem> {
    let datacenter = id(&datacenter, "datacenter")?;
    of(&state, &viewer, Scope::Datacenter(datacenter), range).await
}

async fn of(
    state: &AppState,
    viewer: &Viewer,
    scope: Scope,
    range: RangeQuery,
) -> Result<Json<SummaryPage>, Problem> {
    let bad = || Refusal::invalid("range", "expected 6h, 24h, 7d, 30d or 90d");
    let Query(Range { range, cluster }) = range.map_err(|_| bad())?;
    let range = match range {
        None => TrendRange::default(),
        Some(code) => TrendRange::from_code(&code).ok_or_else(bad)?,
    };
    let cluster = cluster.map(|text| id(&text, "cluster")).transpose()?;
    Ok(Json(state.summary(viewer, scope, TrendAsked { range, cluster }).await?))
}
