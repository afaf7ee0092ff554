//! `GET /api/v1/hosts/{id}/at?time=RFC3339`: what a host read at any moment, and what proves it;
//! `GET /api/v1/hosts/{id}/timeline?from=&until=&days=`: a stretch of its past.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use trustboard_app::backend::History as _;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{MomentPage, Stretch, Timeline};

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Which moment.
#[derive(Debug, Deserialize)]
pub struct At {
    time: String,
}

/// Which stretch, see [`Stretch`].
#[derive(Debug, Deserialize)]
pub struct Which {
    from: Option<String>,
    until: Option<String>,
    days: Option<u32>,
}

/// What the host read then.
pub async fn moment(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
    at: Result<Query<At>, QueryRejection>,
) -> Result<Json<MomentPage>, Problem> {
    let host = id(&host, "host")?;
    let Query(At { time: text }) = at.map_err(|_| Refusal::invalid("time", "is missing"))?;
    Ok(Json(state.moment(&viewer, host, time("time", &text)?).await?))
}

/// What happened to the host.
pub async fn timeline(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Timeline>, Problem> {
    let host = id(&host, "host")?;
    let Query(Which { from, until, days }) =
        which.map_err(|_| Refusal::invalid("query", "cannot be read"))?;
    let from = from.map(|text| time("from", &text)).transpose()?;
    let until = until.map(|text| time("until", &text)).transpose()?;
    Ok(Json(state.timeline(&viewer, host, Stretch { from, until, days }).await?))
}

fn time(field: &str, text: &str) -> Result<Timestamp, Refusal> {
    text.parse().map_err(|error| Refusal::invalid(field, format!("{error}")))
}
