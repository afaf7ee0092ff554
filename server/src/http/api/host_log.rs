//! `GET /api/v1/hosts/{id}/log?pcr=7&differing=true&page=2`: the event log that the latest
//! appraisal replayed.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use serde::Deserialize;
use trustboard_app::backend::History as _;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{EventLogPage, LogFilter};

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// Which events.
#[derive(Debug, Deserialize)]
pub struct Which {
    pcr: Option<u8>,
    #[serde(default)]
    differing: bool,
    #[serde(default)]
    page: u32,
}

/// A page of the log.
pub async fn host_log(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<EventLogPage>, Problem> {
    let host = id(&host, "host")?;
    let problem = "pcr and page are numbers, differing is true or false";
    let Query(Which { pcr, differing, page }) =
        which.map_err(|_| Refusal::invalid("query", problem))?;
    let pcr = pcr
        .map(PcrIndex::try_from)
        .transpose()
        .map_err(|_| Refusal::invalid("pcr", "expected 0 to 23"))?;
    Ok(Json(state.event_log(&viewer, host, LogFilter { pcr, differing, page }).await?))
}
