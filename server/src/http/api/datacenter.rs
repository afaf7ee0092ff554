//! `GET /api/v1/datacenters/{id}/hosts?…` and `.../settings`: what its tabs show.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use trustboard_app::backend::Arrangement as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{DatacenterSettings, HostList, HostListFilter, RemovedHost};

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// One page of a datacenter's hosts with their facts; the query is that of the page.
pub async fn host_list(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Json<HostList>, Problem> {
    let datacenter = id(&datacenter, "datacenter")?;
    let Query(pairs) = query.map_err(|_| Refusal::invalid("query", "cannot be read"))?;
    let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
    let filter = HostListFilter::parse(pairs).map_err(|error| {
        let (parameter, problem) = error.parts();
        Refusal::invalid(parameter, problem)
    })?;
    Ok(Json(state.host_list(&viewer, datacenter, filter).await?))
}

/// A datacenter's clusters with what holds in them.
pub async fn datacenter_settings(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(datacenter): Path<String>,
) -> Result<Json<DatacenterSettings>, Problem> {
    let datacenter = id(&datacenter, "datacenter")?;
    Ok(Json(state.datacenter_settings(&viewer, datacenter).await?))
}

/// What is left of a host that was removed.
pub async fn removed_host(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
) -> Result<Json<RemovedHost>, Problem> {
    Ok(Json(state.removed_host(&viewer, id(&host, "host")?).await?))
}
