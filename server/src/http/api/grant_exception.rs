//! `POST /api/v1/hosts/{id}/exceptions`, and `POST .../impact` to see first what it would do.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use trustboard_app::backend::Policies as _;
use trustboard_model::check::CheckId;
use trustboard_model::exception::ExceptedValue;
use trustboard_model::view::{Impact, PolicyAction};

use super::{Body, Problem, id};
use crate::auth::operator::SignedIn;
use crate::state::AppState;

/// What is excepted.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct With {
    /// The host's revision that was seen.
    revision: u64,
    check: CheckId,
    /// The refusal that was seen.
    value: ExceptedValue,
    reason: String,
    days: u32,
}

impl With {
    fn of(self, host: &str) -> Result<PolicyAction, Problem> {
        let Self { revision, check, value, reason, days } = self;
        Ok(PolicyAction::Grant { host: id(host, "host")?, revision, check, value, reason, days })
    }
}

/// Grants an exception for exactly what the latest appraisal refused.
pub async fn grant_exception(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
    Body(with): Body<With>,
) -> Result<Json<Impact>, Problem> {
    Ok(Json(state.change_policy(&viewer, with.of(&host)?).await?))
}

/// What the host would read. Writes nothing.
pub async fn exception_impact(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
    Body(with): Body<With>,
) -> Result<Json<Impact>, Problem> {
    Ok(Json(state.policy_impact(&viewer, with.of(&host)?).await?))
}
