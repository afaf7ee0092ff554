//! `POST /api/v1/clusters`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::policy::{Policy, Profile};
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;

use super::{Body, Problem};
use crate::auth::operator::{SignedIn, may_in};
use crate::command::{self, MIN_INTERVAL_S, MIN_MAX_AGE_S, usual_max_age_s};
use crate::state::AppState;

/// A cluster to be made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    datacenter: DatacenterId,
    name: String,
    interval_s: Option<u32>,
    max_age_s: Option<u32>,
    /// The built-in policy; `linux-server` without.
    profile: Option<Profile>,
    /// As the profile says, without.
    require_tpm: Option<bool>,
}

/// What was made.
#[derive(Debug, Serialize)]
pub struct Made {
    id: ClusterId,
}

/// Makes a cluster with the built-in policy.
pub async fn create_cluster(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Body(new): Body<New>,
) -> Result<(StatusCode, Json<Made>), Problem> {
    let policy = policy(&new)?;
    may_in(&viewer, Role::Administrator, new.datacenter, "datacenter")?;
    let actor = viewer.actor();
    let id = command::create_cluster(&state.ctx, &actor, new.datacenter, &new.name, policy).await?;
    Ok((StatusCode::CREATED, Json(Made { id })))
}

/// The built-in policy with these times; the command line has the same limits.
fn policy(new: &New) -> Result<Policy, Refusal> {
    let built_in = new.profile.unwrap_or(Profile::LinuxServer).policy();
    let interval_s = new.interval_s.unwrap_or(built_in.interval_s);
    let max_age_s = new.max_age_s.unwrap_or_else(|| usual_max_age_s(interval_s));
    if !(MIN_INTERVAL_S..=86_400).contains(&interval_s) {
        let problem = format!("from {MIN_INTERVAL_S} to 86400 seconds");
        return Err(Refusal::invalid("interval_s", problem));
    }
    if max_age_s <= interval_s || !(MIN_MAX_AGE_S..=864_000).contains(&max_age_s) {
        let problem = format!("above interval_s, and from {MIN_MAX_AGE_S} to 864000 seconds");
        return Err(Refusal::invalid("max_age_s", problem));
    }
    let require_tpm = new.require_tpm.unwrap_or(built_in.require_tpm);
    Ok(Policy { interval_s, max_age_s, require_tpm, ..built_in })
}
