//! `GET /api/v1/audit?from=N&limit=N`: events as committed, with their hashes.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::Deserialize;
use trustboard_model::event::{Event, EventSeq};
use trustboard_model::refusal::Refusal;

use super::Problem;
use crate::auth::operator::SignedIn;
use crate::query;
use crate::state::AppState;

/// Events in one answer.
const MOST: u32 = 1000;

/// Which events.
#[derive(Debug, Deserialize)]
pub struct Which {
    /// The first; 1 without.
    from: Option<u64>,
    /// How many; [`MOST`] without and at most.
    limit: Option<u32>,
}

/// Events, the oldest first.
pub async fn audit(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<Json<Vec<Event>>, Problem> {
    let Query(Which { from, limit }) =
        which.map_err(|_| Refusal::invalid("query", "from and limit are numbers"))?;
    let from = EventSeq(from.unwrap_or(1));
    let limit = limit.unwrap_or(MOST).min(MOST);
    let events = query::audit(&state.ctx, &viewer, from, limit).await;
    Ok(Json(events.map_err(|error| state.ctx.unavailable(&error))?))
}
